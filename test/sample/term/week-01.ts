/** Week 1: the sample week, with the days on which it was posted. */
import type { PublicKind } from '../../../src/core/kinds.ts'
import { type Sample, summary, week } from '../week.ts'
import type { Day, Post, Week } from './week.ts'

const posted: readonly (readonly [Day, time: string, kind: PublicKind | 'private'])[] = [
  ['mon', '10:20', 'done'],
  ['mon', '14:05', 'change'],
  ['mon', '16:40', 'surprise'],
  ['mon', '21:15', 'result'],
  ['tue', '11:30', 'surprise'],
  ['tue', '13:10', 'surprise'],
  ['tue', '13:25', 'blocked'],
  ['tue', '13:27', 'need'],
  ['tue', '13:31', 'need'],
  ['wed', '09:50', 'ask'],
  ['wed', '15:45', 'read'],
  ['thu', '11:05', 'meeting'],
  ['thu', '17:20', 'done'],
  ['thu', '17:26', 'ask'],
  ['thu', '22:40', 'read'],
  ['fri', '00:35', 'blocked'],
  ['fri', '09:15', 'ask'],
  ['fri', '09:40', 'private'],
  ['fri', '13:00', 'change'],
  ['fri', '15:10', 'next'],
  ['fri', '15:12', 'next'],
]

export const week01: Week = { posts: week.map(toPost), ...summary }

function toPost({ text, shows, for: readers }: Sample, index: number): Post {
  const [day, time, kind] = posted[index] ?? []
  if (day === undefined || time === undefined || kind === undefined) throw new Error(`When was "${shows}"?`)
  if (kind === 'private') return { day, time, kind, text, hides: shows }
  return { day, time, kind, text, shows, ...(readers === 'inner' && { inside: true }) }
}

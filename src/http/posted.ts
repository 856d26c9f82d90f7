/** The answer to a post: the same the first time and every time it is sent again. */
import { type Answer, answerLine, type Line } from '../core/answer-line.ts'
import { formatInstant } from '../core/period.ts'
import { ok, type Result } from '../core/result.ts'
import { photoWords } from '../core/words.ts'
import type { Looked } from '../store/known.ts'
import type { Answered } from '../store/posts.ts'
import type { NewUpdate } from '../store/updates.ts'
import { json, type Reply } from './call.ts'
import type { PostCall } from './posting.ts'

/** What is kept of an answer: all but the `postedAt` that the INSERT computes. */
type Kept = Omit<Answer, 'updates'> & {
  readonly updates: readonly ReturnType<typeof shownNew>[]
  readonly warnings?: readonly string[]
}

export function answer(
  post: Answered,
  { headers }: PostCall,
  more: Readonly<Record<string, string>> = {},
  say: (line: string) => string = (line) => line,
): Result<Reply> {
  const kept: Kept = JSON.parse(post.answer) // written by makePost
  const { did, warnings } = kept
  const postedAt = formatInstant(post.postedAt)
  const updates = kept.updates.map(({ said, fields, photos = [], ...update }) => {
    const shown = photos.length === 0 ? {} : { photos }
    return { ...update, fields: { ...said, ...fields }, postedAt, ...shown }
  })
  const [only] = updates
  const status = only === undefined ? 200 : 201
  const all = { ...(updates.length === 1 ? { Location: `/api/updates/${only?.id}` } : {}), ...more }
  if (wantsText(headers)) return ok({ status, body: { text: say(lineOf(post)) }, headers: all })
  const beside = { ...(did.length > 0 ? { did } : {}), ...(warnings === undefined ? {} : { warnings }) }
  return json(status, updates.length === 1 ? { ...only, ...beside } : { updates, ...beside }, all)
}

/** The line of a post, as it is answered where it is stored. */
export function lineOf(
  post: Pick<Answered, 'answer' | 'project' | 'nth' | 'receivedAt'>,
  say: Line = answerLine,
): string {
  const kept: Kept = JSON.parse(post.answer) // written by makePost
  const count = kept.updates.reduce((sum, { photos = [] }) => sum + photos.length, 0)
  const photos = count === 0 ? [] : [photoWords.kept(count)]
  const line = say(kept, post.project, post.nth, post.receivedAt)
  return [line, ...photos, ...(kept.warnings ?? [])].join(' · ')
}

export function shownNew(update: NewUpdate) {
  const { id, kind, text, tags, fields, inside, said, author, photos } = update
  const at = formatInstant(update.at)
  const shown: { readonly photos?: typeof photos } = photos.length === 0 ? {} : { photos }
  return { id, kind, text, tags, fields, inside, said, at, author, digest: null, ...shown }
}

/** Those that the updates name, as the answer line calls them. */
export function peopleOf(updates: readonly NewUpdate[], people: Looked['people']): Answer['people'] {
  const ids = updates.flatMap(({ said }) => said.to ?? [])
  return Object.fromEntries(Array.from(people).filter(([id]) => ids.includes(id)))
}

/** Whether a client asks for one line of text, as a phone's shortcut does. */
export function wantsText(headers: Headers): boolean {
  return /^\s*text\/plain\b/iu.test(headers.get('Accept') ?? '')
}

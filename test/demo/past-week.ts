/** A past week comes in: its lines, and what no line can say. */
import type { ToldWeek } from './told.ts'

type Ask = (method: 'put' | 'patch' | 'delete', path: string, body: object) => Promise<void>

/** An import adds lines and changes none, so a milestone that moved goes first, and comes with its new date. */
export async function importWeek(
  { number, part, moved, met, away }: ToldWeek,
  take: (part: string) => Promise<void>,
  ask: Ask,
): Promise<void> {
  if (number > 1) await ask('put', '/api/digests/next/hold', { number })
  for (const id of moved) await ask('delete', `/api/milestones/${id}`, {})
  await take(part)
  for (const id of met) await ask('patch', `/api/milestones/${id}`, { state: 'met' })
  if (away.length > 0) await ask('patch', '/api/settings', { away })
  await ask('delete', '/api/digests/next/hold', { number, close: false })
}

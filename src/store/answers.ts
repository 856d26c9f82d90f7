import type { Kind } from '../core/kinds.ts'
import { postedAt } from './posted-at.ts'
import { isStored, type Saying } from './posts.ts'
import type { Reader } from './updates.ts'

export const answerStates = ['answered', 'open', 'dropped'] as const
export type AnswerState = (typeof answerStates)[number]

export type ItemAnswer = {
  readonly id: string
  /** The ask, need or blocker. */
  readonly update: string
  readonly state: AnswerState
  readonly answer: string | null
  readonly inside: boolean
}

/** Answers an ask, need or blocker, drops it, or confirms it; in place of what was said and is not frozen. */
export function sayAnswer(db: D1Database, said: ItemAnswer, by: Saying, now: number): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO answers (id, update_id, state, answer, inside, post, posted_at)
       SELECT ?3, u.id, ?5, ?6, max(?7, u.inside), ?2, ${postedAt('?8')}
       FROM updates u WHERE u.id = ?4 AND u.kind IN ('ask', 'need', 'blocked') AND u.withdrawn_at IS NULL AND ${isStored}
       ON CONFLICT (update_id) WHERE digest IS NULL
       DO UPDATE SET state = excluded.state, answer = excluded.answer, inside = excluded.inside, post = excluded.post`,
    )
    .bind(by.author, by.post, said.id, said.update, said.state, said.answer, Number(said.inside), now)
}

export function takeAnswerBack(db: D1Database, update: string): D1PreparedStatement {
  return db.prepare('DELETE FROM answers WHERE update_id = ?1 AND digest IS NULL').bind(update)
}

export type ShownAnswer = Omit<ItemAnswer, 'id' | 'update'> & {
  readonly postedAt: number
  readonly isFrozen: boolean
}

/** What was said last of an ask, need or blocker, or null. */
export async function latestAnswer(db: D1Database, update: string): Promise<ShownAnswer | null> {
  const row = await db
    .prepare(
      `SELECT state, answer, inside, posted_at, digest IS NOT NULL AS is_frozen FROM answers
       WHERE update_id = ?1 ORDER BY posted_at DESC, id DESC LIMIT 1`,
    )
    .bind(update)
    .first<{
      state: AnswerState
      answer: string | null
      inside: number
      posted_at: number
      is_frozen: number
    }>()
  if (row === null) return null
  const { state, answer, inside, posted_at, is_frozen } = row
  return { state, answer, inside: inside === 1, postedAt: posted_at, isFrozen: is_frozen === 1 }
}

/** Older ones are not settled by a word any more. */
const openMs = 365 * 24 * 3_600_000
const mostOpen = 100

/** Asks, needs and blockers that are open, those that `reader` may settle, the latest first. */
export async function openItems(
  db: D1Database,
  reader: Reader,
  now: number,
): Promise<readonly { readonly id: string; readonly kind: Kind; readonly text: string }[]> {
  const { results } = await db
    .prepare(
      `SELECT id, kind, text FROM updates u
       WHERE kind IN ('ask', 'need', 'blocked') AND withdrawn_at IS NULL AND at > ?3 AND (?2 OR author = ?1)
         AND coalesce((SELECT state FROM answers a WHERE a.update_id = u.id
                       ORDER BY a.posted_at DESC, a.id DESC LIMIT 1), 'open') = 'open'
       ORDER BY at DESC LIMIT ${mostOpen}`,
    )
    .bind(reader.author, Number(reader.isOwner), now - openMs)
    .all<{ id: string; kind: Kind; text: string }>()
  return results
}

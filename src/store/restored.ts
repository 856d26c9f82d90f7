/** Updates that were deleted while they were open, and are brought back as they were. */
import { type AnswerState, type ItemAnswer, sayAnswer } from './answers.ts'
import { type PlanOutcome, sayOutcome } from './outcomes.ts'
import { postedAt } from './posted-at.ts'
import type { Saying } from './posts.ts'
import { owner, raiseVersion } from './project.ts'
import { insertInto, insertShown, type NewUpdate, rowsOf } from './updates.ts'

/** What goes with an update: the post that made it, and what was said of it since. */
export type Beside = {
  readonly post: string
  readonly outcome: Omit<PlanOutcome, 'id' | 'plan'> | null
  readonly answer: Omit<ItemAnswer, 'id' | 'update'> | null
  /** The post that said it; nulls if it was said without one. */
  readonly by: Saying
}

type Row = {
  readonly post: string
  readonly outcome: PlanOutcome['outcome'] | null
  readonly why: string | null
  readonly state: AnswerState | null
  readonly answer: string | null
  readonly inside: number
  readonly by_author: string | null
  readonly by_post: string | null
}

export async function readBeside(db: D1Database, update: string): Promise<Beside | null> {
  const row = await db
    .prepare(
      `SELECT u.post, o.outcome, o.why, a.state, a.answer, coalesce(o.inside, a.inside) AS inside,
              p.author AS by_author, p.id AS by_post
       FROM updates u
       LEFT JOIN outcomes o ON o.plan = u.id AND o.digest IS NULL AND u.kind = 'next'
       LEFT JOIN answers a ON a.update_id = u.id AND a.digest IS NULL
       LEFT JOIN posts p ON p.author IN (u.author, ?2) AND p.id = coalesce(o.post, a.post)
       WHERE u.id = ?1`,
    )
    .bind(update, owner.id)
    .first<Row>()
  if (row === null) return null
  const { post, outcome, why, state, answer, by_author, by_post } = row
  const inside = row.inside === 1
  return {
    post,
    outcome: outcome === null ? null : { outcome, why, inside },
    answer: state === null ? null : { state, answer, inside },
    by: { author: by_author, post: by_post },
  }
}

/** Under its own id: where it is there already, nothing happens to its row. */
export async function restoreUpdate(
  db: D1Database,
  update: NewUpdate,
  { outcome, answer, by }: Beside,
  id: string,
  now: number,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        `${insertInto(postedAt('?2'))} WHERE u.value ->> 'author' IN (SELECT id FROM authors) ON CONFLICT DO NOTHING`,
      )
      .bind(rowsOf([update]), now),
    ...insertShown(db, [update]),
    ...(outcome === null ? [] : [sayOutcome(db, { ...outcome, id, plan: update.id }, by, now)]),
    ...(answer === null ? [] : [sayAnswer(db, { ...answer, id, update: update.id }, by, now)]),
    raiseVersion(db),
  ])
}

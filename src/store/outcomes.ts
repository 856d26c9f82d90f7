import type { Outcome } from '../core/grammar/understood.ts'
import { postedAt } from './posted-at.ts'
import { isStored, type Saying } from './posts.ts'

export type PlanOutcome = {
  readonly id: string
  /** The plan's update. */
  readonly plan: string
  readonly outcome: Outcome
  readonly why: string | null
  readonly inside: boolean
}

/**
 * Says what came of a plan: in place of what was said and is not frozen, else beside it. Nothing happens where
 * the update is no plan, or withdrawn. An outcome is inside if its plan is.
 */
export function sayOutcome(db: D1Database, said: PlanOutcome, by: Saying, now: number): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO outcomes (id, plan, outcome, why, inside, post, posted_at)
       SELECT ?3, u.id, ?5, ?6, max(?7, u.inside), ?2, ${postedAt('?8')}
       FROM updates u WHERE u.id = ?4 AND u.kind = 'next' AND u.withdrawn_at IS NULL AND ${isStored}
       ON CONFLICT (plan) WHERE digest IS NULL
       DO UPDATE SET outcome = excluded.outcome, why = excluded.why, inside = excluded.inside, post = excluded.post`,
    )
    .bind(by.author, by.post, said.id, said.plan, said.outcome, said.why, Number(said.inside), now)
}

/** Takes back what was said of a plan and is not frozen. */
export function takeOutcomeBack(db: D1Database, plan: string): D1PreparedStatement {
  return db.prepare('DELETE FROM outcomes WHERE plan = ?1 AND digest IS NULL').bind(plan)
}

export type ShownOutcome = Omit<PlanOutcome, 'id' | 'plan'> & {
  readonly postedAt: number
  readonly isFrozen: boolean
}

/** What was said last of a plan, or null. */
export async function latestOutcome(db: D1Database, plan: string): Promise<ShownOutcome | null> {
  const row = await db
    .prepare(
      `SELECT outcome, why, inside, posted_at, digest IS NOT NULL AS is_frozen FROM outcomes
       WHERE plan = ?1 ORDER BY posted_at DESC, id DESC LIMIT 1`,
    )
    .bind(plan)
    .first<{ outcome: Outcome; why: string | null; inside: number; posted_at: number; is_frozen: number }>()
  if (row === null) return null
  const { outcome, why, inside, posted_at, is_frozen } = row
  return { outcome, why, inside: inside === 1, postedAt: posted_at, isFrozen: is_frozen === 1 }
}

import { postedAt } from './posted-at.ts'
import { isStored, type Saying } from './posts.ts'

export const milestoneStates = ['open', 'met', 'dropped'] as const
export type MilestoneState = (typeof milestoneStates)[number]

export type Revision = {
  readonly oldDue: string
  readonly newDue: string
  readonly reason: string | null
  readonly postedAt: number
}

export type Milestone = {
  readonly id: string
  readonly title: string
  /** A local date. */
  readonly due: string
  readonly inside: boolean
  readonly state: MilestoneState
  readonly revisions: readonly Revision[]
}

type Row = Omit<Milestone, 'inside' | 'revisions'> & { readonly inside: number; readonly revisions: string }

const select = `SELECT id, title, due, inside, state, (
    SELECT json_group_array(json_object('oldDue', old_due, 'newDue', new_due, 'reason', reason, 'postedAt', posted_at))
    FROM (SELECT * FROM revisions WHERE milestone = m.id ORDER BY posted_at, id)) AS revisions
  FROM milestones m`

export async function listMilestones(db: D1Database): Promise<readonly Milestone[]> {
  const { results } = await db.prepare(`${select} ORDER BY due, id`).all<Row>()
  return results.map(toMilestone)
}

export async function findMilestone(db: D1Database, id: string): Promise<Milestone | null> {
  const row = await db.prepare(`${select} WHERE id = ?1`).bind(id).first<Row>()
  return row === null ? null : toMilestone(row)
}

/** Makes a milestone, or moves the one of this title: a new date is a revision. */
export function sayMilestone(
  db: D1Database,
  said: Pick<Milestone, 'id' | 'title' | 'due' | 'inside'> & {
    readonly revision: string
    readonly reason: string | null
  },
  by: Saying,
  now: number,
): readonly D1PreparedStatement[] {
  const { id, title, due, inside, revision, reason } = said
  return [
    db
      .prepare(
        `INSERT INTO revisions (id, milestone, old_due, new_due, reason, inside, post, posted_at)
         SELECT ?3, m.id, m.due, ?5, ?6, max(?7, m.inside), ?2, ${postedAt('?8')}
         FROM milestones m WHERE lower(m.title) = lower(?4) AND m.due <> ?5 AND ${isStored}`,
      )
      .bind(by.author, by.post, revision, title, due, reason, Number(inside), now),
    db
      .prepare(
        `INSERT INTO milestones (id, title, due, inside, post, made_at)
         SELECT ?3, ?4, ?5, ?6, ?2, ?7 WHERE ${isStored}
         ON CONFLICT (lower(title)) DO UPDATE SET due = excluded.due, state = 'open', settled_at = NULL`,
      )
      .bind(by.author, by.post, id, title, due, Number(inside), now),
  ]
}

/**
 * Changes a milestone while it still is what it was `before`; another date is a revision. The last of the statements
 * changes a row only if the milestone was changed.
 */
export function editMilestone(
  db: D1Database,
  before: Milestone,
  after: Pick<Milestone, 'title' | 'due' | 'inside' | 'state'>,
  revision: { readonly id: string; readonly reason: string | null },
  now: number,
): readonly D1PreparedStatement[] {
  const { id, title, due, inside, state } = before
  const isStill = 'id = ?1 AND title = ?2 AND due = ?3 AND inside = ?4 AND state = ?5'
  const was = [id, title, due, Number(inside), state]
  return [
    db
      .prepare(
        `INSERT INTO revisions (id, milestone, old_due, new_due, reason, inside, posted_at)
         SELECT ?6, id, due, ?7, ?8, max(?9, inside), ${postedAt('?10')}
         FROM milestones WHERE ${isStill} AND due <> ?7`,
      )
      .bind(...was, revision.id, after.due, revision.reason, Number(after.inside), now),
    db
      .prepare(
        `UPDATE milestones SET title = ?6, due = ?7, inside = ?8, state = ?9, settled_at =
           CASE WHEN ?9 = 'open' THEN NULL WHEN state = ?9 THEN settled_at ELSE ?10 END
         WHERE ${isStill}`,
      )
      .bind(...was, after.title, after.due, Number(after.inside), after.state, now),
  ]
}

/** Deletes a milestone; its revisions that no letter shows go with it, those that one does keep it. */
export function deleteMilestone(db: D1Database, id: string, now: number): readonly D1PreparedStatement[] {
  return [
    db.prepare('DELETE FROM revisions WHERE milestone = ?1 AND digest IS NULL').bind(id),
    db
      .prepare(
        `UPDATE milestones SET state = 'dropped', settled_at = CASE state WHEN 'dropped' THEN settled_at ELSE ?2 END
         WHERE id = ?1 AND EXISTS (SELECT 1 FROM revisions WHERE milestone = ?1)`,
      )
      .bind(id, now),
    db
      .prepare(
        'DELETE FROM milestones WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM revisions WHERE milestone = ?1)',
      )
      .bind(id),
  ]
}

function toMilestone(row: Row): Milestone {
  const revisions = JSON.parse(row.revisions) as readonly Revision[] // made by the select
  return { ...row, inside: row.inside === 1, revisions }
}

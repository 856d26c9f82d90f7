import { movedOpenly, withoutSlips } from '../core/moves.ts'
import type { OpenMilestone } from '../core/open.ts'
import { circleOf, sinceOf } from './archive.ts'
import { movesUntil } from './moves.ts'
import type { Visitor } from './sessions.ts'

type Row = Omit<OpenMilestone, 'inside' | 'moves'> & { readonly inside: number; readonly moves: string }

/**
 * The milestones by date, as the last letter that this visitor may read would tell them: what was made, moved or
 * met since then is not published.
 */
export async function listArchivedMilestones(
  db: D1Database,
  visitor: Visitor,
): Promise<readonly OpenMilestone[]> {
  const since = sinceOf(visitor)
  const { results } = await db
    .prepare(
      `SELECT m.id, m.title, m.inside, CASE WHEN m.settled_at >= l.until THEN 'open' ELSE m.state END AS state,
              coalesce((SELECT r.old_due FROM revisions r WHERE r.milestone = m.id AND r.digest IS NULL
                        ORDER BY r.posted_at, r.id LIMIT 1), m.due) AS due,
              ${movesUntil('l.until')} AS moves
       FROM milestones m JOIN (SELECT max(until) AS until FROM digests WHERE until > ?2) l ON m.made_at < l.until
       WHERE ?1 = 'inner' OR m.inside = 0
       ORDER BY m.due, m.id`,
    )
    .bind(circleOf(visitor), since)
    .all<Row>()
  return results.map((row) => {
    const moves = JSON.parse(row.moves) as OpenMilestone['moves'] // made by the select
    const whole = { ...row, inside: row.inside === 1, moves }
    const seen = circleOf(visitor) === 'inner' ? whole : movedOpenly(whole)
    const told = seen.moves.filter((move) => move.told !== null && move.told > since)
    return { ...seen, moves: withoutSlips(told) }
  })
}

/** Moves of a milestone as letters, the archive and reports read them. */
import { slipMs } from '../core/moves.ts'

/**
 * Whether revision `r` of milestone `m` moved it: its making is corrected within the hour, while no letter has told
 * it, none has given a reason, and none has moved it for the inner circle alone.
 */
export const isMove = `NOT (r.posted_at <= m.made_at + ${slipMs}
  AND NOT EXISTS (SELECT 1 FROM digests g WHERE g.until > m.made_at AND g.until <= r.posted_at)
  AND NOT EXISTS (SELECT 1 FROM revisions e WHERE e.milestone = m.id AND e.posted_at <= r.posted_at
                  AND (e.reason IS NOT NULL OR e.inside > m.inside)))`

/** The moves of milestone `m` up to an instant, in their order, as JSON: those that no letter told are not `told`. */
export const movesUntil = (until: string) => `(
  SELECT json_group_array(json_object('id', id, 'oldDue', old_due, 'newDue', new_due, 'reason', reason,
    'inside', json(iif(inside, 'true', 'false')), 'told', told, 'postedAt', posted_at))
  FROM (SELECT r.*, t.until AS told FROM revisions r LEFT JOIN digests t ON t.number = r.digest
        WHERE r.milestone = m.id AND r.posted_at < ${until} AND ${isMove} ORDER BY r.posted_at, r.id))`

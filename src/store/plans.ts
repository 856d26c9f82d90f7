/** A plan as a letter numbered it. */
export type Plan = {
  readonly number: number
  readonly id: string
  readonly text: string
  readonly author: string
}

/** Plans of letters before the last, of which no letter has told what came, the latest first; at most 20. */
export async function forgottenPlans(
  db: D1Database,
  last: number,
): Promise<readonly { readonly id: string; readonly text: string }[]> {
  const { results } = await db
    .prepare(
      `SELECT u.id, u.text FROM updates u
       WHERE u.kind = 'next' AND u.digest < ?1 AND u.withdrawn_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.plan = u.id AND o.digest IS NOT NULL)
       ORDER BY u.digest DESC, u.at, u.id LIMIT 20`,
    )
    .bind(last)
    .all<{ id: string; text: string }>()
  return results
}

/** The plans of the letter closed last at or before `at`, by their numbers in the inner circle's letter. */
export async function plansOf(db: D1Database, at: number): Promise<readonly Plan[]> {
  const { results } = await db
    .prepare(
      `SELECT b.number, u.id, u.text, u.author
       FROM blocks b JOIN updates u ON u.id = b.updates ->> 0 AND u.withdrawn_at IS NULL
       WHERE b.digest = (SELECT number FROM digests WHERE until <= ?1 ORDER BY number DESC LIMIT 1)
         AND b.section = 'Next' AND b.circle IN ('both', 'inner') AND b.number IS NOT NULL
       ORDER BY b.position`,
    )
    .bind(at)
    .all<Plan>()
  return results
}

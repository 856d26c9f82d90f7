import type { PublicKind } from '../core/kinds.ts'
import type { Forms, OpenUpdate } from '../core/update.ts'

/** What a closing at `until` takes, in the order of its happening. */
export async function openUpdates(db: D1Database, until: number): Promise<readonly OpenUpdate[]> {
  const { results } = await db
    .prepare(
      `SELECT id, kind, inside, words, max(octet_length(letter), octet_length(markdown)) AS size FROM updates
       WHERE digest IS NULL AND kind <> 'private' AND posted_at < ?1
       ORDER BY at, id`,
    )
    .bind(until)
    .all<{ id: string; kind: PublicKind; inside: number; words: number; size: number }>()
  return results.map((row) => ({ ...row, inside: row.inside === 1 }))
}

/** The rendered forms of updates, by id. */
export async function formsOf(db: D1Database, ids: readonly string[]): Promise<ReadonlyMap<string, Forms>> {
  const { results } = await db
    .prepare(
      `SELECT u.id, u.markdown, u.letter, u.page
       FROM json_each(?1) AS asked JOIN updates u ON u.id = asked.value`,
    )
    .bind(JSON.stringify(ids))
    .all<Forms & { id: string }>()
  return new Map(results.map(({ id, markdown, letter, page }) => [id, { markdown, letter, page }]))
}

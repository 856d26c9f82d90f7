import { circleOf, sinceOf } from './archive.ts'
import type { Visitor } from './sessions.ts'

/** A note on something read, and the letter that told it. */
export type ReadingNote = {
  readonly update: string
  readonly text: string
  readonly page: string
  readonly slug: string
  readonly zone: string
  readonly locale: string
  readonly until: number
}

/** Notes that the page has room for: the newest. */
export const mostNotes = 300

/** What this visitor may see of what was read, the latest first. */
export async function listReading(db: D1Database, visitor: Visitor): Promise<readonly ReadingNote[]> {
  const { results } = await db
    .prepare(
      `SELECT u.id AS "update", u.text, u.page, g.slug, g.zone, g.locale, g.until
       FROM updates u JOIN digests g ON g.number = u.digest AND g.until > ?2
       WHERE u.kind = 'read' AND u.digest IS NOT NULL AND u.withdrawn_at IS NULL AND (?1 = 'inner' OR u.inside = 0)
       ORDER BY u.at DESC, u.id DESC LIMIT ${mostNotes}`,
    )
    .bind(circleOf(visitor), sinceOf(visitor))
    .all<ReadingNote>()
  return results
}

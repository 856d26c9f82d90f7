import { postedAt } from './posted-at.ts'
import { raiseVersion } from './project.ts'

export type Correction = { readonly text: string; readonly isFact: boolean; readonly postedAt: number }

type Row = { readonly text: string; readonly is_fact: number; readonly posted_at: number }

/** Adds a correction to a frozen update that is not withdrawn; what was corrected last is not said twice. */
export async function insertCorrection(
  db: D1Database,
  correction: {
    readonly id: string
    readonly update: string
    readonly text: string
    readonly isFact: boolean
  },
  now: number,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        `INSERT INTO corrections (id, update_id, text, is_fact, posted_at)
         SELECT ?1, id, ?3, ?4, ${postedAt('?5')} FROM updates
         WHERE id = ?2 AND digest IS NOT NULL AND withdrawn_at IS NULL AND (?3, ?4) IS NOT (
           SELECT text, is_fact FROM corrections WHERE update_id = ?2 ORDER BY posted_at DESC, id DESC LIMIT 1)`,
      )
      .bind(correction.id, correction.update, correction.text, Number(correction.isFact), now),
    raiseVersion(db),
  ])
}

/** The corrections of one update, oldest first. */
export async function correctionsOf(db: D1Database, update: string): Promise<readonly Correction[]> {
  const { results } = await db
    .prepare('SELECT text, is_fact, posted_at FROM corrections WHERE update_id = ?1 ORDER BY posted_at, id')
    .bind(update)
    .all<Row>()
  return results.map(toCorrection)
}

/** The corrections of what a digest froze, by update, oldest first. */
export async function correctionsIn(
  db: D1Database,
  digest: number,
): Promise<ReadonlyMap<string, readonly Correction[]>> {
  const { results } = await db
    .prepare(
      `SELECT c.update_id, c.text, c.is_fact, c.posted_at
       FROM corrections c JOIN updates u ON u.id = c.update_id
       WHERE u.digest = ?1 ORDER BY c.posted_at, c.id`,
    )
    .bind(digest)
    .all<Row & { readonly update_id: string }>()
  const grouped = Map.groupBy(results, ({ update_id }) => update_id)
  return new Map([...grouped].map(([update, rows]) => [update, rows.map(toCorrection)]))
}

function toCorrection(row: Row): Correction {
  return { text: row.text, isFact: row.is_fact === 1, postedAt: row.posted_at }
}

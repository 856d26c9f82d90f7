import type { OpenCorrection } from '../core/update.ts'
import { postedAt } from './posted-at.ts'
import { raiseVersion } from './project.ts'

export type Correction = { readonly text: string; readonly isFact: boolean; readonly postedAt: number }

/** Adds a correction to a frozen update; false if it is not frozen. */
export async function insertCorrection(
  db: D1Database,
  correction: {
    readonly id: string
    readonly update: string
    readonly text: string
    readonly isFact: boolean
  },
  now: number,
): Promise<boolean> {
  const [done] = await db.batch([
    db
      .prepare(
        `INSERT INTO corrections (id, update_id, text, is_fact, posted_at)
         SELECT ?1, id, ?3, ?4, ${postedAt('?5')} FROM updates WHERE id = ?2 AND digest IS NOT NULL`,
      )
      .bind(correction.id, correction.update, correction.text, Number(correction.isFact), now),
    raiseVersion(db),
  ])
  return (done?.meta.changes ?? 0) > 0
}

/** The corrections of one update, oldest first. */
export async function correctionsOf(db: D1Database, update: string): Promise<readonly Correction[]> {
  const { results } = await db
    .prepare('SELECT text, is_fact, posted_at FROM corrections WHERE update_id = ?1 ORDER BY posted_at, id')
    .bind(update)
    .all<{ text: string; is_fact: number; posted_at: number }>()
  return results.map((row) => ({ text: row.text, isFact: row.is_fact === 1, postedAt: row.posted_at }))
}

/** What a closing at `until` takes: corrections of facts, as inside as the updates they correct. */
export async function openCorrections(db: D1Database, until: number): Promise<readonly OpenCorrection[]> {
  const { results } = await db
    .prepare(
      `SELECT c.id, c.text, u.inside, u.digest AS number, u.id AS update_id
       FROM corrections c JOIN updates u ON u.id = c.update_id
       WHERE c.digest IS NULL AND c.posted_at < ?1 AND c.is_fact = 1 AND u.kind <> 'private'
       ORDER BY c.posted_at, c.id`,
    )
    .bind(until)
    .all<{ id: string; text: string; inside: number; number: number; update_id: string }>()
  return results.map(({ id, text, inside, number, update_id }) => {
    return { id, text, inside: inside === 1, number, update: update_id }
  })
}

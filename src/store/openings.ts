import { newId } from '../core/secret.ts'
import type { Status, Summary } from '../core/update.ts'
import { postedAt } from './posted-at.ts'
import { raiseVersion } from './project.ts'

/** The owner's words over the open period. */
export type Opening = { readonly summary: Summary | null; readonly status: Status | null }

/** What a closing at `until` takes of them. */
export async function openOpening(db: D1Database, until: number): Promise<Opening> {
  const summary = await db
    .prepare('SELECT text, inside FROM summaries WHERE digest IS NULL AND posted_at < ?1')
    .bind(until)
    .first<{ text: string; inside: number }>()
  const status = await db
    .prepare('SELECT status, reason, inside FROM statuses WHERE digest IS NULL AND posted_at < ?1')
    .bind(until)
    .first<{ status: Status['status']; reason: string | null; inside: number }>()
  return {
    summary: summary && { text: summary.text, inside: summary.inside === 1 },
    status: status && { ...status, inside: status.inside === 1 },
  }
}

/** Sets the open summary; null takes it away. */
export async function storeSummary(db: D1Database, summary: Summary | null, now: number): Promise<void> {
  const statement =
    summary === null
      ? db.prepare('DELETE FROM summaries WHERE digest IS NULL')
      : db
          .prepare(
            `INSERT INTO summaries (id, text, inside, posted_at) VALUES (?1, ?2, ?3, ${postedAt('?4')})
             ON CONFLICT ((digest IS NULL)) WHERE digest IS NULL
             DO UPDATE SET text = excluded.text, inside = excluded.inside`,
          )
          .bind(newId(now), summary.text, Number(summary.inside), now)
  await db.batch([statement, raiseVersion(db)])
}

/** Sets the open status; null takes it away. */
export async function storeStatus(db: D1Database, status: Status | null, now: number): Promise<void> {
  const statement =
    status === null
      ? db.prepare('DELETE FROM statuses WHERE digest IS NULL')
      : db
          .prepare(
            `INSERT INTO statuses (id, status, reason, inside, posted_at)
             VALUES (?1, ?2, ?3, ?4, ${postedAt('?5')})
             ON CONFLICT ((digest IS NULL)) WHERE digest IS NULL
             DO UPDATE SET status = excluded.status, reason = excluded.reason, inside = excluded.inside`,
          )
          .bind(newId(now), status.status, status.reason, Number(status.inside), now)
  await db.batch([statement, raiseVersion(db)])
}

import { newId } from '../core/secret.ts'
import type { Status, Summary } from '../core/update.ts'
import { postedAt } from './posted-at.ts'
import { raiseVersion } from './project.ts'

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

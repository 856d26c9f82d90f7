import { newId } from '../core/secret.ts'
import type { Status, Summary } from '../core/update.ts'
import { postedAt } from './posted-at.ts'
import { isStored, type Saying } from './posts.ts'
import { raiseVersion } from './project.ts'

const byRequest: Saying = { author: null, post: null }

/** Sets the open summary; null takes it away. */
export async function storeSummary(db: D1Database, summary: Summary | null, now: number): Promise<void> {
  const statement =
    summary === null
      ? db.prepare('DELETE FROM summaries WHERE digest IS NULL')
      : saySummary(db, summary, byRequest, now)
  await db.batch([statement, raiseVersion(db)])
}

/** Sets the open status; null takes it away. */
export async function storeStatus(db: D1Database, status: Status | null, now: number): Promise<void> {
  const statement =
    status === null
      ? db.prepare('DELETE FROM statuses WHERE digest IS NULL')
      : sayStatus(db, status, byRequest, now)
  await db.batch([statement, raiseVersion(db)])
}

export function saySummary(db: D1Database, summary: Summary, by: Saying, now: number): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO summaries (id, text, inside, post, posted_at)
       SELECT ?3, ?4, ?5, ?2, ${postedAt('?6')} WHERE ${isStored}
       ON CONFLICT ((digest IS NULL)) WHERE digest IS NULL
       DO UPDATE SET text = excluded.text, inside = excluded.inside, post = excluded.post`,
    )
    .bind(by.author, by.post, newId(now), summary.text, Number(summary.inside), now)
}

export function sayStatus(db: D1Database, status: Status, by: Saying, now: number): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO statuses (id, status, reason, inside, post, posted_at)
       SELECT ?3, ?4, ?5, ?6, ?2, ${postedAt('?7')} WHERE ${isStored}
       ON CONFLICT ((digest IS NULL)) WHERE digest IS NULL
       DO UPDATE SET status = excluded.status, reason = excluded.reason, inside = excluded.inside, post = excluded.post`,
    )
    .bind(by.author, by.post, newId(now), status.status, status.reason, Number(status.inside), now)
}

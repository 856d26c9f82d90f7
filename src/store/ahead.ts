/** What the owner is told ahead of a cut-off. */
import { type AheadKind, cutOffName } from '../core/ahead.ts'
import type { Project } from '../core/project.ts'
import { type Notice, noticeId } from './notices.ts'
import type { OwnersNotice } from './watch.ts'

const columns: Readonly<Record<AheadKind, string>> = { preview: 'previewed', nudge: 'nudged' }

/**
 * Keeps what is told ahead of the project's next cut-off, and that a tick has looked; null: nothing is to be told.
 * Does nothing if something that a letter shows changed since the project was read: the next tick looks again.
 */
export async function keepAhead(
  db: D1Database,
  kind: AheadKind,
  project: Project,
  notice: Omit<OwnersNotice, 'kind'> | null,
): Promise<void> {
  const looked = db
    .prepare(`UPDATE project SET ${columns[kind]} = ?1 WHERE version = ?2`)
    .bind(cutOffName(project), project.version)
  if (notice === null) {
    await looked.run()
    return
  }
  const { ref, subject, markdown, html, usefulUntil } = notice
  const insert = db
    .prepare(
      `INSERT INTO notices (kind, ref, recipient, subject, markdown, html, useful_until, version)
       SELECT ?1, ?2, 'owner', ?3, ?4, ?5, ?6, version FROM project WHERE version = ?7
       ON CONFLICT DO NOTHING`,
    )
    .bind(kind, ref, subject, markdown, html, usefulUntil, project.version)
  await db.batch([insert, looked])
}

/** Keeps what was made anew of a notice; false if it was claimed, or something changed, since it was read. */
export async function keepAnew(
  db: D1Database,
  { id, claims }: Notice,
  { subject, markdown, html }: Pick<OwnersNotice, 'subject' | 'markdown' | 'html'>,
  version: number,
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `UPDATE notices SET subject = ?3, markdown = ?4, html = ?5, version = ?6
       WHERE ${noticeId} = ?1 AND claims = ?2 AND state = 'waiting' AND unsettled_since IS NULL
         AND EXISTS (SELECT 1 FROM project WHERE version = ?6)`,
    )
    .bind(id, claims, subject, markdown, html, version)
    .run()
  return meta.changes > 0
}

/** How many posts the next letter tells of, counted no further than `most`; what was settled at the desk counts too. D1 joins five SELECTs at most. */
export async function countPosts(db: D1Database, most: number): Promise<number> {
  const told = ['outcomes', 'answers', 'revisions', 'statuses'].map(
    (table) => `UNION SELECT coalesce(post, id) FROM ${table} WHERE digest IS NULL`,
  )
  const count = await db
    .prepare(
      `SELECT count(*) AS n FROM (
         SELECT post FROM updates WHERE digest IS NULL AND kind <> 'private' ${told.join(' ')} LIMIT ?1)`,
    )
    .bind(most)
    .first<number>('n')
  return count ?? 0
}

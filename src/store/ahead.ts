/** What the owner is told ahead of a cut-off. */
import { cutOffName } from '../core/ahead.ts'
import type { Project } from '../core/project.ts'
import { noticeInsert } from './notices.ts'
import type { OwnersNotice } from './watch.ts'

const columns = { preview: 'previewed', nudge: 'nudged' } as const

/**
 * Keeps what is told ahead of the project's next cut-off, and that a tick has looked; null: nothing is to be told.
 * Does nothing if something that a letter shows changed since the project was read: the next tick looks again.
 */
export async function keepAhead(
  db: D1Database,
  kind: keyof typeof columns,
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
      `${noticeInsert} SELECT ?1, ?2, 'owner', ?3, ?4, ?5, ?6 FROM project WHERE version = ?7
       ON CONFLICT DO NOTHING`,
    )
    .bind(kind, ref, subject, markdown, html, usefulUntil, project.version)
  await db.batch([insert, looked])
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

/** An author's latest post, to be re-filed or taken back while it is not frozen. */
import type { Did } from '../core/answer-line.ts'
import type { Kind } from '../core/kinds.ts'
import { asked, type By, putBack, type Replaced, saying } from './replaced.ts'

/** Second thoughts come within the hour. */
const thinkMs = 3_600_000

export type Latest = {
  readonly id: string
  /** What it did beside updates, and what that replaced. */
  readonly settled: readonly Did[]
  readonly replaced: Replaced | null
  /** The post as it was sent, where it settled something. */
  readonly words: Before['words']
  readonly updates: readonly {
    readonly id: string
    readonly kind: Kind
    readonly text: string
    /** The slug of the digest that froze it. */
    readonly digest: string | null
  }[]
  /** Whether any of it stands in a letter. */
  readonly isFrozen: boolean
}

/** What is kept of a post that settled something, until it is taken back or hidden. */
type Before = Replaced & {
  readonly words: { readonly text: string; readonly at: number; readonly inside: boolean }
}
/** Instead of it: the note that holds its words, once it was hidden. */
type Hidden = { readonly note: string }

type Row = {
  readonly id: string
  readonly posted_at: number
  readonly answer: string
  readonly before: string | null
  readonly last_until: number
}
type UpdateRow = {
  readonly id: string
  readonly kind: Kind
  readonly text: string
  readonly digest: string | null
}

/** null if this author posted nothing within the hour that is not taken back already. */
export async function findLatest(db: D1Database, author: string, now: number): Promise<Latest | null> {
  const row = await db
    .prepare(
      `SELECT id, posted_at, answer, before, (SELECT coalesce(max(until), 0) FROM digests) AS last_until FROM posts
       WHERE author = ?1 AND received_at > ?2 AND undone_at IS NULL AND answer IS NOT NULL
       ORDER BY id DESC LIMIT 1`,
    )
    .bind(author, now - thinkMs)
    .first<Row>()
  if (row === null) return null
  const made: { updates: { id: string }[]; did: Did[] } = JSON.parse(row.answer) // written when it was posted
  const before: Before | Hidden | null = row.before === null ? null : JSON.parse(row.before) // likewise, or by hide
  const note = before !== null && 'note' in before ? before.note : null
  const ids = JSON.stringify([...made.updates.map(({ id }) => id), ...(note === null ? [] : [note])])
  const [updates, frozen] = await db.batch([
    db
      .prepare(
        `SELECT u.id, u.kind, u.text, g.slug AS digest
         FROM json_each(?1) AS made JOIN updates u ON u.id = made.value LEFT JOIN digests g ON g.number = u.digest`,
      )
      .bind(ids),
    db
      .prepare(
        saying
          .map((table) => `SELECT 1 FROM ${table} WHERE post = ?1 AND digest IS NOT NULL`)
          .join(' UNION ALL '),
      )
      .bind(row.id),
  ])
  const shown = (updates?.results ?? []) as UpdateRow[] // the columns of the first statement
  const settled = note === null ? made.did : []
  // A milestone has no digest of its own: every letter names those that are open.
  const isTold = row.posted_at < row.last_until && settled.some(({ did }) => did === 'milestone')
  return {
    id: row.id,
    updates: shown,
    settled,
    replaced: before !== null && 'words' in before ? before : null,
    words: before !== null && 'words' in before ? before.words : noWords,
    isFrozen: isTold || shown.some(({ digest }) => digest !== null) || (frozen?.results.length ?? 0) > 0,
  }
}

const noWords: Before['words'] = { text: '', at: 0, inside: false }

/** Files the open updates of a post anew; what is private stays so. */
export function refile(
  db: D1Database,
  by: By,
  updates: readonly { readonly id: string; readonly kind: Kind; readonly said: object }[],
): readonly D1PreparedStatement[] {
  return [
    db
      .prepare(
        `UPDATE updates SET kind = new.value ->> 'kind', said = new.value -> 'said'
         FROM json_each(?3) AS new
         WHERE updates.id = new.value ->> 'id' AND digest IS NULL AND updates.kind <> 'private' AND ${asked}`,
      )
      .bind(by.author, by.id, JSON.stringify(updates)),
  ]
}

/** Takes back all that a post made; the milestones that it made or moved are as they were. */
export function takeBack(
  db: D1Database,
  by: By,
  latest: Latest,
  now: number,
): readonly D1PreparedStatement[] {
  const ids = JSON.stringify(latest.updates.map(({ id }) => id))
  const gone = (table: string, column: string) =>
    db
      .prepare(
        `DELETE FROM ${table} WHERE ${column} IN (SELECT value FROM json_each(?3)) AND digest IS NULL AND ${asked}`,
      )
      .bind(by.author, by.id, ids)
  return [
    ...takeSettledBack(db, by, latest),
    gone('outcomes', 'plan'),
    gone('answers', 'update_id'),
    gone('updates', 'id'),
    db
      .prepare(
        `UPDATE posts SET undone_at = ?4, given = CASE WHEN key IS NULL THEN '' ELSE given END, before = NULL WHERE author = ?1 AND id = ?3 AND ${asked}`,
      )
      .bind(by.author, by.id, latest.id, now),
  ]
}

/** Takes back what a post did beside its updates; `note` holds its words from now on. */
export function hide(db: D1Database, by: By, latest: Latest, note: string): readonly D1PreparedStatement[] {
  const hidden: Hidden = { note }
  return [
    ...takeSettledBack(db, by, latest),
    db
      .prepare(
        `UPDATE posts SET given = CASE WHEN key IS NULL THEN '' ELSE given END, before = ?4 WHERE author = ?1 AND id = ?3 AND ${asked}`,
      )
      .bind(by.author, by.id, latest.id, JSON.stringify(hidden)),
  ]
}

function takeSettledBack(db: D1Database, by: By, latest: Latest): readonly D1PreparedStatement[] {
  const bound = (sql: string) => db.prepare(`${sql} AND ${asked}`).bind(by.author, by.id, latest.id)
  const made = '(SELECT id FROM milestones WHERE post = ?3)'
  return [
    ...saying.map((table) => bound(`DELETE FROM ${table} WHERE post = ?3 AND digest IS NULL`)),
    ...(latest.replaced === null ? [] : putBack(db, by, latest.id, latest.replaced)),
    bound(`DELETE FROM revisions WHERE milestone IN ${made} AND digest IS NULL`),
    bound(
      'DELETE FROM milestones WHERE post = ?3 AND NOT EXISTS (SELECT 1 FROM revisions WHERE milestone = milestones.id)',
    ),
  ]
}

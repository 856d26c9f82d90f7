import type { Said } from '../core/grammar/understood.ts'
import type { Kind } from '../core/kinds.ts'
import type { Fields, Photo, Rendered, Update } from '../core/update.ts'
import { photosOf, showPhotos } from './photos.ts'
import { openUpdates } from './posts.ts'

/** What a request may read: its own author's, or all but others' private notes. */
export type Reader = { readonly author: string; readonly isOwner: boolean }

export type NewUpdate = Omit<Update, 'postedAt' | 'digest' | 'withdrawn'> & {
  readonly post: string
  readonly rendered: Rendered
}

export type Filter = {
  /** Any of these; none: of every kind. */
  readonly kinds: readonly Kind[]
  readonly tag: string | null
  /** The text contains all of these, in any case. */
  readonly texts: readonly string[]
  /** Half-open, by `at`. */
  readonly since: number | null
  readonly until: number | null
}

/** Where the next page begins: after this update. */
export type Cursor = { readonly at: number; readonly id: string }

type Row = {
  readonly id: string
  readonly kind: Kind
  readonly text: string
  readonly tags: string
  readonly fields: string
  readonly said: string
  readonly inside: number
  readonly at: number
  readonly posted_at: number
  readonly author: string
  readonly slug: string | null
  readonly withdrawn_at: number | null
  readonly withdrawn_reason: string | null
  readonly photos: string
}

const select = `SELECT u.id, u.kind, u.text, u.tags, u.fields, u.said, u.inside, u.at, u.posted_at, u.author, d.slug,
                       u.withdrawn_at, u.withdrawn_reason, ${photosOf('u.id')} AS photos
                FROM updates u LEFT JOIN digests d ON d.number = u.digest`

/** ?1 is the reader's author, ?2 whether it is the owner. */
const mayRead = `(u.author = ?1 OR (?2 AND u.kind <> 'private'))`

/**
 * Inserts the updates of a post, if the post itself was inserted, or the one that asks for them; in one statement,
 * however many there are.
 */
export function insertUpdates(
  db: D1Database,
  updates: readonly NewUpdate[],
  asks: { readonly author: string; readonly id: string } | null = null,
): D1PreparedStatement {
  return db
    .prepare(
      `${insertInto('p.posted_at')}
       JOIN posts p ON p.author = u.value ->> 'author' AND p.id = u.value ->> 'post'
       WHERE ?3 IS NULL OR EXISTS (SELECT 1 FROM posts WHERE author = ?2 AND id = ?3)`,
    )
    .bind(rowsOf(updates), asks?.author ?? null, asks?.id ?? null)
}

/** SQL that inserts the rows of ?1, named `u`; `postedAt` is SQL, too. */
export function insertInto(postedAt: string): string {
  return `INSERT INTO updates (id, post, author, kind, text, fields, said, tags, inside, at, posted_at,
                               markdown, letter, page, words, brief_markdown, brief_letter, brief_words)
          SELECT u.value ->> 'id', u.value ->> 'post', u.value ->> 'author', u.value ->> 'kind', u.value ->> 'text',
                 u.value -> 'fields', u.value -> 'said', u.value -> 'tags', u.value ->> 'inside', u.value ->> 'at',
                 ${postedAt}, u.value ->> 'markdown', u.value ->> 'letter', u.value ->> 'page', u.value ->> 'words',
                 u.value ->> '$.brief.markdown', u.value ->> '$.brief.letter', u.value ->> '$.brief.words'
          FROM json_each(?1) AS u`
}

export function rowsOf(updates: readonly NewUpdate[]): string {
  return JSON.stringify(
    updates.map(({ rendered, inside, ...update }) => ({ ...update, ...rendered, inside: Number(inside) })),
  )
}

/** Photos that are there already, of the updates of a post. */
export function insertShown(db: D1Database, updates: readonly NewUpdate[]): readonly D1PreparedStatement[] {
  return updates.flatMap(({ id, photos, rendered }) =>
    photos.length === 0 ? [] : [showPhotos(db, id, photos, rendered.page)],
  )
}

/** Names of metrics that the project knows from now on. */
export function insertMetrics(db: D1Database, updates: readonly NewUpdate[]): readonly D1PreparedStatement[] {
  const named = updates.flatMap(({ said }) => (said.measurements ?? []).map(({ metric }) => metric))
  if (named.length === 0) return []
  const [first] = updates
  return [
    db
      .prepare(
        `INSERT INTO metrics (name, typed)
         SELECT lower(value), value FROM json_each(?1)
         WHERE EXISTS (SELECT 1 FROM posts WHERE author = ?2 AND id = ?3)
         ON CONFLICT DO NOTHING`,
      )
      .bind(JSON.stringify(named), first?.author ?? '', first?.post ?? ''),
  ]
}

/** One update that `reader` may read, or null. */
export async function findUpdate(db: D1Database, reader: Reader, id: string): Promise<Update | null> {
  const row = await db
    .prepare(`${select} WHERE u.id = ?3 AND ${mayRead}`)
    .bind(reader.author, Number(reader.isOwner), id)
    .first<Row>()
  return row === null ? null : toUpdate(row)
}

/** How many public updates are open; counted up to 200. */
export async function countOpen(db: D1Database): Promise<number> {
  const row = await db.prepare(`SELECT (${openUpdates}) AS open`).first<{ open: number }>()
  return row?.open ?? 0
}

/** What a digest froze and `reader` may read, the oldest first; at most 500. */
export async function listFrozen(db: D1Database, reader: Reader, digest: number): Promise<readonly Update[]> {
  const { results } = await db
    .prepare(`${select} WHERE u.digest = ?3 AND ${mayRead} ORDER BY u.at, u.id LIMIT 500`)
    .bind(reader.author, Number(reader.isOwner), digest)
    .all<Row>()
  return results.map(toUpdate)
}

/** The open updates that `reader` may read, newest first; at most 200. */
export async function listOpen(db: D1Database, reader: Reader): Promise<readonly Update[]> {
  const { results } = await db
    .prepare(`${select} WHERE u.digest IS NULL AND ${mayRead} ORDER BY u.at DESC, u.id DESC LIMIT 200`)
    .bind(reader.author, Number(reader.isOwner))
    .all<Row>()
  return results.map(toUpdate)
}

/** A page of updates, newest first by `at`. */
export async function listUpdates(
  db: D1Database,
  reader: Reader,
  filter: Filter,
  after: Cursor | null,
  limit: number,
): Promise<readonly Update[]> {
  const { results } = await db
    .prepare(
      `${select}
       WHERE ${mayRead}
         AND (?3 = '[]' OR u.kind IN (SELECT value FROM json_each(?3)))
         AND (?4 IS NULL OR EXISTS (SELECT 1 FROM json_each(u.tags) WHERE value = ?4))
         AND NOT EXISTS (SELECT 1 FROM json_each(?5) WHERE instr(lower(u.text), lower(value)) = 0)
         AND (?6 IS NULL OR u.at >= ?6)
         AND (?7 IS NULL OR u.at < ?7)
         AND (?8 IS NULL OR (u.at, u.id) < (?8, ?9))
       ORDER BY u.at DESC, u.id DESC LIMIT ?10`,
    )
    .bind(
      reader.author,
      Number(reader.isOwner),
      JSON.stringify(filter.kinds),
      filter.tag,
      JSON.stringify(filter.texts),
      filter.since,
      filter.until,
      after?.at ?? null,
      after?.id ?? null,
      limit,
    )
    .all<Row>()
  return results.map(toUpdate)
}

function toUpdate(row: Row): Update {
  return {
    id: row.id,
    kind: row.kind,
    text: row.text,
    tags: JSON.parse(row.tags) as readonly string[], // written by insertUpdates and editUpdate
    fields: JSON.parse(row.fields) as Fields, // likewise
    said: JSON.parse(row.said) as Said, // likewise
    photos: JSON.parse(row.photos) as readonly Photo[], // made by photosOf
    inside: row.inside === 1,
    at: row.at,
    postedAt: row.posted_at,
    author: row.author,
    digest: row.slug,
    withdrawn: row.withdrawn_at === null ? null : { at: row.withdrawn_at, reason: row.withdrawn_reason },
  }
}

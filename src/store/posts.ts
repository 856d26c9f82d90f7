import { countedAtMost, type Did, type ShownProject } from '../core/answer-line.ts'
import { defaultSettings, type Settings } from '../core/project.ts'
import { postedAt } from './posted-at.ts'
import { saying } from './replaced.ts'

/** How long a key, and the answer it repeats, is kept. */
const keyMs = 7 * 24 * 3_600_000
/** Within this the same content without a key is the same post. */
const doubleMs = 10 * 60_000

export type Post = {
  readonly id: string
  readonly author: string
  readonly receivedAt: number
  readonly key: string | null
  /** SHA-256 of what was given. */
  readonly given: string
  readonly status: number
  /** JSON, without the `postedAt` that the INSERT computes. */
  readonly answer: string
  /** How many public updates it makes. */
  readonly publicUpdates: number
  /** The project's version that what it settles was read at; null if it settles nothing. */
  readonly version: number | null
  /** JSON: what it replaced, to be put back if it is undone. */
  readonly before: string | null
  /** Takes back or re-files another one, and cannot itself be taken back. */
  readonly isAside: boolean
}

/** A stored post with all that its answer is made of, the first time and every time it is repeated. */
export type Answered = Pick<Post, 'id' | 'given' | 'answer' | 'receivedAt'> & {
  readonly postedAt: number
  /** How many public updates were then open, this one among them; counted up to 200. */
  readonly nth: number
  readonly project: ShownProject
}

type Row = {
  readonly id: string
  readonly given: string
  readonly answer: string
  readonly received_at: number
  readonly posted_at: number
  readonly nth: number
  readonly project: string
}

const columns = 'id, given, answer, received_at, posted_at, nth, project'

/** How many public updates are open, counted no further than anybody is told. */
export const openUpdates = `SELECT count(*) FROM (
  SELECT 1 FROM updates WHERE digest IS NULL AND kind <> 'private' LIMIT ${countedAtMost})`

/**
 * Inserts a post unless it repeats one: by its key, or without a key by the content of this author's latest
 * post within ten minutes. What its answer says is read in the same statement. The other statements of the
 * batch ask whether its id is there.
 */
export function insertPost(db: D1Database, post: Post): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO posts (author, id, received_at, key, given, status, answer, before, undone_at, posted_at, nth, project)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?10, CASE WHEN ?11 THEN ?3 END, ${postedAt('?3')},
              ?8 + (${openUpdates}),
              json_object('settings', json(settings), 'nextCutOff', next_cut_off, 'heldAt', held_at,
                          'lastUntil', (SELECT until FROM digests ORDER BY number DESC LIMIT 1))
       FROM project
       WHERE (?9 IS NULL OR version = ?9)
         AND (?4 IS NOT NULL OR NOT EXISTS (${sameContent('?1', '?5', '?3')}))
       ON CONFLICT DO NOTHING
       RETURNING ${columns}`,
    )
    .bind(
      ...[post.author, post.id, post.receivedAt, post.key, post.given, post.status, post.answer],
      ...[post.publicUpdates, post.version, post.before, Number(post.isAside)],
    )
}

/** What insertPost returned; null if it inserted nothing. */
export function insertedPost(result: D1Result<unknown> | undefined): Answered | null {
  const row = (result as D1Result<Row> | undefined)?.results[0] // the columns that insertPost returns
  return row === undefined ? null : toAnswered(row)
}

/** The post that this one repeats, or null. */
export async function findRepeated(
  db: D1Database,
  post: Pick<Post, 'author' | 'key' | 'given' | 'receivedAt'>,
): Promise<Answered | null> {
  const query =
    post.key === null
      ? db.prepare(sameContent('?1', '?2', '?3')).bind(post.author, post.given, post.receivedAt)
      : db
          .prepare(`SELECT ${columns} FROM posts WHERE author = ?1 AND key = ?2 AND received_at >= ?3`)
          .bind(post.author, post.key, post.receivedAt - keyMs)
  const row = await query.first<Row>()
  return row === null ? null : toAnswered(row)
}

/** An open update of a late post whose answer had something to say of what was not kept. */
export type Unkept = { readonly update: string; readonly text: string; readonly warnings: readonly string[] }

/** Among this author's latest posts, as long as their answers are kept. */
export async function listUnkept(db: D1Database, author: string): Promise<readonly Unkept[]> {
  const { results } = await db
    .prepare(
      `SELECT u.id AS "update", substr(u.text, 1, 600) AS text, p.answer -> '$.warnings' AS warnings
       FROM (SELECT id, answer FROM posts WHERE author = ?1 ORDER BY id DESC LIMIT 50) p
       JOIN updates u ON u.id = p.answer ->> '$.updates[0].id'
       WHERE u.digest IS NULL AND json_array_length(p.answer, '$.warnings') > 0
       ORDER BY p.id DESC LIMIT 5`,
    )
    .bind(author)
    .all<Omit<Unkept, 'warnings'> & { readonly warnings: string }>()
  return results.map((row) => ({ ...row, warnings: JSON.parse(row.warnings) as string[] })) // as makePost wrote them
}

/** What a post did beside updates, and when it came. */
export type Settled = {
  readonly did: readonly Did[]
  readonly receivedAt: number
  readonly project: ShownProject
}

/** A post `p` of which something still stands: what is said at the desk since has taken the place of the rest. */
const stillStands = `(
  EXISTS (SELECT 1 FROM json_each(p.answer, '$.did') WHERE value ->> 'did' IN ('milestone', 'away'))
  OR ${saying.map((table) => `EXISTS (SELECT 1 FROM ${table} s WHERE s.post = p.id)`).join(' OR ')})`

/** What this author's latest posts settled in the open period, the newest first, but what was taken back or hidden. */
export async function listSettled(db: D1Database, author: string): Promise<readonly Settled[]> {
  const { results } = await db
    .prepare(
      `SELECT ${columns} FROM (SELECT * FROM posts WHERE author = ?1 ORDER BY id DESC LIMIT 50) p
       WHERE undone_at IS NULL AND json_array_length(answer, '$.did') > 0 AND before ->> '$.note' IS NULL
         AND ${stillStands}
         AND received_at > (SELECT coalesce(max(until), 0) FROM digests)
       ORDER BY id DESC LIMIT 5`,
    )
    .bind(author)
    .all<Row>()
  return results.map(toAnswered).map(({ answer, receivedAt, project }) => {
    const { did }: { did: Did[] } = JSON.parse(answer) // as makePost wrote it
    return { did, receivedAt, project }
  })
}

/** Who says something beside updates, by which post; null: by a request of its own. */
export type Saying = { readonly author: string | null; readonly post: string | null }

/** A statement's condition: it is said without a post, or by one that was stored (?1 author, ?2 post). */
export const isStored = '(?2 IS NULL OR EXISTS (SELECT 1 FROM posts p WHERE p.author = ?1 AND p.id = ?2))'

/** Forgets keys that are older than their time, what they repeat, and what their posts replaced. */
export function forgetKeys(db: D1Database, now: number): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE posts SET key = NULL, answer = NULL, project = NULL, before = NULL
       WHERE answer IS NOT NULL AND received_at < ?1`,
    )
    .bind(now - keyMs)
}

/** This author's latest post, if it has this content and came within ten minutes. */
function sameContent(author: string, given: string, now: string): string {
  return `SELECT ${columns} FROM (SELECT ${columns} FROM posts WHERE author = ${author} ORDER BY id DESC LIMIT 1)
          WHERE given = ${given} AND received_at > ${now} - ${doubleMs} AND answer IS NOT NULL`
}

function toAnswered({ id, given, answer, received_at, posted_at, nth, project }: Row): Answered {
  const shown: ShownProject & { settings: Partial<Settings> } = JSON.parse(project) // written by insertPost
  return {
    ...{ id, given, answer, receivedAt: received_at, postedAt: posted_at, nth },
    project: { ...shown, settings: { ...defaultSettings, ...shown.settings } },
  }
}

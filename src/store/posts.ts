import { postedAt } from './posted-at.ts'

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
  readonly line: string
}

/** A stored post with its answer. */
export type Answered = Pick<Post, 'id' | 'given' | 'status' | 'answer' | 'line'> & {
  readonly postedAt: number
}

type Row = {
  readonly id: string
  readonly given: string
  readonly status: number
  readonly answer: string
  readonly line: string
  readonly posted_at: number
}

const columns = 'id, given, status, answer, line, posted_at'

/**
 * Inserts a post unless it repeats one: by its key, or without a key by the content of this author's latest
 * post within ten minutes. The other statements of the batch ask whether its id is there.
 */
export function insertPost(db: D1Database, post: Post): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO posts (author, id, received_at, key, given, status, answer, line, posted_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ${postedAt('?3')}
       WHERE ?4 IS NOT NULL OR NOT EXISTS (${sameContent('?1', '?5', '?3')})
       ON CONFLICT DO NOTHING
       RETURNING posted_at`,
    )
    .bind(post.author, post.id, post.receivedAt, post.key, post.given, post.status, post.answer, post.line)
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

/** Forgets all keys and answers that are older than their time. */
export function forgetKeys(db: D1Database, now: number): D1PreparedStatement {
  return db
    .prepare(
      'UPDATE posts SET key = NULL, answer = NULL, line = NULL WHERE answer IS NOT NULL AND received_at < ?1',
    )
    .bind(now - keyMs)
}

/** This author's latest post, if it has this content and came within ten minutes. */
function sameContent(author: string, given: string, now: string): string {
  return `SELECT ${columns} FROM (
            SELECT ${columns}, received_at FROM posts WHERE author = ${author} ORDER BY id DESC LIMIT 1)
          WHERE given = ${given} AND received_at > ${now} - ${doubleMs} AND answer IS NOT NULL`
}

function toAnswered(row: Row): Answered {
  const { id, given, status, answer, line, posted_at } = row
  return { id, given, status, answer, line, postedAt: posted_at }
}

import { raiseVersion } from './project.ts'

export type Author = { readonly id: string; readonly name: string; readonly isOwner: boolean }

export const scopes = ['post', 'tick'] as const

export type Scope = (typeof scopes)[number]

/** An author's token for a device; itself it is not kept. */
export type Token = {
  readonly id: string
  readonly name: string
  readonly scope: Scope
  readonly createdAt: number
  /** The UTC date of its last use. */
  readonly usedOn: string | null
}

type AuthorRow = { readonly id: string; readonly name: string; readonly is_owner: number }

type TokenRow = {
  readonly id: string
  readonly author: string
  readonly name: string
  readonly scope: Scope
  readonly created_at: number
  readonly used_on: string | null
}

/** Whose device holds the token with this hash; notes the day of its use. */
export async function findByToken(
  db: D1Database,
  hash: string,
  today: string,
): Promise<{ readonly author: Author; readonly scope: Scope; readonly token: string } | null> {
  const row = await db
    .prepare(
      `SELECT a.id, a.name, a.is_owner, t.id AS token, t.scope, t.used_on
       FROM tokens t JOIN authors a ON a.id = t.author WHERE t.hash = ?1`,
    )
    .bind(hash)
    .first<AuthorRow & Pick<TokenRow, 'scope' | 'used_on'> & { readonly token: string }>()
  if (row === null) return null
  if (row.used_on !== today) {
    await db.prepare('UPDATE tokens SET used_on = ?2 WHERE hash = ?1').bind(hash, today).run()
  }
  return { author: toAuthor(row), scope: row.scope, token: row.token }
}

/** All authors, the owner first, with their tokens. */
export async function listAuthors(
  db: D1Database,
): Promise<readonly (Author & { readonly tokens: readonly Token[] })[]> {
  const authors = await db
    .prepare('SELECT id, name, is_owner FROM authors ORDER BY is_owner DESC, created_at, id')
    .all<AuthorRow>()
  const tokens = await db
    .prepare('SELECT id, author, name, scope, created_at, used_on FROM tokens ORDER BY created_at, id')
    .all<TokenRow>()
  return authors.results.map((row) => ({
    ...toAuthor(row),
    tokens: tokens.results.filter((token) => token.author === row.id).map(toToken),
  }))
}

/** Adds an author under an id; the same once more changes nothing. null if the id is another's. */
export async function insertAuthor(
  db: D1Database,
  id: string,
  name: string,
  now: number,
): Promise<Author | null> {
  const [done] = await db.batch([
    db
      .prepare(
        `INSERT INTO authors (id, name, created_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE name = excluded.name AND NOT is_owner`,
      )
      .bind(id, name, now),
    raiseVersion(db),
  ])
  return (done?.meta.changes ?? 0) > 0 ? { id, name, isOwner: false } : null
}

/**
 * Keeps the hash of a new token. The same device once more, under the same id, has another token instead, as long as
 * nobody has used the first. null if there is no such author, or the id is another device's.
 */
export async function insertToken(
  db: D1Database,
  id: string,
  author: string,
  device: { readonly name: string; readonly scope: Scope; readonly hash: string },
  now: number,
): Promise<Token | null> {
  const done = await db
    .prepare(
      `INSERT INTO tokens (hash, id, author, name, scope, created_at)
       SELECT ?1, ?2, id, ?4, ?5, ?6 FROM authors WHERE id = ?3
       ON CONFLICT (id) DO UPDATE SET hash = excluded.hash
         WHERE used_on IS NULL AND author = excluded.author AND name = excluded.name AND scope = excluded.scope`,
    )
    .bind(device.hash, id, author, device.name, device.scope, now)
    .run()
  if (done.meta.changes === 0) return null
  return { id, name: device.name, scope: device.scope, createdAt: now, usedOn: null }
}

/** Ends a device's token; false if there is none. */
export async function deleteToken(db: D1Database, id: string): Promise<boolean> {
  const done = await db.prepare('DELETE FROM tokens WHERE id = ?1').bind(id).run()
  return done.meta.changes > 0
}

function toAuthor(row: AuthorRow): Author {
  return { id: row.id, name: row.name, isOwner: row.is_owner === 1 }
}

function toToken(row: TokenRow): Token {
  const { id, name, scope, created_at, used_on } = row
  return { id, name, scope, createdAt: created_at, usedOn: used_on }
}

import { newId } from '../core/secret.ts'
import { raiseVersion } from './project.ts'

export type Author = { readonly id: string; readonly name: string; readonly isOwner: boolean }

export const scopes = ['post', 'tick'] as const

export type Scope = (typeof scopes)[number]

/** A device of an author. The token itself is not kept. */
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

/** All authors, the owner first, with their devices. */
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

export async function insertAuthor(db: D1Database, name: string, now: number): Promise<Author> {
  const author = { id: newId(now), name, isOwner: false }
  await db.batch([
    db.prepare('INSERT INTO authors (id, name, created_at) VALUES (?1, ?2, ?3)').bind(author.id, name, now),
    raiseVersion(db),
  ])
  return author
}

/** Keeps the hash of a new token; null if there is no such author. */
export async function insertToken(
  db: D1Database,
  author: string,
  device: { readonly name: string; readonly scope: Scope; readonly hash: string },
  now: number,
): Promise<Token | null> {
  const id = newId(now)
  const done = await db
    .prepare(
      `INSERT INTO tokens (hash, id, author, name, scope, created_at)
       SELECT ?1, ?2, id, ?4, ?5, ?6 FROM authors WHERE id = ?3`,
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

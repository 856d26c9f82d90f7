import type { Circle } from '../core/recipient.ts'
import type { Author } from './authors.ts'

/** Who reads pages: the owner sees all, a recipient what the circle and the day of joining allow. */
export type Visitor =
  | { readonly is: 'owner' }
  | { readonly is: 'recipient'; readonly id: string; readonly circle: Circle; readonly joinedAt: number }

/** Whose session it is: beside those who read, an author who writes. */
export type SignedIn = Visitor | { readonly is: 'author'; readonly author: Author }

/** A session of the owner or an author, as its holder sees it. */
export type SignedInBrowser = {
  /** Its name here: nobody signs in with it. */
  readonly hash: string
  readonly browser: string
  readonly endsAt: number
  /** null: the owner's. */
  readonly author: { readonly id: string; readonly name: string } | null
}

type Row = {
  readonly recipient: string | null
  readonly token: string | null
  readonly owner_hash: string | null
  readonly ends_at: number
  readonly circle: Circle | null
  readonly joined_at: number | null
  readonly author: string | null
  readonly name: string | null
  readonly is_owner: number | null
}

type DeviceRow = Pick<Row, 'ends_at' | 'author' | 'name'> & {
  readonly hash: string
  readonly device: string
}

export async function insertSession(
  db: D1Database,
  session: {
    readonly hash: string
    readonly recipient: string | null
    /** The id of the token of an author's device. */
    readonly token: string | null
    readonly ownerHash: string | null
    readonly browser: string
    readonly endsAt: number
  },
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO sessions (hash, recipient, token, owner_hash, device, ends_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6)`,
    )
    .bind(
      ...[session.hash, session.recipient, session.token, session.ownerHash],
      ...[session.browser, session.endsAt],
    )
    .run()
}

/** Whose session it is; null if it has ended: by time, by sign-out, by another OWNER_TOKEN, with a token or recipient. */
export async function findSession(
  db: D1Database,
  hash: string,
  ownerHash: string | null,
  now: number,
): Promise<{ readonly visitor: SignedIn; readonly endsAt: number } | null> {
  const row = await db
    .prepare(
      `SELECT s.recipient, s.token, s.owner_hash, s.ends_at, r.circle, r.joined_at, a.id AS author, a.name, a.is_owner
       FROM sessions s LEFT JOIN recipients r ON r.id = s.recipient AND r.deleted_at IS NULL
         LEFT JOIN tokens t ON t.id = s.token LEFT JOIN authors a ON a.id = t.author
       WHERE s.hash = ?1 AND s.ends_at > ?2`,
    )
    .bind(hash, now)
    .first<Row>()
  if (row === null) return null
  const visitor = toVisitor(row, ownerHash)
  return visitor && { visitor, endsAt: row.ends_at }
}

/** Lets a session that is used last until `endsAt`. */
export async function renewSession(db: D1Database, hash: string, endsAt: number): Promise<void> {
  await db.prepare('UPDATE sessions SET ends_at = ?2 WHERE hash = ?1').bind(hash, endsAt).run()
}

export async function deleteSession(db: D1Database, hash: string): Promise<void> {
  await db.prepare('DELETE FROM sessions WHERE hash = ?1').bind(hash).run()
}

/** Forgets sessions that have ended. */
export function forgetSessions(db: D1Database, now: number): D1PreparedStatement {
  return db.prepare('DELETE FROM sessions WHERE ends_at <= ?1').bind(now)
}

/**
 * Where an author is signed in, or for the owner (null) the owner and every author; the last used first, at most 100.
 */
export async function listBrowsers(
  db: D1Database,
  author: string | null,
  ownerHash: string | null,
  now: number,
): Promise<readonly SignedInBrowser[]> {
  const { results } = await db
    .prepare(
      `SELECT s.hash, s.device, s.ends_at, a.id AS author, a.name
       FROM sessions s LEFT JOIN tokens t ON t.id = s.token LEFT JOIN authors a ON a.id = t.author
       WHERE s.recipient IS NULL AND s.ends_at > ?1
         AND (a.id = ?2 OR (?2 IS NULL AND (a.id IS NOT NULL OR s.owner_hash = ?3)))
       ORDER BY s.ends_at DESC, s.hash LIMIT 100`,
    )
    .bind(now, author, ownerHash)
    .all<DeviceRow>()
  return results.map(({ hash, device, ends_at, author: id, name }) => {
    return {
      hash,
      browser: device,
      endsAt: ends_at,
      author: id === null || name === null ? null : { id, name },
    }
  })
}

/** Signs a browser out; an author (null: the owner) no other's. */
export async function signOutBrowser(db: D1Database, author: string | null, hash: string): Promise<void> {
  await db
    .prepare(
      `DELETE FROM sessions WHERE hash = ?1 AND recipient IS NULL
         AND (?2 IS NULL OR token IN (SELECT id FROM tokens WHERE author = ?2))`,
    )
    .bind(hash, author)
    .run()
}

/** Signs an author, or the owner (null), out everywhere, and ends the owner's links that are on their way. */
export async function signOutBrowsers(db: D1Database, author: string | null): Promise<void> {
  await db.batch([
    db
      .prepare(
        `DELETE FROM sessions WHERE recipient IS NULL
           AND (token IN (SELECT id FROM tokens WHERE author = ?1) OR (?1 IS NULL AND token IS NULL))`,
      )
      .bind(author),
    db.prepare('DELETE FROM sign_ins WHERE ?1 IS NULL').bind(author),
  ])
}

function toVisitor(row: Row, ownerHash: string | null): SignedIn | null {
  const { recipient, token, circle, joined_at, author, name, is_owner } = row
  if (token !== null) {
    if (author === null || name === null) return null
    return { is: 'author', author: { id: author, name, isOwner: is_owner === 1 } }
  }
  if (recipient === null) return ownerHash !== null && row.owner_hash === ownerHash ? { is: 'owner' } : null
  if (circle === null || joined_at === null) return null
  return { is: 'recipient', id: recipient, circle, joinedAt: joined_at }
}

import type { Circle } from '../core/recipient.ts'

/** Who reads pages: the owner sees all, a recipient what the circle and the day of joining allow. */
export type Visitor =
  | { readonly is: 'owner' }
  | { readonly is: 'recipient'; readonly id: string; readonly circle: Circle; readonly joinedAt: number }

type Row = {
  readonly recipient: string | null
  readonly owner_hash: string | null
  readonly ends_at: number
  readonly circle: Circle | null
  readonly joined_at: number | null
}

export async function insertSession(
  db: D1Database,
  session: {
    readonly hash: string
    readonly recipient: string | null
    readonly ownerHash: string | null
    readonly endsAt: number
  },
): Promise<void> {
  await db
    .prepare('INSERT INTO sessions (hash, recipient, owner_hash, ends_at) VALUES (?1, ?2, ?3, ?4)')
    .bind(session.hash, session.recipient, session.ownerHash, session.endsAt)
    .run()
}

/** Whose session it is; null if it has ended: by time, by sign-out, by another OWNER_TOKEN, by a deletion. */
export async function findSession(
  db: D1Database,
  hash: string,
  ownerHash: string | null,
  now: number,
): Promise<{ readonly visitor: Visitor; readonly endsAt: number } | null> {
  const row = await db
    .prepare(
      `SELECT s.recipient, s.owner_hash, s.ends_at, r.circle, r.joined_at
       FROM sessions s LEFT JOIN recipients r ON r.id = s.recipient AND r.deleted_at IS NULL
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

function toVisitor(row: Row, ownerHash: string | null): Visitor | null {
  const { recipient, circle, joined_at } = row
  if (recipient === null) return ownerHash !== null && row.owner_hash === ownerHash ? { is: 'owner' } : null
  if (circle === null || joined_at === null) return null
  return { is: 'recipient', id: recipient, circle, joinedAt: joined_at }
}

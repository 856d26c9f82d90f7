import { noticeId, noticeInsert } from './notices.ts'

/** A way in that is to be mailed: `slot` names the span in which a recipient gets but one. */
export type Access = {
  readonly hash: string
  readonly slot: string
  readonly endsAt: number
  readonly subject: string
  readonly markdown: string
  readonly html: string
  /** Later than this the mail would bring a way in that ends before it is read. */
  readonly usefulUntil: number
}

/**
 * Makes a way in, and its mail, for the recipient with this address. The id of the mail; null, and nothing is made,
 * for an address not known, or where one is on its way.
 */
export async function insertAccess(
  db: D1Database,
  addressHash: string,
  access: Access,
): Promise<string | null> {
  const { hash, slot, endsAt, subject, markdown, html, usefulUntil } = access
  const isNew = `NOT EXISTS (SELECT 1 FROM notices n
                             WHERE n.kind = 'access' AND n.ref = ?2 AND n.recipient = recipients.id)`
  const them = `FROM recipients WHERE address_hash = ?1 AND deleted_at IS NULL AND ${isNew}`
  const [, made] = await db.batch<{ id: string }>([
    db
      .prepare(`INSERT INTO accesses (recipient, hash, ends_at) SELECT id, ?3, ?4 ${them}`)
      .bind(addressHash, slot, hash, endsAt),
    db
      .prepare(`${noticeInsert} SELECT 'access', ?2, id, ?3, ?4, ?5, ?6 ${them} RETURNING ${noticeId} AS id`)
      .bind(addressHash, slot, subject, markdown, html, usefulUntil),
  ])
  return made?.results[0]?.id ?? null
}

/** Makes a way in that the owner hands over; false if there is no such recipient. */
export async function insertHandedAccess(
  db: D1Database,
  recipient: string,
  hash: string,
  endsAt: number,
): Promise<boolean> {
  const done = await db
    .prepare(
      `INSERT INTO accesses (recipient, hash, ends_at)
       SELECT id, ?2, ?3 FROM recipients WHERE id = ?1 AND deleted_at IS NULL`,
    )
    .bind(recipient, hash, endsAt)
    .run()
  return done.meta.changes > 0
}

/** Whom a way in lets in at `now`; null for one that has ended or never was. */
export async function findAccess(db: D1Database, hash: string, now: number): Promise<string | null> {
  return db
    .prepare(
      `SELECT r.id FROM accesses a JOIN recipients r ON r.id = a.recipient AND r.deleted_at IS NULL
       WHERE a.hash = ?1 AND a.ends_at > ?2`,
    )
    .bind(hash, now)
    .first<string>('id')
}

/** Forgets ways in that have ended. */
export function forgetAccesses(db: D1Database, now: number): D1PreparedStatement {
  return db.prepare('DELETE FROM accesses WHERE ends_at <= ?1').bind(now)
}

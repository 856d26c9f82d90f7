/** What has not gone out in full, so that nothing fails in silence. */
import { overdueMs, sendMs } from '../core/delivery.ts'
import { byHand } from './due.ts'
import { noticeInsert } from './notices.ts'

/** A digest with letters that have not gone out. */
export type Short = {
  readonly number: number
  readonly slug: string
  readonly sendUntil: number
  readonly letters: number
  /** Those that wait, were refused, or of which nobody knows. */
  readonly waiting: number
  readonly rejected: number
  readonly uncertain: number
}

/** Of a digest: letters of it are overdue at ?1. */
const isOverdue = `missing > 0 OR (finished_at IS NULL AND until <= ?1 - ${overdueMs})`

/** Digests of which at ?1 letters are overdue, as far as a tick has looked. */
export const overdueDigests = `
  digests WHERE look_at IS NOT NULL AND (${isOverdue})`

/** JSON: when the next look is due, and whether anything is overdue at ?1. One subselect, since every tick reads it. */
export const watched = `(
  SELECT json_object('lookAt', min(look_at),
                     'isOverdue', coalesce(max(${isOverdue}), 0))
  FROM digests WHERE look_at IS NOT NULL)`

/**
 * A look is repeated after an hour, and given up a week after letters could last go out in time: then the next ones
 * tell of the trouble.
 */
const lookAgainMs = 3_600_000
const giveUpMs = 7 * 24 * lookAgainMs - sendMs

/** Looks at one digest whose time for it has come; what is missing counts only for recipients who still want it. */
export async function lookAtDigest(db: D1Database, now: number): Promise<Short | null> {
  const count = (where: string) => `count(*) FILTER (WHERE ${where})`
  const isWanted = `(${byHand} OR (r.state = 'active' AND r.deleted_at IS NULL))`
  return db
    .prepare(
      `SELECT g.number, g.slug, max(g.send_until, coalesce(max(deliveries.send_until), 0)) AS sendUntil,
              count(*) AS letters,
              ${count("deliveries.state IN ('waiting', 'trying')")} AS waiting,
              ${count(`deliveries.state = 'rejected' AND ${isWanted}`)} AS rejected,
              ${count(`deliveries.state = 'uncertain' AND ${isWanted}`)} AS uncertain
       FROM (SELECT number, slug, send_until FROM digests WHERE look_at <= ?1 ORDER BY look_at LIMIT 1) g
       LEFT JOIN deliveries ON deliveries.digest = g.number
       LEFT JOIN recipients r ON r.id = deliveries.recipient
       GROUP BY g.number`,
    )
    .bind(now)
    .first<Short>()
}

/** Writes down what a look found; nothing missing, or a week gone: nobody looks again by themselves. */
export function keepLook(
  db: D1Database,
  { number, sendUntil }: Short,
  missing: number,
  now: number,
): D1PreparedStatement {
  const lookAt = missing > 0 && now < sendUntil + giveUpMs ? now + lookAgainMs : null
  return db
    .prepare('UPDATE digests SET missing = ?2, look_at = ?3 WHERE number = ?1')
    .bind(number, missing, lookAt)
}

/** That the owner was told of the hold. */
export function keepHoldTold(db: D1Database, now: number): D1PreparedStatement {
  return db.prepare('UPDATE project SET hold_told_at = ?1').bind(now)
}

/** A mail to the owner; the first of its kind and ref stands. */
export type OwnersNotice = {
  readonly kind: string
  readonly ref: string
  readonly subject: string
  readonly markdown: string
  readonly html: string
  readonly usefulUntil: number
}

export function tellOwner(db: D1Database, notice: OwnersNotice): D1PreparedStatement {
  const { kind, ref, subject, markdown, html, usefulUntil } = notice
  return db
    .prepare(`${noticeInsert} VALUES (?1, ?2, 'owner', ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING`)
    .bind(kind, ref, subject, markdown, html, usefulUntil)
}

/** Counts and times, as anybody may see them. */
export type Health = {
  readonly nextCutOff: number
  readonly isHeld: boolean
  /** A cut-off passed in the open period because something that sending needs is missing. */
  readonly isNotReady: boolean
  readonly haltedUntil: number | null
  readonly digests: number
  readonly letters: number
}

/** null before the first use. */
export async function readHealth(db: D1Database, now: number): Promise<Health | null> {
  const row = await db
    .prepare(
      `SELECT next_cut_off AS nextCutOff, held_at IS NOT NULL AS isHeld, passed_why IS 'notReady' AS isNotReady,
              CASE WHEN halt_reason IS NOT NULL THEN halt_until END AS haltedUntil,
              (SELECT count(*) FROM ${overdueDigests}) AS digests,
              (SELECT coalesce(sum(missing), 0) FROM ${overdueDigests}) AS letters
       FROM project`,
    )
    .bind(now)
    .first<Health>()
  return row === null ? null : { ...row, isHeld: Boolean(row.isHeld), isNotReady: Boolean(row.isNotReady) }
}

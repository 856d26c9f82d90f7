import type { Receipt } from '../core/receipt.ts'
import { noticeInsert } from './notices.ts'
import type { OwnersNotice } from './watch.ts'

const rankOf = (name: string) =>
  `CASE ${name} WHEN 'sent' THEN 1 WHEN 'delayed' THEN 2 WHEN 'delivered' THEN 3
   WHEN 'bounced' THEN 4 WHEN 'failed' THEN 4 WHEN 'suppressed' THEN 4 WHEN 'complained' THEN 5 ELSE 0 END`

/** Of uncertain mail: that there is a receipt proves that the provider took it. */
const settled = `
  receipt = CASE WHEN ${rankOf('?3')} > ${rankOf('receipt')} THEN ?3 ELSE receipt END,
  provider_id = coalesce(provider_id, ?4),
  reason = CASE state WHEN 'uncertain' THEN 'receipt' ELSE reason END,
  unsettled_since = CASE state WHEN 'uncertain' THEN NULL ELSE unsettled_since END,
  state = CASE state WHEN 'uncertain' THEN 'accepted' ELSE state END`

/** A receipt that says more than is known. That an accepted mail was sent says no more. */
const isNews = `(state = 'uncertain'
  OR (${rankOf('?3')} > ${rankOf('receipt')} AND NOT (?3 = 'sent' AND state = 'accepted')))`

/** Keeps what a receipt says of a letter; never lowered by one that comes late or again. */
export function keepReceipt(
  db: D1Database,
  digest: number,
  recipient: string,
  { name, bounce, providerId }: Receipt,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE deliveries
       SET ${settled}, bounce = CASE WHEN bounce = 'hard' THEN bounce ELSE coalesce(?5, bounce) END
       WHERE digest = ?1 AND recipient = ?2
         AND (${isNews} OR (?5 = 'hard' AND bounce = 'soft'))`,
    )
    .bind(digest, recipient, name, providerId, bounce)
}

/** The same of a notice, by its kind, ref and recipient. */
export function keepNoticeReceipt(
  db: D1Database,
  kind: string,
  ref: string,
  recipient: string,
  { name, providerId }: Receipt,
): D1PreparedStatement {
  return db
    .prepare(`UPDATE notices SET ${settled} WHERE kind = ?1 AND ref = ?2 AND recipient = ?5 AND ${isNews}`)
    .bind(kind, ref, name, providerId, recipient)
}

/** How the last letters to recipient ?1 ended, the latest first; those since a bounce paused them last. */
const lastEnds = `
  SELECT f.bounce FROM digests g JOIN deliveries f ON f.digest = g.number AND f.recipient = ?1
  WHERE g.number > coalesce(recipients.paused_by, 0)
    AND f.receipt IN ('delivered', 'bounced', 'failed', 'suppressed', 'complained')
  ORDER BY g.number DESC LIMIT 3`

/** Pauses whose letter bounced hard, or softly the third time in a row; once for each digest. */
export function pauseBounced(
  db: D1Database,
  digest: number,
  recipient: string,
  { bounce }: Receipt,
  reason: string,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE recipients SET state = 'paused', reason = ?3, paused_by = ?2
       WHERE id = ?1 AND state = 'active' AND deleted_at IS NULL AND coalesce(paused_by, 0) < ?2
         AND EXISTS (SELECT 1 FROM deliveries WHERE digest = ?2 AND recipient = ?1)
         AND (?4 = 'hard' OR 3 = (SELECT count(*) FROM (${lastEnds}) WHERE bounce = 'soft'))`,
    )
    .bind(recipient, digest, reason, bounce)
}

/** Ends the letters of who complained, for good. */
export function endComplained(db: D1Database, digest: number, recipient: string): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE recipients SET state = 'unsubscribed', reason = 'complained'
       WHERE id = ?1 AND deleted_at IS NULL AND EXISTS (SELECT 1 FROM deliveries WHERE digest = ?2 AND recipient = ?1)`,
    )
    .bind(recipient, digest)
}

/** Tells the owner that a bounce of this digest paused the recipient; else that the letter was lost. Once each. */
export function tellOfLoss(
  db: D1Database,
  digest: number,
  recipient: string,
  paused: OwnersNotice,
  lost: OwnersNotice,
): readonly D1PreparedStatement[] {
  const isPaused = `EXISTS (SELECT 1 FROM recipients WHERE id = ?6 AND paused_by = ?7)`
  const insert = ({ kind, ref, subject, markdown, html, usefulUntil }: OwnersNotice, where: string) =>
    db
      .prepare(
        `${noticeInsert} SELECT ?1, ?2, 'owner', ?3, ?4, ?5, ?8
         WHERE EXISTS (SELECT 1 FROM deliveries WHERE digest = ?7 AND recipient = ?6) AND ${where}
         ON CONFLICT DO NOTHING`,
      )
      .bind(kind, ref, subject, markdown, html, recipient, digest, usefulUntil)
  return [insert(paused, isPaused), insert(lost, `NOT ${isPaused}`)]
}

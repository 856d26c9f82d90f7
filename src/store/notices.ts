import { type DeliveryState, leaseMs, repeatMs, type Waiting } from '../core/delivery.ts'
import type { Claim, Settlement } from './claims.ts'
import { isAhead, leftOpen } from './due.ts'

/** Who a notice is from and goes to, as it was when it was first tried. */
export type NoticeEnvelope = { readonly from: string; readonly replyTo: string; readonly to: string }

/** A notice that waits; its id is `kind/ref/recipient`. */
export type Notice = Waiting<NoticeEnvelope> & {
  readonly kind: string
  readonly ref: string
  readonly recipient: string
  readonly subject: string
  readonly markdown: string
  readonly html: string
  /** The project's version of which a preview or a nudge was made; null for any other. */
  readonly version: number | null
  /** The recipient's address as of now; null for the owner. */
  readonly email: string | null
  /** The secret of the owner's mailbox, if an answer by mail makes sense. */
  readonly mailbox: string | null
}

/** Everything a new notice says of itself, in this order. */
export const noticeInsert =
  'INSERT INTO notices (kind, ref, recipient, subject, markdown, html, useful_until)'

export const noticeId = `kind || '/' || ref || '/' || notices.recipient`
/** Not claimed by anybody at ?1. */
const free = `(notices.state = 'waiting'
  OR (notices.state = 'trying' AND (lease_until <= ?1 OR ${isAhead('lease_until')})))`
const isGone = `notices.recipient <> 'owner' AND NOT EXISTS (
  SELECT 1 FROM recipients r WHERE r.id = notices.recipient AND r.deleted_at IS NULL)`

/**
 * Of no use at ?1: past its use; a hold that was lifted; what tells of a cut-off that is not the next one any more,
 * or at which nothing goes out.
 */
const isUseless = `(useful_until <= ?1
  OR (kind = 'hold' AND EXISTS (SELECT 1 FROM project WHERE held_at IS NULL))
  OR (kind IN ('preview', 'nudge') AND ref IS NOT (
    SELECT (1 + coalesce((SELECT max(number) FROM digests), 0)) || '-' || next_cut_off
    FROM project WHERE held_at IS NULL)))`

/** Composed of what is not so any more, and not tried yet: it is made anew. */
const isStale = `(kind IN ('preview', 'nudge') AND unsettled_since IS NULL
  AND version IS NOT (SELECT version FROM project))`

type Row = Omit<Notice, 'unsettled'> & {
  readonly unsettled_since: number | null
  readonly envelope: string | null
}

/** Which notices to try, or to drop. */
export type Wanted = {
  /** This one alone; null for any. */
  readonly id: string | null
  /** Whether there is a sender who reaches others than the owner. */
  readonly reachesReaders: boolean
  readonly limit: number
}

/** Where the owner answers by mail what asks for an answer. */
const ownersMailbox = `CASE WHEN kind IN ('nudge', 'preview') THEN
  (SELECT m.secret FROM mailboxes m JOIN authors a ON a.id = m.author WHERE a.is_owner) END`

/** Notices to try, or to drop, at `now`: ways in first, since a person waits for each. */
export async function pendingNotices(
  db: D1Database,
  now: number,
  { id, reachesReaders, limit }: Wanted,
): Promise<readonly Notice[]> {
  const { results } = await db
    .prepare(
      `SELECT ${noticeId} AS id, kind, ref, notices.recipient, subject, markdown, html, notices.version, r.email,
              ${ownersMailbox} AS mailbox, claims, n, tries, sha256, unsettled_since, envelope
       FROM notices LEFT JOIN recipients r ON r.id = notices.recipient
       WHERE notices.state IN ('waiting', 'trying') AND (${isAhead('unsettled_since')} OR try_after <= ?1) AND ${free}
         AND (?3 IS NULL OR ${noticeId} = ?3)
         AND (notices.recipient = 'owner' OR ?4 OR unsettled_since IS NOT NULL OR useful_until <= ?1)
       ORDER BY kind <> 'access', try_after LIMIT ?2`,
    )
    .bind(now, limit, id, Number(reachesReaders))
    .all<Row>()
  return results.map(({ unsettled_since, envelope, ...row }) => {
    const isUnsettled = unsettled_since !== null && envelope !== null
    return { ...row, unsettled: isUnsettled ? (JSON.parse(envelope) as NoticeEnvelope) : null } // by claimNotices
  })
}

/** When a notice that waits may be tried again; null if it does not wait. */
export async function nextTry(db: D1Database, notice: string): Promise<number | null> {
  return db
    .prepare(
      `SELECT try_after FROM notices WHERE state IN ('waiting', 'trying') AND state = 'waiting' AND ${noticeId} = ?1`,
    )
    .bind(notice)
    .first<number>('try_after')
}

/** What became of a notice so far; null if there is none. */
export async function noticeState(
  db: D1Database,
  notice: string,
): Promise<{ readonly state: DeliveryState; readonly reason: string | null } | null> {
  return db.prepare(`SELECT state, reason FROM notices WHERE ${noticeId} = ?1`).bind(notice).first()
}

/**
 * Ends what is of no use any more at `now`, or for nobody, or whose last try is too old to be repeated, or of an age
 * that nobody knows. What the provider may have taken is uncertain.
 */
export async function endUseless(db: D1Database, now: number): Promise<void> {
  await db
    .prepare(
      `UPDATE notices
       SET state = CASE WHEN unsettled_since IS NULL THEN 'withdrawn' ELSE ${leftOpen} END,
           reason = CASE WHEN ${isUseless} THEN 'late' ELSE 'notActive' END,
           lease = NULL, markdown = '', html = ''
       WHERE state IN ('waiting', 'trying') AND ${free}
         AND (${isUseless} OR unsettled_since <= ?1 - ${repeatMs} OR ${isAhead('unsettled_since')}
              OR ${isGone})`,
    )
    .bind(now)
    .run()
}

/** Claims notices by id before their calls; only those returned may be called. */
export async function claimNotices(
  db: D1Database,
  lease: string,
  claims: ReadonlyMap<string, Claim<NoticeEnvelope>>,
  now: number,
): Promise<ReadonlySet<string>> {
  const mine = `?3 -> (${noticeId})`
  const { results } = await db
    .prepare(
      `UPDATE notices
       SET state = 'trying', lease = ?2, lease_until = ?1 + ${leaseMs}, claims = claims + 1,
           unsettled_since = coalesce(unsettled_since, ?1),
           envelope = ${mine} -> 'envelope', sha256 = ${mine} ->> 'sha256', n = ${mine} ->> 'n'
       WHERE state IN ('waiting', 'trying') AND ${free} AND ${noticeId} IN (SELECT key FROM json_each(?3))
         AND claims = ${mine} ->> 'claims' AND NOT ${isUseless} AND NOT ${isStale} AND NOT (${isGone})
       RETURNING ${noticeId} AS id`,
    )
    .bind(now, lease, JSON.stringify(Object.fromEntries(claims)))
    .all<{ id: string }>()
  return new Set(results.map((row) => row.id))
}

/** Writes down what came of claimed notices; one that came to an end keeps its text no longer. */
export async function settleNotices(
  db: D1Database,
  lease: string,
  settlements: ReadonlyMap<string, Settlement>,
): Promise<void> {
  const mine = `?2 -> (${noticeId})`
  const keeps = `CASE WHEN ${mine} ->> 'state' = 'waiting' THEN`
  await db
    .prepare(
      `UPDATE notices
       SET state = CASE ${mine} ->> 'state' WHEN 'uncertain' THEN ${leftOpen} ELSE ${mine} ->> 'state' END,
           lease = NULL,
           provider_id = coalesce(${mine} ->> 'providerId', provider_id),
           reason = ${mine} ->> 'reason', try_after = ${mine} ->> 'tryAfter', tries = ${mine} ->> 'tries',
           unsettled_since = CASE WHEN ${mine} ->> 'isSettled' THEN NULL ELSE unsettled_since END,
           markdown = ${keeps} markdown ELSE '' END, html = ${keeps} html ELSE '' END
       WHERE lease = ?1 AND state = 'trying' AND ${noticeId} IN (SELECT key FROM json_each(?2))`,
    )
    .bind(lease, JSON.stringify(Object.fromEntries(settlements)))
    .run()
}

/** A notice whose bytes would differ from those of its unsettled try: it is shown, not sent. */
export async function markNoticeChanged(db: D1Database, notice: Notice): Promise<void> {
  await db
    .prepare(
      `UPDATE notices SET state = ${leftOpen}, reason = 'changed', lease = NULL, markdown = '', html = ''
       WHERE ${noticeId} = ?1 AND claims = ?2 AND unsettled_since IS NOT NULL`,
    )
    .bind(notice.id, notice.claims)
    .run()
}

/** Forgets what came to an end, a month after it was of use. */
export function forgetNotices(db: D1Database, now: number): D1PreparedStatement {
  return db
    .prepare(
      `DELETE FROM notices WHERE state NOT IN ('waiting', 'trying') AND useful_until <= ?1 - 2592000000`,
    )
    .bind(now)
}

import { type Envelope, leaseMs, repeatMs } from '../core/delivery.ts'
import type { Circle } from '../core/recipient.ts'

/** A delivery that may be tried now, with what its letter is made of. */
export type Due = {
  readonly recipient: string
  readonly token: string
  readonly claims: number
  readonly n: number
  readonly tries: number
  /** Of the last try, to know whether the bytes changed. */
  readonly sha256: string | null
  /** Set while an earlier try is unsettled: then its envelope must be used again. */
  readonly unsettled: Envelope | null
  /** The recipient as of now; null by hand. */
  readonly reader: {
    readonly email: string
    readonly name: string | null
    readonly circle: Circle
    readonly unsubscribe: string
    readonly isNewcomer: boolean
  } | null
}

/** What a claim writes down before the call. */
export type Claim = {
  readonly claims: number
  readonly sha256: string
  readonly envelope: Envelope
  readonly n: number
}

/** What a settlement writes down after it. */
export type Settlement = {
  readonly state: 'accepted' | 'rejected' | 'uncertain' | 'waiting'
  readonly providerId: string | null
  readonly reason: string | null
  readonly tryAfter: number
  readonly tries: number
  /** Whether the provider is known not to have the letter. */
  readonly isSettled: boolean
}

/** Not claimed by anybody at ?1. */
const free = `(deliveries.state = 'waiting' OR (deliveries.state = 'trying' AND lease_until <= ?1))`

/** Letters by hand go to the owner: their recipient is a circle's name. */
const byHand = `deliveries.recipient IN ('inner', 'outer')`

/** May be tried at ?1: a repeat of an unsettled try at any time, a first try while it is in time. */
const isDue = `${free} AND try_after <= ?1 AND (unsettled_since IS NOT NULL
               OR ?1 < max(g.send_until, coalesce(deliveries.send_until, 0)))`

/** The oldest digest with a letter to try, or with none left to wait for; null when there is nothing to do. */
export async function findDueDigest(db: D1Database, now: number): Promise<number | null> {
  return db
    .prepare(
      `SELECT g.number FROM digests g
       WHERE finished_at IS NULL AND (
         EXISTS (SELECT 1 FROM deliveries WHERE digest = g.number AND ${isDue})
         OR NOT EXISTS (SELECT 1 FROM deliveries WHERE digest = g.number AND state IN ('waiting', 'trying')))
       ORDER BY g.number LIMIT 1`,
    )
    .bind(now)
    .first<number>('number')
}

/**
 * Ends what must not be tried any more: a recipient no longer active, or a last try too old to be repeated.
 * What the provider may have taken becomes uncertain, the rest is withdrawn.
 */
export async function endHopeless(db: D1Database, digest: number, now: number): Promise<void> {
  await db.batch([
    db
      .prepare(
        `UPDATE deliveries
         SET state = CASE WHEN unsettled_since IS NULL THEN 'withdrawn' ELSE 'uncertain' END,
             reason = 'recipient not active', lease = NULL
         WHERE digest = ?2 AND ${free} AND NOT ${byHand} AND NOT EXISTS (
           SELECT 1 FROM recipients r
           WHERE r.id = deliveries.recipient AND r.state = 'active' AND r.deleted_at IS NULL)`,
      )
      .bind(now, digest),
    db
      .prepare(
        `UPDATE deliveries SET state = 'uncertain', reason = coalesce(reason, 'no answer'), lease = NULL
         WHERE digest = ?2 AND ${free} AND unsettled_since <= ?1 - ${repeatMs}`,
      )
      .bind(now, digest),
  ])
}

type DueRow = {
  readonly recipient: string
  readonly token: string
  readonly claims: number
  readonly n: number
  readonly tries: number
  readonly sha256: string | null
  readonly unsettled_since: number | null
  readonly envelope: string | null
  readonly email: string | null
  readonly name: string | null
  readonly circle: Circle | null
  readonly unsubscribe: string | null
  readonly is_newcomer: number
}

/** Deliveries to try now, those that waited longest first. */
export async function dueDeliveries(
  db: D1Database,
  digest: number,
  now: number,
  limit: number,
): Promise<readonly Due[]> {
  const { results } = await db
    .prepare(
      `SELECT deliveries.recipient, token, claims, n, tries, sha256, unsettled_since, envelope,
              r.email, r.name, r.circle, r.unsubscribe,
              NOT EXISTS (SELECT 1 FROM digests e JOIN deliveries f ON f.digest = e.number
                          WHERE e.number < ?2 AND f.recipient = r.id AND f.state = 'accepted') AS is_newcomer
       FROM deliveries
       JOIN digests g ON g.number = deliveries.digest
       LEFT JOIN recipients r ON r.id = deliveries.recipient
       WHERE digest = ?2 AND ${isDue}
       ORDER BY try_after LIMIT ?3`,
    )
    .bind(now, digest, limit)
    .all<DueRow>()
  return results.map(toDue)
}

/**
 * Claims deliveries by recipient, before their calls. Only those returned may be called: nobody else claimed
 * them since they were read, their digest was not revised, and their recipients are still who they were.
 */
export async function claimDeliveries(
  db: D1Database,
  digest: { readonly number: number; readonly revision: number },
  lease: string,
  claims: ReadonlyMap<string, Claim>,
  now: number,
): Promise<ReadonlySet<string>> {
  const { results } = await db
    .prepare(
      `UPDATE deliveries
       SET state = 'trying', lease = ?3, lease_until = ?1 + ${leaseMs}, claims = claims + 1,
           unsettled_since = coalesce(unsettled_since, ?1),
           envelope = ?5 -> recipient -> 'envelope',
           circle = ?5 -> recipient -> 'envelope' ->> 'circle',
           sha256 = ?5 -> recipient ->> 'sha256',
           n = ?5 -> recipient ->> 'n'
       WHERE digest = ?2 AND ${free} AND recipient IN (SELECT key FROM json_each(?5))
         AND claims = ?5 -> recipient ->> 'claims'
         AND EXISTS (SELECT 1 FROM digests WHERE number = ?2 AND revision = ?4)
         AND (${byHand} OR EXISTS (
           SELECT 1 FROM recipients r
           WHERE r.id = deliveries.recipient AND r.state = 'active' AND r.deleted_at IS NULL
             AND (unsettled_since IS NOT NULL
                  OR (r.email = ?5 -> recipient -> 'envelope' ->> 'to'
                      AND r.circle = ?5 -> recipient -> 'envelope' ->> 'circle'))))
       RETURNING recipient`,
    )
    .bind(now, digest.number, lease, digest.revision, JSON.stringify(Object.fromEntries(claims)))
    .all<{ recipient: string }>()
  return new Set(results.map((row) => row.recipient))
}

/** Writes down what came of claimed deliveries; whoever lost the lease meanwhile changes nothing. */
export async function settleDeliveries(
  db: D1Database,
  digest: number,
  lease: string,
  settlements: ReadonlyMap<string, Settlement>,
): Promise<void> {
  await db
    .prepare(
      `UPDATE deliveries
       SET state = ?3 -> recipient ->> 'state', lease = NULL,
           provider_id = coalesce(?3 -> recipient ->> 'providerId', provider_id),
           reason = ?3 -> recipient ->> 'reason',
           try_after = ?3 -> recipient ->> 'tryAfter',
           tries = ?3 -> recipient ->> 'tries',
           unsettled_since = CASE WHEN ?3 -> recipient ->> 'isSettled' THEN NULL ELSE unsettled_since END
       WHERE digest = ?1 AND lease = ?2 AND state = 'trying' AND recipient IN (SELECT key FROM json_each(?3))`,
    )
    .bind(digest, lease, JSON.stringify(Object.fromEntries(settlements)))
    .run()
}

/** Ends a delivery whose bytes would differ from those of its unsettled try: it is shown, not sent. */
export async function markChanged(db: D1Database, digest: number, due: Due): Promise<void> {
  await db
    .prepare(
      `UPDATE deliveries SET state = 'uncertain', reason = 'the letter would differ from the one tried', lease = NULL
       WHERE digest = ?1 AND recipient = ?2 AND claims = ?3 AND unsettled_since IS NOT NULL`,
    )
    .bind(digest, due.recipient, due.claims)
    .run()
}

/** A delivery whose recipient moved to a circle without a letter. */
export async function withdrawDelivery(db: D1Database, digest: number, due: Due): Promise<void> {
  await db
    .prepare(
      `UPDATE deliveries SET state = 'withdrawn', reason = 'no letter for this circle', lease = NULL
       WHERE digest = ?1 AND recipient = ?2 AND claims = ?3 AND unsettled_since IS NULL`,
    )
    .bind(digest, due.recipient, due.claims)
    .run()
}

function toDue(row: DueRow): Due {
  const { recipient, token, claims, n, tries, sha256, email, name, circle, unsubscribe } = row
  const isUnsettled = row.unsettled_since !== null && row.envelope !== null
  return {
    recipient,
    token,
    claims,
    n,
    tries,
    sha256,
    unsettled: isUnsettled ? (JSON.parse(row.envelope ?? '') as Envelope) : null, // written by claimDeliveries
    reader:
      email === null || circle === null || unsubscribe === null
        ? null
        : { email, name, circle, unsubscribe, isNewcomer: row.is_newcomer === 1 },
  }
}

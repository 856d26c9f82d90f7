import { type Envelope, leaseMs } from '../core/delivery.ts'
import { byHand, type Due, free, leftOpen } from './due.ts'

/** What a claim writes down before the call. */
export type Claim<E> = {
  readonly claims: number
  readonly sha256: string
  readonly envelope: E
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

/**
 * Claims deliveries by recipient, before their calls. Only those returned may be called: nobody else claimed
 * them since they were read, their digest was not revised, and their recipients are still who they were.
 */
export async function claimDeliveries(
  db: D1Database,
  digest: { readonly number: number; readonly revision: number },
  lease: string,
  claims: ReadonlyMap<string, Claim<Envelope>>,
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

/**
 * Writes down what came of claimed deliveries; whoever lost the lease meanwhile changes nothing. One that a withdrawal
 * made uncertain while it was called keeps its lease: that the provider took it, or did not, is then still certain.
 */
export async function settleDeliveries(
  db: D1Database,
  digest: number,
  lease: string,
  settlements: ReadonlyMap<string, Settlement>,
): Promise<void> {
  await db
    .prepare(
      `UPDATE deliveries
       SET state = CASE ?3 -> recipient ->> 'state' WHEN 'uncertain' THEN ${leftOpen}
                   ELSE ?3 -> recipient ->> 'state' END,
           lease = NULL,
           provider_id = coalesce(?3 -> recipient ->> 'providerId', provider_id),
           reason = ?3 -> recipient ->> 'reason',
           try_after = ?3 -> recipient ->> 'tryAfter',
           tries = ?3 -> recipient ->> 'tries',
           unsettled_since = CASE WHEN ?3 -> recipient ->> 'isSettled' THEN NULL ELSE unsettled_since END
       WHERE digest = ?1 AND lease = ?2 AND recipient IN (SELECT key FROM json_each(?3))
         AND (state = 'trying' OR (state = 'uncertain' AND ?3 -> recipient ->> 'isSettled'
           AND (?3 -> recipient ->> 'state' <> 'waiting'
                OR EXISTS (SELECT 1 FROM digests WHERE number = ?1 AND awake_until IS NOT NULL))))`,
    )
    .bind(digest, lease, JSON.stringify(Object.fromEntries(settlements)))
    .run()
}

/** Ends deliveries whose bytes would differ from those of their unsettled try: they are shown, not sent. */
export async function markChanged(db: D1Database, digest: number, dues: readonly Due[]): Promise<void> {
  await endAll(db, digest, dues, `state = ${leftOpen}, reason = 'changed'`, 'unsettled_since IS NOT NULL')
}

/** Deliveries whose recipients moved to a circle without a letter. */
export async function withdrawDeliveries(
  db: D1Database,
  digest: number,
  dues: readonly Due[],
): Promise<void> {
  await endAll(db, digest, dues, `state = 'withdrawn', reason = 'noLetter'`, 'unsettled_since IS NULL')
}

/** Those that nobody claimed since they were read, in one statement: a whole claim of letters may end so at once. */
async function endAll(
  db: D1Database,
  digest: number,
  dues: readonly Due[],
  end: string,
  where: string,
): Promise<void> {
  if (dues.length === 0) return
  await db
    .prepare(
      `UPDATE deliveries SET ${end}, lease = NULL
       WHERE digest = ?1 AND recipient IN (SELECT key FROM json_each(?2)) AND claims = ?2 ->> recipient AND ${where}`,
    )
    .bind(digest, JSON.stringify(Object.fromEntries(dues.map(({ id, claims }) => [id, claims]))))
    .run()
}

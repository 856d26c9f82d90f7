import { type Envelope, leaseMs, repeatMs, type Waiting } from '../core/delivery.ts'
import type { Circle } from '../core/recipient.ts'
import type { Digest } from './digests.ts'

/** A delivery that may be tried now, by its recipient, with what its letter is made of. */
export type Due = Waiting<Envelope> & {
  readonly token: string
  /** Their first letter; by hand, that of somebody in the circle. */
  readonly isNewcomer: boolean
  /** The recipient as of now; null by hand. */
  readonly reader: {
    readonly email: string
    readonly name: string | null
    readonly circle: Circle
    readonly unsubscribe: string
  } | null
}

/** Further ahead than a claim can have set it: written by a clock that has jumped back since. */
export const isAhead = (instant: string) => `${instant} > ?1 + ${2 * leaseMs}`

/** Not claimed by anybody at ?1. */
export const free = `(deliveries.state = 'waiting'
  OR (deliveries.state = 'trying' AND (lease_until <= ?1 OR ${isAhead('lease_until')})))`

/** Letters by hand go to the owner: their recipient is a circle's name. */
export const byHand = `deliveries.recipient IN ('inner', 'outer')`

/** The end of what the provider may have taken: a receipt that came before proves that it did. */
export const leftOpen = `CASE WHEN receipt IS NULL THEN 'uncertain' ELSE 'accepted' END`

/**
 * May be tried at ?1: a repeat of an unsettled try at any time, a first try while it is in time and its digest
 * goes out in one of the ways of ?2 (JSON) that have a sender.
 */
const isDue = `${free} AND (${isAhead('unsettled_since')} OR try_after <= ?1) AND (unsettled_since IS NOT NULL
               OR (?1 < max(g.send_until, coalesce(deliveries.send_until, 0))
                   AND g.delivery IN (SELECT value FROM json_each(?2))))`

/**
 * The oldest digest with a letter to try, or with none left to wait for, or that is to fall asleep; null when
 * there is nothing to do.
 */
export async function findDueDigest(
  db: D1Database,
  now: number,
  sendable: readonly Digest['delivery'][],
): Promise<number | null> {
  return db
    .prepare(
      `SELECT g.number FROM digests g
       WHERE awake_until IS NOT NULL AND (
         awake_until <= ?1
         OR EXISTS (SELECT 1 FROM deliveries WHERE digest = g.number AND recipient >= g.open_from AND ${isDue})
         OR NOT EXISTS (SELECT 1 FROM deliveries
                        WHERE digest = g.number AND recipient >= g.open_from AND state IN ('waiting', 'trying')))
       ORDER BY awake_until <= ?1, g.number LIMIT 1`,
    )
    .bind(now, JSON.stringify(sendable))
    .first<number>('number')
}

/**
 * The first recipient of a digest who waits for a first try. First tries are made in the order of recipients: what was
 * tried stands before. Once no first try may be made, none is looked for.
 */
const firstUntried = (digest: string) => `coalesce((
  SELECT deliveries.recipient FROM digests g JOIN deliveries ON deliveries.digest = g.number
  WHERE g.number = ${digest} AND ?1 < g.send_until AND recipient >= g.open_from AND claims = 0 AND state = 'waiting'
  ORDER BY recipient LIMIT 1), '~')`

/**
 * Begins a run that sends letters of a digest. Ends what must not be tried any more: a recipient no longer active, or a last try too old to be repeated,
 * or of an age that nobody knows, since the clock jumped back.
 * What the provider may have taken becomes uncertain, the rest is withdrawn.
 */
export async function beginRun(db: D1Database, digest: number, now: number): Promise<void> {
  await db.batch([
    db.prepare('UPDATE digests SET runs = runs + 1 WHERE number = ?1').bind(digest),
    db
      .prepare(
        `UPDATE deliveries
         SET state = CASE WHEN unsettled_since IS NULL THEN 'withdrawn' ELSE ${leftOpen} END,
             reason = 'notActive', lease = NULL
         WHERE digest = ?2 AND ${free} AND recipient IN (
           SELECT id FROM recipients WHERE state <> 'active' OR deleted_at IS NOT NULL)`,
      )
      .bind(now, digest),
    db
      .prepare(
        `UPDATE deliveries SET state = ${leftOpen}, reason = coalesce(reason, 'noAnswer'), lease = NULL
         WHERE digest = ?2 AND recipient >= (SELECT open_from FROM digests WHERE number = ?2)
           AND recipient < ${firstUntried('?2')} AND ${free} AND (unsettled_since <= ?1 - ${repeatMs} OR ${isAhead('unsettled_since')})`,
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

/** Whether recipient `r` had a letter before digest ?3: their own, or by hand the one to their circle. */
const hadLetter = (r: string) => `EXISTS (
  SELECT 1 FROM digests e JOIN deliveries f ON f.digest = e.number AND f.recipient IN (${r}.id, ${r}.circle)
  WHERE e.number < ?3 AND f.state = 'accepted' AND (f.recipient = ${r}.id OR e.until > ${r}.joined_at))`

/** By hand a circle in which nobody is known yet is new until its first letter. */
const isNewCircle = `(
  SELECT CASE count(*)
         WHEN 0 THEN NOT EXISTS (SELECT 1 FROM digests e JOIN deliveries f ON f.digest = e.number
                                 WHERE e.number < ?3 AND f.recipient = due.recipient AND f.state = 'accepted')
         ELSE max(NOT ${hadLetter('m')}) END
  FROM recipients m WHERE m.circle = due.recipient AND m.state = 'active' AND m.deleted_at IS NULL)`

/**
 * Deliveries to try now: first tries, then repeats, those that waited longest and were claimed least. A quarter is for
 * repeats, so that ten thousand first tries do not keep them back until their keys are too old.
 */
export async function dueDeliveries(
  db: D1Database,
  digest: number,
  sendable: readonly Digest['delivery'][],
  now: number,
  limit: number,
): Promise<readonly Due[]> {
  const { results } = await db
    .prepare(
      `WITH fresh AS MATERIALIZED (
         SELECT deliveries.* FROM digests g JOIN deliveries ON deliveries.digest = g.number
         WHERE g.number = ?3 AND recipient >= g.open_from AND claims = 0 AND ${isDue}
         ORDER BY recipient LIMIT ?4),
       again AS MATERIALIZED (
         SELECT deliveries.* FROM digests g JOIN deliveries ON deliveries.digest = g.number
         WHERE g.number = ?3 AND recipient >= g.open_from AND recipient < ${firstUntried('?3')}
           AND claims > 0 AND ${isDue}
         ORDER BY try_after, claims LIMIT max(?5, ?4 - (SELECT count(*) FROM fresh))),
       due AS (
         SELECT * FROM (SELECT * FROM fresh ORDER BY recipient LIMIT ?4 - (SELECT count(*) FROM again))
         UNION ALL SELECT * FROM again)
       SELECT due.recipient, token, claims, n, tries, sha256, unsettled_since, envelope,
              r.email, r.name, r.circle, r.unsubscribe,
              CASE WHEN r.id IS NULL THEN ${isNewCircle} ELSE NOT ${hadLetter('r')} END AS is_newcomer
       FROM due LEFT JOIN recipients r ON r.id = due.recipient
       ORDER BY try_after, claims, due.recipient`,
    )
    .bind(now, JSON.stringify(sendable), digest, limit, Math.floor(limit / 4))
    .all<DueRow>()
  return results.map(toDue)
}

function toDue(row: DueRow): Due {
  const { recipient, token, claims, n, tries, sha256, email, name, circle, unsubscribe } = row
  const isUnsettled = row.unsettled_since !== null && row.envelope !== null
  return {
    id: recipient,
    token,
    claims,
    n,
    tries,
    sha256,
    isNewcomer: row.is_newcomer === 1,
    unsettled: isUnsettled ? (JSON.parse(row.envelope ?? '') as Envelope) : null, // written by claimDeliveries
    reader:
      email === null || circle === null || unsubscribe === null ? null : { email, name, circle, unsubscribe },
  }
}

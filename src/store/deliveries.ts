import { awakeMs, type DeliveryState, overdueMs, sendMs } from '../core/delivery.ts'
import type { Circle } from '../core/recipient.ts'

export type Delivery = {
  readonly digest: number
  readonly recipient: string
  readonly email: string | null
  readonly circle: Circle
  readonly state: DeliveryState
  readonly reason: string | null
  readonly receipt: string | null
  readonly providerId: string | null
  readonly token: string
  /** Which try it is; each "again" begins another. */
  readonly n: number
  /** Whether it would go out: by hand always, else to an active recipient. */
  readonly isWanted: boolean
}

type Row = {
  readonly digest: number
  readonly recipient: string
  readonly email: string | null
  readonly circle: Circle
  readonly state: DeliveryState
  readonly reason: string | null
  readonly receipt: string | null
  readonly provider_id: string | null
  readonly token: string
  readonly n: number
  readonly is_wanted: number
}

const select = `SELECT f.digest, f.recipient, r.email, f.circle, f.state, f.reason, f.receipt, f.provider_id, f.token, f.n,
                       f.recipient IN ('inner', 'outer') OR (r.state = 'active' AND r.deleted_at IS NULL) AS is_wanted
                FROM deliveries f LEFT JOIN recipients r ON r.id = f.recipient`

/** A page of a digest's deliveries by recipient, those after `after`. */
export async function listDeliveries(
  db: D1Database,
  digest: number,
  state: DeliveryState | null,
  after: string,
  limit: number,
): Promise<readonly Delivery[]> {
  const { results } = await db
    .prepare(
      `${select} WHERE f.digest = ?1 AND f.recipient > ?2 AND (?3 IS NULL OR f.state = ?3)
       ORDER BY f.recipient LIMIT ?4`,
    )
    .bind(digest, after, state, limit)
    .all<Row>()
  return results.map(toDelivery)
}

export async function findDelivery(
  db: D1Database,
  digest: number,
  recipient: string,
): Promise<Delivery | null> {
  const row = await db
    .prepare(`${select} WHERE f.digest = ?1 AND f.recipient = ?2`)
    .bind(digest, recipient)
    .first<Row>()
  return row === null ? null : toDelivery(row)
}

/** How many deliveries of a digest are in each state. */
export async function countStates(
  db: D1Database,
  digest: number,
): Promise<Readonly<Partial<Record<DeliveryState, number>>>> {
  const { results } = await db
    .prepare('SELECT state, count(*) AS n FROM deliveries WHERE digest = ?1 GROUP BY state')
    .bind(digest)
    .all<{ state: DeliveryState; n: number }>()
  return Object.fromEntries(results.map((row) => [row.state, row.n]))
}

export type Counts = {
  readonly states: Readonly<Partial<Record<DeliveryState, number>>>
  /** Those that wait, and that nobody tries any more without the owner's word. */
  readonly late: number
}

/** The counts at `now` of each digest from `first` to `last`, by its number. */
export async function countsOf(
  db: D1Database,
  first: number,
  last: number,
  now: number,
): Promise<ReadonlyMap<number, Counts>> {
  const { results } = await db
    .prepare(
      `SELECT digest, state, count(*) AS n,
              count(*) FILTER (WHERE state = 'waiting' AND unsettled_since IS NULL
                                 AND ?3 >= max(g.send_until, coalesce(f.send_until, 0))) AS late
       FROM digests g JOIN deliveries f ON f.digest = g.number
       WHERE g.number BETWEEN ?1 AND ?2
       GROUP BY digest, state`,
    )
    .bind(first, last, now)
    .all<{ digest: number; state: DeliveryState; n: number; late: number }>()
  return new Map(
    [...Map.groupBy(results, ({ digest }) => digest)].map(([digest, rows]) => [
      digest,
      {
        states: Object.fromEntries(rows.map((row) => [row.state, row.n])),
        late: rows.reduce((sum, row) => sum + row.late, 0),
      },
    ]),
  )
}

/** The owner looked: the letter arrived. Only an uncertain one is settled by this, and only try `n` where it is given. */
export async function settleByOwner(
  db: D1Database,
  digest: number,
  recipient: string,
  n: number | null,
): Promise<void> {
  await db
    .prepare(
      `UPDATE deliveries SET state = 'accepted', reason = 'byOwner', unsettled_since = NULL
       WHERE digest = ?1 AND recipient = ?2 AND state = 'uncertain' AND n = coalesce(?3, n)`,
    )
    .bind(digest, recipient, n)
    .run()
}

/**
 * The owner says "again": a letter that did not arrive is tried anew, under a new key, until `sendUntil`. Nothing
 * happens if it is on its way or has arrived, or if try `n` is given and it is another one that did not arrive.
 */
export async function sendAgain(
  db: D1Database,
  digest: number,
  recipient: string,
  n: number | null,
  sendUntil: number,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        `UPDATE deliveries
         SET state = 'waiting', reason = NULL, n = n + 1, tries = 0, try_after = 0, send_until = ?3,
             unsettled_since = NULL, envelope = NULL, sha256 = NULL
         WHERE digest = ?1 AND recipient = ?2 AND state IN ('uncertain', 'rejected', 'withdrawn')
           AND n = coalesce(?4, n)`,
      )
      .bind(digest, recipient, sendUntil, n),
    reopen(db, digest, recipient, sendUntil),
  ])
}

/**
 * An earlier letter for a newcomer, until `sendUntil`; false if there is a delivery already, the recipient is
 * not active, the digest has no letter for the circle, or its letters go by hand.
 */
export async function insertDelivery(
  db: D1Database,
  digest: number,
  recipient: string,
  sendUntil: number,
): Promise<boolean> {
  const [done] = await db.batch([
    db
      .prepare(
        `INSERT INTO deliveries (digest, recipient, token, circle, send_until)
         SELECT ?1, r.id, lower(hex(randomblob(16))), r.circle, ?3
         FROM digests g
         JOIN documents d ON d.digest = g.number
         JOIN recipients r ON r.circle = d.circle
         WHERE g.number = ?1 AND g.delivery = 'direct' AND r.id = ?2 AND r.state = 'active' AND r.deleted_at IS NULL
         ON CONFLICT DO NOTHING`,
      )
      .bind(digest, recipient, sendUntil),
    reopen(db, digest, recipient, sendUntil),
  ])
  return (done?.meta.changes ?? 0) > 0
}

function reopen(db: D1Database, digest: number, recipient: string, sendUntil: number): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE digests SET finished_at = NULL, open_from = min(open_from, ?2), look_at = ?3 - ${sendMs - overdueMs},
                          awake_until = max(coalesce(awake_until, 0), ?3 + ${awakeMs - sendMs})
       WHERE number = ?1 AND EXISTS (
         SELECT 1 FROM deliveries WHERE digest = ?1 AND recipient = ?2 AND state = 'waiting')`,
    )
    .bind(digest, recipient, sendUntil)
}

function toDelivery(row: Row): Delivery {
  const { provider_id, is_wanted, ...rest } = row
  return { ...rest, providerId: provider_id, isWanted: is_wanted === 1 }
}

import { awakeMs, overdueMs, sendMs } from '../core/delivery.ts'
import type { Document } from '../core/digest.ts'
import { endHaltWait } from './project.ts'

export type Digest = {
  readonly number: number
  readonly slug: string
  readonly since: number
  readonly until: number
  /** No letter of it is first tried after this. */
  readonly sendUntil: number
  /** When every delivery had come to an end. */
  readonly finishedAt: number | null
  /** By hand: when the owner said that it was forwarded. */
  readonly forwardedAt: number | null
  readonly revision: number
  /** Runs in a row that began to send it and died. */
  readonly runs: number
  readonly delivery: 'direct' | 'byHand'
  readonly isLast: boolean
  readonly title: string
  readonly about: string
  readonly ownerName: string
  readonly locale: string
  readonly zone: string
}

type Row = {
  readonly number: number
  readonly slug: string
  readonly since: number
  readonly until: number
  readonly send_until: number
  readonly finished_at: number | null
  readonly forwarded_at: number | null
  readonly revision: number
  readonly runs: number
  readonly delivery: 'direct' | 'byHand'
  readonly is_last: number
  readonly title: string
  readonly about: string
  readonly owner_name: string
  readonly locale: string
  readonly zone: string
}

const columns = `number, slug, since, until, send_until, finished_at, forwarded_at, revision, runs, delivery, is_last,
                 title, about, owner_name, locale, zone`

/** A page of digests, the latest first; those below `before`. */
export async function listDigests(db: D1Database, before: number, limit: number): Promise<readonly Digest[]> {
  const { results } = await db
    .prepare(`SELECT ${columns} FROM digests WHERE number < ?1 ORDER BY number DESC LIMIT ?2`)
    .bind(before, limit)
    .all<Row>()
  return results.map(toDigest)
}

export async function findDigest(db: D1Database, slug: string): Promise<Digest | null> {
  const row = await db.prepare(`SELECT ${columns} FROM digests WHERE slug = ?1`).bind(slug).first<Row>()
  return row === null ? null : toDigest(row)
}

export async function findDigestByNumber(db: D1Database, number: number): Promise<Digest | null> {
  const row = await db.prepare(`SELECT ${columns} FROM digests WHERE number = ?1`).bind(number).first<Row>()
  return row === null ? null : toDigest(row)
}

export async function documentsOf(db: D1Database, number: number): Promise<readonly Document[]> {
  const { results } = await db
    .prepare(
      `SELECT circle, subject, news, status, preheader, markdown, html, words FROM documents
       WHERE digest = ?1 ORDER BY circle`,
    )
    .bind(number)
    .all<Document>()
  return results
}

/** The owner's word: letters of this digest may be tried until `sendUntil`, at once. */
export async function releaseDigest(db: D1Database, number: number, sendUntil: number): Promise<void> {
  await db.batch([
    db
      .prepare(
        `UPDATE digests SET send_until = max(send_until, ?2), awake_until = ?2 + ${awakeMs - sendMs},
                            look_at = ?2 - ${sendMs - overdueMs}
         WHERE number = ?1 AND finished_at IS NULL`,
      )
      .bind(number, sendUntil),
    // A wait that the provider asked for may be longer than anybody's patience; nothing else would end it.
    db
      .prepare(
        "UPDATE deliveries SET try_after = 0 WHERE digest = ?1 AND state = 'waiting' AND try_after > 0",
      )
      .bind(number),
    endHaltWait(db),
  ])
}

/** The owner forwarded the letters of a digest by hand; the first time stands. */
export async function markForwarded(db: D1Database, number: number, now: number): Promise<void> {
  await db
    .prepare('UPDATE digests SET forwarded_at = coalesce(forwarded_at, ?2) WHERE number = ?1')
    .bind(number, now)
    .run()
}

/**
 * The end of a run that sent letters of a digest. It is finished once no delivery waits or is being tried; until
 * the owner's word it sleeps when none can be tried or repeated any more.
 */
export async function endRun(db: D1Database, number: number, now: number): Promise<void> {
  const first = (where: string) => `(
    SELECT recipient FROM deliveries WHERE digest = ?1 AND recipient >= digests.open_from AND (${where})
    ORDER BY recipient LIMIT 1)`
  const isOpen = `${first("state IN ('waiting', 'trying')")} IS NOT NULL`
  // One that a withdrawal made uncertain while it was called may wait again when the call is answered.
  const firstOpen = first("state IN ('waiting', 'trying') OR lease IS NOT NULL")
  await db
    .prepare(
      `UPDATE digests
       SET runs = 0,
           open_from = coalesce(${firstOpen}, open_from),
           finished_at = CASE WHEN ${isOpen} THEN finished_at ELSE coalesce(finished_at, ?2) END,
           awake_until = CASE WHEN awake_until > ?2 AND ${isOpen} THEN awake_until END
       WHERE number = ?1`,
    )
    .bind(number, now)
    .run()
}

function toDigest(row: Row): Digest {
  const { send_until, finished_at, forwarded_at, is_last, owner_name, ...rest } = row
  return {
    ...rest,
    sendUntil: send_until,
    finishedAt: finished_at,
    forwardedAt: forwarded_at,
    isLast: is_last === 1,
    ownerName: owner_name,
  }
}

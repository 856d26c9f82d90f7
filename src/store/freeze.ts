import type { LedBlock } from '../core/block.ts'
import { awakeMs, overdueMs } from '../core/delivery.ts'
import type { WrittenDocument } from '../core/digest.ts'
import { identityOf } from '../core/measurement.ts'
import type { OpenUpdate } from '../core/open.ts'
import type { Circle } from '../core/recipient.ts'
import type { Forms } from '../core/update.ts'
import { inChunks } from './chunks.ts'
import type { SaidTable } from './open.ts'

/** A period as it closes, ready to be frozen. */
export type Closing = {
  readonly number: number
  /** The project's version when the rows were read. */
  readonly version: number
  /** Random: the statements of this batch find their own digest by it. */
  readonly freeze: string
  /** The local date of `until`, which makes the slug. */
  readonly date: string
  readonly since: number
  readonly until: number
  readonly sendUntil: number
  readonly nextCutOff: number
  readonly isLast: boolean
  readonly title: string
  readonly about: string
  readonly ownerName: string
  readonly locale: string
  readonly zone: string
  readonly updates: readonly OpenUpdate[]
  readonly blocks: readonly LedBlock[]
  readonly documents: readonly WrittenDocument[]
  /** Tables that have rows to take, beside updates. */
  readonly tables: readonly SaidTable[]
  readonly delivery: 'direct' | 'byHand'
  /** By hand: the circles whose letter the owner forwards, and whether it is mailed to the owner first. */
  readonly forwarded: readonly Circle[]
  readonly isMailed: boolean
}

/** Every statement behind the first runs only where this batch made the digest (?1 number, ?2 freeze). */
const ours = 'EXISTS (SELECT 1 FROM digests WHERE number = ?1 AND freeze = ?2)'

/**
 * Closes a period in one batch: the digest, its blocks, documents and deliveries, and the rows it takes.
 * Its slug; null if anything that a letter can show changed since `version` was read, or another closing was first.
 */
export async function freezePeriod(db: D1Database, closing: Closing): Promise<string | null> {
  const [made] = await db.batch<{ slug: string }>([
    insertDigest(db, closing),
    beginNextPeriod(db, closing),
    ...takeOpenRows(db, closing),
    ...insertMeasurements(db, closing),
    ...insertBlocks(db, closing),
    ...closing.documents.map((document) => insertDocument(db, closing, document)),
    closing.delivery === 'direct' ? insertDeliveries(db, closing) : insertForwarded(db, closing),
  ])
  return made?.results[0]?.slug ?? null
}

function insertDigest(db: D1Database, closing: Closing): D1PreparedStatement {
  const isToBeMailed = closing.delivery === 'direct' || closing.isMailed
  return db
    .prepare(
      `INSERT INTO digests (number, freeze, slug, since, until, send_until, delivery, is_last,
                            title, about, owner_name, locale, zone, finished_at, awake_until, look_at)
       SELECT ?1, ?2, ${slugOf('?3')}, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?15, ?16, ?17
       FROM project WHERE version = ?14
       ON CONFLICT DO NOTHING
       RETURNING slug`,
    )
    .bind(
      closing.number,
      closing.freeze,
      closing.date,
      closing.since,
      closing.until,
      closing.sendUntil,
      closing.delivery,
      Number(closing.isLast),
      closing.title,
      closing.about,
      closing.ownerName,
      closing.locale,
      closing.zone,
      closing.version,
      isToBeMailed ? null : closing.until,
      isToBeMailed ? closing.until + awakeMs : null,
      isToBeMailed ? closing.until + overdueMs : null,
    )
}

/** The date, or with -2 behind it for the second digest of that day, and so on. */
function slugOf(date: string): string {
  const thatDay = `(SELECT count(*) FROM digests WHERE slug >= ${date} AND slug < ${date} || '.')`
  return `${date} || CASE ${thatDay} WHEN 0 THEN '' ELSE '-' || (${thatDay} + 1) END`
}

function beginNextPeriod(db: D1Database, { number, freeze, nextCutOff }: Closing): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE project
       SET next_cut_off = ?3, held_at = NULL, passed_cut_off = NULL, passed_why = NULL,
           silent_passed = 0, version = version + 1
       WHERE ${ours}`,
    )
    .bind(number, freeze, nextCutOff)
}

/** What came of a private plan or ask waits with it: it is deleted with it, or told once that is public. */
const ofPublic = (update: string) =>
  `AND NOT EXISTS (SELECT 1 FROM updates u WHERE u.id = ${update} AND u.kind = 'private')`
const taken: Partial<Record<SaidTable, string>> = {
  outcomes: ofPublic('plan'),
  answers: ofPublic('update_id'),
}

/** The version has not changed since the tables were read: where nothing was open, nothing is. */
function takeOpenRows(
  db: D1Database,
  { number, freeze, until, tables }: Closing,
): readonly D1PreparedStatement[] {
  const take = (table: string, also = '') =>
    db
      .prepare(`UPDATE ${table} SET digest = ?1 WHERE digest IS NULL ${also} AND posted_at < ?3 AND ${ours}`)
      .bind(number, freeze, until)
  return [take('updates', `AND kind <> 'private'`), ...tables.map((table) => take(table, taken[table]))]
}

/**
 * What the results measured, for those who ask later. The numbers are copied inside the database, as texts are: only
 * what each is counted as comes from here, a list an update.
 */
function insertMeasurements(
  db: D1Database,
  { number, freeze, updates }: Closing,
): readonly D1PreparedStatement[] {
  const lists = updates.flatMap(({ id, kind, said }) =>
    kind === 'result' && said.measurements !== undefined
      ? [`${JSON.stringify(id)}:${JSON.stringify(said.measurements.map(identityOf))}`]
      : [],
  )
  return inChunks(lists).map((chunk) =>
    db
      .prepare(
        `INSERT INTO measurements (identity, at, update_id, position, digest, inside, metric, value, unit, baseline,
                                   runs, condition, link)
         SELECT i.value ->> m.key, u.at, u.id, m.key, ?1, u.inside, m.value ->> 'metric', m.value ->> 'value',
                m.value ->> 'unit', m.value ->> 'baseline', m.value ->> 'runs', m.value ->> 'on', m.value ->> 'link'
         FROM json_each(?3) AS i JOIN updates u ON u.id = i.key JOIN json_each(u.said, '$.measurements') AS m
         WHERE ${ours}`,
      )
      .bind(number, freeze, `{${chunk.join(',')}}`),
  )
}

/** The quoted text is copied inside the database: it was rendered when it was posted. */
function insertBlocks(db: D1Database, { number, freeze, blocks }: Closing): readonly D1PreparedStatement[] {
  const rows = blocks.map(
    ({ position, part, circle, number: place, quote, skip, also, about, before, after }) =>
      JSON.stringify({
        ...{ position, part, circle, number: place, quote, skip, before, after },
        updates: [...(quote === null ? [] : [quote]), ...also, ...about],
      }),
  )
  return inChunks(rows).map((chunk) =>
    db
      .prepare(
        `INSERT INTO blocks (digest, position, section, circle, number, updates, markdown, letter, page)
         SELECT ?1, b.value ->> 'position', b.value ->> 'part', b.value ->> 'circle', b.value ->> 'number',
                b.value -> 'updates', ${around('markdown')}, ${around('letter')}, ${around('page')}
         FROM json_each(?3) AS b LEFT JOIN updates u ON u.id = b.value ->> 'quote'
         WHERE ${ours}`,
      )
      .bind(number, freeze, `[${chunk.join(',')}]`),
  )
}

/** A form of what a block quotes, between what stands before and behind it. */
function around(form: keyof Forms): string {
  const skip = `(b.value ->> 'skip')`
  const quoted = `CASE WHEN substr(u.${form}, 1, length(${skip})) = ${skip}
                       THEN substr(u.${form}, length(${skip}) + 1) ELSE coalesce(u.${form}, '') END`
  return `(b.value ->> '$.before.${form}') || ${quoted} || (b.value ->> '$.after.${form}')`
}

function insertDocument(
  db: D1Database,
  { number, freeze }: Closing,
  document: WrittenDocument,
): D1PreparedStatement {
  const { circle, subject, news, status, preheader, markdown, html, words, items } = document
  return db
    .prepare(
      `INSERT INTO documents (digest, circle, subject, news, status, preheader, markdown, html, words, items)
       SELECT ?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 WHERE ${ours}`,
    )
    .bind(
      ...[number, freeze, circle, subject, news, status, preheader, markdown, html, words],
      JSON.stringify(items),
    )
}

/** One for each active recipient whose circle has a letter, however many there are. */
function insertDeliveries(db: D1Database, { number, freeze }: Closing): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO deliveries (digest, recipient, token, circle)
       SELECT ?1, r.id, lower(hex(randomblob(16))), r.circle
       FROM recipients r JOIN documents d ON d.digest = ?1 AND d.circle = r.circle
       WHERE r.state = 'active' AND r.deleted_at IS NULL AND ${ours}`,
    )
    .bind(number, freeze)
}

function insertForwarded(
  db: D1Database,
  { number, freeze, forwarded, isMailed }: Closing,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO deliveries (digest, recipient, token, circle, state)
       SELECT ?1, value, lower(hex(randomblob(16))), value, ?4
       FROM json_each(?3) JOIN documents d ON d.digest = ?1 AND d.circle = value WHERE ${ours}`,
    )
    .bind(number, freeze, JSON.stringify(forwarded), isMailed ? 'waiting' : 'accepted')
}

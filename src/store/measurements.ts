import type { Measured } from '../core/history.ts'
import { circleOf, type Entry, sinceOf } from './archive.ts'
import type { Visitor } from './sessions.ts'

/** A number in a letter, of which the slug and the zone are told. */
export type ArchivedNumber = Measured & {
  readonly update: string
  readonly slug: string
  readonly zone: string
  readonly locale: string
}

type Row = {
  readonly identity: string
  readonly at: number
  readonly update: string
  readonly slug: string
  readonly zone: string
  readonly locale: string
  readonly metric: string
  readonly value: string
  readonly unit: string | null
  readonly baseline: string | null
  readonly runs: number | null
  readonly condition: string | null
  readonly link: string | null
}

/** Numbers of a metric on the page, and of all of them: the newest. */
export const numbersOfMetric = 200
const numbersInAll = 3000

const columns = `m.identity, m.at, m.update_id AS "update", m.position, m.metric, m.value, m.unit, m.baseline, m.runs,
                 m.condition, m.link`

/** ?1 is the visitor's circle, ?2 since when it may read. */
const visible = `JOIN digests g ON g.number = m.digest AND g.until > ?2 AND (?1 = 'inner' OR m.inside = 0)`

const latestFirst = 'ORDER BY m.at DESC, m.update_id DESC, m.position DESC'

/** What this visitor may see of every metric, the latest first. */
export async function listNumbers(db: D1Database, visitor: Visitor): Promise<readonly ArchivedNumber[]> {
  const { results } = await db
    .prepare(
      `SELECT * FROM (
         SELECT ${columns}, g.slug, g.zone, g.locale, row_number() OVER (PARTITION BY m.identity ${latestFirst}) AS nth
         FROM measurements m ${visible}
       ) WHERE nth <= ?3 ORDER BY at DESC, "update" DESC, position DESC LIMIT ?4`,
    )
    .bind(circleOf(visitor), sinceOf(visitor), numbersOfMetric, numbersInAll)
    .all<Row>()
  return results.map(toNumber)
}

/**
 * What some letters that this visitor may see told, of every metric, the latest first. Of more than `limit` numbers
 * those of the earliest letters are left out; no row is read but what is given.
 */
export async function listNumbersOf(
  db: D1Database,
  visitor: Visitor,
  letters: readonly Entry[],
  limit: number,
): Promise<readonly ArchivedNumber[]> {
  const byNumber = new Map(letters.map((letter) => [letter.number, letter]))
  const { results } = await db
    .prepare(
      `SELECT ${columns}, m.digest FROM measurements m
       WHERE m.digest BETWEEN ?1 AND ?2 ${circleOf(visitor) === 'inner' ? '' : 'AND m.inside = 0'}
       ORDER BY m.digest DESC, m.at DESC, m.update_id DESC, m.position DESC LIMIT ?3`,
    )
    .bind(letters.at(-1)?.number ?? 0, letters[0]?.number ?? 0, limit)
    .all<Omit<Row, 'slug' | 'zone' | 'locale'> & { readonly digest: number }>()
  return results
    .flatMap((row) => {
      const letter = byNumber.get(row.digest)
      return letter === undefined ? [] : [toNumber({ ...row, ...letter })]
    })
    .toSorted((a, b) => b.at - a.at)
}

function toNumber(row: Row): ArchivedNumber {
  const { identity, at, update, slug, zone, locale, metric, value, unit, baseline, runs, condition, link } =
    row
  return {
    ...{ identity, at, update, slug, zone, locale, metric, value },
    ...(unit === null ? {} : { unit }),
    ...(baseline === null ? {} : { baseline }),
    ...(runs === null ? {} : { runs }),
    ...(condition === null ? {} : { on: condition }),
    ...(link === null ? {} : { link }),
  }
}

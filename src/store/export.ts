import { columnOf, type Line, type LineType, type Value } from './columns.ts'

/** The key of a row, in the order of its columns. */
export type Key = readonly (string | number)[]

type Row = Readonly<Record<string, string | number | null>>

/**
 * Rows of one type behind the key `after`, as lines: at most `limit`, and none behind the one with which their
 * columns reach `bytes`. Their sizes are asked for first: what is read fits into memory, whatever was posted.
 */
export async function readLines(
  db: D1Database,
  type: LineType,
  after: Key | null,
  limit: number,
  bytes: number,
): Promise<readonly Line[]> {
  const count = await countWithin(db, type, after, limit, bytes)
  if (count === 0) return []
  const columns = Object.entries(type.columns).map(
    ([name, column]) => `${columnOf(name, column)} AS "${name}"`,
  )
  const { results } = await select(db, type, columns.join(', '), after, count).all<Row>()
  return results.map((row) => toLine(type, row))
}

/** How many rows there are until `limit` or `bytes` is reached. */
async function countWithin(
  db: D1Database,
  type: LineType,
  after: Key | null,
  limit: number,
  bytes: number,
): Promise<number> {
  const sizes = Object.entries(type.columns).map(
    ([name, column]) => `coalesce(octet_length(${columnOf(name, column)}), 0)`,
  )
  const { results } = await select(db, type, `${sizes.join(' + ')} AS size`, after, limit).all<{
    size: number
  }>()
  let room = bytes
  const last = results.findIndex(({ size }) => {
    room -= size
    return room <= 0
  })
  return last < 0 ? results.length : last + 1
}

function select(
  db: D1Database,
  type: LineType,
  columns: string,
  after: Key | null,
  limit: number,
): D1PreparedStatement {
  const key = type.key.map((name) => columnOf(name, type.columns[name] ?? { sort: 'text' }))
  const bounds = key.map((_, place) => `?${place + 2}`)
  const [order, behind] = type.isLatestFirst ? [' DESC', '<'] : ['', '>']
  const behindIt = after === null ? '1' : `(${key.join(', ')}) ${behind} (${bounds.join(', ')})`
  return db
    .prepare(
      `SELECT ${columns} FROM ${type.table}
       WHERE ${behindIt} AND ${type.only ?? '1'}
       ORDER BY ${key.map((column) => column + order).join(', ')} LIMIT ?1`,
    )
    .bind(limit, ...(after ?? []))
}

function toLine(type: LineType, row: Row): Line {
  return Object.fromEntries(
    Object.entries(type.columns).map(([name, { sort }]) => [name, toValue(sort, row[name] ?? null)]),
  )
}

function toValue(sort: LineType['columns'][string]['sort'], value: string | number | null): Value {
  if (value === null) return null
  if (sort === 'flag') return value === 1
  return sort === 'json' ? (JSON.parse(String(value)) as object) : value // objects and lists alone are stored
}

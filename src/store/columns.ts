/** What a type of line in an export says of the columns of its table. */

/** What a line says of a column: an instant in milliseconds, JSON as it is. */
export type Value = string | number | boolean | object | null

export type Line = Readonly<Record<string, Value>>

export type Column = {
  readonly sort: 'id' | 'hex' | 'text' | 'count' | 'instant' | 'date' | 'flag' | 'json'
  /** Its name in the table; else the line's name for it, in snake case. */
  readonly as?: string
  readonly oneOf?: readonly string[]
  /** May be null; a line then leaves it out. */
  readonly isNullable?: boolean
  /** What a line that leaves it out means. */
  readonly orElse?: Value
  /** A line may leave it out; whoever imports computes it. */
  readonly isComputed?: boolean
  /** SQL for what becomes of it in another database; `value` is the line. */
  readonly arrives?: string
}

export type LineType = {
  readonly table: string
  /** The primary key, by the line's names. */
  readonly key: readonly string[]
  readonly isLatestFirst?: boolean
  readonly columns: Readonly<Record<string, Column>>
  /** SQL for the rows that travel; all do unless it says so. */
  readonly only?: string
  /** SQL for lines that are not taken, where a withdrawal forgot their rows; `value` is the line. */
  readonly unless?: string
  /** Columns that stay: what belongs to this database alone, and what passes by itself. */
  readonly leftOut?: readonly string[]
}

export const id: Column = { sort: 'id' }
export const hex: Column = { sort: 'hex' }
export const text: Column = { sort: 'text' }
export const count: Column = { sort: 'count' }
export const instant: Column = { sort: 'instant' }
export const date: Column = { sort: 'date' }
export const flag: Column = { sort: 'flag' }
export const json: Column = { sort: 'json' }

export const oneOf = (names: readonly string[]): Column => ({ sort: 'text', oneOf: names })
export const as = (name: string, column: Column): Column => ({ ...column, as: name })
export const maybe = (column: Column): Column => ({ ...column, isNullable: true })
export const or = (orElse: Value, column: Column): Column => ({ ...column, orElse })
export const computed = (column: Column): Column => ({ ...column, isComputed: true })

/** The name of a column in its table. */
export function columnOf(name: string, column: Column): string {
  return column.as ?? name.replaceAll(/[A-Z]/gu, (capital) => `_${capital.toLowerCase()}`)
}

/** An older export still has what was said of an update that is withdrawn here. */
export const isOfWithdrawn = `EXISTS (
  SELECT 1 FROM updates u WHERE u.id = value ->> 'update' AND u.withdrawn_at IS NOT NULL)`

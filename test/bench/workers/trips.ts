/** What a run asks of its database, trip by trip: recorded on the way to a real D1, or answered from that record. */
import type { D1Database, D1Result } from '@cloudflare/workers-types/experimental'

/** One wait for D1, for one statement or a batch. */
export type Trip = {
  readonly asked: readonly string[]
  readonly answered: readonly D1Result[]
}

/** The real database; each trip is added to `trips`. */
export function recorded(real: D1Database, trips: Trip[]) {
  return database(async (statements) => {
    const bound = statements.map(({ sql, values }) => real.prepare(sql).bind(...values))
    const [only] = bound
    const answered = only && bound.length === 1 ? [await only.all()] : await real.batch(bound)
    trips.push({ asked: statements.map(({ sql }) => sql), answered })
    return answered
  })
}

/** The real database; `count` hears of each statement, `onTrip` of each wait for D1. */
export function counted(
  real: D1Database,
  count: (sql: string, meta: D1Result['meta']) => void,
  onTrip: () => void,
) {
  return database(async (statements) => {
    onTrip()
    const bound = statements.map(({ sql, values }) => real.prepare(sql).bind(...values))
    const [only] = bound
    const answered = only && bound.length === 1 ? [await only.all()] : await real.batch(bound)
    for (const [i, { meta }] of answered.entries()) count(statements[i]?.sql ?? '', meta)
    return answered
  })
}

/** Answers at once what the next of `trips` answered; throws when something else is asked. */
export function replayed(trips: Iterator<Trip>) {
  return database(async (statements) => {
    const { value: trip } = trips.next()
    const isSame =
      trip?.asked.length === statements.length && statements.every(({ sql }, i) => sql === trip.asked[i])
    if (!isSame) throw new Error('the replayed run asks something else than the recorded one')
    return trip.answered
  })
}

type Statement = { readonly sql: string; readonly values: readonly unknown[] }

/** The methods of D1 that the Worker uses. */
function database(answer: (statements: readonly Statement[]) => Promise<readonly D1Result[]>) {
  const prepare = (sql: string, values: readonly unknown[]) => {
    const all = async () => (await answer([{ sql, values }]))[0]
    return {
      sql,
      values,
      bind: (...values: readonly unknown[]) => prepare(sql, values),
      all,
      run: all,
      first: async (column?: string) => {
        const row = (await all())?.results[0] as Record<string, unknown> | undefined // D1 gives rows as objects
        return (column === undefined ? row : row?.[column]) ?? null
      },
    }
  }
  return { prepare: (sql: string) => prepare(sql, []), batch: answer }
}

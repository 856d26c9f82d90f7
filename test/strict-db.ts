/** A D1 that refuses what the real one refuses and the local one allows, and tells when it is touched. */

export type Strict = {
  readonly db: D1Database
  /** Statements so far. */
  readonly statements: () => number
}

/** What a run may ask of D1, by the plan. */
export const statementsByPlan = { free: 50, paid: 1000 }

/** `before` runs before each round trip; what it does there comes between two steps of whoever uses `db`. */
export function strictDb(
  real: D1Database,
  before: () => Promise<void> = async () => {},
  allowed = statementsByPlan.free,
): Strict {
  let statements = 0
  const realOf = new WeakMap<D1PreparedStatement, D1PreparedStatement>()

  function count(by: number): void {
    statements += by
    if (statements > allowed)
      throw new Error(`${statements} statements in one run; its plan allows ${allowed}`)
  }

  function wrap(statement: D1PreparedStatement): D1PreparedStatement {
    const wrapped = new Proxy(statement, {
      get(target, name) {
        if (name === 'bind') return (...values: unknown[]) => wrap(target.bind(...checked(values)))
        const method: unknown = Reflect.get(target, name)
        if (typeof method !== 'function') return method
        return async (...given: unknown[]) => {
          count(1)
          await before()
          return method.apply(target, given)
        }
      },
    })
    realOf.set(wrapped, statement)
    return wrapped
  }

  const db = new Proxy(real, {
    get(target, name) {
      if (name === 'prepare') return (sql: string) => wrap(target.prepare(sql))
      if (name === 'batch') {
        return async (batch: D1PreparedStatement[]) => {
          count(batch.length)
          await before()
          return target.batch(batch.map((statement) => realOf.get(statement) ?? statement))
        }
      }
      return Reflect.get(target, name)
    },
  })
  return { db, statements: () => statements }
}

function checked(values: unknown[]): unknown[] {
  if (values.length > 100) throw new Error(`${values.length} parameters; D1 takes 100`)
  const sizes = values.map((value) =>
    typeof value === 'string' ? new TextEncoder().encode(value).length : 8,
  )
  const size = sizes.reduce((sum, each) => sum + each, 0)
  if (size > 2_000_000) throw new Error(`${size} bytes of parameters; D1 takes 2 MB`)
  return values
}

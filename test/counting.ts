/** A database that adds up the rows that its statements read. */
export function counting(real: D1Database) {
  let read = 0
  let largest = 0
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, name) {
        if (name === 'bind') return (...values: unknown[]) => wrap(target.bind(...values))
        if (name === 'first') {
          return async (column?: string) => {
            const result = await target.all<Record<string, unknown>>()
            read += result.meta.rows_read
            const row = result.results[0]
            return (column === undefined ? row : row?.[column]) ?? null
          }
        }
        return async () => {
          const result = await target.all()
          read += result.meta.rows_read
          largest = Math.max(largest, JSON.stringify(result.results).length)
          return result
        }
      },
    })
  const db = new Proxy(real, {
    get: (target, name) =>
      name === 'prepare' ? (sql: string) => wrap(target.prepare(sql)) : Reflect.get(target, name),
  })
  return { db, rowsRead: () => read, largestAnswer: () => largest }
}

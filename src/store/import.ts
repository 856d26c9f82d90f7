/**
 * One part of an export, stored in one batch: all of it or nothing. Every condition is a statement of that
 * batch, and D1 runs batches one after another, each as a transaction: of two imports at once the second sees
 * what the first one did, and a hold that is lifted, a period that closes, or an update that is posted comes
 * before the part, and may refuse it, or behind it. A closing that has read the project before, and writes
 * behind it, finds its version raised.
 */
import { byteLength } from '../core/grammar/text.ts'
import { columnOf, type LineType } from './columns.ts'
import { type TypeName, typesInOrder } from './lines.ts'
import { owner, raiseVersion } from './project.ts'

export type Part = {
  /** The project's id. */
  readonly project: string
  /** Whether it begins the project: it holds the project's own line. */
  readonly isFirst: boolean
  /** JSON of the lines by type, instants in milliseconds. */
  readonly lines: ReadonlyMap<TypeName, readonly string[]>
  /** Its digests once more, by what tells one from another. */
  readonly digests: readonly { readonly number: number; readonly freeze: string }[]
}

/** Why a part was refused: nothing of it is stored. */
export type Refusal = 'otherProject' | 'notHeld' | 'digestNotBelow' | 'tooEarly' | 'known' | 'tooLarge'

export type Imported =
  | { readonly did: 'imported'; readonly added: ReadonlyMap<TypeName, number> }
  | { readonly did: 'refused'; readonly why: Refusal }

/** A statement takes 2 MB of parameters at most, a run 50 statements. */
const bytesAStatement = 1_000_000
const largestLine = 1_900_000
const mostStatements = 44

/** Stores a part. Lines whose primary key is there already change nothing. */
export async function importPart(db: D1Database, part: Part, now: number): Promise<Imported> {
  const inserts = insertAll(db, part, now)
  if (inserts === null) return { did: 'refused', why: 'tooLarge' }
  try {
    const results = await db.batch([
      insist(db, part),
      insertOwner(db, now),
      ...inserts.map(({ statement }) => statement),
      raiseVersion(db),
    ])
    return { did: 'imported', added: countAdded(inserts, results.slice(2)) }
  } catch (error) {
    const broken = brokenBy(error)
    if (broken === null) throw error
    return { did: 'refused', why: broken === 'mayNotCome' ? await whyRefused(db, part.project) : broken }
  }
}

function countAdded(
  inserts: readonly Insert[],
  results: readonly D1Result<unknown>[],
): ReadonlyMap<TypeName, number> {
  const added = new Map<TypeName, number>()
  for (const [place, { name }] of inserts.entries()) {
    // Not `changes`: they count what triggers write, too.
    added.set(name, (added.get(name) ?? 0) + (results[place]?.results.length ?? 0))
  }
  return added
}

/** Which constraint an error tells of; null for any other error. */
function brokenBy(error: unknown): 'mayNotCome' | 'tooEarly' | 'known' | null {
  const said = error instanceof Error ? error.message : ''
  if (said.includes('CHECK constraint failed: only')) return 'mayNotCome' // as `insist` breaks it
  if (said.includes('FOREIGN KEY constraint failed')) return 'tooEarly'
  return said.includes('UNIQUE constraint failed') ? 'known' : null
}

/**
 * Breaks the batch, by a constraint, unless the part may come: the first one into an empty database; any
 * into the same project while it is held, if every digest of it is known or below the open number.
 */
function insist(db: D1Database, { project, isFirst, digests }: Part): D1PreparedStatement {
  const goesOn = 'EXISTS (SELECT 1 FROM project WHERE id = ?1 AND held_at IS NOT NULL)'
  const isAbove = `EXISTS (
    SELECT 1 FROM json_each(?2) AS given LEFT JOIN digests known ON known.number = given.value ->> 'number'
    WHERE CASE WHEN known.number IS NULL
          THEN given.value ->> 'number' > coalesce((SELECT max(number) FROM digests), 0)
          ELSE known.freeze <> given.value ->> 'freeze' END)`
  const mayCome = `(${goesOn} AND NOT ${isAbove})${isFirst ? ` OR (${isEmpty})` : ''}`
  return db
    .prepare(`INSERT INTO project (only, id, since, next_cut_off) SELECT 2, '', 0, 0 WHERE NOT (${mayCome})`)
    .bind(project, JSON.stringify(digests))
}

/** Nothing would be lost: there is at most what first requests make, settings, and the owner's devices. */
const isEmpty = typesInOrder
  .filter(([name]) => name !== 'project' && name !== 'token')
  .map(
    ([name, { table }]) =>
      `NOT EXISTS (SELECT 1 FROM ${table}${name === 'author' ? ' WHERE is_owner = 0' : ''})`,
  )
  .join(' AND ')

type Insert = { readonly name: TypeName; readonly statement: D1PreparedStatement }

/** In the order of dependence, whatever the order of the lines; null if a run cannot carry them. */
function insertAll(db: D1Database, { lines }: Part, now: number): readonly Insert[] | null {
  const inserts: Insert[] = []
  for (const [name, type] of typesInOrder) {
    const chunks = inChunks(lines.get(name) ?? [])
    if (chunks === null) return null
    const sql = `${name === 'project' ? beginSql(type, now) : insertSql(name, type)} RETURNING 1`
    inserts.push(...chunks.map((chunk) => ({ name, statement: db.prepare(sql).bind(chunk) })))
  }
  return inserts.length > mostStatements ? null : inserts
}

function insertSql(name: TypeName, type: LineType): string {
  const key = type.key.map((each) => columnOf(each, type.columns[each] ?? { sort: 'text' }))
  // The owner's row that was made by itself gives way to an older one.
  const known =
    name === 'author'
      ? `UPDATE SET name = excluded.name, created_at = excluded.created_at
         WHERE authors.is_owner = 1 AND excluded.created_at < authors.created_at`
      : 'NOTHING'
  return `${valuesSql(type, {})} ON CONFLICT (${key.join(', ')}) DO ${known}`
}

/** The project's row, held; the one of an empty database gives way to it. */
function beginSql(type: LineType, now: number): string {
  const names = Object.entries(type.columns).map(([name, column]) => columnOf(name, column))
  return `${valuesSql(type, { only: '1', held_at: String(now) })}
          ON CONFLICT (only) DO UPDATE
          SET ${[...names, 'held_at'].map((name) => `${name} = excluded.${name}`).join(', ')}
          WHERE project.id <> excluded.id OR project.held_at IS NULL`
}

function valuesSql({ table, columns, unless }: LineType, more: Readonly<Record<string, string>>): string {
  const given = Object.entries(columns).map(([name, column]) => {
    return [columnOf(name, column), column.arrives ?? `value ->> '${name}'`] as const
  })
  const all = [...Object.entries(more), ...given]
  return `INSERT INTO ${table} (${all.map(([name]) => name).join(', ')})
          SELECT ${all.map(([, value]) => value).join(', ')} FROM json_each(?1) WHERE ${unless === undefined ? 'true' : `NOT ${unless}`}`
}

/** As a first request makes it. */
function insertOwner(db: D1Database, now: number): D1PreparedStatement {
  return db
    .prepare(
      'INSERT INTO authors (id, name, is_owner, created_at) VALUES (?1, ?2, 1, ?3) ON CONFLICT DO NOTHING',
    )
    .bind(owner.id, owner.name, now)
}

/** JSON lists of lines, each within what a statement takes; null if a line is not. */
function inChunks(lines: readonly string[]): readonly string[] | null {
  const chunks: string[][] = []
  let room = 0
  for (const line of lines) {
    const bytes = byteLength(line) + 1
    if (bytes > largestLine) return null
    if (bytes > room) {
      chunks.push([])
      room = bytesAStatement
    }
    chunks.at(-1)?.push(line)
    room -= bytes
  }
  return chunks.map((chunk) => `[${chunk.join(',')}]`)
}

/** Read behind the refusal, for its words alone. */
async function whyRefused(db: D1Database, project: string): Promise<Refusal> {
  const found = await db
    .prepare('SELECT id, held_at FROM project')
    .first<{ id: string; held_at: number | null }>()
  if (found?.id !== project) return 'otherProject'
  return found.held_at === null ? 'notHeld' : 'digestNotBelow'
}

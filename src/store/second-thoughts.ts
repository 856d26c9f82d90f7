/** An author's latest post, to be re-filed or taken back while it is not frozen. */
import type { Did } from '../core/answer-line.ts'
import type { Kind } from '../core/kinds.ts'

/** Second thoughts come within the hour. */
const thinkMs = 3_600_000

export type Latest = {
  readonly id: string
  /** JSON: the answer that it got. */
  readonly answer: string
  /** JSON: what it replaced. */
  readonly before: string | null
  readonly updates: readonly {
    readonly id: string
    readonly kind: Kind
    readonly text: string
    readonly isFrozen: boolean
  }[]
  /** Whether any of it stands in a letter. */
  readonly isFrozen: boolean
}

type Row = { readonly id: string; readonly answer: string; readonly before: string | null }
type UpdateRow = {
  readonly id: string
  readonly kind: Kind
  readonly text: string
  readonly is_frozen: number
}

/** null if this author posted nothing within the hour that is not taken back already. */
export async function findLatest(db: D1Database, author: string, now: number): Promise<Latest | null> {
  const row = await db
    .prepare(
      `SELECT id, answer, before FROM posts
       WHERE author = ?1 AND received_at > ?2 AND undone_at IS NULL AND answer IS NOT NULL
       ORDER BY id DESC LIMIT 1`,
    )
    .bind(author, now - thinkMs)
    .first<Row>()
  if (row === null) return null
  const made: { updates: { id: string }[] } = JSON.parse(row.answer) // written when it was posted
  const ids = JSON.stringify(made.updates.map(({ id }) => id))
  const [updates, frozen] = await db.batch([
    db
      .prepare(
        `SELECT u.id, u.kind, u.text, u.digest IS NOT NULL AS is_frozen
         FROM json_each(?1) AS made JOIN updates u ON u.id = made.value`,
      )
      .bind(ids),
    db
      .prepare(
        settled
          .map((table) => `SELECT 1 FROM ${table} WHERE post = ?1 AND digest IS NOT NULL`)
          .join(' UNION ALL '),
      )
      .bind(row.id),
  ])
  const shown = ((updates?.results ?? []) as UpdateRow[]).map(({ is_frozen, ...update }) => {
    return { ...update, isFrozen: is_frozen === 1 } // the columns of the first statement
  })
  const isFrozen = shown.some((update) => update.isFrozen) || (frozen?.results.length ?? 0) > 0
  return { ...row, updates: shown, isFrozen }
}

/** What a post can say beside updates, each with the post that said it. */
const settled = ['outcomes', 'answers', 'revisions', 'summaries', 'statuses'] as const

/** Rows that a post may replace, and the days away: as they were before it. */
type Replaced = Readonly<Record<(typeof replaceable)[number], readonly object[]>> & {
  readonly away: readonly object[] | null
}

const replaceable = ['outcomes', 'answers', 'summaries', 'statuses'] as const

const columnsOf: Readonly<Record<(typeof replaceable)[number], readonly string[]>> = {
  outcomes: ['id', 'plan', 'outcome', 'why', 'inside', 'post', 'posted_at'],
  answers: ['id', 'update_id', 'state', 'answer', 'inside', 'post', 'posted_at'],
  summaries: ['id', 'text', 'inside', 'post', 'posted_at'],
  statuses: ['id', 'status', 'reason', 'inside', 'post', 'posted_at'],
}

/** What a post that did these things replaces. */
export async function readReplaced(db: D1Database, did: readonly Did[]): Promise<Replaced> {
  const ids = JSON.stringify(did.flatMap((each) => ('update' in each ? [each.update] : [])))
  const says = (what: Did['did']) => did.some((each) => each.did === what)
  const rows = async (table: (typeof replaceable)[number], where: string) => {
    const { results } = await db
      .prepare(`SELECT ${columnsOf[table].join(', ')} FROM ${table} WHERE digest IS NULL AND ${where}`)
      .bind(ids)
      .all()
    return results
  }
  const among = (column: string) => `${column} IN (SELECT value FROM json_each(?1))`
  const away = db.prepare(`SELECT coalesce(settings -> '$.away', '[]') AS away FROM project`)
  return {
    outcomes: says('outcome') ? await rows('outcomes', among('plan')) : [],
    answers: says('answered') ? await rows('answers', among('update_id')) : [],
    summaries: says('summary') ? await rows('summaries', '?1 IS NOT NULL') : [],
    statuses: says('status') ? await rows('statuses', '?1 IS NOT NULL') : [],
    away: says('away') ? (JSON.parse((await away.first<string>('away')) ?? '[]') as readonly object[]) : null,
  }
}

/** Statements run only where the post that asks for them was stored (?1 author, ?2 id). */
const asked = 'EXISTS (SELECT 1 FROM posts WHERE author = ?1 AND id = ?2)'

type By = { readonly author: string; readonly id: string }

/** Files the open updates of a post anew; what is private stays so. */
export function refile(
  db: D1Database,
  by: By,
  updates: readonly { readonly id: string; readonly kind: Kind; readonly said: object }[],
): readonly D1PreparedStatement[] {
  return [
    db
      .prepare(
        `UPDATE updates SET kind = new.value ->> 'kind', said = new.value -> 'said'
         FROM json_each(?3) AS new
         WHERE updates.id = new.value ->> 'id' AND digest IS NULL AND updates.kind <> 'private' AND ${asked}`,
      )
      .bind(by.author, by.id, JSON.stringify(updates)),
  ]
}

/** Takes back all that a post made; the milestones that it made or moved are as they were. */
export function takeBack(
  db: D1Database,
  by: By,
  latest: Latest,
  now: number,
): readonly D1PreparedStatement[] {
  const ids = JSON.stringify(latest.updates.map(({ id }) => id))
  const gone = (table: string, column: string) =>
    db
      .prepare(
        `DELETE FROM ${table} WHERE ${column} IN (SELECT value FROM json_each(?3)) AND digest IS NULL AND ${asked}`,
      )
      .bind(by.author, by.id, ids)
  const said = (table: string) =>
    db
      .prepare(`DELETE FROM ${table} WHERE post = ?3 AND digest IS NULL AND ${asked}`)
      .bind(by.author, by.id, latest.id)
  return [
    db
      .prepare(
        `UPDATE milestones SET due = (SELECT old_due FROM revisions WHERE milestone = milestones.id AND post = ?3)
         WHERE id IN (SELECT milestone FROM revisions WHERE post = ?3 AND digest IS NULL) AND ${asked}`,
      )
      .bind(by.author, by.id, latest.id),
    ...settled.map(said),
    ...putBack(db, by, latest),
    db.prepare(`DELETE FROM milestones WHERE post = ?3 AND ${asked}`).bind(by.author, by.id, latest.id),
    gone('outcomes', 'plan'),
    gone('answers', 'update_id'),
    gone('updates', 'id'),
    db
      .prepare(`UPDATE posts SET undone_at = ?4, given = '' WHERE author = ?1 AND id = ?3 AND ${asked}`)
      .bind(by.author, by.id, latest.id, now),
  ]
}

/** What the post replaced stands again. */
function putBack(db: D1Database, by: By, { before }: Latest): readonly D1PreparedStatement[] {
  if (before === null) return []
  const was: Replaced = JSON.parse(before) // written by effectsOf
  const rows = replaceable
    .filter((table) => was[table].length > 0)
    .map((table) =>
      db
        .prepare(
          `INSERT INTO ${table} (${columnsOf[table].join(', ')})
           SELECT ${columnsOf[table].map((column) => `value ->> '${column}'`).join(', ')}
           FROM json_each(?3) WHERE ${asked} ON CONFLICT DO NOTHING`,
        )
        .bind(by.author, by.id, JSON.stringify(was[table])),
    )
  const away = db
    .prepare(`UPDATE project SET settings = json_set(settings, '$.away', json(?3)) WHERE ${asked}`)
    .bind(by.author, by.id, JSON.stringify(was.away))
  return was.away === null ? rows : [...rows, away]
}

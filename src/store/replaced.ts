/** What a post replaced that settled something, and how it stands again. */
import type { Did } from '../core/answer-line.ts'

/** What a post can say beside updates, each with the post that said it. */
export const saying = ['outcomes', 'answers', 'revisions', 'summaries', 'statuses'] as const

/** Rows that a post may replace, the days away and milestones: as they were before it. */
export type Replaced = Readonly<Record<(typeof replaceable)[number], readonly object[]>> & {
  readonly away: readonly object[] | null
  readonly milestones?: readonly object[]
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
  const titles = JSON.stringify(did.flatMap((each) => (each.did === 'milestone' ? [each.title] : [])))
  const moved = db
    .prepare(
      `SELECT id, due, state, settled_at AS settledAt FROM milestones
       WHERE lower(title) IN (SELECT lower(value) FROM json_each(?1))`,
    )
    .bind(titles)
  const away = db.prepare(`SELECT coalesce(settings -> '$.away', '[]') AS away FROM project`)
  return {
    outcomes: says('outcome') ? await rows('outcomes', among('plan')) : [],
    answers: says('answered') ? await rows('answers', among('update_id')) : [],
    summaries: says('summary') ? await rows('summaries', '?1 IS NOT NULL') : [],
    statuses: says('status') ? await rows('statuses', '?1 IS NOT NULL') : [],
    milestones: says('milestone') ? (await moved.all<object>()).results : [],
    away: says('away') ? (JSON.parse((await away.first<string>('away')) ?? '[]') as readonly object[]) : null,
  }
}

/** Statements run only where the post that asks for them was stored (?1 author, ?2 id). */
export const asked = 'EXISTS (SELECT 1 FROM posts WHERE author = ?1 AND id = ?2)'

export type By = { readonly author: string; readonly id: string }

/** What the post replaced stands again. */
export function putBack(db: D1Database, by: By, post: string, was: Replaced): readonly D1PreparedStatement[] {
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
  const milestones = db
    .prepare(
      // What was done to it since stands.
      `UPDATE milestones SET
         due = CASE WHEN EXISTS (SELECT 1 FROM revisions r WHERE r.milestone = milestones.id AND r.id > ?4)
               THEN milestones.due ELSE was.value ->> 'due' END,
         state = CASE milestones.state WHEN 'open' THEN was.value ->> 'state' ELSE milestones.state END,
         settled_at = CASE milestones.state WHEN 'open' THEN was.value ->> 'settledAt' ELSE settled_at END
       FROM json_each(?3) AS was WHERE milestones.id = was.value ->> 'id' AND ${asked}`,
    )
    .bind(by.author, by.id, JSON.stringify(was.milestones ?? []), post)
  const moved = (was.milestones ?? []).length > 0 ? [milestones] : []
  const away = db
    .prepare(`UPDATE project SET settings = json_set(settings, '$.away', json(?3)) WHERE ${asked}`)
    .bind(by.author, by.id, JSON.stringify(was.away))
  return [...rows, ...moved, ...(was.away === null ? [] : [away])]
}

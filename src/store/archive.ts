/** The archive as one visitor sees it: through the circle, an outer reader's from the day of joining on. */
import type { Part } from '../core/block.ts'
import type { Circle } from '../core/recipient.ts'
import type { Status } from '../core/update.ts'
import type { Visitor } from './sessions.ts'

/** A row of the archive's list. */
export type Entry = {
  readonly number: number
  readonly slug: string
  readonly since: number
  readonly until: number
  readonly title: string
  readonly zone: string
  readonly locale: string
  /** The first thing that the letter says. */
  readonly first: string
  readonly news: string
  readonly status: Status['status'] | null
}

/** A block as it was frozen; `id` names it within its page. */
export type ArchivedBlock = {
  readonly digest: number
  readonly part: Part
  readonly number: number | null
  readonly markdown: string
  readonly page: string
  /** The first update that it quotes. */
  readonly update: string | null
  /** What was corrected of it since, oldest first: the index gives them by id, and ids grow with time. */
  readonly corrections: readonly { readonly text: string; readonly postedAt: number }[]
}

const columns = `g.number, g.slug, g.since, g.until, g.title, g.zone, g.locale,
                 d.preheader AS first, d.news, d.status`

/** ?1 is the visitor's circle, ?2 since when it may read. */
const visible = 'digests g JOIN documents d ON d.digest = g.number AND d.circle = ?1 AND g.until > ?2'

/** The circle whose letters a visitor reads. */
export function circleOf(visitor: Visitor): Circle {
  return visitor.is === 'owner' ? 'inner' : visitor.circle
}

/** What was closed up to then is not for this visitor. */
export function sinceOf(visitor: Visitor): number {
  return visitor.is === 'recipient' && visitor.circle === 'outer' ? visitor.joinedAt : 0
}

/** A page of the list, the latest first; those below `before`. */
export async function listEntries(
  db: D1Database,
  visitor: Visitor,
  before: number,
  limit: number,
): Promise<readonly Entry[]> {
  const { results } = await db
    .prepare(`SELECT ${columns} FROM ${visible} WHERE g.number < ?3 ORDER BY g.number DESC LIMIT ?4`)
    .bind(circleOf(visitor), sinceOf(visitor), before, limit)
    .all<Entry>()
  return results
}

/** One digest, or null where it is not, or not for this visitor. */
export async function findEntry(db: D1Database, visitor: Visitor, slug: string): Promise<Entry | null> {
  return db
    .prepare(`SELECT ${columns} FROM ${visible} WHERE g.slug = ?3`)
    .bind(circleOf(visitor), sinceOf(visitor), slug)
    .first<Entry>()
}

/** The digests before and after one, as far as this visitor may read them. */
export async function neighbours(
  db: D1Database,
  visitor: Visitor,
  number: number,
): Promise<{ readonly previous: string | null; readonly next: string | null }> {
  const slug = async (where: string) =>
    db
      .prepare(`SELECT g.slug FROM ${visible} WHERE ${where} LIMIT 1`)
      .bind(circleOf(visitor), sinceOf(visitor), number)
      .first<string>('slug')
  return {
    previous: await slug('g.number < ?3 ORDER BY g.number DESC'),
    next: await slug('g.number > ?3 ORDER BY g.number'),
  }
}

/** The blocks of some digests that a circle sees, in their order. */
export async function archivedBlocks(
  db: D1Database,
  circle: Circle,
  digests: readonly number[],
): Promise<readonly ArchivedBlock[]> {
  const { results } = await db
    .prepare(
      `SELECT digest, section AS part, number, markdown, page, updates ->> 0 AS "update",
              (SELECT json_group_array(json_object('text', c.text, 'postedAt', c.posted_at))
               FROM corrections c JOIN updates u ON u.id = c.update_id AND u.digest = blocks.digest
               WHERE c.update_id = blocks.updates ->> 0) AS corrections
       FROM blocks
       WHERE digest IN (SELECT value FROM json_each(?1)) AND circle IN ('both', ?2)
       ORDER BY digest, position`,
    )
    .bind(JSON.stringify(digests), circle)
    .all<Omit<ArchivedBlock, 'corrections'> & { corrections: string }>()
  return results.map((row) => ({ ...row, corrections: JSON.parse(row.corrections) }))
}

/** What is open at the end of a period: membership is `digest IS NULL AND posted_at < until`. */
import type { Open } from '../core/digest.ts'
import type { PublicKind } from '../core/kinds.ts'
import type { Forms, Status } from '../core/update.ts'

type UpdateRow = {
  readonly id: string
  readonly kind: PublicKind
  readonly inside: number
  readonly words: number
  readonly size: number
}

type CorrectionRow = {
  readonly id: string
  readonly text: string
  readonly inside: number
  readonly number: number
  readonly update_id: string
}

type SummaryRow = { readonly text: string; readonly inside: number }

type StatusRow = {
  readonly status: Status['status']
  readonly reason: string | null
  readonly inside: number
}

/** What a closing at `until` takes, in the order of its happening; in one round trip, and without its texts. */
export async function readOpen(db: D1Database, until: number): Promise<Open> {
  const [updates, corrections, summaries, statuses] = await db.batch(
    [
      `SELECT id, kind, inside, words, max(octet_length(letter), octet_length(markdown)) AS size FROM updates
       WHERE digest IS NULL AND kind <> 'private' AND posted_at < ?1
       ORDER BY at, id`,
      `SELECT c.id, c.text, u.inside, u.digest AS number, u.id AS update_id
       FROM corrections c JOIN updates u ON u.id = c.update_id
       WHERE c.digest IS NULL AND c.posted_at < ?1 AND c.is_fact = 1 AND u.kind <> 'private'
       ORDER BY c.posted_at, c.id`,
      'SELECT text, inside FROM summaries WHERE digest IS NULL AND posted_at < ?1',
      'SELECT status, reason, inside FROM statuses WHERE digest IS NULL AND posted_at < ?1',
    ].map((sql) => db.prepare(sql).bind(until)),
  )
  const [summary] = rows<SummaryRow>(summaries)
  const [status] = rows<StatusRow>(statuses)
  return {
    updates: rows<UpdateRow>(updates).map(toOpen),
    corrections: rows<CorrectionRow>(corrections).map(({ update_id, ...row }) => {
      return { ...toOpen(row), update: update_id }
    }),
    summary: summary === undefined ? null : toOpen(summary),
    status: status === undefined ? null : toOpen(status),
  }
}

/** The rendered forms of updates, by id. */
export async function formsOf(db: D1Database, ids: readonly string[]): Promise<ReadonlyMap<string, Forms>> {
  const { results } = await db
    .prepare(
      `SELECT u.id, u.markdown, u.letter, u.page
       FROM json_each(?1) AS asked JOIN updates u ON u.id = asked.value`,
    )
    .bind(JSON.stringify(ids))
    .all<Forms & { id: string }>()
  return new Map(results.map(({ id, markdown, letter, page }) => [id, { markdown, letter, page }]))
}

function toOpen<R extends { readonly inside: number }>(row: R): Omit<R, 'inside'> & { inside: boolean } {
  return { ...row, inside: row.inside === 1 }
}

function rows<R>(result: D1Result<unknown> | undefined): readonly R[] {
  return (result?.results ?? []) as readonly R[] // the columns of the statement at the same place
}

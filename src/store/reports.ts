import type { Circle } from '../core/recipient.ts'
import type { Beginning, Own, Paragraphs, Span, Ticks } from '../core/report.ts'
import { raiseVersion } from './project.ts'

/** A report as it is kept: its span, and what the owner gave. */
export type Report = Span &
  Own & {
    readonly id: string
    readonly circle: Circle
    readonly madeAt: number
    readonly changedAt: number
  }

type Row = {
  readonly id: string
  readonly since: number
  readonly until: number
  readonly circle: Circle
  readonly paragraphs: string
  readonly ticks: string
  readonly made_at: number
  readonly changed_at: number
}

const select = 'SELECT id, since, until, circle, paragraphs, ticks, made_at, changed_at FROM reports'

/** What a circle may know of that a span can begin with: meetings, ends of its reports, the project. */
const beginnings = `
  SELECT 'meeting' AS what, at FROM updates
  WHERE kind = 'meeting' AND withdrawn_at IS NULL AND (?1 = 'inner' OR NOT inside)
  UNION ALL SELECT 'report', until FROM reports WHERE circle = ?1
  UNION ALL SELECT 'project', since FROM project`
const meetingFirst = `CASE what WHEN 'meeting' THEN 0 WHEN 'report' THEN 1 ELSE 2 END`

/**
 * Where a report that ends at `until` begins if nobody says it: with the last meeting that its circle may know
 * of, else where the last report for it ended, else with the project; null before all of them.
 */
export function beginningBefore(db: D1Database, circle: Circle, until: number): Promise<Beginning | null> {
  return db
    .prepare(
      `SELECT what, at AS since FROM (${beginnings}) WHERE at < ?2 ORDER BY ${meetingFirst}, at DESC LIMIT 1`,
    )
    .bind(circle, until)
    .first<Beginning>()
}

/** What is at `since`; null if nothing that the circle may know of. */
export function beginningAt(db: D1Database, circle: Circle, since: number): Promise<Beginning | null> {
  return db
    .prepare(`SELECT what, at AS since FROM (${beginnings}) WHERE at = ?2 ORDER BY ${meetingFirst} LIMIT 1`)
    .bind(circle, since)
    .first<Beginning>()
}

/**
 * Under an id that has a report already nothing is made. Exports are of one version of the project: a report raises
 * it, though no letter shows one.
 */
export async function insertReport(db: D1Database, report: Report): Promise<void> {
  const { id, since, until, circle, paragraphs, ticks, madeAt, changedAt } = report
  await db.batch([
    db
      .prepare(
        `INSERT INTO reports (id, since, until, circle, paragraphs, ticks, made_at, changed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING`,
      )
      .bind(id, since, until, circle, JSON.stringify(paragraphs), JSON.stringify(ticks), madeAt, changedAt),
    raiseVersion(db),
  ])
}

/**
 * Replaces a report that was last changed at `before`, or whenever if that is null. When it was changed now, always
 * later than before; null if it was not.
 */
export async function replaceReport(
  db: D1Database,
  report: Report,
  before: number | null,
): Promise<number | null> {
  const { id, since, until, paragraphs, ticks, changedAt } = report
  const [replaced] = await db.batch<{ readonly changedAt: number }>([
    db
      .prepare(
        `UPDATE reports SET since = ?2, until = ?3, paragraphs = ?4, ticks = ?5, changed_at = max(?6, changed_at + 1)
         WHERE id = ?1 AND (?7 IS NULL OR changed_at = ?7) RETURNING changed_at AS changedAt`,
      )
      .bind(id, since, until, JSON.stringify(paragraphs), JSON.stringify(ticks), changedAt, before),
    raiseVersion(db),
  ])
  return replaced?.results[0]?.changedAt ?? null
}

export async function findReport(db: D1Database, id: string): Promise<Report | null> {
  const row = await db.prepare(`${select} WHERE id = ?1`).bind(id).first<Row>()
  return row === null ? null : toReport(row)
}

/** Reports made before the one with the id `before`, the latest first. */
export async function listReports(
  db: D1Database,
  before: string | null,
  limit: number,
): Promise<readonly Omit<Report, keyof Own>[]> {
  const { results } = await db
    .prepare(
      `SELECT id, since, until, circle, made_at AS madeAt, changed_at AS changedAt FROM reports
       WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2`,
    )
    .bind(before, limit)
    .all<Omit<Report, keyof Own>>()
  return results
}

function toReport(row: Row): Report {
  const { id, since, until, circle } = row
  return {
    ...{ id, since, until, circle, madeAt: row.made_at, changedAt: row.changed_at },
    paragraphs: JSON.parse(row.paragraphs) as Paragraphs, // written above, or judged by the import
    ticks: JSON.parse(row.ticks) as Ticks, // likewise
  }
}

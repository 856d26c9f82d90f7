/** What a report is compiled from: nothing that its circle may not see leaves the database. */
import type { Measurement, Outcome } from '../core/grammar/understood.ts'
import { identityOf } from '../core/measurement.ts'
import { type Move, movedOpenly, withoutSlips } from '../core/moves.ts'
import type { Circle } from '../core/recipient.ts'
import { type Span, toldKinds } from '../core/report.ts'
import type { Compiled, Due, Item, Moved, Planned, Told, Trend, Written } from '../core/report-rows.ts'
import { movesUntil } from './moves.ts'

/** Of each sort; of more the latest are read. */
export const mostRows = 1000

/** ?1 is the span's begin, ?2 its end, ?3 the circle. */
const maySee = (column: string) => `(?3 = 'inner' OR NOT ${column})`
/** Shown only in part: a few thousand characters tell the first sentences. */
const beginOf = (column: string) => `substr(${column}, 1, 2500)`

const written = `u.id, ${beginOf('u.text')} AS text, u.at, CASE WHEN w.is_owner THEN NULL ELSE w.name END AS author`
const updates = 'updates u JOIN authors w ON w.id = u.author AND u.withdrawn_at IS NULL'
const latestFirst = `ORDER BY u.at DESC, u.id DESC LIMIT ${mostRows}`

const told = `
  SELECT ${written}, u.kind, coalesce(json_array_length(u.said, '$.measurements'), 0) > 0 AS isMeasured,
         c.posted_at AS correctedAt, ${beginOf('c.text')} AS correction
  FROM ${updates}
  LEFT JOIN corrections c ON c.id = (
    SELECT id FROM corrections WHERE update_id = u.id AND is_fact AND posted_at < ?2
    ORDER BY posted_at DESC, id DESC LIMIT 1)
  WHERE u.at >= ?1 AND u.at < ?2 AND u.kind IN (${toldKinds.map((kind) => `'${kind}'`).join(', ')})
    AND ${maySee('u.inside')} ${latestFirst}`

/** Of an answer that is inside the outer circle sees that there is one. */
const items = `
  SELECT ${written}, u.kind, u.said ->> '$.due' AS due, a.state, a.posted_at AS settledAt,
         CASE WHEN ${maySee('a.inside')} THEN a.answer END AS answer
  FROM ${updates}
  LEFT JOIN answers a ON a.id = (
    SELECT id FROM answers WHERE update_id = u.id AND posted_at < ?2 ORDER BY posted_at DESC, id DESC LIMIT 1)
  WHERE u.kind IN ('ask', 'need', 'blocked') AND u.at < ?2 AND ${maySee('u.inside')}
    AND (coalesce(a.state, 'open') = 'open' OR a.posted_at >= ?1) ${latestFirst}`

const plans = `
  SELECT ${written}, u.said ->> '$.due' AS due, o.outcome, o.posted_at AS settledAt,
         CASE WHEN ${maySee('o.inside')} THEN o.why END AS why
  FROM ${updates}
  LEFT JOIN outcomes o ON o.id = (
    SELECT id FROM outcomes WHERE plan = u.id AND posted_at < ?2 ORDER BY posted_at DESC, id DESC LIMIT 1)
  WHERE u.kind = 'next' AND u.at < ?2 AND ${maySee('u.inside')}
    AND (o.id IS NULL OR o.posted_at >= ?1) ${latestFirst}`

/**
 * The ends of each metric's history as it was frozen, and all that is not frozen yet. An import may say of an
 * update what is no measurement: it is not read as one.
 */
const measured = `
  SELECT at, update_id AS "update", position, metric, value, unit, baseline, runs, condition AS "on" FROM (
    SELECT m.*, row_number() OVER (PARTITION BY identity ORDER BY at, update_id, position) AS nth,
           row_number() OVER (PARTITION BY identity ORDER BY at DESC, update_id DESC, position DESC) AS nth_last
    FROM measurements m WHERE at >= ?1 AND at < ?2 AND ${maySee('inside')})
  WHERE nth = 1 OR nth_last = 1
  UNION ALL
  SELECT u.at, u.id, m.key, m.value ->> 'metric', m.value ->> 'value', CAST(m.value ->> 'unit' AS TEXT),
         CAST(m.value ->> 'baseline' AS TEXT), m.value ->> 'runs', CAST(m.value ->> 'on' AS TEXT)
  FROM updates u, json_each(u.said, '$.measurements') m
  WHERE u.digest IS NULL AND u.kind <> 'private' AND u.kind = 'result' AND u.at >= ?1 AND u.at < ?2
    AND ${maySee('u.inside')} AND m.type = 'object'
    AND json_type(m.value, '$.metric') = 'text' AND json_type(m.value, '$.value') = 'text'
  ORDER BY at DESC, "update" DESC, position DESC LIMIT ${2 * mostRows}`

/** As they stood at the end: what was moved or settled later had not been. */
const milestones = `
  SELECT m.id, m.title, CASE WHEN m.settled_at >= ?2 THEN 'open' ELSE m.state END AS state,
         CASE WHEN m.settled_at < ?2 THEN m.settled_at END AS settledAt,
         coalesce((SELECT old_due FROM revisions r WHERE r.milestone = m.id AND r.posted_at >= ?2
                   ORDER BY r.posted_at, r.id LIMIT 1), m.due) AS due,
         ${movesUntil('?2')} AS moves
  FROM milestones m WHERE m.made_at < ?2 AND ?1 < ?2 AND ${maySee('m.inside')}
  ORDER BY m.due DESC, m.id DESC LIMIT ${mostRows}`

type DueRow = Due & { readonly moves: string }

type WrittenRow = Written & { readonly due: string | null; readonly settledAt: number | null }
type ToldRow = Omit<Told, 'isMeasured' | 'correction'> & {
  readonly isMeasured: number
  readonly correctedAt: number | null
  readonly correction: string | null
}
type ItemRow = WrittenRow & {
  readonly kind: Item['kind']
  readonly state: 'answered' | 'open' | 'dropped' | null
  readonly answer: string | null
}
type PlanRow = WrittenRow & { readonly outcome: Outcome | null; readonly why: string | null }
type MeasuredRow = Pick<Measurement, 'metric' | 'value'> & {
  readonly at: number
  readonly unit: string | null
  readonly baseline: string | null
  readonly runs: number | null
  readonly on: string | null
}

/** In one round trip; `isCut` if there was more of a sort than is read. */
export async function readCompiled(
  db: D1Database,
  { since, until }: Span,
  circle: Circle,
): Promise<{ readonly compiled: Compiled; readonly isCut: boolean }> {
  const answers = await db.batch(
    [told, items, plans, measured, milestones].map((sql) => db.prepare(sql).bind(since, until, circle)),
  )
  const [tolds, asked, planned, numbers, dues] = answers.map(({ results }) => results.toReversed())
  const due = ((dues ?? []) as DueRow[]).map((row) => toDue(row, circle))
  return {
    isCut: answers.some(({ results }) => results.length >= mostRows),
    // Each the columns of the statement at the same place.
    compiled: {
      told: ((tolds ?? []) as ToldRow[]).map(toTold),
      items: ((asked ?? []) as ItemRow[]).map(toItem),
      plans: ((planned ?? []) as PlanRow[]).map(toPlanned),
      trends: toTrends((numbers ?? []) as MeasuredRow[]),
      milestones: due.toSorted((one, other) => one.due.localeCompare(other.due)),
      revisions: movesSince(since, due),
    },
  }
}

type MovedDue = Due & { readonly moves: readonly (Move & Pick<Moved, 'id'>)[] }

/** The outer circle knows no date that only the inner one was told. */
function toDue(row: DueRow, circle: Circle): MovedDue {
  const due: MovedDue = { ...row, moves: JSON.parse(row.moves) } // made by the select
  return circle === 'inner' ? due : movedOpenly(due)
}

/** In the order of their milestones' first moves. */
function movesSince(since: number, milestones: readonly MovedDue[]): readonly Moved[] {
  return milestones
    .map(({ title, moves }) =>
      withoutSlips(moves.filter(({ postedAt }) => postedAt >= since)).map((move) => ({ ...move, title })),
    )
    .toSorted(([one], [other]) => (one?.postedAt ?? 0) - (other?.postedAt ?? 0))
    .flat()
}

function toTold({ correctedAt, correction, isMeasured, ...update }: ToldRow): Told {
  const corrected = correctedAt === null ? null : { text: correction ?? '', postedAt: correctedAt }
  return { ...update, isMeasured: isMeasured === 1, correction: corrected }
}

function toItem({ state, answer, settledAt, ...item }: ItemRow): Item {
  const isOpen = state === null || state === 'open' || settledAt === null
  return { ...item, settled: isOpen ? null : { state, answer, at: settledAt } }
}

function toPlanned({ outcome, why, settledAt, ...plan }: PlanRow): Planned {
  const isOpen = outcome === null || settledAt === null
  return { ...plan, settled: isOpen ? null : { outcome, why, at: settledAt } }
}

/** First and latest of each identity, in the order in which they were first measured. */
function toTrends(rows: readonly MeasuredRow[]): readonly Trend[] {
  const byIdentity = Map.groupBy(rows.map(toMeasurement), identityOf)
  return Array.from(byIdentity).flatMap(([identity, all]) => {
    const [first, latest] = [all[0], all.at(-1)]
    if (first === undefined || latest === undefined) return []
    return [{ identity, first, latest, isOne: all.length === 1 }]
  })
}

function toMeasurement({ metric, value, unit, baseline, runs, on }: MeasuredRow): Measurement {
  return {
    ...{ metric, value },
    ...(unit === null ? {} : { unit }),
    ...(baseline === null ? {} : { baseline }),
    ...(runs === null ? {} : { runs }),
    ...(on === null ? {} : { on }),
  }
}

/** What is open at the end of a period: membership is `digest IS NULL AND posted_at < until`. */
import type { Said } from '../core/grammar/understood.ts'
import type { PublicKind } from '../core/kinds.ts'
import type { Open, OpenAnswer, OpenCorrection, OpenOutcome, OpenRevision, OpenUpdate } from '../core/open.ts'
import type { Forms, QuotedForms, Status, Summary } from '../core/update.ts'
import { isMove } from './moves.ts'

/** Beside updates: a row as JSON; flags in it are 0 and 1. */
type SaidRow = { readonly said: keyof typeof tables; readonly row: string }

const tables = {
  correction: 'corrections',
  outcome: 'outcomes',
  answer: 'answers',
  revision: 'revisions',
  summary: 'summaries',
  status: 'statuses',
} as const

/** A table with open rows beside updates, whether a letter shows them or not. */
export type SaidTable = (typeof tables)[keyof typeof tables]

const isOpenIn = (table: string) => `${table}.digest IS NULL AND ${table}.posted_at < ?1`

/** As few statements as D1 lets there be, which joins five SELECTs at most: a closing may have to read three times. */
const settledRows = `
  SELECT 'correction' AS said, c.posted_at AS at, c.id AS id, json_object('id', c.id, 'text', c.text,
    'inside', u.inside, 'number', u.digest, 'update', u.id, 'isShown', c.is_fact AND u.kind <> 'private') AS row
  FROM corrections c JOIN updates u ON u.id = c.update_id WHERE ${isOpenIn('c')}
  UNION ALL
  SELECT 'outcome', o.posted_at, o.id, json_object('outcome', o.outcome, 'why', o.why, 'inside', o.inside,
    'plan', u.id, 'text', u.text, 'isPlanInside', u.inside, 'isShown', u.kind = 'next' AND u.withdrawn_at IS NULL,
    'before', (SELECT e.outcome FROM outcomes e WHERE e.plan = u.id AND e.digest IS NOT NULL
               ORDER BY e.posted_at DESC, e.id DESC LIMIT 1))
  FROM outcomes o JOIN updates u ON u.id = o.plan WHERE ${isOpenIn('o')}
  UNION ALL
  SELECT 'answer', a.posted_at, a.id, json_object('kind', u.kind, 'state', a.state, 'answer', a.answer,
    'inside', a.inside, 'item', u.id, 'text', u.text, 'isItemInside', u.inside,
    'isShown', a.state <> 'open' AND u.kind IN ('ask', 'need', 'blocked') AND u.withdrawn_at IS NULL)
  FROM answers a JOIN updates u ON u.id = a.update_id WHERE ${isOpenIn('a')}
  UNION ALL
  SELECT 'revision', r.posted_at, r.id, json_object('inside', max(r.inside, m.inside), 'isShown', ${isMove})
  FROM revisions r JOIN milestones m ON m.id = r.milestone WHERE ${isOpenIn('r')}
  ORDER BY at, id`

const openingRows = `
  SELECT 'summary' AS said, posted_at AS at, id, json_object('text', text, 'inside', inside, 'isShown', 1) AS row
  FROM summaries s WHERE ${isOpenIn('s')}
  UNION ALL
  SELECT 'status', posted_at, id, json_object('status', status, 'reason', reason, 'inside', inside, 'isShown', 1)
  FROM statuses s WHERE ${isOpenIn('s')}
  ORDER BY at, id`

export type ReadOpen = Open & {
  /** Where there are rows to take, beside updates. */
  readonly tables: readonly SaidTable[]
}

/** What a closing at `until` takes, in the order of its happening; in one round trip, and without its texts. */
export async function readOpen(db: D1Database, until: number): Promise<ReadOpen> {
  const [updates, settled, openings] = await db.batch(
    [
      `SELECT ${updateColumns} FROM updates u
       WHERE digest IS NULL AND kind <> 'private' AND posted_at < ?1
       ORDER BY at, id`,
      settledRows,
      openingRows,
    ].map((sql) => db.prepare(sql).bind(until)),
  )
  const all = [...rows<SaidRow>(settled), ...rows<SaidRow>(openings)]
  const of = <R>(what: SaidRow['said']) => all.filter((row) => row.said === what).flatMap(toShown<R>)
  return {
    updates: rows<UpdateRow>(updates).map(toOpenUpdate),
    corrections: of<OpenCorrection>('correction'),
    outcomes: of<OpenOutcome>('outcome'),
    answers: of<OpenAnswer>('answer'),
    revisions: of<OpenRevision>('revision'),
    summary: of<Summary>('summary')[0] ?? null,
    status: of<Status>('status')[0] ?? null,
    tables: [...new Set(all.map((row) => tables[row.said]))],
  }
}

/** A row as the letter shows it, or none. */
function toShown<R>({ row }: SaidRow): readonly R[] {
  const { isShown, ...shown }: { isShown: number } = JSON.parse(row)
  const flags = Object.entries(shown).map(([name, value]) => {
    return [name, /^(?:inside|is[A-Z])/u.test(name) ? value === 1 : value] as const
  })
  return isShown === 1 ? [Object.fromEntries(flags) as R] : [] // the object of its SELECT
}

/** What a letter may show of an update again is read with it; the forms of its text are not. */
export const updateColumns = `u.id, u.kind, u.inside, u.at, u.author, u.said, u.words,
  max(octet_length(u.letter), octet_length(u.markdown)) AS size, u.brief_words,
  max(octet_length(u.brief_letter), octet_length(u.brief_markdown)) AS brief_size,
  CASE WHEN u.kind IN ('ask', 'need', 'blocked', 'next', 'read') OR u.said LIKE '%"credit"%' THEN u.text
       WHEN u.kind = 'result' THEN substr(u.text, 1, 300) END AS text,
  u.kind IN ('result', 'surprise') AND instr(u.letter, '<table') > 0 AS has_table`

export type UpdateRow = {
  readonly id: string
  readonly kind: PublicKind
  readonly inside: number
  readonly at: number
  readonly author: string
  readonly said: string
  readonly words: number
  readonly size: number
  readonly brief_words: number | null
  readonly brief_size: number | null
  readonly text: string | null
  readonly has_table: number
}

export function toOpenUpdate(row: UpdateRow): OpenUpdate {
  const { id, kind, at, author, text, words, size, brief_words, brief_size } = row
  return {
    ...{ id, kind, at, author, text, whole: { words, size } },
    inside: row.inside === 1,
    said: JSON.parse(row.said) as Said, // written by insertUpdates and editUpdate
    brief: brief_words === null ? null : { words: brief_words, size: brief_size ?? 0 },
    hasTable: row.has_table === 1,
  }
}

type FormsRow = Forms & {
  readonly id: string
  readonly brief_markdown: string | null
  readonly brief_letter: string | null
}

/** The rendered forms of updates, by id. */
export async function formsOf(
  db: D1Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, QuotedForms>> {
  if (ids.length === 0) return new Map()
  const { results } = await db
    .prepare(
      `SELECT u.id, u.markdown, u.letter, u.page, u.brief_markdown, u.brief_letter
       FROM json_each(?1) AS asked JOIN updates u ON u.id = asked.value`,
    )
    .bind(JSON.stringify(ids))
    .all<FormsRow>()
  return new Map(results.map((row) => [row.id, toForms(row)]))
}

function toForms({ id, markdown, letter, page, brief_markdown, brief_letter }: FormsRow): QuotedForms {
  const brief =
    brief_markdown === null || brief_letter === null
      ? null
      : { markdown: brief_markdown, letter: brief_letter }
  return { id, markdown, letter, page, brief }
}

function rows<R>(result: D1Result<unknown> | undefined): readonly R[] {
  return (result?.results ?? []) as readonly R[] // the columns of the statement at the same place
}

/** The milestone report (PURE): from rows to headings and points, as things stood at the end of its span. */
import { extract, shorten } from './grammar/text.ts'
import type { Outcome } from './grammar/understood.ts'
import { type Heading, headings, type Kind, kindNames, kinds } from './kinds.ts'
import { inWords, trendInWords } from './measurement.ts'
import { dateInWords, dayInWords, isDate, localDate } from './period.ts'
import { after, maxQuoted, open, quoted, withNumbers } from './report-quotes.ts'
import type { Compiled, Due, Item, Planned, Trend } from './report-rows.ts'
import { reportWords } from './report-words.ts'

export type Span = { readonly since: number; readonly until: number }

/** What a span begins with. */
export type Beginning = { readonly what: 'meeting' | 'report' | 'project'; readonly since: number }

/** How days are written. */
export type Place = { readonly zone: string; readonly locale: string }

/** What the owner gave to a report. */
export type Own = { readonly paragraphs: Paragraphs; readonly ticks: Ticks }

export type Point = {
  /** Made from its rows, so that its tick is found again: `update:<id>`, `metric:<identity>` … */
  readonly id: string
  /** Plain text. */
  readonly text: string
  readonly ticked: boolean
}

export type Paragraphs = { readonly [H in Heading]?: string | undefined }
/** What the owner ticked or unticked, by point; one that is gone changes nothing, and may come back. */
export type Ticks = Readonly<Record<string, boolean>>

export type HeadingOfReport = {
  readonly heading: Heading
  /** The owner's own words, Markdown; '' if there are none. */
  readonly paragraph: string
  readonly points: readonly Point[]
  /** What is handed on has no such heading: the owner unticked all that was found for it, and wrote nothing. */
  readonly isLeftOut: boolean
}

/** Kinds that stand in a report once, when they happened; the others stand there while they are open. */
export const toldKinds: readonly Kind[] = kindNames.filter(
  (kind) => kinds[kind].heading !== null && !['ask', 'need', 'blocked', 'next'].includes(kind),
)

/**
 * All headings in their order, each with the owner's paragraph and what was compiled. A span may end ahead:
 * nothing is overdue before its day has passed.
 */
export function reportOf(
  compiled: Compiled,
  span: Span,
  { zone, locale }: Place,
  own: Own,
  now: number,
): readonly HeadingOfReport[] {
  const write: Writer = {
    day: (instant) => dayInWords(zone, locale, instant),
    date: (date) => dateInWords(locale, date),
    begin: localDate(zone, span.since),
    today: localDate(zone, Math.min(span.until, now)),
  }
  return headings.map((heading) => {
    const found = pointsOf[heading](compiled, write, span)
    const points = found.map((point) => ({ ...point, ticked: own.ticks[point.id] ?? point.ticked }))
    const paragraph = own.paragraphs[heading] ?? ''
    const isEmpty = paragraph === '' && !points.some(({ ticked }) => ticked)
    return { heading, paragraph, points, isLeftOut: isEmpty && found.some(({ ticked }) => ticked) }
  })
}

type Writer = {
  readonly day: (instant: number) => string
  readonly date: (date: string) => string
  /** The local dates on which the span begins, and ends or has come to. */
  readonly begin: string
  readonly today: string
}

type Points = (compiled: Compiled, write: Writer, span: Span) => readonly Point[]

const pointsOf: Readonly<Record<Heading, Points>> = {
  changes: (compiled, write) => [
    ...toldUnder('changes', compiled, write),
    ...itemsOf('blocked', compiled).map((item) => blocker(item, write)),
  ],

  accomplished: (compiled, write) => [
    ...settledPlans(compiled, write),
    ...compiled.trends.map(trend),
    ...toldUnder('accomplished', compiled, write),
  ],

  milestones: (compiled, write, span) => {
    const { milestones } = compiled
    return [
      ...milestones.filter((each) => each.state === 'met' && isSettledIn(each, span, write)),
      ...milestones.filter((each) => each.state === 'open' && each.due < write.today),
      ...milestones.filter((each) => each.state === 'dropped' && isSettledIn(each, span, write)),
    ].map((each) => point(`milestone:${each.id}`, milestoneInWords(each, write)))
  },

  surprises: (compiled, write) => toldUnder('surprises', compiled, write),

  ahead: ({ plans, milestones }, write) => [
    ...plans
      .filter(({ settled }) => settled === null)
      .toSorted((one, other) => dueOrLast(one).localeCompare(dueOrLast(other)) || one.at - other.at)
      .map((plan) => point(`update:${plan.id}`, withDue(plan, write))),
    ...milestones
      .filter(({ state, due }) => state === 'open' && due >= write.today)
      // A tick taken off here must not hide the milestone once it is met or missed.
      .map(({ id, title, due }) => point(`ahead:${id}`, reportWords.milestoneAhead(title, write.date(due)))),
  ],

  revisions: ({ revisions }, write) =>
    revisions.map(({ id, title, oldDue, newDue, reason }) => {
      const words = reportWords.revision(title, write.date(oldDue), write.date(newDue), after(' – ', reason))
      return point(`revision:${id}`, words)
    }),

  resources: (compiled, write) => [
    ...itemsOf('need', compiled).map((need) => openItem(need, reportWords.need, write, true)),
    // A question is a resource only where the owner says so.
    ...itemsOf('ask', compiled).map((question) => openItem(question, reportWords.ask, write, false)),
  ],
}

/** Updates of the kinds that stand under `heading`, by kind and as they happened; literature comes last. */
function toldUnder(heading: Heading, { told }: Compiled, write: Writer): readonly Point[] {
  const here = kindNames.filter((kind) => kinds[kind].heading === heading)
  return here
    .flatMap((kind) => told.filter((update) => update.kind === kind))
    .map((update) => {
      const { id, kind, isMeasured, correction } = update
      const words = quoted(isMeasured ? { ...update, text: withNumbers(update.text) } : update)
      const said = kind === 'read' ? reportWords.read(words) : words
      if (correction === null) return { ...point(`update:${id}`, said), ticked: !isMeasured }
      const corrected = extract(correction.text, maxQuoted)
      return point(
        `update:${id}`,
        reportWords.corrected(open(said), write.day(correction.postedAt), corrected),
      )
    })
}

/** A plan and what came of it, those that were met first. */
function settledPlans({ plans }: Compiled, write: Writer): readonly Point[] {
  const order: readonly Outcome[] = ['met', 'partly', 'not', 'dropped']
  return order.flatMap((asked) =>
    plans
      .flatMap(({ settled, ...plan }) => (settled?.outcome === asked ? [{ ...settled, plan }] : []))
      .toSorted((one, other) => one.at - other.at)
      .map(({ outcome, why, at, plan }) => {
        const text = open(quoted(plan))
        const words =
          outcome === 'met'
            ? reportWords.met(text, write.day(at), after(' – ', why))
            : reportWords[outcome](text, after(': ', why))
        return point(`outcome:${plan.id}`, words)
      }),
  )
}

function trend({ identity, first, latest, isOne }: Trend): Point {
  const words = shorten(isOne ? inWords(latest) : trendInWords(first, latest), maxQuoted)
  return point(`metric:${Array.from(identity.replace(/\s+/gu, ' ')).slice(0, 200).join('')}`, words)
}

function blocker(item: Item, write: Writer): Point {
  const { id, at, settled } = item
  const state =
    settled === null
      ? reportWords.openSince(write.day(at))
      : settled.state === 'dropped'
        ? `${reportWords.droppedOn(write.day(settled.at))}${after(': ', settled.answer)}`
        : `${reportWords.solved(write.day(settled.at))}${after(': ', settled.answer)}`
  return point(`update:${id}`, reportWords.blocked(open(quoted(item)), state))
}

function openItem(
  item: Item,
  words: (text: string, when: string) => string,
  write: Writer,
  ticked: boolean,
): Point {
  const due = dueOf(item)
  const since = reportWords.openSince(write.day(item.at))
  const when = due === null ? since : `${since}, ${reportWords.due(write.date(due))}`
  return { ...point(`update:${item.id}`, words(open(quoted(item)), when)), ticked }
}

function withDue(plan: Planned, write: Writer): string {
  const due = dueOf(plan)
  return due === null ? quoted(plan) : `${open(quoted(plan))} (${reportWords.due(write.date(due))})`
}

function milestoneInWords({ title, due, state, settledAt }: Due, write: Writer): string {
  const day = settledAt === null ? null : write.day(settledAt)
  if (state === 'met') return reportWords.milestoneMet(title, day, write.date(due))
  if (state === 'dropped') return reportWords.milestoneDropped(title, day ?? '')
  return reportWords.milestoneOverdue(title, write.date(due))
}

/** Where the day is not known any more, one that was met counts on its date. */
function isSettledIn({ state, settledAt, due }: Due, { since, until }: Span, write: Writer): boolean {
  if (settledAt !== null) return settledAt >= since && settledAt < until
  return state === 'met' && due >= write.begin && due <= write.today
}

/** Those that the heading shows: of needs and questions only what is open. */
function itemsOf(kind: Kind, { items }: Compiled): readonly Item[] {
  return items.filter((item) => item.kind === kind && (kind === 'blocked' || item.settled === null))
}

/** An import may carry a date that the calendar does not have. */
function dueOf({ due }: { readonly due: string | null }): string | null {
  return due !== null && isDate(due) ? due : null
}

function dueOrLast(plan: Planned): string {
  return dueOf(plan) ?? '9999'
}

function point(id: string, text: string): Point {
  return { id, text, ticked: true }
}

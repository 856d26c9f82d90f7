/** From the open rows of a period to the blocks of its digest (PURE). */
import { extract, shorten } from './grammar/text.ts'
import { counted, type Kind, kindNames, kinds, type Section, sections } from './kinds.ts'
import { dateInWords } from './period.ts'
import { type Audience, type Circle, sees } from './recipient.ts'
import type {
  Forms,
  OpenAnswer,
  OpenCorrection,
  OpenOutcome,
  OpenRevision,
  OpenUpdate,
  Status,
  Summary,
} from './update.ts'
import { letterWords, statusWords } from './words.ts'

/** What opens a letter, before the sections. */
export const openings = ['Summary', 'Status'] as const

export type Part = (typeof openings)[number] | Section

/** A piece of a digest: plain text, then the update that it quotes. */
export type Block = {
  readonly part: Part
  readonly circle: Audience
  readonly lead: string
  /** The id of the update that it quotes. */
  readonly quote: string | null
  /** Further updates that it is about. */
  readonly about: readonly string[]
  readonly words: number
  /** Bytes of the quoted HTML. */
  readonly size: number
}

/** A block whose lead is rendered, in each form of what it quotes. */
export type LedBlock = Block & { readonly before: Forms }

/** The letter's form, the same for all in a circle: what it says, in Markdown and in HTML. */
export type Document = {
  readonly circle: Circle
  readonly subject: string
  /** What the archive's list counts: "2 asks, 3 results". */
  readonly news: string
  /** The status, if it was said to this circle. */
  readonly status: Status['status'] | null
  /** The line that an inbox shows beside the subject: the first thing it says. */
  readonly preheader: string
  readonly markdown: string
  readonly html: string
  readonly words: number
}

/** What is open at the end of a period. */
export type Open = {
  readonly updates: readonly OpenUpdate[]
  readonly corrections: readonly OpenCorrection[]
  readonly outcomes: readonly OpenOutcome[]
  readonly answers: readonly OpenAnswer[]
  readonly revisions: readonly OpenRevision[]
  readonly summary: Summary | null
  readonly status: Status | null
}

/** Whether there is nothing to tell: then the policy for silent weeks decides. */
export function isSilent(open: Open): boolean {
  const { updates, outcomes, answers, revisions, status } = open
  return updates.length + outcomes.length + answers.length + revisions.length === 0 && status === null
}

/** The blocks of a digest, in the order in which they are read: by section, kind, and when it happened. */
export function compose(open: Open, isLast: boolean, locale: string): readonly Block[] {
  return [...opening(open, isLast), ...sections.flatMap((section) => composeSection(section, open, locale))]
}

/** Whether a circle has a letter: something beside the words that every letter may open with. */
export function hasLetter(blocks: readonly Block[], circle: Circle): boolean {
  return blocks.some((block) => sees(circle, block.circle))
}

/** What fits into a letter: whole blocks from the top, within `limit` bytes of HTML. */
export function cutToSize<B extends Block>(
  blocks: readonly B[],
  circle: Circle,
  limit: number,
): { readonly shown: readonly B[]; readonly cut: number } {
  const visible = blocks.filter((block) => sees(circle, block.circle))
  // One that would fill the letter alone is left to the page, so that it hides no other.
  const fitting = visible.filter((block) => sizeOf(block) <= limit / 4)
  let room = limit
  const end = fitting.findIndex((block) => {
    room -= sizeOf(block)
    return room < 0
  })
  const shown = end < 0 ? fitting : fitting.slice(0, end)
  return { shown, cut: visible.length - shown.length }
}

/** With a list item's and a heading's own markup; a character of plain text takes up to 6 bytes. */
function sizeOf(block: Block): number {
  return block.size + block.lead.length * 6 + 200
}

const maxSubject = 78

/** What inbox and archive say of a letter. */
export type Headline = Pick<Document, 'subject' | 'news' | 'status'>

export function headlineOf(open: Open, circle: Circle, title: string, number: number): Headline {
  const status = open.status !== null && mayRead(circle, open.status) ? open.status.status : null
  const { asked, found } = countsOf(open, circle)
  const worry = status === null || status === 'onTrack' ? [] : [statusWords[status]]
  const subject = subjectOf([...asked, ...worry, ...found], title, number)
  return { subject, news: [...asked, ...found].join(', '), status }
}

/** News first, pieces while they fit, then which letter this is; the title is cut first. */
function subjectOf(news: readonly string[], title: string, number: number): string {
  const name = ` (${shorten(title, 30)}, letter ${number})`
  const room = maxSubject - name.length
  const pieces = news.reduce((line, piece) => {
    const longer = line === '' ? piece : `${line}, ${piece}`
    return longer.length <= room ? longer : line
  }, '')
  return pieces === '' ? shorten(letterWords.title(title, number), maxSubject) : `${pieces}${name}`
}

function opening({ summary, status, ...open }: Open, isLast: boolean): readonly Block[] {
  const blocks: Block[] = []
  if (summary !== null) blocks.push(plain('Summary', summary.text, summary.inside))
  if (isSilent({ ...open, summary, status })) blocks.push(plain('Summary', letterWords.silent, false))
  if (isLast) blocks.push(plain('Summary', letterWords.last, false))
  if (status !== null) {
    const words = letterWords.status(statusWords[status.status], status.reason)
    blocks.push(plain('Status', words, status.inside))
  }
  return blocks
}

function composeSection(section: Section, open: Open, locale: string): readonly Block[] {
  if (section === 'Corrections') return open.corrections.map(correction)
  const kindsHere = kindNames.filter((kind) => kinds[kind].section === section)
  const quoted = kindsHere
    .flatMap((kind) => open.updates.filter((update) => update.kind === kind))
    .map(quotation)
  return [...settled(section, open, locale), ...quoted]
}

/** What came of earlier plans, asks, needs, blockers and milestones. */
function settled(section: Section, { outcomes, answers, revisions }: Open, locale: string): readonly Block[] {
  if (section === 'Planned and done') return outcomes.flatMap(outcomeBlocks)
  if (section !== 'Changed or stuck') return []
  const moves = revisions.map(({ title, oldDue, newDue, reason, inside }) => {
    const [from, to] = [oldDue, newDue].map((date) => dateInWords(locale, date))
    return plain(section, letterWords.revision(title, from ?? '', to ?? '', reason), inside)
  })
  return [...moves, ...answers.flatMap(answerBlocks)]
}

function outcomeBlocks({ outcome, why, inside, plan, text, isPlanInside }: OpenOutcome): readonly Block[] {
  const words = (shown: string | null) => letterWords.outcome(outcome, extract(text, maxQuoted), shown)
  return forCircles('Planned and done', plan, words, why, inside, isPlanInside)
}

function answerBlocks({
  kind,
  state,
  answer,
  inside,
  item,
  text,
  isItemInside,
}: OpenAnswer): readonly Block[] {
  const words = (shown: string | null) => letterWords.answer(kind, state, extract(text, maxQuoted), shown)
  return forCircles('Changed or stuck', item, words, answer, inside, isItemInside)
}

const maxQuoted = 100

/** Where only the words are inside, the outer circle sees the mark alone. */
function forCircles(
  part: Part,
  about: string,
  words: (shown: string | null) => string,
  said: string | null,
  isSaidInside: boolean,
  isAllInside: boolean,
): readonly Block[] {
  const whole = { ...plain(part, words(said), isSaidInside || isAllInside), about: [about] }
  if (!isSaidInside || isAllInside) return [whole]
  return [whole, { ...plain(part, words(null), false), circle: 'outer', about: [about] }]
}

function quotation({ id, kind, inside, words, size }: OpenUpdate): Block {
  const { section, lead } = kinds[kind]
  const circle = inside ? 'inner' : 'both'
  return { part: section, circle, lead: lead ?? '', quote: id, about: [], words, size }
}

function correction({ text, inside, number, update }: OpenCorrection): Block {
  return { ...plain('Corrections', letterWords.correction(number, text), inside), about: [update] }
}

function plain(part: Part, lead: string, inside: boolean): Block {
  const words = lead.split(/\s+/u).length
  return { part, circle: inside ? 'inner' : 'both', lead, quote: null, about: [], words, size: 0 }
}

/** Counts of what the circle sees, in the order of the sections. */
function countsOf(
  { updates }: Open,
  circle: Circle,
): { readonly asked: readonly string[]; readonly found: readonly string[] } {
  const seen = updates.filter((update) => mayRead(circle, update))
  const counts = Map.groupBy<Kind, OpenUpdate>(seen, (update) => update.kind)
  const inSection = (section: Section) =>
    kindNames
      .filter((kind) => kinds[kind].section === section && counts.has(kind))
      .map((kind) => counted(kind, counts.get(kind)?.length ?? 0))
  const [asked, ...rest] = sections
  return { asked: inSection(asked), found: rest.flatMap(inSection) }
}

function mayRead(circle: Circle, { inside }: { readonly inside: boolean }): boolean {
  return sees(circle, inside ? 'inner' : 'both')
}

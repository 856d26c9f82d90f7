/** Rules 10 and 11 (PURE): what a post may ask for beside keeping an update. */
import { daysBetween } from '../period.ts'
import { dateWords, resolveDate, todayOf, weekday } from './due.ts'
import type { CommandWord } from './marker.ts'
import { isInside, withoutInside } from './privacy.ts'
import type { Command, Known, Note } from './understood.ts'

/** The command that `word` and what follows it make, or why it makes none. */
export function readCommand(
  word: CommandWord,
  rest: string,
  known: Known,
): { readonly command: Command } | { readonly note: Note } {
  const inside = isInside(rest)
  const text = withoutInside(rest).trim()
  const command = readers[word](text, inside, known)
  if (command === 'settle') return settle(text, inside, known)
  if (command === 'endsFirst') return { note: { about: 'endsFirst', command: word } }
  return command === null ? { note: { about: 'command', command: word } } : { command }
}

type Reader = (text: string, inside: boolean, known: Known) => Command | 'settle' | 'endsFirst' | null

const readers: Readonly<Record<CommandWord, Reader>> = {
  milestone: readMilestone,
  summary: (text, inside) => (text === '' ? null : { does: 'summary', text, inside }),
  status: readStatus,
  away: readAway,
  answered: () => 'settle',
  solved: () => 'settle',
}

const because = /[\s,;:(–—-]*\b(?:because(?:\s+of)?|since|as)\s+(?<reason>.*)$/isu

/** Behind `due` or `by`, else the first date: "Run 2 May data due 5 Dec" has two. */
const dated = ['(?:due|by)\\s+', '(?:(?:until|to|now|is|moved)\\s+)*'].map(
  (before) =>
    new RegExp(
      `^(?<title>.+?)[\\s,:;–—-]*\\b(?:(?:moved|now|is)\\s+)*${before}(?<date>${dateWords})\\s*[,:;–—-]*(?<more>.*)$`,
      'isu',
    ),
)

/** `Baselines run due 5 Dec because …` */
function readMilestone(text: string, inside: boolean, known: Known): Command | null {
  const found = dated.map((pattern) => pattern.exec(text)).find((match) => match !== null)
  const { title = '', date = '', more = '' } = found?.groups ?? {}
  const due = date === '' ? null : resolveDate(date, todayOf(known))
  if (title.trim() === '' || due === null) return null
  const reason = because.exec(` ${more}`)?.groups?.reason ?? more
  return { does: 'milestone', title: title.trim(), due, reason: reason.trim() || null, inside }
}

const statusNames = { 'on track': 'onTrack', 'at risk': 'atRisk', 'off track': 'offTrack' } as const

/** `at risk: …` */
function readStatus(text: string, inside: boolean): Command | null {
  const match = /^(?<status>(?:on|off) ?track|at risk)(?:\s*[,:;–—.-]\s*|\s+|$)(?<reason>.*)$/isu.exec(text)
  const said = match?.groups?.status?.toLowerCase().replace(/(on|off) ?track/u, '$1 track')
  const status = said === undefined ? undefined : statusNames[said as keyof typeof statusNames] // by the pattern
  if (status === undefined) return null
  const reason = (match?.groups?.reason ?? '').replace(/^because\s+/iu, '').trim()
  return { does: 'status', status, reason: reason === '' ? null : reason, inside }
}

/** `sick till Mon`, `23 Nov to 27 Nov: conference`, `tomorrow`. */
function readAway(typed: string, _inside: boolean, known: Known): Command | 'endsFirst' | null {
  const text = typed.replace(new RegExp(`\\b(${weekday})-(?=${weekday})`, 'giu'), '$1 – ')
  const span = new RegExp(
    `(?:\\b(?:from\\s+)?(?<since>${dateWords})\\s*)?(?:(?:\\b(?:till|until|to|through)|[–—-])\\s*(?<until>${dateWords}))?`,
    'giu',
  )
  const match = Array.from(text.matchAll(span)).find(([whole]) => whole.trim() !== '')
  if (match === undefined) return null
  const { since: first, until: last } = match.groups ?? {}
  const today = todayOf(known)
  const since = first === undefined ? today : resolveDate(first, today)
  const until = last === undefined ? since : resolveDate(last, since ?? today)
  if (since === null || until === null) return null
  const isYearSaid = /\d{4}/u.test(last ?? '')
  if (until < since || (!isYearSaid && daysBetween(since, until) > mostDaysAway)) return 'endsFirst'
  const why = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`
  return {
    does: 'away',
    since,
    until,
    why: why.replace(/^[\s,:;–—-]+|[\s,:;–—-]+$/gu, '').replace(/\s+/gu, ' '),
  }
}

/** A day without a year that is further off is one before the start, read as next year's: "3 Dec to 2 Dec". */
const mostDaysAway = 183

/** `words: answer` closes the one open item that holds all the words. */
function settle(
  text: string,
  inside: boolean,
  known: Known,
): { readonly command: Command } | { readonly note: Note } {
  const [, said = '', answer = ''] =
    /^([^:,;–—\n]*?)\s*(?:(?:[:,;–—]|\s-\s|\n)\s*([\s\S]*))?$/u.exec(text) ?? []
  const asked = wordsOf(said)
  const fits = asked.length === 0 ? [] : known.open.filter((item) => holds(wordsOf(item.text), asked))
  const [only] = fits
  if (only === undefined || fits.length > 1) {
    const candidates = (fits.length > 0 ? fits : known.open.slice(0, mostNamed)).map((item) => item.text)
    return { note: { about: 'unsettled', words: said, candidates, fits: fits.length } }
  }
  return { command: { does: 'settle', id: only.id, answer: answer.trim() || null, inside } }
}

/** Of what is open, where nothing fits. */
const mostNamed = 3

function holds(words: readonly string[], asked: readonly string[]): boolean {
  return asked.every((word) => words.includes(word))
}

/** "solved the quota thing!!" without a marker, where exactly one open item holds the words; else null. */
export function readSettled(text: string, known: Known): Command | null {
  const match =
    /^(?:answered|solved)\s+(?<said>[^:,;.!–—\n]+)[:,;.!–—\s]*(?<answer>[\s\S]*)$/iu.exec(text) ??
    /^(?<said>[^:,;.!–—\n]+?)\s+is (?:answered|solved)\b[:,;.!–—\s]*(?<answer>[\s\S]*)$/iu.exec(text)
  const { said = '', answer = '' } = match?.groups ?? {}
  const asked = wordsOf(said).filter((word) => !filler.has(word))
  const [only, ...others] =
    asked.length === 0 ? [] : known.open.filter((item) => holds(wordsOf(item.text), asked))
  if (only === undefined || others.length > 0) return null
  return { does: 'settle', id: only.id, answer: withoutInside(answer).trim() || null, inside: isInside(text) }
}

const filler = new Set([
  ...['the', 'a', 'my', 'our', 'thing', 'issue', 'problem', 'question', 'finally'],
  ...['this', 'that', 'it', 'which', 'what', 'who', 'all', 'everything', 'one', 'is', 'can', 'we', 'i'],
])

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

/** `undo` alone takes the author's latest post back. */
export function isUndo(text: string): boolean {
  return /^\s*(?:(?:oops|sorry|no)[,.!]?\s+)?(?:#|hashtag\s+)?undo(?:\s+(?:that|this|it))?[.!]*\s*$/iu.test(
    text,
  )
}

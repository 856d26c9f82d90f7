/** What asks, needs and blockers have in common in a letter (PURE): which are open, to whom, since when. */
import { mailLink } from '../address.ts'
import { extract } from '../grammar/text.ts'
import { kinds, type Section } from '../kinds.ts'
import { letterWords } from '../letter-words.ts'
import { authorOf, type CarriedItem, type Material } from '../open.ts'
import { dateInWords, daysBetween, localDate } from '../period.ts'

/** Not confirmed for so many letters, it is named in one line with the others. */
const longUnconfirmed = 2

/** An open item; a fresh one was asked in this period. */
export type Item = CarriedItem & { readonly isFresh: boolean }

export type Items = { readonly current: readonly Item[]; readonly unconfirmed: readonly Item[] }

/** The open items of a section, by due date, then age. */
export function openItems({ open, carried }: Material, section: Section): Items {
  const settled = new Set(open.answers.map(({ item }) => item))
  const fresh = open.updates
    .filter(({ id, kind }) => isItem(kind) && !settled.has(id))
    .map((update) => ({ ...update, unconfirmed: 0, isFresh: true }))
  const all = [...carried.items.map((item) => ({ ...item, isFresh: false })), ...fresh]
    .filter(({ kind }) => kinds[kind].section === section)
    .toSorted((a, b) => compare(dueOf(a), dueOf(b)) || a.at - b.at)
  return {
    current: all.filter(({ unconfirmed }) => unconfirmed < longUnconfirmed),
    unconfirmed: all.filter(({ unconfirmed }) => unconfirmed >= longUnconfirmed),
  }
}

function isItem(kind: CarriedItem['kind']): boolean {
  return kind === 'ask' || kind === 'need' || kind === 'blocked'
}

/** Whom an item is addressed to; empty where nobody is named. */
export function addresseeOf({ said }: Item, { carried }: Material): string {
  return (said.to ?? []).flatMap((id) => carried.names.get(id) ?? []).join(', ')
}

/** Days since it was asked. */
export function daysOpen({ at }: Item, { head: { zone, today } }: Material): number {
  return daysBetween(localDate(zone, at), today)
}

/** `by Tue 24 Nov`, or `overdue since` that day; null without a date. */
export function dueInWords({ said: { due } }: Item, { head }: Material): string | null {
  return due === undefined ? null : letterWords.by(dateInWords(head.locale, due), due < head.today)
}

/** Whether an update's words call somebody by this name. */
export function isNamedIn({ text }: Pick<CarriedItem, 'text'>, name: string): boolean {
  return name !== '' && (text ?? '').toLowerCase().includes(`@${name.toLowerCase()}`)
}

/** An item's words, without the name that they begin with. */
function wordsOf({ text }: Pick<CarriedItem, 'text'>): string {
  return (text ?? '').replace(/^@\S+\s+/u, '')
}

/** `“TPU quota is not there yet”`: an item in the one line that names those that are long open. */
export function inShort(item: Pick<CarriedItem, 'text'>): string {
  return `“${extract(wordsOf(item), 60)}”`
}

/** `“TPU quota is not there yet” (Professor, 12 days)`; the first few, and how many more. */
export function inOneLine(items: readonly Item[], material: Material): string {
  const named = items.slice(0, mostNamed).map((item) => {
    const about = [addresseeOf(item, material), letterWords.days(daysOpen(item, material))]
    return `${inShort(item)} (${about.filter((each) => each !== '').join(', ')})`
  })
  const more = items.length - named.length
  return [...named, ...(more > 0 ? [letterWords.andMore(more)] : [])].join('; ')
}

export const mostNamed = 5

/** Opens a mail to the owner about an item, as a reply to the letter would; it says for whom it is, if for another. */
export function answerLink(item: Item, { head, carried }: Material): string | null {
  if (head.ownerEmail === null) return null
  const author = authorOf(item, carried)
  const behind = author === undefined ? '' : ` ${letterWords.askedBy(author)}`
  return mailLink([head.ownerEmail], `Re: ${inSubject(item)}${behind}`)
}

/** An item's words, as the subject of a mail about it. */
export function inSubject(item: Pick<CarriedItem, 'text'>): string {
  return extract(wordsOf(item), 40)
}

function dueOf({ said }: Item): string {
  return said.due ?? '9999-12-31'
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

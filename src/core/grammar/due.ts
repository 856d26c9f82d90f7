/** Rule 6 (PURE): dates as people write them, counted from the day on which it happened. */
import { addDays, dateOf, isDate, localDate, weekdayOf } from '../period.ts'
import type { Known } from './understood.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
/** A weekday, as the source of a pattern. */
export const weekday =
  '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)'
const ordinal = '\\d{1,2}(?:st|nd|rd|th)?'

/** A date in words, as the source of a pattern. */
export const dateWords = `(?:today|tonight|tomorrow|tmrw|${weekday}|\\d{4}-\\d{2}-\\d{2}|(?:${ordinal}\\s+${month}|${month}\\s+${ordinal})(?:,?\\s+20\\d{2})?)(?![\\p{L}\\p{N}-])`

const duePhrase = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:due|by|until)(?:\\s+(?:on|by|this))?\\s+(?:${weekday},?\\s+(?=\\d|\\p{L}+\\.?\\s+\\d))?(?<date>${dateWords})`,
  'iu',
)

/** In a plan these need no `due`; "today" may be when it came up. */
const soon = /(?<!\p{L})(?:tonight|tomorrow|tmrw)(?![\p{L}'’])/iu

/** The local date after `due`, `by` or `until`; null where there is none. `text` is without code and URLs. */
export function readDue(text: string, known: Known, isPlan: boolean): string | null {
  const words = duePhrase.exec(text)?.groups?.date ?? (isPlan ? soon.exec(text)?.[0] : undefined)
  return words === undefined ? null : resolveDate(words, todayOf(known))
}

/** What the last words of `text` say of its due date: "by Fri" the weekday, "by 4 Dec" the day, most texts nothing. */
export function dueAtEnd(text: string): { readonly weekday: boolean; readonly day: boolean } {
  const found = duePhrase.exec(text)
  const isLast = found !== null && /^[\s.!]*$/u.test(text.slice(found.index + found[0].length))
  const said = isLast ? found[0] : ''
  return { weekday: namesWeekday.test(said), day: namesMonth.test(said) }
}

const namesWeekday = new RegExp(`\\s${weekday}(?!\\p{L})`, 'iu')
const namesMonth = new RegExp(`(?<!\\p{L})${month}(?!\\p{L})`, 'iu')

/** The local date on which it happened. */
export function todayOf({ zone, at }: Known): string {
  return localDate(zone, at)
}

/** The day that `words` (see dateWords) mean to somebody on the local date `today`; null for no day at all. */
export function resolveDate(words: string, today: string): string | null {
  const said = words.toLowerCase().replaceAll('.', '')
  if (said === 'today' || said === 'tonight') return today
  if (said === 'tomorrow' || said === 'tmrw') return addDays(today, 1)
  if (isDate(said)) return said
  const weekday = days.indexOf(said.slice(0, 3))
  if (weekday >= 0 && !/\d/u.test(said)) return addDays(today, ((weekday - weekdayOf(today) + 7) % 7) + 1)
  const [, year] = /\s(20\d{2})$/u.exec(said) ?? []
  const day = Number(/\d{1,2}/u.exec(said.replace(/\s20\d{2}$/u, ''))?.[0])
  const month = months.findIndex((name) => new RegExp(`\\b${name}`, 'u').test(said)) + 1
  return year === undefined ? comingDate(month, day, today) : dateOf(Number(year), month, day)
}

/** A day without a year: this year's, or next year's if that is past. */
function comingDate(month: number, day: number, today: string): string | null {
  const year = Number(today.slice(0, 4))
  const dates = [0, 1, 2, 3, 4].map((later) => dateOf(year + later, month, day))
  return dates.find((date) => date !== null && date >= today) ?? null
}

/** All date arithmetic (PURE): cut-offs in a named zone, half-open periods. Instants are UTC milliseconds. */
import * as Instant from 'temporal-polyfill/fns/Instant'
import * as PlainDate from 'temporal-polyfill/fns/PlainDate'
import * as PlainTime from 'temporal-polyfill/fns/PlainTime'
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime'

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const

export type Weekday = (typeof weekdays)[number]

/** When the week ends: a weekday, a local time `HH:MM`, an IANA zone. */
export type Schedule = { readonly weekday: Weekday; readonly time: string; readonly zone: string }

/**
 * The last cut-off at or before `instant`, and the first one after it.
 *
 * A local time that daylight saving leaves out or doubles is one cut-off ("compatible": the later reading of
 * a gap, the earlier of a fold; https://tc39.es/proposal-temporal/docs/ambiguity.html). A shift of the zone's
 * clock can carry a cut-off over the end of its week, and over `instant`.
 */
export function cutOffsAround(
  schedule: Schedule,
  instant: number,
): { readonly latest: number; readonly next: number } {
  const cutOff = cutOffsByWeek(schedule, instant)
  const here = cutOff(0)
  if (here <= instant) {
    const after = cutOff(1)
    return after > instant ? { latest: here, next: after } : { latest: after, next: cutOff(2) }
  }
  const before = cutOff(-1)
  return before <= instant ? { latest: before, next: here } : { latest: cutOff(-2), next: before }
}

export function nextCutOff(schedule: Schedule, instant: number): number {
  return cutOffsAround(schedule, instant).next
}

/** The cut-off of the calendar week of `instant`, or of one some weeks away. */
function cutOffsByWeek({ weekday, time, zone }: Schedule, instant: number): (weeksAway: number) => number {
  const today = ZonedDateTime.toPlainDate(zoned(zone, instant))
  const days = weekdays.indexOf(weekday) + 1 - PlainDate.dayOfWeek(today)
  return (weeksAway) => at(PlainDate.addDays(today, days + 7 * weeksAway), time, zone)
}

/** The local date of an instant, `YYYY-MM-DD`. */
export function localDate(zone: string, instant: number): string {
  return PlainDate.toString(ZonedDateTime.toPlainDate(zoned(zone, instant)))
}

/** "Fri 16:00", in the zone. */
export function weekdayAndTime(zone: string, locale: string, instant: number): string {
  const time = PlainTime.toString(ZonedDateTime.toPlainTime(zoned(zone, instant)), { smallestUnit: 'minute' })
  return `${format('weekday', zone, locale).format(instant)} ${time}`
}

const sixDays = 6 * 24 * 3_600_000

/** "Fri 16:00", with its date where that might be taken for another day: more than six days from `now`. */
export function whenInWords(zone: string, locale: string, instant: number, now: number): string {
  return instant - now <= sixDays
    ? weekdayAndTime(zone, locale, instant)
    : momentInWords(zone, locale, instant)
}

/** "Fri 20 Nov", in the zone. */
export function weekdayAndDay(zone: string, locale: string, instant: number): string {
  return dateInWords(locale, localDate(zone, instant))
}

/** "Fri 20 Nov 16:00", in the zone. */
export function momentInWords(zone: string, locale: string, instant: number): string {
  const time = weekdayAndTime(zone, locale, instant).split(' ').at(-1)
  return `${weekdayAndDay(zone, locale, instant)} ${time}`
}

/** "20 Nov", in the zone. */
export function dayInWords(zone: string, locale: string, instant: number): string {
  return format('day', zone, locale).format(instant)
}

/** "13–20 November 2026": a period by its local days. */
export function spanInWords(zone: string, locale: string, since: number, until: number): string {
  return format('span', zone, locale)
    .formatRange(since, until)
    .replace(/(\d)\s*–\s*(\d)/u, '$1–$2')
}

const shapes = {
  weekday: { weekday: 'short' },
  day: { day: 'numeric', month: 'short' },
  span: { day: 'numeric', month: 'long', year: 'numeric' },
} as const

/** Formats are kept: making one costs more than all that it formats. */
function format(shape: keyof typeof shapes, zone: string, locale: string): Intl.DateTimeFormat {
  const name = `${shape} ${locale} ${zone}`
  const kept = formats.get(name) ?? new Intl.DateTimeFormat(locale, { timeZone: zone, ...shapes[shape] })
  formats.set(name, kept)
  return kept
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Whether `zone` is the name of an IANA time zone known here; a bare offset is none. */
export function isZone(zone: string): boolean {
  try {
    return /^[A-Za-z]/u.test(zone) && zoned(zone, 0).timeZoneId.length > 0
  } catch {
    return false
  }
}

/** The local date `days` after another one. */
export function addDays(date: string, days: number): string {
  return PlainDate.toString(PlainDate.addDays(dateFrom(date), days))
}

/** From one local date to another. */
export function daysBetween(from: string, to: string): number {
  return PlainDate.diffDays(dateFrom(from), dateFrom(to))
}

/** The day of the week of a local date, from Monday, 1. */
export function weekdayOf(date: string): number {
  return PlainDate.dayOfWeek(dateFrom(date))
}

/** The local date of a day; null if the calendar has none. */
export function dateOf(year: number, month: number, day: number): string | null {
  const date = [String(year).padStart(4, '0'), ...[month, day].map((n) => String(n).padStart(2, '0'))].join(
    '-',
  )
  return isDate(date) ? date : null
}

/** "Tue 24 Nov": a local date; "Tue" or "24 Nov" where the other was said already, and nothing where both were. */
export function dateInWords(
  locale: string,
  date: string,
  said: { readonly weekday: boolean; readonly day: boolean } = { weekday: false, day: false },
): string {
  const shown = (['weekday', 'day'] as const).filter((shape) => !said[shape])
  return shown.map((shape) => format(shape, 'UTC', locale).format(Date.parse(date))).join(' ')
}

/** An instant on a local date: `now` if that is its day, else noon there. */
export function onDay(zone: string, date: string, now: number): number {
  if (date === localDate(zone, now)) return now
  return at(dateFrom(date), '12:00', zone)
}

/** The instant at which a local date begins. */
export function beginOf(zone: string, date: string): number {
  return at(dateFrom(date), '00:00', zone)
}

/** "20 November 2026": a local date. */
export function dateInFull(locale: string, date: string): string {
  const noon = Date.parse(`${date}T12:00:00Z`)
  return spanInWords('UTC', locale, noon, noon)
}

/** Whether `date` is a day of the calendar, written `YYYY-MM-DD`. */
export function isDate(date: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/u.test(date)) return false
  try {
    return dateFrom(date).year > 0
  } catch {
    return false
  }
}

/** Milliseconds of an RFC 3339 instant with offset, or null. */
export function parseInstant(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/u.test(text)) return null
  try {
    return Instant.fromString(text).epochMilliseconds
  } catch {
    return null
  }
}

export function formatInstant(instant: number): string {
  return new Date(instant).toISOString()
}

function zoned(zone: string, instant: number): ZonedDateTime.Record {
  return Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(instant), zone)
}

/** Throws a RangeError for a day that the calendar has not. */
function dateFrom(date: string): PlainDate.Record {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return PlainDate.create(year, month, day)
}

/** The instant of a local time `HH:MM` on a day. */
function at(date: PlainDate.Record, time: string, timeZone: string): number {
  const plainTime = PlainTime.create(...time.split(':').map(Number))
  return PlainDate.toZonedDateTime(date, { timeZone, plainTime }).epochMilliseconds
}

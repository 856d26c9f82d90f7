import * as v from 'valibot'
import { isZone, weekdays } from '../core/period.ts'
import { silentWeeks } from '../core/project.ts'
import { date, email, filled, line, paragraphs, whole } from './schemas.ts'

const sender = v.pipe(
  line(320),
  v.regex(
    /^(?:(?:[^\p{Cc}<>"@,;:\\()[\]]+|"[^\p{Cc}"\\]+") <[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+)$/u,
    'is no sender like: Name <notes@mail.example.edu>',
  ),
)

const publicUrl = v.pipe(
  line(200),
  v.transform((text) => text.replace(/\/+$/u, '')),
  v.check(isPublicUrl, 'is no address like https://notes.example.edu, without a path'),
)

const webAddress = v.pipe(line(500), v.url('is no address'), v.regex(/^https?:\/\//u, 'is no web address'))

const schedule = v.strictObject({
  weekday: v.picklist(weekdays),
  time: v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/u, 'is no time like 16:00')),
  zone: v.pipe(v.string(), v.check(isZone, 'is no time zone like Europe/Zurich')),
})

const away = v.pipe(
  v.strictObject({ since: date, until: date, why: v.optional(line(200), '') }),
  v.check(({ since, until }) => since <= until, 'ends before it begins'),
)

export const settings = v.strictObject({
  title: filled(100),
  about: paragraphs(2000),
  course: line(200),
  homepage: v.nullable(webAddress),
  schedule,
  sender: v.nullable(sender),
  ownerName: line(100),
  ownerEmail: v.nullable(email),
  mailbox: v.nullable(email),
  publicUrl: v.nullable(publicUrl),
  locale: v.pipe(v.string(), v.check(isLocale, 'is no language like en-GB')),
  delivery: v.picklist(['direct', 'byHand']),
  previewHours: whole(0, 96),
  nudgeDays: whole(0, 6),
  silentWeek: v.picklist(silentWeeks),
  away: v.pipe(v.array(away), v.maxLength(100, 'at most 100')),
  ends: v.nullable(date),
  heartbeatUrl: v.nullable(webAddress),
})

/** A delivery of null is the default: direct once there is a sender. */
export const settingsEdit = v.partial(
  v.strictObject({ ...settings.entries, delivery: v.nullable(settings.entries.delivery) }),
)

/** https, or this machine in development; nothing behind the host. */
function isPublicUrl(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || url.origin !== text) return false
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)
}

function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}

import * as v from 'valibot'
import { address } from '../core/address.ts'
import { isInside, isPrivate } from '../core/grammar/privacy.ts'
import { isWellFormed } from '../core/grammar/text.ts'
import { kindNames } from '../core/kinds.ts'
import { isDate, parseInstant } from '../core/period.ts'
import { maxPhotos, photoTypes } from '../core/photo/photo.ts'
import { circles, recipientStates } from '../core/recipient.ts'
import { scopes } from '../store/authors.ts'

/** Text of one line, trimmed, for names and reasons. */
export const line = (max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.maxLength(max, `at most ${max} characters`),
    v.check(isWellFormed, 'has a character that cannot be kept (NUL or half a surrogate pair)'),
    v.check(
      (text) => !/[\p{Cc}\ufdd0-\ufdef\u2028\u2029]/u.test(text),
      'has a line break or control character',
    ),
  )

export const filled = (max: number) => v.pipe(line(max), v.minLength(1, 'is empty'))

/** Said in public, whatever it is said of. */
const openLine = (max: number) =>
  v.pipe(
    line(max),
    v.check((text) => !isPrivate(text) && !isInside(text), 'says who may see it; the text does that'),
  )

export const paragraphs = (max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.maxLength(max, `at most ${max} characters`),
    v.check(isWellFormed, 'has a character that cannot be kept (NUL or half a surrogate pair)'),
  )

export const markdown = v.pipe(
  v.string(),
  v.check(isWellFormed, 'has a character that cannot be kept (NUL or half a surrogate pair)'),
  v.check((text) => text.trim() !== '', 'is empty'),
  v.description('Markdown, at most 32 KiB'),
)

export const instant = v.pipe(
  v.string(),
  v.check((text) => (parseInstant(text) ?? -1) >= 0, 'is no instant like 2026-11-20T16:00:00Z'),
  v.metadata({ description: 'RFC 3339, with offset', format: 'date-time' }),
)

export const date = v.pipe(
  v.string(),
  v.check(isDate, 'is no day of the calendar like 2026-11-20'),
  v.metadata({ description: 'YYYY-MM-DD', format: 'date' }),
)

export const email = v.pipe(line(254), v.regex(address, 'is no mail address'))

export const kind = v.picklist(kindNames)
export const circle = v.picklist(circles)

const field = v.union([line(500), v.pipe(v.number(), v.finite()), v.boolean()])

export const fields = v.pipe(
  v.record(v.pipe(v.string(), v.regex(/^[A-Za-z][\w-]{0,39}$/u, 'has a name that is no word')), field),
  v.check((all) => Object.keys(all).length <= 20, 'at most 20'),
)

export const flag = v.boolean()

export const newUpdate = v.strictObject({
  text: markdown,
  kind: v.optional(kind),
  at: v.optional(instant),
  fields: v.optional(fields),
  inside: v.optional(flag),
  split: v.optional(flag),
})

export const postHeaders = v.object({
  'Idempotency-Key': v.optional(
    v.pipe(v.string(), v.maxLength(255), v.description('The same key again is the same post; kept 7 days')),
  ),
})

export const updateEdit = v.strictObject({
  text: v.optional(markdown),
  kind: v.optional(kind),
  at: v.optional(instant),
  fields: v.optional(fields),
  inside: v.optional(flag),
  photos: v.optional(
    v.pipe(
      v.array(v.strictObject({ name: line(100), description: v.optional(openLine(300)) })),
      v.maxLength(maxPhotos, `at most ${maxPhotos}`),
      v.check((all) => new Set(all.map(({ name }) => name)).size === all.length, 'names one twice'),
      v.description('All that it is to show, in this order; the others are taken out'),
    ),
  ),
  fact: v.optional(v.pipe(flag, v.description('Of a frozen update: the correction changes a fact'))),
})

export const photo = v.object({
  name: v.pipe(v.string(), v.description('Its file is at /api/files/{name}')),
  type: v.picklist(photoTypes),
  width: v.number(),
  height: v.number(),
  description: v.string(),
})

export const update = v.object({
  id: v.string(),
  kind,
  text: v.string(),
  tags: v.array(v.string()),
  fields: v.record(v.string(), v.unknown()),
  inside: v.boolean(),
  at: instant,
  postedAt: instant,
  author: v.string(),
  digest: v.nullable(v.string()),
  withdrawn: v.optional(v.object({ at: instant, reason: v.nullable(v.string()) })),
  photos: v.optional(v.array(photo)),
  warnings: v.optional(v.array(v.string())),
  corrections: v.optional(v.array(v.object({ text: v.string(), fact: v.boolean(), postedAt: instant }))),
})

export const posted = v.union([
  update,
  v.object({ updates: v.array(update), did: v.optional(v.array(v.looseObject({ did: v.string() }))) }),
])

export const cursor = v.optional(line(200))

export const updateQuery = v.strictObject({
  kind: v.optional(kind),
  tag: v.optional(line(100)),
  q: v.optional(line(200)),
  since: v.optional(instant),
  until: v.optional(instant),
  cursor,
})

export const whole = (min: number, max: number) =>
  v.pipe(
    v.number(),
    v.integer('is no whole number'),
    v.minValue(min, `at least ${min}`),
    v.maxValue(max, `at most ${max}`),
  )

const handle = v.pipe(line(40), v.regex(/^[\p{L}\p{N}_.-]+$/u, 'is no single word'))

export const newRecipient = v.strictObject({
  email,
  name: v.optional(v.nullable(filled(100))),
  handle: v.optional(v.nullable(handle)),
  circle: v.optional(circle),
})

export const recipientEdit = v.strictObject({
  name: v.optional(v.nullable(filled(100))),
  handle: v.optional(v.nullable(handle)),
  circle: v.optional(circle),
  state: v.optional(v.picklist(recipientStates)),
  reason: v.optional(v.nullable(line(200))),
})

export const recipient = v.object({
  id: v.string(),
  email: v.string(),
  name: v.nullable(v.string()),
  handle: v.nullable(v.string()),
  circle,
  state: v.picklist(recipientStates),
  reason: v.nullable(v.string()),
  joinedAt: instant,
})

export const newAuthor = v.strictObject({ name: filled(100) })
export const newToken = v.strictObject({ name: filled(100), scope: v.optional(v.picklist(scopes)) })

export const token = v.object({
  id: v.string(),
  name: v.string(),
  scope: v.picklist(scopes),
  createdAt: instant,
  usedOn: v.nullable(date),
})

export const newMailbox = v.strictObject({
  senders: v.pipe(v.array(email), v.minLength(1, 'names nobody'), v.maxLength(20, 'at most 20')),
})

export const mailbox = v.object({
  address: v.nullable(v.string()),
  senders: v.array(v.string()),
  usedOn: v.nullable(date),
})

export const author = v.object({
  id: v.string(),
  name: v.string(),
  owner: v.boolean(),
  tokens: v.array(token),
  mailbox: v.nullable(mailbox),
})

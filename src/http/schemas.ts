import * as v from 'valibot'
import { address } from '../core/address.ts'
import { deliveryStates } from '../core/delivery.ts'
import { isWellFormed } from '../core/grammar/text.ts'
import { kindNames } from '../core/kinds.ts'
import { isDate, parseInstant } from '../core/period.ts'
import { circles, recipientStates } from '../core/recipient.ts'
import { statuses } from '../core/update.ts'
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
  v.description('RFC 3339, with offset'),
)

export const date = v.pipe(
  v.string(),
  v.check(isDate, 'is no day of the calendar like 2026-11-20'),
  v.description('YYYY-MM-DD'),
)

export const email = v.pipe(line(254), v.regex(address, 'is no mail address'))

export const kind = v.picklist(kindNames)
export const circle = v.picklist(circles)
export const state = v.picklist(deliveryStates)

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

export const updateEdit = v.strictObject({
  text: v.optional(markdown),
  kind: v.optional(kind),
  at: v.optional(instant),
  fields: v.optional(fields),
  inside: v.optional(flag),
  fact: v.optional(v.pipe(flag, v.description('Of a frozen update: the correction changes a fact'))),
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

export const document = v.object({
  circle,
  subject: v.string(),
  markdown: v.string(),
  html: v.string(),
  words: v.number(),
})

export const nextDigest = v.object({
  number: v.number(),
  cutOff: instant,
  held: v.boolean(),
  passed: v.nullable(v.object({ cutOff: instant, why: v.string() })),
  summary: v.nullable(v.object({ text: v.string(), inside: v.boolean() })),
  status: v.nullable(
    v.object({ status: v.picklist(statuses), reason: v.nullable(v.string()), inside: v.boolean() }),
  ),
  warnings: v.array(v.string()),
  documents: v.array(document),
})

export const nextDigestEdit = v.strictObject({
  summary: v.optional(v.nullable(filled(1000))),
  status: v.optional(v.nullable(v.picklist(statuses))),
  reason: v.optional(filled(500)),
  inside: v.optional(flag),
})

export const whole = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))

export const numbered = v.strictObject({ number: whole(1, 1e8) })

export const lifting = v.strictObject({
  ...numbered.entries,
  close: v.optional(
    v.pipe(flag, v.description('false: a cut-off that came meanwhile does not close the period')),
  ),
})

const states = v.record(v.string(), v.number())

export const digest = v.object({
  number: v.number(),
  slug: v.string(),
  since: instant,
  until: instant,
  last: v.boolean(),
  delivery: v.picklist(['direct', 'byHand']),
  sendUntil: instant,
  finishedAt: v.nullable(instant),
  forwardedAt: v.nullable(instant),
  documents: v.optional(v.array(document)),
  deliveries: v.optional(states),
})

export const digestEdit = v.union([
  v.strictObject({ release: v.literal(true) }),
  v.strictObject({ forwarded: v.literal(true) }),
])

export const delivery = v.object({
  recipient: v.string(),
  email: v.nullable(v.string()),
  circle,
  state,
  reason: v.nullable(v.string()),
  receipt: v.nullable(v.string()),
  providerId: v.nullable(v.string()),
})

export const deliveryQuery = v.strictObject({ state: v.optional(state), cursor })
export const newDelivery = v.strictObject({ recipient: filled(40) })
export const deliveryEdit = v.strictObject({ state: v.picklist(['accepted', 'waiting']) })

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

export const author = v.object({
  id: v.string(),
  name: v.string(),
  owner: v.boolean(),
  tokens: v.array(token),
})

export const ticked = v.object({
  closed: v.object({
    did: v.string(),
    why: v.optional(v.string()),
    number: v.optional(v.number()),
    slug: v.optional(v.string()),
  }),
  sent: v.nullable(
    v.object({
      slug: v.string(),
      accepted: v.number(),
      tried: v.number(),
      halted: v.nullable(v.string()),
    }),
  ),
  notices: v.number(),
})

import * as v from 'valibot'
import { deliveryStates } from '../core/delivery.ts'
import { statuses } from '../core/update.ts'
import { circle, cursor, filled, flag, instant, whole } from './schemas.ts'

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

const state = v.picklist(deliveryStates)

export const delivery = v.object({
  recipient: v.string(),
  email: v.nullable(v.string()),
  circle,
  state,
  n: v.number(),
  reason: v.nullable(v.string()),
  receipt: v.nullable(v.string()),
  providerId: v.nullable(v.string()),
})

export const deliveryQuery = v.strictObject({ state: v.optional(state), cursor })
export const newDelivery = v.strictObject({ recipient: filled(40) })
export const deliveryEdit = v.strictObject({
  state: v.picklist(['accepted', 'waiting']),
  n: v.optional(v.pipe(whole(1, 1e8), v.description('the try that is meant; another one is left as it is'))),
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

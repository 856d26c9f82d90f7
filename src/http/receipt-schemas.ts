import * as v from 'valibot'

/** An event's body as it came, to be verified; the provider's are a few KiB. */
export const signedEvent = v.pipe(v.string(), v.maxLength(256 * 1024, 'is longer than 256 KiB'))

/** What is read of an event (https://resend.com/docs/dashboard/webhooks/event-types); the rest may be anything. */
export const providerEvent = v.object({
  type: v.string(),
  data: v.object({
    email_id: v.string(),
    tags: v.optional(v.record(v.string(), v.string())),
    bounce: v.optional(v.object({ type: v.optional(v.string()), message: v.optional(v.string()) })),
    failed: v.optional(v.object({ reason: v.optional(v.string()) })),
    suppressed: v.optional(v.object({ reason: v.optional(v.string()) })),
  }),
})

export const receiptTaken = v.object({ taken: v.boolean() })

/** Counts and times alone: anybody may see them. */
export const health = v.object({
  ok: v.boolean(),
  nextCutOff: v.optional(v.string()),
  late: v.optional(v.boolean()),
  held: v.optional(v.boolean()),
  notReady: v.optional(v.boolean()),
  haltedUntil: v.optional(v.nullable(v.string())),
  overdue: v.optional(v.object({ digests: v.number(), letters: v.number() })),
})

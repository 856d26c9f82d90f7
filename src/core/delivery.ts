/** Deliveries (PURE): their states, what the provider's answers mean, and how long to wait. */
import type { Circle } from './recipient.ts'

const minute = 60_000
const hour = 60 * minute

/** How long one claim keeps others away. */
export const leaseMs = 5 * minute
/** After this one call is cut off. */
export const callMs = 30_000
/** The provider keeps idempotency keys 24 hours; no try repeats one that is older than this. */
export const repeatMs = 20 * hour
/** A letter is first tried at most this long after its period closed, or after the owner's word. */
export const sendMs = 20 * hour

/** After the last first try a digest stays awake until its last repeat. */
export const awakeMs = sendMs + repeatMs + hour
/** What has not gone out in full this long after its period closed is told. */
export const overdueMs = 2 * hour
/** Letters claimed at once: a free account's run may make 50 calls. */
export const claimSize = 40
/**
 * How often a run claims, by the plan of the account: a free one's may make 50 calls and ask D1 50 times, a paid one's
 * 10,000 and 1,000 (https://developers.cloudflare.com/workers/platform/limits), and a claim with its letters asks seven
 * times.
 */
export const claimsByPlan = { free: 1, paid: 100 } as const
/**
 * No run claims again this long after it began. The next run of the cron begins five minutes after it, and the
 * provider's limit is for all that call it at once.
 */
export const claimingMs = 4.75 * minute
/** Half as many after each run in a row that died: one that dies of its size gets further. */
export function claimSizeAfter(deadRuns: number): number {
  return Math.max(Math.floor(claimSize / 2 ** deadRuns), 1)
}

/** Notices claimed at once; with the letters they stay below those 50 calls. */
export const noticesAtOnce = 5
/** Letters settled at once. What a crash leaves unsettled is repeated under the same key. */
export const settleSize = 10

export const deliveryStates = ['waiting', 'trying', 'accepted', 'rejected', 'uncertain', 'withdrawn'] as const

export type DeliveryState = (typeof deliveryStates)[number]

/** What makes one recipient's letter out of a document; frozen by a claim until the try is settled. */
export type Envelope = {
  readonly from: string
  readonly replyTo: string
  readonly to: string
  readonly name: string | null
  readonly circle: Circle
  readonly publicUrl: string
  /** The recipient's first letter: it says what this is about. */
  readonly isNewcomer: boolean
  /** Made to be forwarded by the owner. */
  readonly byHand: boolean
}

/** Mail that may be tried now; `unsettled` is the envelope of an earlier try that may have been taken. */
export type Waiting<E> = {
  readonly id: string
  /** Raised by each claim. */
  readonly claims: number
  /** Last part of the idempotency key. */
  readonly n: number
  /** Unknown answers in a row. */
  readonly tries: number
  /** Of the last try's body, to know whether the bytes changed. */
  readonly sha256: string | null
  readonly unsettled: E | null
}

/** What the provider said: an HTTP status, or none when no answer came. Retry times in milliseconds. */
export type Answer = {
  readonly status: number | null
  readonly id: string | null
  readonly name: string | null
  readonly retryAfter: number | null
}

export type Outcome =
  | { readonly kind: 'accepted'; readonly id: string }
  | { readonly kind: 'rejected'; readonly reason: string }
  | {
      readonly kind: 'busy'
      readonly wait: number
      /** Whether no call under this key was taken: one that is cut off, or that another one is in the way of, may have been. */
      readonly isProof: boolean
    }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'halted'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string }

/** The provider's answer by HTTP status first, name second; an unknown name changes nothing. */
export function outcomeOf({ status, id, name, retryAfter }: Answer): Outcome {
  const reason = name ?? (status === null ? 'noAnswer' : `status ${status}`)
  if (status === null || status >= 500 || status < 200) return { kind: 'unknown', reason }
  if (status < 300) return id === null ? { kind: 'unknown', reason: 'unreadable' } : { kind: 'accepted', id }
  if (status < 400) return { kind: 'unknown', reason }
  if (status === 401 || status === 403) return { kind: 'halted', reason }
  if (status === 429 && (name?.endsWith('quota_exceeded') ?? false)) return { kind: 'halted', reason }
  if (status === 409 && name === 'invalid_idempotent_request') return { kind: 'conflict' }
  if ([408, 409, 425, 429].includes(status)) {
    return { kind: 'busy', wait: retryAfter ?? minute, isProof: status === 425 || status === 429 }
  }
  return { kind: 'rejected', reason }
}

/** The wait after the `tries`-th unknown answer in a row: 1, 2, 4 … minutes, at most half an hour. */
export function waitAfterUnknown(tries: number): number {
  return Math.min(2 ** Math.max(tries - 1, 0) * minute, hour / 2)
}

/** The wait after the `count`-th halt in a row: 15, 30, then 60 minutes. */
export function waitAfterHalt(count: number): number {
  return Math.min(2 ** Math.max(count - 1, 0) * 15 * minute, hour)
}

/** What names one letter in its page's address, `/l/{…}`: it finds the delivery by its primary key. */
export type LetterName = { readonly digest: number; readonly recipient: string; readonly token: string }

export function formatLetterName({ digest, recipient, token }: LetterName): string {
  return `${digest}-${recipient.replaceAll('-', '')}-${token}`
}

/** null for anything that formatLetterName did not make. */
export function parseLetterName(text: string): LetterName | null {
  const match = /^([1-9]\d{0,8})-([\da-f]{32}|inner|outer)-([\da-f]{32})$/u.exec(text)
  const [, digest, recipient, token] = match ?? []
  if (digest === undefined || recipient === undefined || token === undefined) return null
  const id = recipient.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5')
  return { digest: Number(digest), recipient: id, token }
}

import { claimsByPlan } from '../core/delivery.ts'
import { createMailer, type Mailer } from '../delivery/mailer.ts'
import type { Time } from '../delivery/outbox.ts'
import type { Limits } from '../delivery/tick.ts'

/** What wrangler.toml and the secrets give the Worker. */
export type Env = {
  readonly DB: D1Database
  readonly FILES?: R2Bucket
  readonly ASSETS: Fetcher
  readonly POST_LIMIT: RateLimit
  readonly OWNER_TOKEN?: string
  readonly RESEND_API_KEY?: string
  readonly RESEND_WEBHOOK_SECRET?: string
  /** The stand-in of tests and demo. */
  readonly RESEND_BASE_URL?: string
  /** The account's plan, of which a Worker cannot know: "paid", or else free. */
  readonly WORKERS_PLAN?: string
}

/** What a run of the cron may do that ends after `stopAfterMs`. */
export function limitsOf({ WORKERS_PLAN }: Env, stopAfterMs: number): Limits {
  return { stopAfterMs, claims: claimsByPlan[WORKERS_PLAN === 'paid' ? 'paid' : 'free'] }
}

/** null without a key: then letters wait. */
export function mailerOf(env: Env): Mailer | null {
  if (!env.RESEND_API_KEY) return null
  return createMailer({ key: env.RESEND_API_KEY, baseUrl: env.RESEND_BASE_URL })
}

export const realTime: Time = {
  clock: () => Date.now(),
  wait: (ms) => scheduler.wait(ms),
}

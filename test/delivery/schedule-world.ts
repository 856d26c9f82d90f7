/** The world of a random schedule: its clock, its runs of the cron, its calls of the Worker, and what it remembers. */
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { killAt, tickThrough } from '../boundaries.ts'
import type { Fault, FaultOf, Message, Receipt } from '../resend/stand-in.ts'
import { strictDb } from '../strict-db.ts'
import { ask, minute, resend, setClock } from '../world.ts'

export type Recipient = { readonly id: string; readonly email: string; wasInner: boolean }

/** What a schedule has done so far, as far as the model must know or a later command can come back to it. */
export type World = {
  /** The real clock, and the furthest that it or the cron's has been. */
  now: number
  latest: number
  /** The scheduled time of the last run. */
  due: number
  /** Every update that was posted, with each word it ever held. */
  readonly updates: { readonly id: string; readonly words: string[]; isDeleted: boolean }[]
  words: number
  /** Everybody who ever was one; `wasInner` if they ever stood in the inner circle. */
  readonly recipients: Recipient[]
  /** `digest/recipient` for each time that the owner had a letter sent again. */
  readonly again: string[]
  /** Digests that the owner released. */
  readonly released: Set<number>
  /** Who is no recipient any more, with how many letters they had then. */
  readonly left: Map<string, number>
  /** What was withdrawn, with how many letters there were then; null while a run was going on that may call. */
  readonly withdrawn: Map<string, number | null>
  /** Faults of the next calls, and of all while the trouble lasts. */
  readonly faults: Fault[]
  trouble: FaultOf | undefined
  readonly receipts: Receipt[]
  /** Puts an earlier database back. */
  restore: (() => Promise<void>) | null
  isRestored: boolean
  /** While a run of the cron is going on: its end, and others that wait for it. */
  running: Promise<void> | null
  readonly waiting: Promise<unknown>[]
}

/** Called before each touch of D1 or the provider, with its number. */
export type At = (boundary: number) => unknown

export async function nextCutOff(): Promise<number> {
  return (await env.DB.prepare('SELECT next_cut_off FROM project').first<number>('next_cut_off')) ?? 0
}

/** Every letter that the provider took, oldest first. */
export function lettersSent(): readonly Message[] {
  return resend.sent.filter(({ tags }) => tags.digest !== undefined)
}

export function setTime(world: World, now: number): void {
  world.now = now
  world.latest = Math.max(world.latest, now)
  setClock(now)
}

/**
 * A run of the cron at `due`, whose clock is the world's; others may come to wait for its end. The platform lets none
 * go on for more than 15 minutes: a machine that slept longer does not wake in the midst of a call.
 */
export async function runTick(world: World, due: number, at: At = () => {}): Promise<void> {
  const [end, isOuter] = [Promise.withResolvers<void>(), world.running === null]
  if (isOuter) world.running = end.promise
  world.due = due
  world.latest = Math.max(world.latest, due)
  const until = world.now + 15 * minute
  await tickThrough(
    due,
    async (reached) => {
      await at(reached)
      if (world.now > until) killAt(reached)(reached)
    },
    () => world.now,
  )
  if (!isOuter) return
  world.running = null
  end.resolve()
  await Promise.all(world.waiting.splice(0))
}

/** Asks the Worker as the owner, or as nobody; it never breaks. */
export async function asks(
  at: At,
  method: string,
  path: string,
  body?: unknown,
  { token, headers }: Parameters<typeof ask>[3] & object = {},
): Promise<Response> {
  let touched = 0
  const { db } = strictDb(env.DB, async () => {
    touched += 1
    await at(touched)
  })
  const response = await ask(method, path, body, {
    db,
    ...(token === undefined ? {} : { token }),
    ...(headers === undefined ? {} : { headers }),
  })
  expect(response.status, `${method} ${path}: ${await response.clone().text()}`).not.toBe(500)
  return response
}

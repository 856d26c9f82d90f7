/**
 * Calling the provider for mail of any kind: claim, call, settle. Only a claim that was won is called, and what
 * was called is repeated byte for byte until it is settled.
 */
import {
  type Answer,
  callMs,
  leaseMs,
  type Outcome,
  outcomeOf,
  settleSize,
  type Waiting,
  waitAfterHalt,
  waitAfterUnknown,
} from '../core/delivery.ts'
import type { Halt, Project } from '../core/project.ts'
import { newSecret } from '../core/secret.ts'
import type { Claim, Settlement } from '../store/claims.ts'
import { storeHalt } from '../store/project.ts'
import type { Mail, Mailer, MailerAnswer, Prepared } from './mailer.ts'

/** The real clock and a way to wait, for leases, waits and limits. */
export type Time = {
  readonly clock: () => number
  readonly wait: (ms: number) => Promise<void>
}

/** The one line to the provider that a run has: no call is started before `nextCall`, and none at or after `stopAt`. */
export type Line = { readonly stopAt: number; nextCall: number }

export function openLine(stopAt: number): Line {
  return { stopAt, nextCall: 0 }
}

export type Sent = { readonly accepted: number; readonly tried: number; readonly halted: string | null }

export const nothingSent: Sent = { accepted: 0, tried: 0, halted: null }

/** Where mail of one kind is claimed and settled, by its id. */
export type Outbox<E> = {
  /** Letters, or notices. */
  readonly isOfLetters: boolean
  /** The idempotency key at the provider. */
  readonly keyOf: (id: string, n: number) => string
  readonly claim: (
    lease: string,
    claims: ReadonlyMap<string, Claim<E>>,
    now: number,
  ) => Promise<ReadonlySet<string>>
  readonly settle: (lease: string, settlements: ReadonlyMap<string, Settlement>) => Promise<void>
}

export type Ready<E> = {
  readonly due: Waiting<E>
  readonly claim: Claim<E>
  readonly prepared: Prepared
}

/**
 * Makes the request of a mail, and what claims it; null if its bytes differ from those of an unsettled try,
 * which must be shown, not sent.
 */
export async function makeReady<E>(
  mailer: Mailer,
  due: Waiting<E>,
  envelope: E,
  mail: Mail,
): Promise<Ready<E> | null> {
  const prepared = await mailer.prepare(mail)
  const isChanged = due.sha256 !== null && due.sha256 !== prepared.sha256
  if (isChanged && due.unsettled !== null) return null
  const n = isChanged ? due.n + 1 : due.n
  return { due, prepared, claim: { claims: due.claims, sha256: prepared.sha256, envelope, n } }
}

/** Calls a second until the provider says how many it allows. */
const carefulPerSecond = 2
/** A run waits no longer than this for the provider; the next one goes on. */
const maxPauseMs = 10_000

/** Sends what can be claimed of `ready`, one call after another. */
export async function sendReady<E>(
  db: D1Database,
  mailer: Mailer,
  project: Project,
  outbox: Outbox<E>,
  ready: readonly Ready<E>[],
  time: Time,
  line: Line,
): Promise<Sent> {
  if (ready.length === 0) return nothingSent
  const lease = newSecret()
  const lastCall = Math.min(line.stopAt, time.clock() + leaseMs - callMs)
  const claims = new Map(ready.map(({ due, claim }) => [due.id, claim]))
  const won = await outbox.claim(lease, claims, time.clock())
  const mine = ready.filter(({ due }) => won.has(due.id))
  const run = newRun()
  for (const letter of mine) {
    if (run.halted === null && run.resumeAt === 0) await waitForTurn(line, time)
    if (run.halted !== null || run.resumeAt > 0 || time.clock() >= lastCall) {
      run.open.set(letter.due.id, notCalled(letter.due, run.resumeAt))
      continue
    }
    const { due, claim, prepared } = letter
    const started = time.clock()
    const answer = await mailer.call(prepared, outbox.keyOf(due.id, claim.n))
    const pauseMs = pauseAfter(answer)
    if (pauseMs > maxPauseMs) run.resumeAt = time.clock() + pauseMs
    line.nextCall = started + pauseMs
    note(run, letter, answer, time.clock())
    if (run.open.size >= settleSize) await settle(outbox, lease, run)
  }
  settleRefused(run, outbox.isOfLetters, project.halt, time.clock())
  await settle(outbox, lease, run)
  await noteHalt(db, project, run, time.clock())
  return { accepted: run.accepted, tried: run.tried, halted: run.halted }
}

async function waitForTurn({ nextCall }: Line, time: Time): Promise<void> {
  const ms = Math.min(nextCall - time.clock(), maxPauseMs)
  if (ms > 0) await time.wait(ms)
}

type Try = Waiting<unknown>

/** What one run has learned so far. */
type Run = {
  /** Outcomes not yet written down, by id. */
  readonly open: Map<string, Settlement>
  /** Letters refused, which may turn out to be the sender's fault. */
  readonly refused: Map<string, { readonly due: Try; readonly reason: string }>
  accepted: number
  tried: number
  halted: string | null
  /** When the provider takes calls again, if that is too long to wait for; else 0. */
  resumeAt: number
}

function newRun(): Run {
  return { open: new Map(), refused: new Map(), accepted: 0, tried: 0, halted: null, resumeAt: 0 }
}

/** The provider's limit is a team's, not ours: its own figures decide how fast calls follow each other. */
function pauseAfter({ status, retryAfter, perSecond }: MailerAnswer): number {
  const pause = 1000 / (perSecond ?? carefulPerSecond)
  return status === 429 ? (retryAfter ?? 1000) : pause
}

function note<E>(run: Run, { due }: Ready<E>, answer: Answer, now: number): void {
  const outcome = outcomeOf(answer)
  run.tried += 1
  if (outcome.kind === 'accepted') run.accepted += 1
  if (outcome.kind === 'halted') run.halted = outcome.reason
  if (outcome.kind === 'rejected') run.refused.set(due.id, { due, reason: outcome.reason })
  else run.open.set(due.id, settlementOf(outcome, due, now))
}

/** An answer that proves that this call was not taken says nothing of an earlier one that may have been. */
function settlementOf(outcome: Outcome, due: Try, now: number): Settlement {
  const isFirstTry = due.unsettled === null
  const wait = { state: 'waiting', providerId: null, tries: due.tries, isSettled: isFirstTry } as const
  const end = { providerId: null, tryAfter: 0, tries: 0 } as const
  switch (outcome.kind) {
    case 'accepted':
      return { ...end, state: 'accepted', providerId: outcome.id, reason: null, isSettled: true }
    case 'conflict':
      return { ...end, state: 'uncertain', reason: 'conflict', isSettled: false }
    case 'rejected':
      return isFirstTry
        ? { ...end, state: 'rejected', reason: outcome.reason, isSettled: true }
        : unknown(outcome.reason, due, now)
    case 'busy':
      return {
        ...wait,
        ...{ reason: 'busy', tryAfter: now + outcome.wait, isSettled: isFirstTry && outcome.isProof },
      }
    case 'halted':
      // The next letter that tries whether the halt is over is another one.
      return { ...wait, reason: outcome.reason, tryAfter: now }
    case 'unknown':
      return unknown(outcome.reason, due, now)
  }
}

function unknown(reason: string, due: Try, now: number): Settlement {
  const tries = due.tries + 1
  const tryAfter = now + waitAfterUnknown(tries)
  return { state: 'waiting', providerId: null, reason, tries, tryAfter, isSettled: false }
}

/** Claimed, but never called: as it was before. */
function notCalled(due: Try, tryAfter: number): Settlement {
  const isSettled = due.unsettled === null
  return { state: 'waiting', providerId: null, reason: null, tries: due.tries, tryAfter, isSettled }
}

/**
 * At least two letters in a run, all refused with the same name, are the sender's fault; so is the one letter
 * that tries whether such a fault is mended, if it is refused in the same way. Notices refused so wait, too,
 * but keep no letter back: nearly all go to the owner, whose address alone may be at fault.
 */
function settleRefused(run: Run, areLetters: boolean, halt: Halt | null, now: number): void {
  const [reason, ...others] = new Set([...run.refused.values()].map((refused) => refused.reason))
  const isAlone = run.refused.size === run.tried && others.length === 0
  const isSendersFault = isAlone && (run.tried >= 2 || halt?.reason === reason)
  if (isSendersFault && areLetters && reason !== undefined) run.halted = reason
  for (const [id, refused] of run.refused) {
    const kind = isSendersFault ? 'halted' : 'rejected'
    run.open.set(id, settlementOf({ kind, reason: refused.reason }, refused.due, now))
  }
}

async function settle<E>(outbox: Outbox<E>, lease: string, run: Run): Promise<void> {
  if (run.open.size === 0) return
  await outbox.settle(lease, run.open)
  run.open.clear()
}

async function noteHalt(db: D1Database, project: Project, run: Run, now: number): Promise<void> {
  if (run.halted !== null) {
    const count = (project.halt?.count ?? 0) + 1
    await storeHalt(db, { reason: run.halted, until: now + waitAfterHalt(count), count })
  } else if (project.halt !== null && run.accepted > 0) {
    await storeHalt(db, null)
  }
}

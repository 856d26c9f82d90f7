/**
 * Sending the letters of a digest: prepare, claim, call, settle. Only a claim that was won is called, and what
 * was called is repeated byte for byte until it is settled.
 */
import {
  type Answer,
  callMs,
  claimSize,
  leaseMs,
  type Outcome,
  outcomeOf,
  settleSize,
  waitAfterHalt,
  waitAfterUnknown,
} from '../core/delivery.ts'
import type { Halt, Project } from '../core/project.ts'
import { newSecret } from '../core/secret.ts'
import {
  type Claim,
  claimDeliveries,
  markChanged,
  type Settlement,
  settleDeliveries,
  withdrawDelivery,
} from '../store/claims.ts'
import { type Digest, documentsOf, finishDigest } from '../store/digests.ts'
import { type Due, dueDeliveries, endHopeless, fallAsleep } from '../store/due.ts'
import { storeHalt } from '../store/project.ts'
import { mailOf, type Sender, sendable, senderOf } from './mail.ts'
import type { Mailer, MailerAnswer, Prepared } from './mailer.ts'

/** The real clock and a way to wait, for leases, waits and limits. */
export type Time = {
  readonly clock: () => number
  readonly wait: (ms: number) => Promise<void>
}

export type Sent = { readonly accepted: number; readonly tried: number; readonly halted: string | null }

type Ready = { readonly due: Due; readonly claim: Claim; readonly prepared: Prepared }

/** Calls a second until the provider says how many it allows. */
const carefulPerSecond = 2
const maxPauseMs = 10_000

/** Tries up to one claim's worth of letters of `digest`; starts no call at or after `stopAt`. */
export async function sendDigest(
  db: D1Database,
  mailer: Mailer,
  project: Project,
  digest: Digest,
  time: Time,
  stopAt: number,
): Promise<Sent> {
  const sender = senderOf(project.settings, digest.delivery)
  await endHopeless(db, digest.number, time.clock())
  // A sender in trouble is tried with a single letter.
  const limit = project.halt === null ? claimSize : 1
  const due = await dueDeliveries(db, digest.number, sendable(project.settings), time.clock(), limit)
  const ready = due.length === 0 ? [] : await prepareAll(db, mailer, project, sender, digest, due)
  const sent =
    ready.length === 0 ? nothing : await sendClaimed(db, mailer, project, digest, ready, time, stopAt)
  await finishDigest(db, digest.number, time.clock())
  await fallAsleep(db, digest.number, time.clock())
  return sent
}

const nothing: Sent = { accepted: 0, tried: 0, halted: null }

/** Makes the requests; ends deliveries that have no letter, or another one than was tried. */
async function prepareAll(
  db: D1Database,
  mailer: Mailer,
  project: Project,
  sender: Sender | null,
  digest: Digest,
  dues: readonly Due[],
): Promise<readonly Ready[]> {
  const documents = await documentsOf(db, digest.number)
  const ready: Ready[] = []
  for (const due of dues) {
    const mail = mailOf(project, sender, digest, documents, due)
    if (mail === null) {
      await withdrawDelivery(db, digest.number, due)
      continue
    }
    const prepared = await mailer.prepare(mail.content)
    const isChanged = due.sha256 !== null && due.sha256 !== prepared.sha256
    if (isChanged && due.unsettled !== null) {
      await markChanged(db, digest.number, due)
      continue
    }
    const n = isChanged ? due.n + 1 : due.n
    const claim = { claims: due.claims, sha256: prepared.sha256, envelope: mail.envelope, n }
    ready.push({ due, claim, prepared })
  }
  return ready
}

async function sendClaimed(
  db: D1Database,
  mailer: Mailer,
  project: Project,
  digest: Digest,
  ready: readonly Ready[],
  time: Time,
  stopAt: number,
): Promise<Sent> {
  const lease = newSecret()
  const lastCall = Math.min(stopAt, time.clock() + leaseMs - callMs)
  const claims = new Map(ready.map(({ due, claim }) => [due.recipient, claim]))
  const won = await claimDeliveries(db, digest, lease, claims, time.clock())
  const mine = ready.filter(({ due }) => won.has(due.recipient))
  const run = newRun()
  for (const [i, letter] of mine.entries()) {
    if (i > 0 && run.halted === null) await time.wait(run.pauseMs)
    if (run.halted !== null || time.clock() >= lastCall) {
      run.open.set(letter.due.recipient, notCalled(letter.due))
      continue
    }
    const { due, claim, prepared } = letter
    const started = time.clock()
    const key = `wn/${project.id}/${digest.number}/${due.recipient}/${claim.n}`
    const answer = await mailer.call(prepared, key)
    run.pauseMs = Math.max(pauseAfter(answer) - (time.clock() - started), 0)
    note(run, letter, answer, time.clock())
    if (run.open.size >= settleSize) await settle(db, digest, lease, run)
  }
  settleRefused(run, project.halt, time.clock())
  await settle(db, digest, lease, run)
  await noteHalt(db, project, run, time.clock())
  return { accepted: run.accepted, tried: run.tried, halted: run.halted }
}

/** What one run has learned so far. */
type Run = {
  /** Outcomes not yet written down, by recipient. */
  readonly open: Map<string, Settlement>
  /** Letters refused, which may turn out to be the sender's fault. */
  readonly refused: Map<string, { readonly due: Due; readonly reason: string }>
  accepted: number
  tried: number
  halted: string | null
  pauseMs: number
}

function newRun(): Run {
  return { open: new Map(), refused: new Map(), accepted: 0, tried: 0, halted: null, pauseMs: 0 }
}

/** The provider's limit is a team's, not ours: its own figures decide how fast calls follow each other. */
function pauseAfter({ status, retryAfter, perSecond }: MailerAnswer): number {
  const pause = 1000 / (perSecond ?? carefulPerSecond)
  return status === 429 ? Math.min(retryAfter ?? 1000, maxPauseMs) : pause
}

function note(run: Run, { due }: Ready, answer: Answer, now: number): void {
  const outcome = outcomeOf(answer)
  run.tried += 1
  if (outcome.kind === 'accepted') run.accepted += 1
  if (outcome.kind === 'halted') run.halted = outcome.reason
  if (outcome.kind === 'rejected') run.refused.set(due.recipient, { due, reason: outcome.reason })
  else run.open.set(due.recipient, settlementOf(outcome, due, now))
}

/** An answer that proves that this call was not taken says nothing of an earlier one that may have been. */
function settlementOf(outcome: Outcome, due: Due, now: number): Settlement {
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
      return { ...wait, reason: 'busy', tryAfter: now + outcome.wait }
    case 'halted':
      // The next letter that tries whether the halt is over is another one.
      return { ...wait, reason: outcome.reason, tryAfter: now }
    case 'unknown':
      return unknown(outcome.reason, due, now)
  }
}

function unknown(reason: string, due: Due, now: number): Settlement {
  const tries = due.tries + 1
  const tryAfter = now + waitAfterUnknown(tries)
  return { state: 'waiting', providerId: null, reason, tries, tryAfter, isSettled: false }
}

/** Claimed, but never called: as it was before. */
function notCalled(due: Due): Settlement {
  const isSettled = due.unsettled === null
  return { state: 'waiting', providerId: null, reason: null, tries: due.tries, tryAfter: 0, isSettled }
}

/**
 * At least two letters in a run, all refused with the same name, are the sender's fault; so is the one letter
 * that tries whether such a fault is mended, if it is refused in the same way.
 */
function settleRefused(run: Run, halt: Halt | null, now: number): void {
  const [reason, ...others] = new Set([...run.refused.values()].map((refused) => refused.reason))
  const isAlone = run.refused.size === run.tried && others.length === 0
  const isSendersFault = isAlone && (run.tried >= 2 || halt?.reason === reason)
  if (isSendersFault && reason !== undefined) run.halted = reason
  for (const [recipient, refused] of run.refused) {
    const kind = isSendersFault ? 'halted' : 'rejected'
    run.open.set(recipient, settlementOf({ kind, reason: refused.reason }, refused.due, now))
  }
}

async function settle(db: D1Database, digest: Digest, lease: string, run: Run): Promise<void> {
  if (run.open.size === 0) return
  await settleDeliveries(db, digest.number, lease, run.open)
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

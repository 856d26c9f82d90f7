/** One run of the cron: closes the period when its time has come, then sends what waits. */
import { claimingMs } from '../core/delivery.ts'
import type { Project } from '../core/project.ts'
import { findDigestByNumber } from '../store/digests.ts'
import { findDueDigest } from '../store/due.ts'
import { openTick } from '../store/project.ts'
import { tellAhead } from './ahead.ts'
import { beat, raiseAlarms } from './alarms.ts'
import { type Closed, closeBySchedule } from './close.ts'
import { sendable } from './mail.ts'
import type { Mailer } from './mailer.ts'
import { sendNotices } from './notices.ts'
import { type Line, nothingSent, openLine, type Sent, type Time } from './outbox.ts'
import { type Claiming, sendDigest } from './send.ts'

/** What a run may do: start calls for so long, and claim letters so often. */
export type Limits = { readonly stopAfterMs: number; readonly claims: number }

export type Ticked = {
  readonly closed: Closed
  /** The letters of the one digest that a run looks at; null if none waits. */
  readonly sent: (Sent & { readonly slug: string }) | null
  /** How many notices the provider took. */
  readonly notices: number
}

/**
 * `due` is the scheduled time and decides about the period; `time` is the real clock, for leases, waits and
 * limits. Without a mailer letters wait. Runs at once, repeated, late or early ones change nothing.
 */
export async function tick(
  db: D1Database,
  mailer: Mailer | null,
  due: number,
  time: Time,
  { stopAfterMs, claims }: Limits,
): Promise<Ticked> {
  const line = openLine(time.clock() + stopAfterMs)
  const claimUntil = Math.min(time.clock() + claimingMs, line.stopAt)
  const { project, watch } = await openTick(db, time.clock())
  const url = mailer !== null && project.settings.ownerEmail !== null ? project.settings.publicUrl : null
  const thrown: unknown[] = []
  /** A part of the run that throws keeps no other from running: null then, and the run fails at its end. */
  const run = <T>(part: Promise<T>): Promise<T | null> =>
    part.catch((error: unknown) => {
      thrown.push(error)
      return null
    })
  const closed = await run(closeBySchedule(db, project, mailer !== null, due, time.clock()))
  if (closed?.did === 'nothing') await run(tellAhead(db, project, watch.lookedAhead, url, due))
  const isHalted = project.halt !== null && time.clock() < project.halt.until
  const canSend = mailer !== null && !isHalted
  const notices = (canSend && (await run(sendNotices(db, mailer, project, time, line)))) || nothingSent
  const maySend = canSend && notices.halted === null && (watch.isAwake || closed?.did === 'closed')
  const sent = maySend ? await run(sendNext(db, mailer, project, time, line, { claims, claimUntil })) : null
  await run(raiseAlarms(db, project, watch, url, closed === null, time.clock()))
  if (closed === null || thrown.length > 0) throw thrown[0]
  const ticked = { closed, sent, notices: notices.accepted }
  log(ticked)
  await beat(project.settings, watch.isOverdue)
  return ticked
}

async function sendNext(
  db: D1Database,
  mailer: Mailer,
  project: Project,
  time: Time,
  line: Line,
  claiming: Claiming,
): Promise<Ticked['sent']> {
  const number = await findDueDigest(db, time.clock(), sendable(project.settings))
  const digest = number === null ? null : await findDigestByNumber(db, number)
  if (digest === null) return null
  return { slug: digest.slug, ...(await sendDigest(db, mailer, project, digest, time, line, claiming)) }
}

/** A line for each run that changed something: no text, no address. */
function log(ticked: Ticked): void {
  const isQuiet = ticked.closed.did === 'nothing' && (ticked.sent?.tried ?? 0) + ticked.notices === 0
  if (!isQuiet) console.log(JSON.stringify(ticked))
}

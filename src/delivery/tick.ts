/** One run of the cron: closes the period when its time has come, then sends what waits. */

import { unfinishedDigests } from '../store/digests.ts'
import { openProject } from '../store/project.ts'
import { type Closed, closeBySchedule } from './close.ts'
import type { Mailer } from './mailer.ts'
import { type Sent, sendDigest, type Time } from './send.ts'

export type Ticked = {
  readonly closed: Closed
  readonly sent: readonly (Sent & { readonly slug: string })[]
}

/** Digests looked at in one run, until one has letters to try: more than one only after trouble. */
const digestsARun = 2

/**
 * `due` is the scheduled time and decides about the period; `time` is the real clock, for leases, waits and
 * limits. Without a mailer letters wait. Runs at once, repeated, late or early ones change nothing.
 */
export async function tick(
  db: D1Database,
  mailer: Mailer | null,
  due: number,
  time: Time,
  stopAfterMs: number,
): Promise<Ticked> {
  const started = time.clock()
  const closed = await closeBySchedule(db, mailer !== null, due, started)
  const digests = mailer === null ? [] : await unfinishedDigests(db, digestsARun)
  const sent: (Sent & { slug: string })[] = []
  for (const digest of digests) {
    const project = await openProject(db, started)
    const isHalted = project.halt !== null && time.clock() < project.halt.until
    if (mailer === null || isHalted || sent.some(({ tried }) => tried > 0)) break
    const run = await sendDigest(db, mailer, project, digest, time, started + stopAfterMs)
    sent.push({ slug: digest.slug, ...run })
  }
  log({ closed, sent })
  return { closed, sent }
}

/** A line for each run that changed something: no text, no address. */
function log({ closed, sent }: Ticked): void {
  const tried = sent.filter((run) => run.tried > 0)
  if (closed.did !== 'nothing' || tried.length > 0) console.log(JSON.stringify({ closed, sent: tried }))
}

/**
 * Closing a period. Read the project's version, then the open rows; compose; then freeze all in one batch that
 * does nothing if the version has changed. Whoever comes second reads again and finds the period closed.
 */
import { byOwner, bySchedule, cutOffsAt, type Decision, type Facts, liftingCloses } from '../core/closing.ts'
import { sendMs } from '../core/delivery.ts'
import { isSilent, type Open } from '../core/open.ts'
import { deliveryOf, isMailedByHand, type Project } from '../core/project.ts'
import type { Circle } from '../core/recipient.ts'
import { newSecret } from '../core/secret.ts'
import { forgetAccesses } from '../store/accesses.ts'
import { freezePeriod } from '../store/freeze.ts'
import { forgetNotices } from '../store/notices.ts'
import { type ReadOpen, readOpen } from '../store/open.ts'
import { forgetKeys } from '../store/posts.ts'
import { liftHold, openProject, passCutOff } from '../store/project.ts'
import { circlesInUse } from '../store/recipients.ts'
import { forgetSessions } from '../store/sessions.ts'
import { draft } from './compose.ts'

export type Closed =
  | { readonly did: 'nothing' }
  | { readonly did: 'passed'; readonly why: string }
  | { readonly did: 'closed'; readonly number: number; readonly slug: string }

/** How often a closing by hand reads when somebody writes meanwhile: a request may ask D1 no more. */
const rounds = 2

/**
 * What the schedule does at `due` to the project as it was `found`: once for each cut-off, whoever asks. Where
 * somebody wrote meanwhile, the next run closes: reading and freezing twice takes more statements than one may make.
 */
export async function closeBySchedule(
  db: D1Database,
  project: Project,
  hasKey: boolean,
  due: number,
  now: number,
): Promise<Closed> {
  if (due < project.nextCutOff) return { did: 'nothing' }
  const cutOffs = cutOffsAt(project, due)
  const open = await readOpen(db, cutOffs.until)
  const facts = await factsOf(db, open, hasKey)
  const decision = bySchedule(project, facts, due, cutOffs)
  return (await carryOut(db, project, open, facts, decision, now)) ?? { did: 'nothing' }
}

export type ByHand = Closed | { readonly did: 'refused'; readonly why: 'stale' | 'silent' | 'busy' }

/** The owner closes the open period, whose number must be `number`. */
export async function closeByOwner(
  db: D1Database,
  hasKey: boolean,
  number: number,
  now: number,
): Promise<ByHand> {
  for (let round = 0; round < rounds; round++) {
    const project = await openProject(db, now)
    if (project.number !== number) return { did: 'refused', why: 'stale' }
    const decision = byOwner(project, now)
    const open = await readOpen(db, decision.until)
    if (isSilent(open)) return { did: 'refused', why: 'silent' }
    const facts = await factsOf(db, open, hasKey)
    const closed = await carryOut(db, project, open, facts, decision, now)
    if (closed !== null) return closed
  }
  return { did: 'refused', why: 'busy' }
}

/**
 * Lifts the hold; closes the period if its cut-off came meanwhile and there is something to tell, unless the
 * owner says that it goes on (`mayClose` is false): then the schedule decides at its next cut-off.
 */
export async function liftByOwner(
  db: D1Database,
  hasKey: boolean,
  number: number,
  mayClose: boolean,
  now: number,
): Promise<ByHand> {
  for (let round = 0; round < rounds; round++) {
    const project = await openProject(db, now)
    if (project.number !== number) return { did: 'refused', why: 'stale' }
    if (project.heldAt === null) return { did: 'nothing' }
    const facts = await factsOf(db, await readOpen(db, byOwner(project, now).until), hasKey)
    if (mayClose && liftingCloses(project, facts, now)) return closeByOwner(db, hasKey, number, now)
    if (await liftHold(db, project.version, facts.isSilent)) return { did: 'nothing' }
  }
  return { did: 'refused', why: 'busy' }
}

type Known = Facts & { readonly circles: readonly Circle[] }

async function factsOf(db: D1Database, open: Open, hasKey: boolean): Promise<Known> {
  const { circles, hasActive } = await circlesInUse(db)
  return { circles, isSilent: isSilent(open), hasKey, hasActiveRecipient: hasActive }
}

/** null: somebody was faster, read again. */
async function carryOut(
  db: D1Database,
  project: Project,
  open: ReadOpen,
  facts: Known,
  decision: Decision,
  now: number,
): Promise<Closed | null> {
  if (decision.does === 'wait') return { did: 'nothing' }
  if (decision.does === 'pass') {
    const { cutOff, why, nextCutOff } = decision
    return (await passCutOff(db, project.version, cutOff, why, nextCutOff)) ? { did: 'passed', why } : null
  }
  const { settings } = project
  const { today, blocks, documents } = await draft(db, project, open, decision)
  const closing = {
    ...decision,
    number: project.number,
    version: project.version,
    freeze: newSecret(),
    date: today,
    since: project.since,
    sendUntil: decision.until + sendMs,
    title: settings.title,
    about: settings.about,
    ownerName: settings.ownerName,
    locale: settings.locale,
    zone: settings.schedule.zone,
    updates: open.updates,
    blocks,
    documents,
    tables: open.tables,
    delivery: deliveryOf(settings),
    forwarded: facts.circles.length > 0 ? facts.circles : (['inner'] as const),
    isMailed: isMailedByHand(settings, facts.hasKey),
  }
  const slug = await freezePeriod(db, closing)
  if (slug === null) return null
  await forgetOld(db, now)
  return { did: 'closed', number: project.number, slug }
}

/** Each close cleans up; what a crash leaves behind, the next one takes. */
async function forgetOld(db: D1Database, now: number): Promise<void> {
  await db.batch([
    forgetKeys(db, now),
    forgetSessions(db, now),
    forgetAccesses(db, now),
    forgetNotices(db, now),
  ])
}

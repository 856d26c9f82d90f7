/** What a cut-off or the owner's word does to the open period (PURE). */
import { cutOffsAround, localDate, nextCutOff } from './period.ts'
import { missingToSend, type PassReason, type Project } from './project.ts'

/** What closing must know beside the project. */
export type Facts = {
  /** Nothing to tell: no public update and no status is open. */
  readonly isSilent: boolean
  readonly hasKey: boolean
  readonly hasActiveRecipient: boolean
}

export type Decision =
  | { readonly does: 'wait' }
  | { readonly does: 'pass'; readonly why: PassReason; readonly cutOff: number; readonly nextCutOff: number }
  | { readonly does: 'close'; readonly until: number; readonly nextCutOff: number; readonly isLast: boolean }

/** The end of a period that closes by schedule at `due`: the latest cut-off that has come; and the one after it. */
export function cutOffsAt(
  project: Project,
  due: number,
): { readonly until: number; readonly nextCutOff: number } {
  const { latest, next } = cutOffsAround(project.settings.schedule, due)
  return { until: Math.max(latest, project.nextCutOff), nextCutOff: next }
}

/** What the schedule does at `due`: nothing yet, pass the cut-off, or close the period at `until`. */
export function bySchedule(
  project: Project,
  facts: Facts,
  due: number,
  { until, nextCutOff } = cutOffsAt(project, due),
): Decision {
  if (due < project.nextCutOff) return { does: 'wait' }
  const why = reasonToPass(project, facts, until)
  if (why !== null) return { does: 'pass', why, cutOff: until, nextCutOff }
  return { does: 'close', until, nextCutOff, isLast: isLast(project, until) }
}

/**
 * Closing by the owner's word, away or not. It stands in for a cut-off that passed in this period; else for
 * the next one (one that has come counts), which then moves one on.
 */
export function byOwner(project: Project, now: number): Decision & { readonly does: 'close' } {
  const until = Math.max(now, project.since + 1)
  const standsIn = project.passed !== null && project.nextCutOff > until
  const next = standsIn
    ? project.nextCutOff
    : nextCutOff(project.settings.schedule, Math.max(until, project.nextCutOff))
  return { does: 'close', until, nextCutOff: next, isLast: isLast(project, until) }
}

/** Whether lifting the hold now closes the period: its cut-off came while it was held. */
export function liftingCloses(project: Project, facts: Facts, now: number): boolean {
  const came = project.passed?.why === 'held' || project.nextCutOff <= now
  return came && !facts.isSilent
}

function reasonToPass(project: Project, facts: Facts, until: number): PassReason | null {
  const { settings } = project
  if (project.heldAt !== null) return 'held'
  if (isAway(project, until)) return 'away'
  if (missingToSend(settings, facts).length > 0) return 'notReady'
  if (hasEnded(project)) return 'ended'
  if (facts.isSilent && mayPassInSilence(project)) return 'silent'
  return null
}

/** The first letter on or after `ends` is the last one. */
export function isLast({ settings }: Pick<Project, 'settings'>, until: number): boolean {
  return settings.ends !== null && localDate(settings.schedule.zone, until) >= settings.ends
}

/** After the last letter, which closed on or after `ends`, nothing goes out by itself. */
export function hasEnded(project: Project): boolean {
  return project.number > 1 && isLast(project, project.since)
}

/** Whether `instant` lies in days without work. */
export function isAway({ settings }: Pick<Project, 'settings'>, instant: number): boolean {
  if (settings.away.length === 0) return false
  const day = localDate(settings.schedule.zone, instant)
  return settings.away.some((away) => away.since <= day && day <= away.until)
}

function mayPassInSilence({ settings, silentPassed }: Project): boolean {
  if (settings.silentWeek === 'skip') return true
  return settings.silentWeek === 'skipOnce' && silentPassed === 0
}

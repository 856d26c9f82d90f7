/** When the owner is told ahead of a cut-off (PURE). */
import type { Project } from './project.ts'

const hour = 3_600_000
const day = 24 * hour

/** What tells of a cut-off, ahead of it. */
export type AheadKind = 'preview' | 'nudge'

/** The cut-offs that a tick has looked ahead to, by their names; null if none. */
export type LookedAhead = { readonly previewed: string | null; readonly nudged: string | null }

/** What is told ahead of one cut-off has this name: it is told once, and of no use for another. */
export function cutOffName({ number, nextCutOff }: Pick<Project, 'number' | 'nextCutOff'>): string {
  return `${number}-${nextCutOff}`
}

/** Whether it is time for a preview. Nothing is told while the period is held: it comes once that is lifted. */
export function isPreviewDue(project: Project, { previewed }: LookedAhead, due: number): boolean {
  const { nextCutOff, heldAt, settings } = project
  if (settings.previewHours === 0 || heldAt !== null || previewed === cutOffName(project)) return false
  return due >= previewAt(project) && due < nextCutOff
}

/** Whether it is time to see if a nudge is needed. */
export function isNudgeDue(project: Project, { nudged }: LookedAhead, due: number): boolean {
  const { heldAt, settings } = project
  if (settings.nudgeDays === 0 || heldAt !== null || nudged === cutOffName(project)) return false
  return due >= nudgeAt(project) && due < nudgeUntil(project)
}

/** Past it, what tells of the project's next cut-off is of no use. */
export function usefulUntil(kind: AheadKind, project: Project): number {
  return kind === 'preview' ? project.nextCutOff : nudgeUntil(project)
}

/**
 * A nudge is of use for a day, and at most until the preview, which says more; for none where the period began
 * later. Days are of 24 hours here: a tick with nothing due asks no calendar.
 */
export function nudgeUntil(project: Project): number {
  const at = nudgeAt(project)
  const preview = previewAt(project)
  if (at < project.since) return at
  return Math.min(at + day, preview < at ? project.nextCutOff : preview)
}

function previewAt({ nextCutOff, settings }: Project): number {
  return nextCutOff - settings.previewHours * hour
}

function nudgeAt({ nextCutOff, settings }: Project): number {
  return nextCutOff - settings.nudgeDays * day
}

import type { ShownProject } from '../core/answer-line.ts'
import { openProject } from '../store/project.ts'
import { countOpen } from '../store/updates.ts'

/** The open week as an answer line tells it: the project, and how many public updates are open. */
export async function openWeek(
  db: D1Database,
  now: number,
): Promise<{ readonly project: ShownProject; readonly count: number }> {
  const { settings, nextCutOff, heldAt, number, since } = await openProject(db, now)
  const lastUntil = number > 1 ? since : null
  return { project: { settings, nextCutOff, heldAt, lastUntil }, count: await countOpen(db) }
}

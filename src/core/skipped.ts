/** Cut-offs in whose place the owner closed a letter early (PURE). */
import { hasEnded } from './closing.ts'
import { previewWords } from './desk-words-preview.ts'
import { inWords } from './list.ts'
import { nextCutOff, weekdayAndDay } from './period.ts'
import type { Project } from './project.ts'

/** The days of those ahead of `now`, in words; empty if the next letter is due at the next cut-off. */
export function skippedDays(
  project: Pick<Project, 'settings' | 'nextCutOff'>,
  now: number,
): readonly string[] {
  const { schedule, locale } = project.settings
  const next = nextCutOff(schedule, now)
  if (next >= project.nextCutOff) return []
  return [weekdayAndDay(schedule.zone, locale, next), ...skippedDays(project, next)]
}

/** Says of the open period at which cut-offs ahead nothing goes out, and why; null if there is none. */
export function skippedInWords(project: Project, now: number): string | null {
  const days = hasEnded(project) ? [] : skippedDays(project, now)
  if (days.length === 0) return null
  // Each letter that is closed early moves the next cut-off one on.
  const letters = days.map((_, place) => project.number - days.length + place)
  return previewWords.skipped(inWords(days), inWords(letters.map(String)), days.length)
}

/** The answer line (PURE): what was understood, then the week's count and when it goes out. */
import { isAway, isLast } from './closing.ts'
import { extract } from './grammar/text.ts'
import type { Kind } from './kinds.ts'
import { localDate, nextCutOff, weekdayAndTime } from './period.ts'
import type { Project } from './project.ts'
import { answerWords, capital } from './words.ts'

/** Beyond this open updates are not counted one by one. */
export const countedAtMost = 200

const hour = 3_600_000

/** What the line says of the project. */
export type ShownProject = Pick<Project, 'settings' | 'nextCutOff' | 'heldAt'> & {
  /** When the last period closed. */
  readonly lastUntil: number | null
}

/** The line for one update, the `count`-th public one of the open period. */
export function answerLine(
  update: { readonly kind: Kind; readonly text: string; readonly inside: boolean },
  project: ShownProject,
  count: number,
  now: number,
): string {
  if (update.kind === 'private') return answerWords.private
  const pieces = [
    answerWords.one(capital(update.kind), extract(update.text, 40)),
    ...(update.inside ? [answerWords.inside] : []),
  ]
  return [
    ...pieces,
    `${answerWords.week(count > countedAtMost ? `${countedAtMost}+` : String(count))}, ${whenOut(project, now)}`,
  ].join(' · ')
}

function whenOut(project: ShownProject, now: number): string {
  const { schedule, locale, previewHours } = project.settings
  if (project.heldAt !== null) return answerWords.held
  if (project.lastUntil !== null && isLast(project, project.lastUntil)) return answerWords.ended
  const out = project.nextCutOff > now ? project.nextCutOff : nextCutOff(schedule, now)
  if (isAway(project, out)) return answerWords.away
  const isToday = localDate(schedule.zone, out) === localDate(schedule.zone, now)
  const when = weekdayAndTime(schedule.zone, locale, out)
  const words = isToday ? answerWords.today(when.replace(/^\S+ /u, '')) : when
  return out - now < previewHours * hour ? answerWords.goesOut(words) : answerWords.out(words)
}

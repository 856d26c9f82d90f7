/** The answer line (PURE): what was understood, then the week's count and when it goes out. */
import { extract } from './grammar/text.ts'
import type { Kind } from './kinds.ts'
import { localDate, nextCutOff, weekdayAndTime } from './period.ts'
import type { Project } from './project.ts'
import { answerWords, capital } from './words.ts'

const hour = 3_600_000

/** What the line says of the project. */
type Shown = Pick<Project, 'settings' | 'nextCutOff' | 'heldAt'>

/** The line for one update, the `count`-th public one of the open period. */
export function answerLine(
  update: { readonly kind: Kind; readonly text: string; readonly inside: boolean },
  project: Shown,
  count: number,
  now: number,
): string {
  if (update.kind === 'private') return answerWords.private
  const pieces = [
    answerWords.one(capital(update.kind), extract(update.text, 40)),
    ...(update.inside ? [answerWords.inside] : []),
  ]
  return [...pieces, `${answerWords.week(count)}, ${whenOut(project, now)}`].join(' · ')
}

function whenOut(project: Shown, now: number): string {
  const { schedule, locale, previewHours } = project.settings
  if (project.heldAt !== null) return answerWords.held
  const out = project.nextCutOff > now ? project.nextCutOff : nextCutOff(schedule, now)
  const isToday = localDate(schedule.zone, out) === localDate(schedule.zone, now)
  const when = weekdayAndTime(schedule.zone, locale, out)
  const words = isToday ? answerWords.today(when.replace(/^\S+ /u, '')) : when
  return out - now < previewHours * hour ? answerWords.goesOut(words) : answerWords.out(words)
}

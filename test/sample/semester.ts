/** The sample semester: ten weeks of one project, dates as week and weekday; it goes on from the sample week. */
import type { PublicUpdate, Update, Week } from './term/week.ts'
import { week01 } from './term/week-01.ts'
import { week02 } from './term/week-02.ts'
import { week03 } from './term/week-03.ts'
import { week04 } from './term/week-04.ts'
import { week05 } from './term/week-05.ts'
import { week06 } from './term/week-06.ts'
import { week07 } from './term/week-07.ts'
import { week08 } from './term/week-08.ts'
import { week09 } from './term/week-09.ts'
import { week10 } from './term/week-10.ts'

export { type Day, daysBeforeCutOff, type PrivateNote } from './term/week.ts'
export type { PublicUpdate, Update, Week }

/** In their order; the last one's cut-off may still lie ahead. */
export const semester: readonly Week[] = [
  week01,
  week02,
  week03,
  week04,
  week05,
  week06,
  week07,
  week08,
  week09,
  week10,
]

/** The words of a week's updates that a circle's letter and page show. */
export function shownTo(circle: 'inner' | 'outer', { updates }: Week): readonly string[] {
  return updates.flatMap((update) =>
    update.kind !== 'private' && isFor(circle, update) ? [update.shows] : [],
  )
}

/** The words of a week's updates that nobody in a circle may see: of private notes and, in the outer, of what is inside. */
export function hiddenFrom(circle: 'inner' | 'outer', { updates }: Week): readonly string[] {
  return updates.flatMap((update) => {
    if (update.kind === 'private') return [update.hides]
    return isFor(circle, update) ? [] : [update.shows]
  })
}

function isFor(circle: 'inner' | 'outer', { inside }: PublicUpdate): boolean {
  return circle === 'inner' || inside !== true
}

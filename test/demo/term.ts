/** The sample semester on a calendar, and as parts of an import (PURE): past weeks, each as it was posted. */
import { cutOffsAround, nextCutOff, type Weekday } from '../../src/core/period.ts'
import { settings } from '../sample/project.ts'
import { type Day, type DeskDeed, dated, type Post, semester, type Week } from '../sample/semester.ts'

/** A week with its number, the cut-off before it, and its own; UTC milliseconds. */
export type DatedWeek = Week & {
  readonly number: number
  readonly since: number
  readonly cutOff: number
  /** With the dates in their texts. */
  readonly posts: readonly Happened<Post>[]
  readonly desk: readonly Happened<DeskDeed>[]
}

/** `at`: UTC milliseconds. */
export type Happened<T> = T & { readonly at: number }

/** The semester, its last week the one that is open at `now`. */
export function datedWeeks(now: number): readonly DatedWeek[] {
  const { schedule } = settings
  const cutOffs = [nextCutOff(schedule, now)]
  for (const _ of semester) cutOffs.unshift(cutOffsAround(schedule, (cutOffs[0] ?? 0) - 1).latest)
  return semester.map((week, place) => {
    const since = cutOffs[place] ?? 0
    const cutOff = cutOffs[place + 1] ?? 0
    return {
      ...{ ...week, number: place + 1, since, cutOff },
      posts: week.posts.map((post) => {
        return { ...post, at: momentOf(post, since), text: dated(post.text, cutOff, schedule.zone) }
      }),
      desk: (week.desk ?? []).map((deed) => ({ ...deed, at: momentOf(deed, since) })),
    }
  })
}

/** Posts and what was done on the desk, as it happened. */
export function courseOf({ posts, desk }: DatedWeek): readonly (Happened<Post> | Happened<DeskDeed>)[] {
  return [...posts, ...desk].toSorted((a, b) => a.at - b.at)
}

/** Whether it was posted, and not done on the desk. */
export function isPost(each: Happened<Post> | Happened<DeskDeed>): each is Happened<Post> {
  return 'text' in each && !('corrects' in each)
}

function momentOf({ day, time }: { readonly day: Day; readonly time: string }, since: number): number {
  return nextCutOff({ ...settings.schedule, weekday: weekdays[day], time }, since)
}

const weekdays: Readonly<Record<Day, Weekday>> = {
  ...{ sat: 'saturday', sun: 'sunday', mon: 'monday', tue: 'tuesday' },
  ...{ wed: 'wednesday', thu: 'thursday', fri: 'friday' },
}

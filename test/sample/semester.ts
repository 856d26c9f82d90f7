/** The sample semester: ten weeks of one project, dates as week and weekday; it goes on from the sample week. */
import type { Made, Post, PrivateNote, Week } from './term/week.ts'
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

export { type Day, type Deed, type DeskDeed, dated, daysBeforeCutOff } from './term/week.ts'
export type { Made, Post, PrivateNote, Week }

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

type Circle = 'inner' | 'outer'

/** The public updates that a post makes, in their order. */
export function updatesOf(post: Post): readonly Made[] {
  return 'shows' in post ? [post, ...(post.also ?? [])] : []
}

/** The words of a week's updates, and of what it settles, that a circle's letter and page show. */
export function shownTo(circle: Circle, { posts }: Week): readonly string[] {
  return posts.flatMap((post) => saidIn(post).flatMap((said) => (isFor(circle, said) ? [said.words] : [])))
}

/** The words of a week that nobody in a circle may see: of private notes and, in the outer, of what is inside. */
export function hiddenFrom(circle: Circle, { posts }: Week): readonly string[] {
  return posts.flatMap((post) => {
    if ('hides' in post) return [post.hides]
    return saidIn(post).flatMap((said) => (isFor(circle, said) ? [] : [said.words]))
  })
}

/** The words of what stands in later letters too, until it is settled: plans, asks, needs and blockers. */
export function comesAgain({ posts }: Week): readonly string[] {
  return posts
    .flatMap(updatesOf)
    .flatMap(({ kind, shows }) => (kind !== undefined && untilSettled.has(kind) ? [shows] : []))
}

const untilSettled: ReadonlySet<string> = new Set(['next', 'ask', 'need', 'blocked'])

type Said = { readonly words: string; readonly inside?: true }

function saidIn(post: Post): readonly Said[] {
  const updates = updatesOf(post).map(({ shows, ...made }) => ({ ...made, words: shows }))
  return 'says' in post && post.says !== undefined ? [{ ...post, words: post.says }] : updates
}

function isFor(circle: Circle, { inside }: Said): boolean {
  return circle === 'inner' || inside !== true
}

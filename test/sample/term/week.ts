/** A week of the sample semester: what was posted between two cut-offs. */
import type { PublicKind } from '../../../src/core/kinds.ts'

/** The weekend opens a week: its cut-off is Friday, 16:00. */
export type Day = 'sat' | 'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri'

/** One update a post. */
export type Update = PublicUpdate | PrivateNote

export type PublicUpdate = Posted & {
  /** What it is understood as; `done` unless said. */
  readonly kind?: PublicKind
  /** For the inner circle alone; where the text does not say so, the body of the post does. */
  readonly inside?: true
  /** Words of its first paragraph, free of markup, that letter and page show; no other update has them. */
  readonly shows: string
}

export type PrivateNote = Posted & {
  readonly kind: 'private'
  /** Words that no letter and no page may show. */
  readonly hides: string
}

type Posted = {
  readonly day: Day
  /** Local time in the project's zone, `HH:MM`. */
  readonly time: string
  readonly text: string
}

/** Summary, status and reason are as `PATCH /api/digests/next` takes them. */
export type Week = {
  /** In the order in which they were posted. */
  readonly updates: readonly Update[]
  readonly summary?: string
  readonly status?: 'onTrack' | 'atRisk' | 'offTrack'
  readonly reason?: string
}

/** How many days before its week's cut-off a day lies: what makes a relative date absolute. */
export const daysBeforeCutOff: Readonly<Record<Day, number>> = {
  sat: 6,
  sun: 5,
  mon: 4,
  tue: 3,
  wed: 2,
  thu: 1,
  fri: 0,
}

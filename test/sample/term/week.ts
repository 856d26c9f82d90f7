/** A week of the sample semester: what was posted between two cut-offs, and what the owner did on the desk. */
import type { Outcome } from '../../../src/core/grammar/understood.ts'
import type { PublicKind } from '../../../src/core/kinds.ts'

/** The weekend opens a week: its cut-off is Friday, 16:00. */
export type Day = 'sat' | 'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri'

type Moment = {
  readonly day: Day
  /** Local time in the project's zone, `HH:MM`. */
  readonly time: string
}

export type Post = Update | Settling

/** A post that makes one update, or several. */
export type Update = PublicUpdate | PrivateNote

type Posted = Moment & {
  /** `{fri+2}` stands for the date of the Friday two weeks after this week's, as people write it. */
  readonly text: string
}

export type PublicUpdate = Posted &
  Made & {
    /** The updates that it makes beside the first one. */
    readonly also?: readonly Made[]
    /** What it settles beside. */
    readonly does?: readonly Deed[]
  }

export type Made = {
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

/** A post that makes no update: it settles something, or shapes the letter. */
export type Settling = Posted & {
  readonly does: readonly Deed[]
  /** Words of a why, an answer or a reason that the letter shows; no other post has them. */
  readonly says?: string
  /** Whether `says` is for the inner circle alone, as the text or what it settles makes it. */
  readonly inside?: true
}

/** What a post settles: a plan, ask, need or blocker by the words that it `shows`, a milestone by its title. */
export type Deed =
  | readonly [Outcome | 'answered' | 'milestone', about: string]
  | readonly ['summary' | 'status' | 'away']

/** What no post can do; an update by the words that it `shows`. */
export type DeskDeed = Moment &
  (
    | { readonly confirms: string }
    | { readonly corrects: string; readonly text: string }
    | { readonly settles: string; readonly outcome: Outcome; readonly why?: string }
    /** A milestone's title. */
    | { readonly meets: string }
  )

/** Summary, status and reason are as `PATCH /api/digests/next` takes them. */
export type Week = {
  /** In the order in which they were posted. */
  readonly posts: readonly Post[]
  readonly desk?: readonly DeskDeed[]
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

/** The text of a post with its dates filled in; `cutOff` is its week's, in UTC milliseconds. */
export function dated(text: string, cutOff: number, zone: string): string {
  return text.replace(/\{(\w{3})\+(\d+)\}/g, (_, day: Day, weeks: string) => {
    const days = Number(weeks) * 7 - daysBeforeCutOff[day]
    const words = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'short' })
    return words.format(cutOff + days * 24 * 3_600_000)
  })
}

/** What a milestone report is compiled from (PURE): rows as they stood at the end of its span. */
import type { Measurement, Outcome } from './grammar/understood.ts'
import type { Kind } from './kinds.ts'

export type Written = {
  readonly id: string
  readonly text: string
  readonly at: number
  /** The author's name where it is not the owner. */
  readonly author: string | null
}

/** An update that tells what was. */
export type Told = Written & {
  readonly kind: Kind
  /** Whether it says numbers, which the metrics tell. */
  readonly isMeasured: boolean
  /** The latest correction that changes a fact. */
  readonly correction: { readonly text: string; readonly postedAt: number } | null
}

/** An ask, need or blocker that is open at the end, or was settled in the span. */
export type Item = Written & {
  readonly kind: Kind
  readonly due: string | null
  readonly settled: {
    readonly state: 'answered' | 'dropped'
    readonly answer: string | null
    readonly at: number
  } | null
}

/** A plan that is open at the end, or got its outcome in the span. */
export type Planned = Written & {
  readonly due: string | null
  readonly settled: { readonly outcome: Outcome; readonly why: string | null; readonly at: number } | null
}

/** The first and the latest number of one metric under one condition. */
export type Trend = {
  readonly identity: string
  readonly first: Measurement
  readonly latest: Measurement
  readonly isOne: boolean
}

/** A milestone as it stood at the end. */
export type Due = {
  readonly id: string
  readonly title: string
  /** A local date. */
  readonly due: string
  readonly state: 'open' | 'met' | 'dropped'
  /** null while it is open, and where it is not known any more. */
  readonly settledAt: number | null
}

export type Moved = {
  readonly id: string
  readonly title: string
  readonly oldDue: string
  readonly newDue: string
  readonly reason: string | null
}

/** What a report is compiled from: in its span, or open at its end, and for the eyes of its circle. */
export type Compiled = {
  readonly told: readonly Told[]
  readonly items: readonly Item[]
  readonly plans: readonly Planned[]
  readonly trends: readonly Trend[]
  readonly milestones: readonly Due[]
  readonly revisions: readonly Moved[]
}

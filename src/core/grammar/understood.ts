/** What a post says (PURE): the types that the grammar ends in. */
import type { Kind } from '../kinds.ts'
import type { Status } from '../update.ts'

/** All that the grammar makes of one post. */
export type Understood = {
  readonly items: readonly Item[]
  readonly outcomes: readonly SaidOutcome[]
  readonly commands: readonly Command[]
  /** What was not understood, or read in another way than it was typed: for the answer line. */
  readonly notes: readonly Note[]
}

/** One update that the post makes. */
export type Item = {
  readonly kind: Kind
  /** Markdown as typed, without marker and trailing hashtags. */
  readonly text: string
  readonly tags: readonly string[]
  /** For the inner circle alone. */
  readonly inside: boolean
  readonly said: Said
}

/** What is read out of an update's text; the text keeps the words. */
export type Said = {
  /** A local date, of an ask, need, next. */
  readonly due?: string
  /** Ids of recipients: whom an ask, need or blocker is addressed to; whom a done or next credits. */
  readonly to?: readonly string[]
  readonly credit?: readonly string[]
  readonly measurements?: readonly Measurement[]
}

/** Digits stay as they were typed. */
export type Measurement = {
  /** As typed; names ignore case. */
  readonly metric: string
  readonly value: string
  readonly unit?: string
  readonly baseline?: string
  readonly runs?: number
  /** Part of the identity: `on=kaggle`. */
  readonly on?: string
  readonly link?: string
}

export const outcomes = ['met', 'partly', 'not', 'dropped'] as const
export type Outcome = (typeof outcomes)[number]

/** What came of the plan with this number in the inner letter closed last. */
export type SaidOutcome = {
  readonly number: number
  readonly outcome: Outcome
  readonly why: string | null
  readonly inside: boolean
}

export type Command =
  | {
      readonly does: 'milestone'
      readonly title: string
      readonly due: string
      readonly reason: string | null
      readonly inside: boolean
    }
  | { readonly does: 'summary'; readonly text: string; readonly inside: boolean }
  | {
      readonly does: 'status'
      readonly status: Status['status']
      readonly reason: string | null
      readonly inside: boolean
    }
  | { readonly does: 'away'; readonly why: string; readonly since: string; readonly until: string }
  /** `#answered words: text`, `#solved words: text`; `id` is the one open item that holds all the words. */
  | { readonly does: 'settle'; readonly id: string; readonly answer: string | null; readonly inside: boolean }
  | { readonly does: 'refile'; readonly kind: Kind }
  | { readonly does: 'undo' }

export type Note =
  /** `#resutl` was read as a result. */
  | { readonly about: 'typo'; readonly typed: string; readonly kind: Kind }
  /** `@name` fits nobody, or more than one. */
  | { readonly about: 'name'; readonly name: string; readonly fits: number }
  /**
   * `#answered …` fits no open item, or several: `candidates` are those, or what is open where none `fits`. Absent in
   * answers kept from before: as many as there are candidates.
   */
  | {
      readonly about: 'unsettled'
      readonly words: string
      readonly candidates: readonly string[]
      readonly fits?: number
    }
  /** No plan has this number; `plans` are those that the author may settle, absent in answers kept from before. */
  | { readonly about: 'noPlan'; readonly number: number; readonly plans?: readonly number[] }
  /** A number stands near a metric that the project knows, and what it says is not read: kept as done. */
  | { readonly about: 'metric'; readonly metric: string }
  /** A command that could not be read; it was kept as an update. */
  | { readonly about: 'command'; readonly command: string }
  /** Days away that end before they begin, or so late that no year was meant. */
  | { readonly about: 'endsFirst'; readonly command: string }
  /** A command that is the owner's alone. */
  | { readonly about: 'notYours'; readonly command: string }

/** What the grammar must know of the project; what a post does not mention need not be looked up. */
export type Known = {
  /** When it happened, UTC milliseconds: dates are counted from its day. */
  readonly at: number
  readonly zone: string
  readonly recipients: readonly {
    readonly id: string
    readonly name: string | null
    readonly handle: string | null
  }[]
  /** Names of metrics that earlier results measured, as typed. */
  readonly metrics: readonly string[]
  /** Whether the owner posts. */
  readonly isOwner: boolean
  /** Numbers of the plans in the inner letter closed last before `at`, those that the author may settle. */
  readonly plans: readonly number[]
  /** Open asks, needs and blockers that the author may settle. */
  readonly open: readonly { readonly id: string; readonly kind: Kind; readonly text: string }[]
}

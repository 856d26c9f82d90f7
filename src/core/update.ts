/** Updates and posts (PURE). */
import type { Outcome, Said } from './grammar/understood.ts'
import type { Kind, PublicKind } from './kinds.ts'

/** One text in the three forms in which it is shown. */
export type Forms = {
  /** Closed in itself: it can stand between others without changing them. */
  readonly markdown: string
  /** HTML for the mail, styled inline. */
  readonly letter: string
  /** HTML for the pages. */
  readonly page: string
}

export type Rendered = Forms & { readonly words: number }

/** What the sender knows of an update beside its text, by name. */
export type Fields = { readonly [name: string]: string | number | boolean }

export type Update = {
  readonly id: string
  readonly kind: Kind
  /** Markdown as typed, without marker and trailing hashtags. */
  readonly text: string
  readonly tags: readonly string[]
  readonly fields: Fields
  /** What was read out of the text. */
  readonly said: Said
  /** For the inner circle alone. */
  readonly inside: boolean
  /** When it happened. */
  readonly at: number
  /** When it came in, never before the end of the last period. */
  readonly postedAt: number
  /** The author's id. */
  readonly author: string
  /** The slug of the digest that froze it. */
  readonly digest: string | null
}

/** An open public update as closing sees it: no text, only what decides where it stands. */
export type OpenUpdate = {
  readonly id: string
  readonly kind: PublicKind
  readonly inside: boolean
  readonly at: number
  readonly said: Said
  readonly words: number
  /** Bytes that it takes in a letter, in the larger of its forms. */
  readonly size: number
}

/** A correction that changes a fact, as the next letter shows it. */
export type OpenCorrection = {
  readonly id: string
  readonly text: string
  readonly inside: boolean
  /** The digest and the update that it corrects. */
  readonly number: number
  readonly update: string
}

/** What came of a plan; where only its words are inside, the outer circle sees the mark. */
export type OpenOutcome = {
  readonly outcome: Outcome
  readonly why: string | null
  readonly inside: boolean
  readonly plan: string
  /** The plan's own words. */
  readonly text: string
  readonly isPlanInside: boolean
}

/** An ask, need or blocker that was answered or dropped. */
export type OpenAnswer = {
  readonly kind: 'ask' | 'need' | 'blocked'
  readonly state: 'answered' | 'dropped'
  readonly answer: string | null
  readonly inside: boolean
  readonly item: string
  readonly text: string
  readonly isItemInside: boolean
}

/** A milestone's date that was moved; local dates. */
export type OpenRevision = {
  readonly title: string
  readonly oldDue: string
  readonly newDue: string
  readonly reason: string | null
  readonly inside: boolean
}

export const statuses = ['onTrack', 'atRisk', 'offTrack'] as const

export type Status = {
  readonly status: (typeof statuses)[number]
  readonly reason: string | null
  readonly inside: boolean
}

export type Summary = { readonly text: string; readonly inside: boolean }

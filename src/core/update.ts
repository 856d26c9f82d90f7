/** Updates and posts (PURE). */
import type { Said } from './grammar/understood.ts'
import type { Kind } from './kinds.ts'
import type { PhotoType } from './photo/photo.ts'

/** One text in the three forms in which it is shown. */
export type Forms = {
  /** Closed in itself: it can stand between others without changing them. */
  readonly markdown: string
  /** HTML for the mail, styled inline. */
  readonly letter: string
  /** HTML for the pages. */
  readonly page: string
}

/** The first paragraph of a text that has more than that, as a long letter shows it. */
export type Brief = Pick<Forms, 'markdown' | 'letter'> & { readonly words: number }

/** An update as it was rendered, and by its first paragraph if it has more. */
export type QuotedForms = Forms & {
  readonly id: string
  readonly brief: Pick<Forms, 'markdown' | 'letter'> | null
}

export type Rendered = Forms & { readonly words: number; readonly brief: Brief | null }

/** What the sender knows of an update beside its text, by name. */
export type Fields = { readonly [name: string]: string | number | boolean }

/** A photo as an update shows it; its file lies elsewhere, under its name. */
export type Photo = {
  readonly name: string
  readonly type: PhotoType
  /** In pixels, as it is shown. */
  readonly width: number
  readonly height: number
  /** Plain text; may be empty. */
  readonly description: string
}

/** Stands in a form before the name of a photo, where whoever shows the form puts the address; nobody can type it. */
export const photoMark = '\ufdd2'

export type Update = {
  readonly id: string
  readonly kind: Kind
  /** Markdown as typed, without marker and trailing hashtags. */
  readonly text: string
  readonly tags: readonly string[]
  readonly fields: Fields
  /** What was read out of the text. */
  readonly said: Said
  readonly photos: readonly Photo[]
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
  /** When its words were taken back after they had gone out, and why; null: they were not. */
  readonly withdrawn: { readonly at: number; readonly reason: string | null } | null
}

export const statuses = ['onTrack', 'atRisk', 'offTrack'] as const

export type Status = {
  readonly status: (typeof statuses)[number]
  readonly reason: string | null
  readonly inside: boolean
}

export type Summary = { readonly text: string; readonly inside: boolean }

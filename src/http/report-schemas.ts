import * as v from 'valibot'
import { isInside, isPrivate } from '../core/grammar/privacy.ts'
import { byteLength, clean, isWellFormed } from '../core/grammar/text.ts'
import { type Heading, headings } from '../core/kinds.ts'
import type { Circle } from '../core/recipient.ts'
import type { Paragraphs } from '../core/report.ts'
import { circle, cursor, instant } from './schemas.ts'

const words = v.pipe(
  v.string(),
  v.check(isWellFormed, 'has a character that cannot be kept (NUL or half a surrogate pair)'),
)

export const newReport = v.strictObject({
  since: v.optional(
    v.pipe(instant, v.description('The last meeting unless said; else the end of the last report')),
  ),
  until: v.optional(v.pipe(instant, v.description('Now unless said'))),
  circle: v.optional(v.pipe(circle, v.description('inner unless said; outer leaves out what is inside'))),
})

/** Markdown by heading. */
export const paragraphs = v.strictObject(
  v.entriesFromList(
    headings,
    v.optional(v.pipe(words, v.transform(clean), v.trim(), v.description('Markdown, at most 32 KiB'))),
  ),
)

const mostBytes = 32 * 1024

/** The first paragraph that cannot be kept; a report is handed on, so nothing in it stays with the owner. */
export function refusedParagraph(
  given: Paragraphs,
  circle: Circle,
): { readonly heading: Heading; readonly message: string; readonly isTooLarge: boolean } | null {
  for (const heading of headings) {
    const text = given[heading] ?? ''
    const refused = (message: string, isTooLarge = false) => ({ heading, message, isTooLarge })
    if (byteLength(text) > mostBytes) return refused('is longer than 32 KiB', true)
    if (isPrivate(text)) return refused('is private; a report is handed on')
    if (circle === 'outer' && isInside(text)) return refused('is inside; this report is for the outer circle')
  }
  return null
}

/** true or false by point; what is not in it has its default, and what is gone changes nothing. */
export const ticks = v.pipe(
  v.record(v.pipe(words, v.maxLength(500, 'is no point'), v.regex(/^[a-z]+:/u, 'is no point')), v.boolean()),
  v.check((all) => Object.keys(all).length <= 3000, 'at most 3000'),
)

export const reportEdit = v.strictObject({
  since: v.optional(instant),
  until: v.optional(instant),
  paragraphs,
  ticks,
  changedAt: v.optional(
    v.pipe(instant, v.description('As it was read: 409 if the report was changed since')),
  ),
})

const listed = v.object({
  ...{ id: v.string(), since: instant, until: instant, circle, madeAt: instant, changedAt: instant },
})

export const report = v.object({
  ...listed.entries,
  title: v.string(),
  headings: v.array(
    v.object({
      heading: v.picklist(headings),
      title: v.string(),
      paragraph: v.string(),
      points: v.array(v.object({ id: v.string(), text: v.string(), ticked: v.boolean() })),
      leftOut: v.pipe(v.boolean(), v.description('Of `markdown`: all its points were unticked')),
    }),
  ),
  warnings: v.array(v.string()),
  markdown: v.string(),
})

export const reportQuery = v.strictObject({ cursor })
export const reports = v.object({ reports: v.array(listed), nextCursor: v.nullable(v.string()) })

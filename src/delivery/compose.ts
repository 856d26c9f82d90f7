import { type Block, compose, cutToSize, hasLetter, type Open, subjectOf } from '../core/digest.ts'
import { spanInWords } from '../core/period.ts'
import type { Project } from '../core/project.ts'
import { circles } from '../core/recipient.ts'
import { type Document, maxDocumentBytes, writeDocument } from '../render/document.ts'
import { openCorrections } from '../store/corrections.ts'
import { formsOf, openUpdates } from '../store/open-updates.ts'
import { openOpening } from '../store/openings.ts'

/** A period as its letters would be if it closed at `until`. */
export type Draft = {
  readonly blocks: readonly Block[]
  /** One for each circle that has something to read. */
  readonly documents: readonly Document[]
}

/** What a closing at `until` would take. */
export async function readOpen(db: D1Database, until: number): Promise<Open> {
  const updates = await openUpdates(db, until)
  const corrections = await openCorrections(db, until)
  return { updates, corrections, ...(await openOpening(db, until)) }
}

/** Composes the letters; reads only the texts that they show, however much was posted. */
export async function draft(
  db: D1Database,
  project: Project,
  open: Open,
  closing: { readonly until: number; readonly isLast: boolean },
): Promise<Draft> {
  const { title, locale, schedule } = project.settings
  const span = spanInWords(schedule.zone, locale, project.since, closing.until)
  const heading = { title, number: project.number, span }
  const blocks = compose(open, closing.isLast)
  const letters = circles
    .filter((circle) => hasLetter(blocks, circle))
    .map((circle) => ({ circle, ...cutToSize(blocks, circle, maxDocumentBytes) }))
  const updates = await formsOf(db, quotedIn(letters.flatMap(({ shown }) => shown)))
  return {
    blocks,
    documents: letters.map((letter) => {
      const subject = subjectOf(open, letter.circle, title, project.number)
      return writeDocument(letter.circle, subject, heading, letter, updates)
    }),
  }
}

function quotedIn(blocks: readonly Block[]): readonly string[] {
  return [...new Set(blocks.flatMap(({ quote }) => (quote === null ? [] : [quote])))]
}

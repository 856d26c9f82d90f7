import {
  type Block,
  compose,
  cutToSize,
  type Document,
  hasLetter,
  headlineOf,
  type LedBlock,
  type Open,
} from '../core/digest.ts'
import { spanInWords } from '../core/period.ts'
import type { Project } from '../core/project.ts'
import { type Circle, circles } from '../core/recipient.ts'
import { withLead } from '../render/block.ts'
import { maxDocumentBytes, writeDocument } from '../render/document.ts'
import { formsOf } from '../store/open.ts'

/** A period as its letters would be if it closed at `until`. */
export type Draft = {
  readonly blocks: readonly LedBlock[]
  /** One for each circle that has something to read. */
  readonly documents: readonly Document[]
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
  const blocks = compose(open, closing.isLast, locale).map(withLead)
  const letters = circlesApart(blocks).map((circle) => {
    return { circle, ...cutToSize(blocks, circle, maxDocumentBytes) }
  })
  const updates = await formsOf(db, quotedIn(letters.flatMap(({ shown }) => shown)))
  const documents = letters.map((letter) => {
    const headline = headlineOf(open, letter.circle, title, project.number)
    return writeDocument(letter.circle, headline, heading, letter, updates)
  })
  return { blocks, documents: documents.flatMap((document) => forAll(document, blocks)) }
}

/** The circles whose letters must be written: one for both where all may see all. */
function circlesApart(blocks: readonly Block[]): readonly Circle[] {
  return isForAll(blocks) ? ['inner'] : circles.filter((circle) => hasLetter(blocks, circle))
}

function forAll(document: Document, blocks: readonly Block[]): readonly Document[] {
  return isForAll(blocks) ? circles.map((circle) => ({ ...document, circle })) : [document]
}

function isForAll(blocks: readonly Block[]): boolean {
  return blocks.length > 0 && blocks.every(({ circle }) => circle === 'both')
}

function quotedIn(blocks: readonly Block[]): readonly string[] {
  return [...new Set(blocks.flatMap(({ quote }) => (quote === null ? [] : [quote])))]
}

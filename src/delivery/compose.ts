import type { LedBlock } from '../core/block.ts'
import { compose, materials, type WrittenDocument } from '../core/digest.ts'
import { headlineOf } from '../core/headline.ts'
import { type Fitted, fitLetter } from '../core/length.ts'
import type { Material, Open } from '../core/open.ts'
import { localDate, spanInWords } from '../core/period.ts'
import type { Project } from '../core/project.ts'
import type { Circle } from '../core/recipient.ts'
import { withLead } from '../render/block.ts'
import { maxDocumentBytes, writeDocument } from '../render/document.ts'
import { readCarried } from '../store/carried.ts'
import { formsOf } from '../store/open.ts'

/** A period as its letters would be if it closed at `until`. */
export type Draft = {
  /** The local date on which it would close. */
  readonly today: string
  /** What each circle that has a letter may see. */
  readonly seen: ReadonlyMap<Circle, Material>
  /** How the letter of each of them fits. */
  readonly fitted: ReadonlyMap<Circle, Fitted<LedBlock>>
  readonly blocks: readonly LedBlock[]
  readonly documents: readonly WrittenDocument[]
}

/** Composes the letters; reads only the texts that they show, however much was posted. */
export async function draft(
  db: D1Database,
  project: Project,
  open: Open,
  { until, isLast }: { readonly until: number; readonly isLast: boolean },
): Promise<Draft> {
  const { title, locale, schedule, ownerEmail, away } = project.settings
  const { number, since } = project
  const carried = await readCarried(db, open, number, until)
  const today = localDate(schedule.zone, until)
  const head = { number, title, ownerEmail, locale, zone: schedule.zone, away, today, isLast }
  const seen = materials({ open, carried, head })
  const pieces = compose(seen)
  const told = await formsOf(
    db,
    pieces.flatMap(({ also }) => also),
  )
  const blocks = pieces.map((piece, position) => withLead(piece, position, told))
  // Circles that may see the same read the same: it is written once.
  const letters = [...Map.groupBy(seen, ([, material]) => material)].map(([material, group]) => {
    const circles = group.map(([circle]) => circle)
    const [circle = 'inner'] = circles
    return { circles, circle, material, fitted: fitLetter(blocks, circle, maxDocumentBytes) }
  })
  const shown = letters.flatMap(({ fitted }) => fitted.shown.flatMap(({ block }) => block.quote ?? []))
  const texts = await formsOf(db, [...new Set(shown)])
  const heading = { title, number, span: spanInWords(schedule.zone, locale, since, until) }
  const documents = letters.flatMap(({ circles, circle, material, fitted }) => {
    const document = writeDocument(circle, headlineOf(material), heading, fitted, texts)
    return circles.map((each) => ({ ...document, circle: each }))
  })
  const fitted = new Map(
    letters.flatMap((each) => each.circles.map((circle) => [circle, each.fitted] as const)),
  )
  return { today, seen, fitted, blocks, documents }
}

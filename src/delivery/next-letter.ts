/** The open period as it would close: its letters, and what they lack. */
import type { LedBlock } from '../core/block.ts'
import type { Facts } from '../core/closing.ts'
import { isLast } from '../core/closing.ts'
import type { Document } from '../core/digest.ts'
import { isSilent, type Material, type Open } from '../core/open.ts'
import { type Missing, missingToSend, type Project } from '../core/project.ts'
import type { Circle } from '../core/recipient.ts'
import { type Moment, type Warning, warningsOf } from '../core/warnings.ts'
import { readOpen } from '../store/open.ts'
import { addressesOf, circlesInUse } from '../store/recipients.ts'
import { draft } from './compose.ts'

export type NextLetter = {
  readonly open: Open
  readonly facts: Facts
  /** Without which nothing goes out directly. */
  readonly missing: readonly Missing[]
  /** What the letter lacks, the most urgent first. */
  readonly warnings: readonly Warning[]
  /** One for each circle in use. */
  readonly documents: readonly Document[]
  /** What the inner circle may see, which is all; undefined while there is nothing for it. */
  readonly seen: Material | undefined
  readonly blocks: readonly LedBlock[]
  readonly circles: readonly Circle[]
}

/**
 * The letters as they would be if the period closed at `until`, with all that has come so far; what they lack is said
 * as of `now`, for letters that go `out` then.
 */
export async function nextLetter(
  db: D1Database,
  project: Project,
  hasKey: boolean,
  { until, ...when }: Omit<Moment, 'since'> & { readonly until: number },
): Promise<NextLetter> {
  const open = await readOpen(db, Number.MAX_SAFE_INTEGER)
  const inUse = await circlesInUse(db)
  const facts = { isSilent: isSilent(open), hasKey, hasActiveRecipient: inUse.hasActive }
  const { documents, seen, fitted, blocks } = await draft(db, project, open, {
    until,
    isLast: isLast(project, until),
  })
  const [inner, letter] = [seen.get('inner'), fitted.get('inner')]
  const asked = open.updates.flatMap(({ said }) => (said.due === undefined ? [] : (said.to ?? [])))
  const addresses = await addressesOf(db, asked)
  const moment = { ...when, since: project.since }
  return {
    open,
    facts,
    missing: missingToSend(project.settings, facts),
    warnings: inner === undefined || letter === undefined ? [] : warningsOf(inner, letter, moment, addresses),
    documents: ofCirclesInUse(documents, inUse.circles),
    ...{ seen: inner, blocks, circles: inUse.circles },
  }
}

/** With one circle in use nothing of the other shows. */
export function ofCirclesInUse<D extends { readonly circle: Circle }>(
  documents: readonly D[],
  circles: readonly Circle[],
): readonly D[] {
  return documents.filter(({ circle }) =>
    circles.length === 0 ? circle === 'inner' : circles.includes(circle),
  )
}

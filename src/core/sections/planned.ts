/** Planned and done (PURE): what came of the plans, then what was done and who was met. */
import { type Piece, quoting, saying } from '../block.ts'
import { extract } from '../grammar/text.ts'
import type { Outcome } from '../grammar/understood.ts'
import { letterWords } from '../letter-words.ts'
import type { Material, OpenOutcome, OpenUpdate } from '../open.ts'
import { isNamedIn } from './items.ts'

const part = 'Planned and done'

const maxPlan = 100

export function planned(material: Material): readonly Piece[] {
  const { open, carried } = material
  const outcomes = new Map(open.outcomes.map((outcome) => [outcome.plan, outcome]))
  const own = open.updates.filter(({ id, kind }) => kind === 'next' && outcomes.has(id))
  const told = new Set([...carried.plans.map(({ plan }) => plan), ...own.map(({ id }) => id)])
  return [
    ...carried.plans
      .toSorted((a, b) => a.number - b.number)
      .map(({ plan, text, number }) =>
        outcomePiece(plan, extract(text, maxPlan), outcomes.get(plan) ?? null, number),
      ),
    ...open.outcomes
      .filter(({ plan }) => !told.has(plan))
      .map((outcome) => outcomePiece(outcome.plan, extract(outcome.text, maxPlan), outcome, null)),
    ...own.map((update) => ownPiece(update, outcomes.get(update.id))),
    ...open.updates.filter(({ kind }) => kind === 'done').map((update) => donePiece(update, material)),
    ...open.updates
      .filter(({ kind }) => kind === 'meeting')
      .map((update) => quoting(part, update, { strong: letterWords.met })),
  ]
}

/** A plan of an earlier letter; where no word came, that stands there once. */
function outcomePiece(plan: string, text: string, outcome: OpenOutcome | null, number: number | null): Piece {
  const lead = letterWords.why(text, outcome?.why ?? null)
  const strong = outcome === null ? letterWords.noWord : markOf(outcome)
  return saying(part, `plan ${plan}`, lead, { strong, number, about: [plan] })
}

/** A plan made and settled in one period. */
function ownPiece(update: OpenUpdate, outcome: OpenOutcome | undefined): Piece {
  if (outcome === undefined) return quoting(part, update)
  return quoting(part, update, { strong: markOf(outcome), tail: letterWords.behind(outcome.why) })
}

function markOf({ outcome, before }: { readonly outcome: Outcome; readonly before: Outcome | null }): string {
  return letterWords.outcome(outcome, before === outcome ? null : before)
}

/** Who asked for it is named, unless the words name them so already. */
function donePiece(update: OpenUpdate, { carried }: Material): Piece {
  const names = (update.said.credit ?? []).flatMap((id) => carried.names.get(id) ?? [])
  const unnamed = names.filter((name) => !isNamedIn(update, name))
  return quoting(part, update, { tail: unnamed.length === 0 ? '' : letterWords.askedBy(unnamed.join(', ')) })
}

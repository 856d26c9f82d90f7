/** Rule 9 (PURE): what came of the plans of the last letter, by their numbers. */
import { type Line, linesOf } from './lines.ts'
import { readMarker } from './marker.ts'
import { isInside, withoutInside } from './privacy.ts'
import type { Known, Note, Outcome, SaidOutcome } from './understood.ts'

const words: Readonly<Record<string, Outcome>> = {
  ...{ met: 'met', done: 'met', partly: 'partly', half: 'partly', 'half done': 'partly' },
  ...{ not: 'not', no: 'not', dropped: 'dropped', drop: 'dropped', 'drop it': 'dropped' },
}

const word = Object.keys(words)
  .toSorted((a, b) => b.length - a.length)
  .join('|')

/** `2 partly`, `plan 2: partly, why`, `2 is half done why`; "2 is not enough" is a sentence. */
const said = [
  `(?:is\\s+)?(?<word>${word})(?:\\s+(?:finally|at last))?(?:\\s*[.!]*$|\\s*(?:[,:;–—]|\\s-\\s)\\s*(?<why>.*)$|\\s+(?<because>because\\b.*)$)`,
  `is\\s+(?<word>half done)\\s+(?<why>.*)$`,
].map((rest) => new RegExp(`^\\s*(?:[-*+•]\\s+)?(?:plan\\s+)?#?(?<number>\\d{1,2})[.):]?\\s+${rest}`, 'iu'))

/** Takes the lines off `text` that say what came of a plan; a number that no plan has stays in the text. */
export function readOutcomes(
  text: string,
  known: Pick<Known, 'plans'>,
): { readonly text: string; readonly outcomes: readonly SaidOutcome[]; readonly notes: readonly Note[] } {
  const outcomes: SaidOutcome[] = []
  const notes: Note[] = []
  const lines = linesOf(text).flatMap((line) => apart(line, known))
  const kept = lines.filter(({ text: line, isCode }) => {
    if (isCode || !/\d/u.test(line) || isListed(line)) return true
    const outcome = readOutcome(line)
    if (outcome === null) return true
    const { number } = outcome
    const { plans } = known
    if (!plans.includes(number) || outcomes.some((each) => each.number === number)) {
      if (!plans.includes(number)) notes.push({ about: 'noPlan', number, plans })
      return true
    }
    outcomes.push(outcome)
    return false
  })
  return { text: kept.map((line) => line.text).join('\n'), outcomes, notes }
}

/** `3 partly because no room; 1 met`: a line for each, where every piece says what came of another plan. */
function apart(line: Line, known: Pick<Known, 'plans'>): readonly Line[] {
  const inside = isInside(line.text)
  const pieces = (inside ? withoutInside(line.text) : line.text).split(another)
  if (line.isCode || pieces.length === 1) return [line]
  const numbers = new Set(pieces.map((piece) => readOutcome(piece)?.number ?? null))
  if (numbers.size < pieces.length || numbers.has(null)) return [line]
  if (![...numbers].every((number) => number !== null && known.plans.includes(number))) return [line]
  return pieces.map((text) => ({ ...line, text: inside ? `${text} #inside` : text }))
}

const another = /\s*;\s*(?=(?:plan\s+)?#?\d{1,2}[.):]?\s)/iu

function readOutcome(line: string): SaidOutcome | null {
  const inside = isInside(line)
  const typed = inside ? withoutInside(line) : line
  const match = said[0]?.exec(typed) ?? said[1]?.exec(typed)
  const outcome = words[match?.groups?.word?.toLowerCase() ?? '']
  if (outcome === undefined) return null
  const why = (match?.groups?.why ?? match?.groups?.because ?? '').trim()
  return { number: Number(match?.groups?.number), outcome, why: why === '' ? null : why, inside }
}

/** `1. Done: …` is an item of a list that leads with a marker. */
function isListed(line: string): boolean {
  return /^\s*\d+[.)]\s/u.test(line) && readMarker(line) !== null
}

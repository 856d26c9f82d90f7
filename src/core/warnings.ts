/** What a letter lacks, in words that help its owner (PURE). */
import { extract } from './grammar/text.ts'
import { type Fitted, maxWords } from './length.ts'
import { isSilent, type Material, type Open } from './open.ts'
import { openItems } from './sections/items.ts'
import { warningWords as words } from './warning-words.ts'

/** Warnings about the letter of a circle that reads all, the most urgent first. */
export function warningsOf(material: Material, fitted: Fitted<unknown>): readonly string[] {
  const { open } = material
  if (isSilent(open)) return [words.nothing, ...keptWhileSilent(open)]
  return [
    ...early(material),
    ...plansWithoutWord(material),
    ...late(material),
    ...unconfirmed(material),
    ...(open.summary === null ? [words.noSummary] : []),
    ...(open.updates.some(({ kind }) => kind === 'next') ? [] : [words.noPlan]),
    ...(fitted.wholeWords > maxWords ? [words.long(fitted.wholeWords, fitted.words)] : []),
    ...(fitted.cut > 0 ? [words.cut(fitted.cut)] : []),
  ]
}

/** What makes no letter by itself, and stands in the next that goes out; empty where it does. */
export function keptWhileSilent(open: Open): readonly string[] {
  const { corrections, summary } = open
  if (!isSilent(open) || (corrections.length === 0 && summary === null)) return []
  return [words.kept([...new Set(corrections.map(({ number }) => number))], summary !== null)]
}

/** Asked for a day that is past when the letter is read. */
function early(material: Material): readonly string[] {
  const { today } = material.head
  const asked = openItems(material, 'Asked of you').current.filter(({ isFresh }) => isFresh)
  return asked
    .filter(({ said }) => said.due !== undefined && said.due <= today)
    .map(({ text }) => words.early(extract(text ?? '', maxExtract)))
}

function plansWithoutWord({ open, carried }: Material): readonly string[] {
  const told = new Set(open.outcomes.map(({ plan }) => plan))
  const numbers = carried.plans.filter(({ plan }) => !told.has(plan)).map(({ number }) => number)
  return numbers.length === 0 ? [] : [words.noOutcome(numbers)]
}

function late({ carried, head }: Material): readonly string[] {
  return carried.milestones
    .filter(({ state, due }) => state === 'open' && due < head.today)
    .map(({ title }) => words.lateMilestone(title))
}

/** Those that the next letters name only in one line. */
function unconfirmed(material: Material): readonly string[] {
  const items = (['Asked of you', 'Changed or stuck'] as const).flatMap((section) => {
    const { current, unconfirmed: old } = openItems(material, section)
    return [...current.filter(({ isFresh }) => !isFresh), ...old].filter((item) => item.unconfirmed > 0)
  })
  return items.map(({ text }) => words.unconfirmed(extract(text ?? '', maxExtract)))
}

const maxExtract = 60

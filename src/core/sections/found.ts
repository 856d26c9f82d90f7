/** Found (PURE): results, their numbers first, and surprises. */
import { type Piece, quoting, saying } from '../block.ts'
import { type Compared, compareAll, numbersAtStart, saysMore } from '../comparison.ts'
import { letterWords } from '../letter-words.ts'
import { comparedInWords } from '../measurement.ts'
import type { Material } from '../open.ts'

const part = 'Found'

/** A result of so few words may be nothing but its numbers. */
const fewWords = 20

/** More numbers of one result are left to its words. */
const mostNumbers = 4

export function found({ open, carried }: Material): readonly Piece[] {
  const compared = compareAll(open.updates, carried.past)
  const of = (kind: 'result' | 'surprise') => open.updates.filter((update) => update.kind === kind)
  return [
    ...of('result').map((update) => {
      const measured = compared.get(update.id) ?? []
      const numbers = numbersInOneLine(measured)
      const text = update.text ?? ''
      const isAll = measured.length > 0 && update.whole.words < fewWords && !saysMore(text, measured)
      if (isAll) return saying(part, update.id, '', { strong: `${numbers}.`, about: [update.id] })
      const strong = numbers === '' ? '' : `${numbers}:`
      return quoting(part, update, {
        ...{ strong, skip: numbersAtStart(text, measured), isBrief: update.hasTable },
      })
    }),
    ...of('surprise').map((update) =>
      quoting(part, update, { strong: letterWords.surprise, isBrief: update.hasTable }),
    ),
  ]
}

/** `auc 0.788, +0.007 vs baseline .781, last 0.785 (3 runs)`. Marks that all share are said once. */
export function numbersInOneLine(measured: readonly Compared[]): string {
  if (measured.length === 0) return ''
  const shown = measured.slice(0, mostNumbers)
  const marks = new Set(shown.map(marksOf))
  const isShared = marks.size === 1
  const pieces = shown.map((each) => comparedInWords(each) + (isShared ? '' : marksOf(each)))
  const more = measured.length - shown.length
  const all = [...pieces, ...(more > 0 ? [letterWords.andMore(more)] : [])].join('; ')
  return `${all}${isShared ? marksOf(measured[0]) : ''}`
}

function marksOf(compared: Compared | undefined): string {
  if (compared === undefined) return ''
  const { runs = 1, baseline } = compared
  const marks = [letterWords.runs(runs), ...(baseline === undefined ? [letterWords.noBaseline] : [])]
  return ` (${marks.join(', ')})`
}

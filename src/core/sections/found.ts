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
      const text = update.text ?? ''
      const numbers = numbersInOneLine(measured, text)
      const shown = measured.slice(0, mostNumbers)
      const isAll = shown.length > 0 && update.whole.words < fewWords && !saysMore(text, shown)
      if (isAll) return saying(part, update.id, '', { strong: `${numbers}.`, about: [update.id] })
      const strong = numbers === '' ? '' : `${numbers}:`
      return quoting(part, update, {
        ...{ strong, skip: numbersAtStart(text, shown), isBrief: update.hasTable },
      })
    }),
    ...of('surprise').map((update) =>
      quoting(part, update, { strong: letterWords.surprise, isBrief: update.hasTable }),
    ),
  ]
}

/** `auc 0.788, +0.007 vs baseline .781, last 0.785 (3 runs)`. Marks that all share are said once. */
export function numbersInOneLine(measured: readonly Compared[], words: string): string {
  if (measured.length === 0) return ''
  const shown = measured.slice(0, mostNumbers)
  const said = saidIn(words, measured)
  const each = shown.map((compared) => marksOf(compared, said))
  const isShared = new Set(each).size === 1
  const pieces = shown.map((compared, place) => comparedInWords(compared) + (isShared ? '' : each[place]))
  const more = measured.length - shown.length
  const all = [...pieces, ...(more > 0 ? [letterWords.andMore(more)] : [])].join('; ')
  return `${all}${isShared ? each[0] : ''}`
}

/** What the words speak of, though it was not read as a number: a letter does not deny it. */
type SaidInWords = { readonly runs: boolean; readonly baseline: boolean }

function saidIn(words: string, measured: readonly Compared[]): SaidInWords {
  const compares = words.match(/(?<!\p{L})(?:vs|versus|baseline)(?!\p{L})/giu)?.length ?? 0
  return {
    runs: /(?<!\p{L})(?:runs|seeds)(?!\p{L})/iu.test(words),
    baseline: compares > measured.filter(({ baseline }) => baseline !== undefined).length,
  }
}

function marksOf({ runs, baseline }: Compared, said: SaidInWords): string {
  const marks = [
    ...(runs === undefined && said.runs ? [] : [letterWords.runs(runs ?? 1)]),
    ...(baseline === undefined && !said.baseline ? [letterWords.noBaseline] : []),
  ]
  return marks.length === 0 ? '' : ` (${marks.join(', ')})`
}

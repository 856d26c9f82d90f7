/** What a report quotes (PURE): the words of updates in one line each. */
import { numbersAtStart } from './comparison.ts'
import { readMeasurements } from './grammar/numbers.ts'
import { extract, shorten } from './grammar/text.ts'
import { inWords } from './measurement.ts'
import type { Written } from './report-rows.ts'
import { reportWords } from './report-words.ts'

export const maxQuoted = 240

/** Without the colon that leads to what is not shown. */
export function quoted({ text, author }: Pick<Written, 'text' | 'author'>): string {
  const words = extract(proseOf(text), maxQuoted).replace(/\s*:$/u, '')
  return author === null ? words : reportWords.by(author, words)
}

/** A result that begins with numbers, `auc=.78 n=3: at last`, as one would say it: `auc .78 (3 runs): at last`. */
export function withNumbers(text: string): string {
  const numbers = numbersAtStart(text, readMeasurements(text, { metrics: [] }))
  const said = readMeasurements(numbers, { metrics: [] }).map(inWords).join(', ')
  const [mark = ''] = /[.,:;]?\s*$/u.exec(numbers) ?? []
  return said === '' ? text : said + mark + text.slice(numbers.length)
}

/** What stands before a table, code or formula of several lines, which are no sentence; all if nothing does. */
function proseOf(text: string): string {
  const prose = text.split(/\n(?=[^\S\n]*(?:\||`{3}|~{3}|\$\$))/u, 1)[0] ?? ''
  return prose.trim() === '' ? text : prose
}

/** A sentence that goes on. */
export function open(sentence: string): string {
  return sentence.replace(/(?<!\.)\.$/u, '')
}

export function after(mark: string, words: string | null): string {
  return words === null ? '' : `${mark}${shorten(words, maxQuoted)}`
}

/** Rule 8 (PURE): the numbers of a result. */
import { readable } from './lines.ts'
import type { Measurement } from './understood.ts'

/** What is said with numbers in every training run, and measures nothing. */
const settings = new Set([
  ...[
    'lr',
    'batch',
    'bs',
    'epoch',
    'epochs',
    'step',
    'steps',
    'seed',
    'dim',
    'emb',
    'dropout',
    'wd',
    'layers',
  ],
])

/** Units that stand apart from their number. */
const units =
  '%|percent|pp|points?|ms|µs|us|ns|s|sec|seconds?|min|minutes?|h|hours?|days?|kB|KB|MB|GB|TB|KiB|MiB|GiB|TiB|it/s|steps/s|examples/s|samples/s|images/s|img/s|tokens/s|queries/s|qps|QPS|flops|GFLOPS|TFLOPS|W|kW|mg|g|kg|ml|mL|l|mm|cm|m|km|°C|K|V|mV|A|mA|Hz|kHz|MHz|GHz'

const number =
  '[-+−]?(?:\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d*\\.\\d+|\\d+)(?:e[-+]?\\d+)?(?:[kM](?![\\p{L}\\p{N}]))?'
const value = `(?<value>${number})(?:(?<joined>%|[\\p{L}µ°][\\p{L}µ°/]*)|\\s+(?<apart>${units})(?![\\p{L}\\p{N}/]))?(?![\\p{L}\\p{N}]|[.,]\\d)`
const name = '(?<name>[\\p{L}][\\p{L}\\p{N}_@/.+-]*)'

const equation = new RegExp(`(?<![\\p{L}\\p{N}_/.-])${name}\\s?=\\s?${value}`, 'gu')
const condition = /(?<![\p{L}\p{N}_])on\s?=\s?(?<on>[\p{L}\p{N}_.@/-]+)/giu
const runsWord = /^(?:runs?|n|seeds)$/iu

type Found = {
  readonly index: number
  readonly end: number
  readonly name: string
  readonly value: string
  readonly unit: string | null
}

/** The measurements in `text`; `metrics` are the names that the project knows. */
export function readMeasurements(text: string, metrics: readonly string[]): readonly Measurement[] {
  const link = /\bhttps?:\/\/[^\s<>)\]]+/iu.exec(text)?.[0]?.replace(/[.,;:!?]+$/u, '')
  const seen = readable(text)
  const found = findNumbers(seen, metrics)
  const about = found.filter(({ name: word }) => /^baseline$/iu.test(word) || runsWord.test(word))
  const measured = found.filter((each) => !about.includes(each) && !settings.has(each.name.toLowerCase()))
  const conditions = Array.from(seen.matchAll(condition), ({ index, groups }) => ({
    index,
    on: groups?.on ?? '',
  }))
  return measured.map((each, i) => {
    const mine = about.filter((said) => measured[nearest(measured, said)] === measured[i])
    const baseline = mine.find(({ name: word }) => /^baseline$/iu.test(word))?.value
    const runs = Number(mine.find(({ name: word }) => runsWord.test(word))?.value)
    const on = conditionOf(each, measured, conditions)
    return {
      metric: each.name,
      value: each.value,
      ...(each.unit === null ? {} : { unit: each.unit }),
      ...(baseline === undefined ? {} : { baseline }),
      ...(Number.isInteger(runs) && runs > 0 ? { runs } : {}),
      ...(on === undefined ? {} : { on }),
      ...(link === undefined ? {} : { link }),
    }
  })
}

/** Every name with its number, in the order of the text. */
function findNumbers(text: string, metrics: readonly string[]): readonly Found[] {
  const known = metrics.map(literal)
  const words = [...known, 'baseline', 'runs?', 'seeds', 'n']
  const spaced = new RegExp(
    `(?<![\\p{L}\\p{N}_/.=-])(?<name>${words.join('|')})(?:\\s*:\\s*|\\s+)${value}`,
    'giu',
  )
  const rates = metrics.filter((metric) => metric.includes('/')).map(literal)
  const behind = new RegExp(
    `(?<![\\p{L}\\p{N}.,])(?<value>${number})\\s+(?<name>${rates.join('|')})(?![\\p{L}\\p{N}])`,
    'giu',
  )
  const all = [
    ...text.matchAll(equation),
    ...text.matchAll(spaced),
    ...(rates.length > 0 ? text.matchAll(behind) : []),
    ...linesOfNumbers(text),
    ...baselinesOf(text, [...known, '[\\p{L}][\\p{L}\\p{N}_@/.+-]*']),
  ].map((match): Found => {
    const { name: word = '', value: digits = '', joined, apart } = match.groups ?? {}
    return {
      index: match.index,
      end: match.index + match[0].length,
      name: word,
      value: digits,
      unit: joined ?? apart ?? null,
    }
  })
  const sorted = all.toSorted((a, b) => a.index - b.index || b.end - a.end)
  return sorted.filter((each, i) => !sorted.slice(0, i).some((other) => each.index < other.end))
}

/** `baseline auc .781` is the baseline of auc, like `auc … baseline .781`. */
function baselinesOf(text: string, names: readonly string[]): readonly RegExpExecArray[] {
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?<name>baseline)\\s+(?:${names.join('|')})\\s*[=: ]\\s*${value}`,
    'giu',
  )
  return Array.from(text.matchAll(pattern))
}

/** Lines that are nothing but names and numbers, such as `recall 0.61, precision 0.7`. */
function linesOfNumbers(text: string): readonly RegExpExecArray[] {
  const pair = `${name}(?:\\s*[:=]\\s*|\\s+)${value}`
  const only = new RegExp(
    `^\\s*(?:${pair.replaceAll(/\?<\w+>/gu, '?:')}[\\s,;]*)+(?:on\\s?=\\s?\\S+\\s*)?$`,
    'u',
  )
  let start = 0
  return text.split('\n').flatMap((line) => {
    const from = start
    start += line.length + 1
    if (!only.test(line)) return []
    return Array.from(line.matchAll(new RegExp(pair, 'gu')), (match) =>
      Object.assign(match, { index: match.index + from }),
    )
  })
}

/** What is said of a metric belongs to the nearest one on its left, else to the first on its right. */
function nearest(measured: readonly Found[], said: Found): number {
  const left = measured.findLastIndex(({ index }) => index < said.index)
  return left < 0 ? 0 : left
}

/** `on=` holds for all metrics on its left that no other one holds for; the first for those on its right too. */
function conditionOf(
  { index }: Found,
  measured: readonly Found[],
  conditions: readonly { readonly index: number; readonly on: string }[],
): string | undefined {
  const leads = conditions[0] !== undefined && conditions[0].index < (measured[0]?.index ?? 0)
  const mine = leads
    ? conditions.findLast((each) => each.index < index)
    : conditions.find((each) => each.index > index)
  return mine?.on
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&')
}

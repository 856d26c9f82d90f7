/** Rule 8 (PURE): the numbers of a result. */
import { readable } from './lines.ts'
import type { Known, Measurement } from './understood.ts'

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
    'run',
  ],
])

/** Units that stand apart from their number. */
const units =
  '%|percent|pp|points?|ms|µs|us|ns|s|sec|seconds?|min|minutes?|h|hours?|days?|kB|KB|MB|GB|TB|KiB|MiB|GiB|TiB|it/s|steps/s|examples/s|samples/s|images/s|img/s|tokens/s|queries/s|qps|QPS|flops|GFLOPS|TFLOPS|W|kW|mg|g|kg|ml|mL|l|mm|cm|m|km|°C|K|V|mV|A|mA|Hz|kHz|MHz|GHz|dollars?|euros?|USD|EUR'

const number =
  '[-+−]?(?:\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d*\\.\\d+|\\d+)(?:e[-+]?\\d+)?(?:[kM](?![\\p{L}\\p{N}]))?'
const space = '[^\\S\\n]'
const value = `(?<value>${number})(?:(?<joined>%|[\\p{L}µ°][\\p{L}µ°/]*)|${space}+(?<apart>${units})(?![\\p{L}\\p{N}/]))?(?![\\p{L}\\p{N}]|[.,]\\d)`
const name = '(?<name>[\\p{L}][\\p{L}\\p{N}_@/.+-]*)'

// None reaches over the end of a line: "accuracy:" above a numbered list has no number.
const equation = new RegExp(`(?<![\\p{L}\\p{N}_/.-])${name}${space}?=${space}?${value}`, 'gu')
const spaced = new RegExp(`(?<![\\p{L}\\p{N}_/.=-])${name}(?:${space}*:${space}*|${space}+)${value}`, 'gu')
/** `412k examples/s` */
const behind = new RegExp(`(?<![\\p{L}\\p{N}.,])(?<value>${number})${space}+${name}(?![\\p{L}\\p{N}])`, 'gu')
/** `3 runs`, whose place decides: see `isCounted`. */
const counted = new RegExp(
  `(?<![\\p{L}\\p{N}.,])(?<value>\\d{1,4})${space}+(?<name>runs|seeds)(?=${space}*(?:$|[.,;:)–—-]|(?:on|each|at|with|vs|and|baseline)(?!\\p{L})))`,
  'gimu',
)
/** `auc .79 vs .78`, whose place decides: see `isCompared`. */
const versus = new RegExp(
  `(?<![\\p{L}\\p{N}])(?<name>vs\\.?|versus)${space}+(?:the${space}+)?${value}`,
  'giu',
)
/** `baseline auc .781` is the baseline of auc, like `auc … baseline .781`. */
const baselineOf = new RegExp(
  `(?<![\\p{L}\\p{N}])(?<name>baseline)${space}+[\\p{L}][\\p{L}\\p{N}_@/.+-]*${space}*[=: ]${space}*${value}`,
  'giu',
)
const condition = /(?<![\p{L}\p{N}_])on\s?=\s?(?<on>[\p{L}\p{N}_.@/-]*[\p{L}\p{N}_@/-])/giu

type Found = {
  readonly index: number
  readonly end: number
  readonly name: string
  readonly value: string
  readonly unit: string | null
}

type Metrics = Pick<Known, 'metrics'>

/** Whether the project knows a metric by that name; it is asked when the first name is. */
export function metricsOf(known: Metrics): (name: string) => boolean {
  let names: ReadonlySet<string> | null = null
  return (name) => {
    names ??= new Set(known.metrics.map((metric) => metric.toLowerCase()))
    return names.has(name.toLowerCase())
  }
}

/** The measurements in `text`. */
export function readMeasurements(text: string, known: Metrics): readonly Measurement[] {
  const link = /\bhttps?:\/\/[^\s<>)\]]+/iu.exec(text)?.[0]?.replace(/[.,;:!?]+$/u, '')
  const seen = readable(text)
  const found = findNumbers(seen, known)
  const measured = found.filter(isMeasured)
  const about = Map.groupBy(
    found.filter(
      (each, i) => isAbout(each.name) && (!isVersus(each.name) || isCompared(seen, found[i - 1], each)),
    ),
    (said) => nearest(measured, said),
  )
  const conditions = Array.from(seen.matchAll(condition), ({ index, groups }) => ({
    index,
    on: groups?.on ?? '',
  }))
  return measured.map((each, i) => {
    const mine = about.get(i) ?? []
    const before =
      mine.find(({ name: word }) => isBaseline(word)) ?? mine.find(({ name: word }) => isVersus(word))
    const baseline = before && (before.unit === each.unit ? before.value : before.value + (before.unit ?? ''))
    const runs = Number(mine.find(({ name: word }) => isCount(word))?.value)
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
function findNumbers(text: string, known: Metrics): readonly Found[] {
  const isMetric = metricsOf(known)
  const all = [
    ...text.matchAll(equation),
    ...named(text.matchAll(spaced), (word) => isAbout(word) || isMetric(word)),
    ...named(text.matchAll(behind), (word) => word.includes('/') && isMetric(word)),
    ...text.matchAll(baselineOf),
    ...Array.from(text.matchAll(counted)).filter((match) => isCounted(text, match.index)),
    ...text.matchAll(versus),
    ...linesOfNumbers(text),
  ].map((match): Found => {
    const { name: word = '', value: digits = '', joined, apart } = match.groups ?? {}
    const unit = joined ?? apart ?? null
    return { index: match.index, end: match.index + match[0].length, name: word, value: digits, unit }
  })
  let end = 0
  return all
    .toSorted((a, b) => a.index - b.index || b.end - a.end)
    .filter((each) => {
      if (each.index < end) return false
      end = each.end
      return true
    })
    .slice(0, mostNumbers)
}

/** Whoever pastes more says nothing with them. */
const mostNumbers = 200

function named(
  matches: Iterable<RegExpExecArray>,
  isMeant: (word: string) => boolean,
): readonly RegExpExecArray[] {
  return Array.from(matches).filter((match) => isMeant(match.groups?.name?.toLowerCase() ?? ''))
}

const maxLine = 500

const pair = `${name}(?:\\s*[:=]\\s*|\\s+)${value}`
const everyPair = new RegExp(pair, 'gu')
const onlyPairs = new RegExp(
  `^\\s*(?:(?:${pair.replaceAll(/\?<\w+>/gu, '?:')}|\\d+\\s+(?:runs|seeds))[\\s,;]*)+(?:on\\s?=\\s?\\S+\\s*)?$`,
  'u',
)

/** Lines that are nothing but names and numbers, such as `recall 0.61, precision 0.7`. */
function linesOfNumbers(text: string): readonly RegExpExecArray[] {
  let start = 0
  return text.split('\n').flatMap((line) => {
    const from = start
    start += line.length + 1
    if (line.length > maxLine || !onlyPairs.test(line)) return []
    return Array.from(line.matchAll(everyPair), (match) =>
      Object.assign(match, { index: match.index + from }),
    )
  })
}

function isBaseline(word: string): boolean {
  return word.toLowerCase() === 'baseline'
}

function isVersus(word: string): boolean {
  return /^(?:vs\.?|versus)$/iu.test(word)
}

function isCount(word: string): boolean {
  return /^(?:runs|n|seeds)$/iu.test(word)
}

/** Whether a name says something of a metric, and is none. */
function isAbout(word: string): boolean {
  return isBaseline(word) || isVersus(word) || isCount(word)
}

function isMeasured({ name: word }: Found): boolean {
  return !isAbout(word) && !settings.has(word.toLowerCase())
}

const leadsToCount =
  /(?:^|[,;:.(–—\d%]|(?<!\S)-|(?<!\p{L})(?:over|across|from|of|in|for|with|using|after|mean|average|on[ =]\S+))[^\S\n]*$/imu

/** Whether `3 runs` counts those of a metric: `auc .79, 3 runs`, `mean over 3 runs`, not `2 of 3 runs`, `tomorrow 3 runs`. */
function isCounted(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 80), index)
  return leadsToCount.test(before) && !/\d[^\S\n]+of[^\S\n]+$/u.test(before)
}

const between =
  /^[^\S\n]*(?:±[^\S\n]*[\d.]+%?)?[^\S\n]*(?<on>on[^\S\n]*=?[^\S\n]*[^\s,;]+)?[^\S\n]*[,(]?[^\S\n]*$/iu
/** Compared with another day, or in another thing than the metric. */
const elsewhere = new RegExp(
  `^${space}+(?:last|before|yesterday|earlier|previously|runs|seeds|${[...settings].join('|')})(?!\\p{L})`,
  'iu',
)

/**
 * Whether `vs .78` stands right behind the value of a metric, and so is its baseline: not in `on kaggle vs .78 on
 * avazu`, which compares nothing.
 */
function isCompared(text: string, before: Found | undefined, said: Found): boolean {
  if (before === undefined || !isMeasured(before)) return false
  const gap = between.exec(text.slice(before.end, said.index))
  const behind = text.slice(said.end)
  const isElsewhere = gap?.groups?.on !== undefined && /^[^\S\n]+on(?!\p{L})/iu.test(behind)
  return gap !== null && !isElsewhere && !elsewhere.test(behind)
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

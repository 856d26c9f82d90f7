/** What a measurement is compared with (PURE): the baseline, said with it or before it, and the value before it. */
import type { Measurement } from './grammar/understood.ts'
import { identityOf } from './measurement.ts'
import type { OpenUpdate, Past } from './open.ts'

/** A measurement with the baseline carried on, and the last value of the same identity and unit. */
export type Compared = Measurement & { readonly last?: string }

/** The measurements of results, by update; earlier ones are `past`, and those that happened before in the period. */
export function compareAll(
  updates: readonly Pick<OpenUpdate, 'id' | 'kind' | 'said'>[],
  past: readonly Past[],
): ReadonlyMap<string, readonly Compared[]> {
  const known = new Map<string, Known>()
  for (const each of past.toSorted((a, b) => a.at - b.at)) {
    remember(known, nameOf(each.identity, each.unit), each.value, each.baseline)
  }
  const results = updates.filter(({ kind }) => kind === 'result')
  return new Map(results.map(({ id, said }) => [id, (said.measurements ?? []).map((m) => compare(m, known))]))
}

/**
 * Whether a result's words say more than its numbers, which stand before them already: whether a letter or
 * a digit is left without them and what belongs to them.
 */
export function saysMore(text: string, measurements: readonly Measurement[]): boolean {
  const runs = new Set(measurements.map((each) => each.runs))
  const said = measurements
    .flatMap(({ metric, value, unit, baseline, on, link }) => [
      ...[link, on, baseline, value + (unit ?? ''), value, metric, unit],
    ])
    .filter((each) => each !== undefined)
    .toSorted((a, b) => b.length - a.length)
  const uncounted = text.replace(countedRuns, (all) => (runs.has(Number(/\d+/u.exec(all)?.[0])) ? ' ' : all))
  const rest = said.reduce((left, each) => left.replaceAll(each, ' '), uncounted)
  return /[\p{L}\p{N}]/u.test(
    rest.replace(/(?<!\p{L})(?:baseline|vs|versus|runs?|seeds|n|on)(?!\p{L})/giu, ''),
  )
}

const countedRuns =
  /(?<![\p{L}\p{N}.])(?:\d+\s+(?:runs|seeds)|(?:runs|seeds|n)\s?[=: ]\s?\d+)(?![\p{L}\p{N}]|\.\d)/giu

/**
 * The numbers that a result's words begin with, `auc=.788 baseline .781 n=3, `: they stand before the words
 * already. Empty where it begins with a word, with anything that was not read as a measurement, or where a condition
 * that was read stands further on: it would be left over.
 */
export function numbersAtStart(text: string, measurements: readonly Measurement[]): string {
  const units = new Set(measurements.map(({ unit }) => unit))
  const baselines = new Set(measurements.map(({ baseline }) => baseline))
  const runs = new Set(measurements.map((each) => each.runs))
  let end = 0
  for (;;) {
    const [token, word = '', by = '', typed = ''] =
      /^(?<word>[\p{L}][\p{L}\p{N}/.-]*)(?<by>\s?=\s?|[^\S\n]+)(?<typed>[-+−]?[\p{L}\p{N}.%/_@-]*[\p{L}\p{N}%_@])[,;:.]?(?:[^\S\n]+|$)/u.exec(
        text.slice(end),
      ) ?? []
    const isNumber =
      (by.includes('=') || /\d/u.test(typed)) && measurements.some((each) => holds(each, word, typed))
    const unit = /^(\S+?)[,;:.]?(?:[^\S\n]+|$)/u.exec(text.slice(end))
    const versus = /^(?:vs\.?|versus)[^\S\n]+([^\s,;:]*?)(?:[,;:.]?(?:[^\S\n]+|$))/iu.exec(text.slice(end))
    const count = /^(\d+)[^\S\n]+(?:runs|seeds)(?:[,;:.](?:[^\S\n]+|$)|$)/iu.exec(text.slice(end))
    if (token !== undefined && isNumber) end += token.length
    else if (end > 0 && versus !== null && baselines.has(versus[1])) end += versus[0].length
    else if (end > 0 && count !== null && runs.has(Number(count[1]))) end += count[0].length
    else if (end > 0 && unit !== null && units.has(unit[1])) end += unit[0].length
    else return condition.test(text.slice(end)) ? '' : text.slice(0, end)
  }
}

const condition = /(?<![\p{L}\p{N}_])on\s?=/iu

/** Whether `word` and what was `typed` behind it were read into the measurement. */
function holds(
  { metric, value, unit = '', baseline, runs, on }: Measurement,
  word: string,
  typed: string,
): boolean {
  const name = word.toLowerCase()
  if (name === metric.toLowerCase() && (typed === value || typed === value + unit)) return true
  if (name === 'baseline') return baseline !== undefined && (typed === baseline || typed === baseline + unit)
  if (name === 'on') return typed === on
  return ['runs', 'n', 'seeds'].includes(name) && Number(typed) === runs
}

type Known = { readonly last: string; readonly baseline: string | null }

/** A change needs equal units. */
function nameOf(identity: string, unit: string | null | undefined): string {
  return `${identity} in ${unit ?? ''}`
}

function compare(measurement: Measurement, known: Map<string, Known>): Compared {
  const name = nameOf(identityOf(measurement), measurement.unit)
  const before = known.get(name)
  const baseline = measurement.baseline ?? before?.baseline ?? null
  remember(known, name, measurement.value, measurement.baseline ?? null)
  return {
    ...measurement,
    ...(baseline === null ? {} : { baseline }),
    ...(before === undefined ? {} : { last: before.last }),
  }
}

function remember(known: Map<string, Known>, name: string, last: string, baseline: string | null): void {
  known.set(name, { last, baseline: baseline ?? known.get(name)?.baseline ?? null })
}

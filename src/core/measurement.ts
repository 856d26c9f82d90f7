/** Measurements (PURE): numbers as they were typed, and what changed between two. */
import type { Measurement } from './grammar/understood.ts'

/** The number that digits mean: `12,400`, `12.4k`, `.788`; null if they mean none. */
export function numberOf(digits: string): number | null {
  const [, plain = '', scale = ''] =
    /^([-+]?[\d.,]+(?:e[-+]?\d+)?)([kM]?)$/u.exec(digits.replace('−', '-')) ?? []
  const number = plain === '' ? Number.NaN : Number(plain.replaceAll(',', ''))
  return Number.isFinite(number) ? number * ({ k: 1e3, M: 1e6 }[scale] ?? 1) : null
}

/** What two measurements share that can be compared: metric and condition, in lower case. "auc on kaggle" */
export function identityOf({ metric, on }: Pick<Measurement, 'metric' | 'on'>): string {
  return (on === undefined ? metric : `${metric} on ${on}`).toLowerCase()
}

/** "+0.007": from `before` to `after`, with as many decimals as the finer of the two; null if not comparable. */
export function changeBetween(before: string, after: string): string | null {
  const [from, to] = [numberOf(before), numberOf(after)]
  if (from === null || to === null || scaleOf(before) !== scaleOf(after)) return null
  const scale = { k: 1e3, M: 1e6 }[scaleOf(after)] ?? 1
  const decimals = Math.max(decimalsOf(before), decimalsOf(after))
  const change = ((to - from) / scale).toFixed(decimals)
  const sign = Number(change) > 0 ? '+' : ''
  return `${Number(change) === 0 ? Math.abs(Number(change)).toFixed(decimals) : `${sign}${change.replace('-', '−')}`}${scaleOf(after)}`
}

/** What changed since the baseline, else since the last value; null where neither can be compared. */
export function changeOf({ value, baseline, last }: Measurement & { readonly last?: string }): string | null {
  const before = baseline ?? last
  return before === undefined ? null : changeBetween(before, value)
}

/** "auc 0.788 on kaggle, +0.007 vs baseline .781, last time 0.785" */
export function comparedInWords(measurement: Measurement & { readonly last?: string }): string {
  const { metric, value, unit, on, baseline, last } = measurement
  const change = changeOf(measurement)
  const name = `${metric} ${withUnit(value, unit)}${on === undefined ? '' : ` on ${on}`}`
  const against =
    baseline === undefined ? [] : [`${change === null ? '' : `${change} `}vs baseline ${baseline}`]
  const isSame = baseline !== undefined && last !== undefined && numberOf(baseline) === numberOf(last)
  const since =
    last === undefined || isSame
      ? []
      : [`last time ${last}${baseline === undefined && change !== null ? ` (${change})` : ''}`]
  return [name, ...against, ...since].join(', ')
}

/** "auc 0.788 vs .781 (+0.007) on kaggle, 3 runs" */
export function inWords({ metric, value, unit, baseline, runs, on }: Measurement): string {
  const change = baseline === undefined ? null : changeBetween(baseline, value)
  return [
    metric,
    withUnit(value, unit),
    ...(baseline === undefined ? [] : [`vs ${baseline}`]),
    ...(change === null ? [] : [`(${change})`]),
    ...(on === undefined ? [] : [`on ${on}`]),
    ...(runs === undefined ? [] : [`(${runs} ${runs === 1 ? 'run' : 'runs'})`]),
  ].join(' ')
}

/** "auc on kaggle: .771 → 0.788 (+0.017), baseline .781, 3 runs"; a change needs equal units. */
export function trendInWords(first: Measurement, latest: Measurement): string {
  const change = first.unit === latest.unit ? changeBetween(first.value, latest.value) : null
  const [from, to] = [first, latest].map(({ value, unit }) => withUnit(value, unit))
  return [
    `${latest.metric}${latest.on === undefined ? '' : ` on ${latest.on}`}: ${from} → ${to}`,
    ...(change === null ? [] : [` (${change})`]),
    ...(latest.baseline === undefined ? [] : [`, baseline ${latest.baseline}`]),
    ...(latest.runs === undefined ? [] : [`, ${latest.runs} ${latest.runs === 1 ? 'run' : 'runs'}`]),
  ].join('')
}

/** "76%", "412k examples/s", "0.788": digits as typed, with their unit. */
export function withUnit(value: string, unit: string | undefined): string {
  if (unit === undefined) return value
  return unit === '%' ? `${value}${unit}` : `${value} ${unit}`
}

function scaleOf(digits: string): string {
  return /[kM]$/u.exec(digits)?.[0] ?? ''
}

function decimalsOf(digits: string): number {
  return /\.(\d+)/u.exec(digits)?.[1]?.length ?? 0
}

/** A report as the fields of a form, each beside what it was when the page was made; and back. */
import { headings } from '../../core/kinds.ts'
import { addDays, beginOf, formatInstant, localDate } from '../../core/period.ts'
import type { Ticks } from '../../core/report.ts'
import { type ReportField, type ReportFields, reportFields } from '../../render/pages/desk/report.tsx'
import type { Report } from '../../store/reports.ts'
import { type Form, typed, unixLines } from './perform.ts'

/** Days by the local calendar, both in the span; own words by heading. */
export function fieldsOf({ since, until, paragraphs }: Report, zone: string): ReportFields {
  const own = headings.map((heading) => [heading, paragraphs[heading] ?? ''])
  const all = { ...Object.fromEntries(own), since: localDate(zone, since), until: localDate(zone, until - 1) }
  return all as ReportFields // Object.fromEntries forgets the names
}

/** What was typed over what the page was made from. */
export type Typed = {
  readonly fields: ReportFields
  readonly changed: readonly ReportField[]
  /** Those of them that have become something else meanwhile. */
  readonly overtaken: readonly ReportField[]
  /** Points that were ticked or unticked; the others are left as they are by now. */
  readonly ticks: Ticks
}

export function readReport(form: Form, stored: ReportFields): Typed {
  const text = (name: string) => unixLines(typed(form, name)).trim()
  const was = (name: string) => text(`was:${name}`)
  const changed = reportFields.filter(
    (name) => name in form && text(name) !== was(name) && text(name) !== stored[name],
  )
  const points = Object.keys(form).flatMap((name) => /^was:(.+:.*)$/su.exec(name)?.[1] ?? [])
  const ticks = points.map((point) => [point, point in form] as const)
  return {
    fields: { ...stored, ...Object.fromEntries(changed.map((name) => [name, text(name)])) },
    changed,
    overtaken: changed.filter((name) => was(name) !== stored[name]),
    ticks: Object.fromEntries(ticks.filter(([point, isTicked]) => isTicked !== (was(point) === 'true'))),
  }
}

/** The change that the API is asked for: whatever was not changed stays as it is in `report`. */
export function editOf(report: Report, { fields, changed, ticks }: Typed, zone: string): Form {
  const own = headings.map((heading) => [heading, fields[heading]])
  return {
    ...(changed.includes('since') ? { since: formatInstant(beginOf(zone, fields.since)) } : {}),
    ...(changed.includes('until') ? { until: endOf(fields.until, zone) } : {}),
    paragraphs: Object.fromEntries(own.filter(([, text]) => text !== '')),
    ticks: { ...report.ticks, ...ticks },
    changedAt: formatInstant(report.changedAt),
  }
}

/** The end of a local day. */
export function endOf(date: string, zone: string): string {
  return formatInstant(beginOf(zone, addDays(date, 1)))
}

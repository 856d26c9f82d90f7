/** Milestone reports at the owner's desk: begun, written in, and read to be copied or printed. */
import { deskWords } from '../../core/desk-words.ts'
import { reportPageWords as words } from '../../core/desk-words-report.ts'
import { beginOf, dayInWords, formatInstant, isDate, momentInWords, spanInWords } from '../../core/period.ts'
import { circles } from '../../core/recipient.ts'
import { type FieldError, fail, type Result } from '../../core/result.ts'
import { newId } from '../../core/secret.ts'
import { type ReportPage, reportPage } from '../../render/pages/desk/report.tsx'
import { readReportPage } from '../../render/pages/desk/report-read.tsx'
import { reportsPage } from '../../render/pages/desk/reports.tsx'
import { circlesInUse } from '../../store/recipients.ts'
import { beginningAt, beginningBefore, findReport, listReports, type Report } from '../../store/reports.ts'
import { type Call, type Caller, type Handlers, page, type Reply, redirect } from '../call.ts'
import { compileReport, reportHandlers } from '../reports.ts'
import { errorsOf, perform, statusOf, typed } from './perform.ts'
import { editOf, endOf, fieldsOf, readReport } from './report-fields.ts'
import { viewerOf } from './viewer.ts'

type Names = 'showReports' | 'beginReport' | 'showReport' | 'changeReport' | 'readReport'
type DeskCall = Pick<Call, 'db' | 'now' | 'params'> & { readonly caller: Caller }

const here = '/desk/report'
const reportsAPage = 25

export const reportPageHandlers: Handlers<Names> = {
  async showReports(call) {
    return showReports(call, 200, { before: call.query.before })
  },

  async beginReport(call) {
    const { body: form } = call
    const { zone } = await viewerOf(call)
    const [since, until] = [typed(form, 'since'), typed(form, 'until')]
    const circle = circles.find((name) => name === form.circle) ?? 'inner'
    const again = { since, until, circle }
    const wrong = wrongDays(again).filter(({ field }) => again[field] !== '')
    if (wrong.length > 0) return showReports(call, 422, { again, errors: wrong })
    const span = {
      ...(since === '' ? {} : { since: formatInstant(beginOf(zone, since)) }),
      ...(until === '' ? {} : { until: endOf(until, zone) }),
    }
    const done = await perform('addReport', reportHandlers, call, { ...span, circle })
    if (done.ok) return redirect(`${here}/${done.value.headers?.Location?.split('/').at(-1)}`) // of /api/reports/{id}
    const isStale = done.problem.reason === 'stale'
    const errors = isStale ? [{ field: '', message: deskWords.stale }] : errorsOf(done.problem)
    return showReports(call, statusOf(done.problem), { again, errors })
  },

  async showReport(call) {
    const report = await find(call)
    return report === null ? notFound : showReport(call, report, 200, { did: call.query.did })
  },

  async changeReport(call) {
    const { body: form, now } = call
    const report = await find(call)
    if (report === null) return notFound
    const { zone } = await viewerOf(call)
    const stored = fieldsOf(report, zone)
    const again = readReport(form, stored)
    const { fields, overtaken } = again
    const errors = [
      ...overtaken.map((field) => ({ field, message: words.was(stored[field]) })),
      ...wrongDays(fields),
    ]
    if (errors.length > 0)
      return showReport(call, report, overtaken.length > 0 ? 409 : 422, { again, errors })
    const span = {
      ...(form.begin === undefined ? {} : { since: form.begin }),
      ...(form.act === 'now' ? { until: formatInstant(now) } : {}),
    }
    const edit = { ...editOf(report, again, zone), ...span }
    const done = await perform('replaceReport', reportHandlers, call, edit)
    if (done.ok) return redirect(`${here}/${report.id}?did=reportSaved`)
    // Somebody else was faster: what was changed here is laid over what they kept.
    if (done.problem.reason === 'stale') return reportPageHandlers.changeReport(call)
    return showReport(call, report, statusOf(done.problem), {
      again,
      errors: errorsOf(done.problem).map(beside),
    })
  },

  async readReport(call) {
    const report = await find(call)
    if (report === null) return notFound
    const { head, headings } = await compileReport(call, report)
    return page(200, readReportPage(await viewerOf(call), report.id, head, headings))
  },
}

const notFound = fail({ reason: 'notFound' })

function find({ db, params }: DeskCall): Promise<Report | null> {
  return findReport(db, params.id ?? '')
}

type Days = { readonly since: string; readonly until: string }

/** Those that the calendar does not have, or an end before the begin. */
function wrongDays(days: Days): readonly (FieldError & { readonly field: keyof Days })[] {
  const wrong = (['since', 'until'] as const).filter((field) => !isDate(days[field]))
  if (wrong.length > 0) return wrong.map((field) => ({ field, message: deskWords.noDay }))
  return days.until < days.since ? [{ field: 'until', message: words.backwards }] : []
}

/** A paragraph's problem beside its field. */
function beside({ field, message }: FieldError): FieldError {
  const [, heading, what] = /^paragraphs\.(\w+) (.*)$/su.exec(`${field} ${message}`.trim()) ?? []
  return heading === undefined || what === undefined ? { field, message } : { field: heading, message: what }
}

type Begun = Pick<Parameters<typeof reportsPage>[1], 'again' | 'errors'>

async function showReports(
  call: Pick<Call, 'db' | 'now'> & { readonly caller: Caller },
  status: Parameters<typeof page>[0],
  { before, ...begun }: Partial<Begun> & { readonly before?: string | undefined },
): Promise<Result<Reply>> {
  const { db, now } = call
  const viewer = await viewerOf(call)
  const { zone, locale } = viewer
  const found = await listReports(db, before ?? null, reportsAPage + 1)
  const reports = found.slice(0, reportsAPage)
  const begins = await beginningBefore(db, 'inner', now)
  return page(
    status,
    reportsPage(viewer, {
      ...{ again: { since: '', until: '', circle: 'inner' }, errors: [] },
      ...begun,
      key: newId(now),
      begins: begins && words.begins(begins.what, momentInWords(zone, locale, begins.since)),
      hasCircles: (await circlesInUse(db)).circles.length > 1,
      reports: reports.map(({ id, circle, since, until, changedAt }) => ({
        ...{ id, circle, span: spanInWords(zone, locale, since, until - 1) },
        changedOn: dayInWords(zone, locale, changedAt),
      })),
      older: found.length > reportsAPage ? (reports.at(-1)?.id ?? null) : null,
    }),
  )
}

type Shown = {
  readonly did?: ReportPage['did']
  readonly again?: Pick<ReportPage, 'fields' | 'ticks'>
  readonly errors?: ReportPage['errors']
}

async function showReport(
  call: DeskCall,
  report: Report,
  status: Parameters<typeof page>[0],
  { did, again, errors = [] }: Shown,
): Promise<Result<Reply>> {
  const { db } = call
  const { id, circle, since, until } = report
  const viewer = await viewerOf(call)
  const moment = (instant: number) => momentInWords(viewer.zone, viewer.locale, instant)
  const { head, headings, warnings } = await compileReport(call, report)
  const was = fieldsOf(report, viewer.zone)
  const earlier = await beginningBefore(db, circle, since)
  const begins = await beginningAt(db, circle, since)
  const hasCircles = (await circlesInUse(db)).circles.length > 1
  return page(
    status,
    reportPage(viewer, {
      ...{ did, errors, id, days: head.span, headings, warnings, was },
      circle: hasCircles ? words.forCircle[circle] : null,
      span: words.span(begins?.what ?? null, moment(since), moment(until)),
      earlier: earlier && {
        since: formatInstant(earlier.since),
        words: words.fromEarlier(earlier.what, moment(earlier.since)),
      },
      fields: again?.fields ?? was,
      ticks: again?.ticks ?? {},
    }),
  )
}

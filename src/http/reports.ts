import { formatInstant, parseInstant, spanInWords } from '../core/period.ts'
import { reportOf, type Span } from '../core/report.ts'
import { fail, invalid, ok, type Result } from '../core/result.ts'
import { newId } from '../core/secret.ts'
import { reportWords } from '../core/words.ts'
import { reportMarkdown } from '../render/report.ts'
import { openProject } from '../store/project.ts'
import { mostRows, readCompiled } from '../store/report-rows.ts'
import {
  findReport,
  insertReport,
  listReports,
  type Report,
  replaceReport,
  spanBegin,
} from '../store/reports.ts'
import { type Call, type Handlers, json, markdown } from './call.ts'
import { refusedParagraph } from './report-schemas.ts'

const pageSize = 50

export const reportHandlers: Handlers<'listReports' | 'addReport' | 'getReport' | 'replaceReport'> = {
  async listReports({ db, query }) {
    const found = await listReports(db, query.cursor ?? null, pageSize + 1)
    const reports = found.slice(0, pageSize)
    const nextCursor = found.length > pageSize ? (reports.at(-1)?.id ?? null) : null
    return json(200, { reports: reports.map(dated), nextCursor })
  },

  async addReport(call) {
    const { db, body, now } = call
    const circle = body.circle ?? 'inner'
    const until = instantOf(body.until) ?? now
    await openProject(db, now)
    const span = checkSpan({ since: instantOf(body.since) ?? (await spanBegin(db, circle, until)), until })
    if (!span.ok) return span
    const own = { paragraphs: {}, ticks: {} }
    const report = { id: newId(now), ...span.value, circle, ...own, madeAt: now, changedAt: now }
    await insertReport(db, report)
    return json(201, await compile(call, report), { Location: `/api/reports/${report.id}` })
  },

  async getReport(call) {
    const report = await findReport(call.db, call.params.id ?? '')
    if (report === null) return fail({ reason: 'notFound' })
    const shown = await compile(call, report)
    const wantsMarkdown = /^\s*text\/markdown\b/iu.test(call.headers.get('Accept') ?? '')
    return wantsMarkdown ? markdown(shown.markdown) : json(200, shown)
  },

  async replaceReport(call) {
    const { db, body, params, now } = call
    const before = await findReport(db, params.id ?? '')
    if (before === null) return fail({ reason: 'notFound' })
    const span = checkSpan({
      since: instantOf(body.since) ?? before.since,
      until: instantOf(body.until) ?? before.until,
    })
    if (!span.ok) return span
    const { paragraphs, ticks } = body
    const refused = refusedParagraph(paragraphs, before.circle)
    if (refused !== null) {
      const { heading, message, isTooLarge } = refused
      const field = `paragraphs.${heading}`
      return isTooLarge
        ? fail({ reason: 'tooLarge', detail: `${field} ${message}` })
        : invalid(field, message)
    }
    const after = { ...before, ...span.value, paragraphs, ticks, changedAt: now }
    const changedAt = await replaceReport(db, after, instantOf(body.changedAt))
    if (changedAt === null) return fail({ reason: 'stale', detail: 'it was changed since' })
    return json(200, await compile(call, { ...after, changedAt }))
  },
}

/** A report as it is now: compiled anew from the rows, so that nothing in it is stale. */
async function compile({ db, now }: Pick<Call, 'db' | 'now'>, report: Report) {
  const { since, until, circle, paragraphs, ticks } = report
  const { settings } = await openProject(db, now)
  const { compiled, isCut } = await readCompiled(db, report, circle)
  const { locale, course, homepage, ownerName } = settings
  const { zone } = settings.schedule
  const all = reportOf(compiled, report, { zone, locale }, { paragraphs, ticks }, now)
  const title = reportWords.title(settings.title)
  const span = spanInWords(zone, locale, since, until)
  return {
    ...dated(report),
    title,
    headings: all.map((each) => ({ ...each, title: reportWords.headings[each.heading] })),
    warnings: isCut ? [reportWords.cut(mostRows)] : [],
    markdown: reportMarkdown({ title, course, homepage, ownerName, span }, all),
  }
}

function dated({ id, since, until, circle, madeAt, changedAt }: Omit<Report, 'paragraphs' | 'ticks'>) {
  return {
    ...{ id, since: formatInstant(since), until: formatInstant(until), circle },
    ...{ madeAt: formatInstant(madeAt), changedAt: formatInstant(changedAt) },
  }
}

function checkSpan(span: Span): Result<Span> {
  return span.since < span.until ? ok(span) : invalid('until', 'is not after since')
}

function instantOf(text: string | undefined): number | null {
  return text === undefined ? null : parseInstant(text)
}

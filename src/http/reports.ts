import { formatInstant, parseInstant, spanInWords } from '../core/period.ts'
import { reportOf, type Span } from '../core/report.ts'
import { reportWords } from '../core/report-words.ts'
import { fail, invalid, ok, type Result } from '../core/result.ts'
import { idFrom } from '../core/secret.ts'
import { reportMarkdown } from '../render/report.ts'
import { openProject } from '../store/project.ts'
import { mostRows, readCompiled } from '../store/report-rows.ts'
import {
  beginningBefore,
  findReport,
  insertReport,
  listReports,
  type Report,
  replaceReport,
} from '../store/reports.ts'
import { type Call, type Handlers, json, markdown } from './call.ts'
import { refusedParagraph } from './report-schemas.ts'
import type { Routes } from './routes.ts'

const pageSize = 50

export const reportHandlers: Handlers<'listReports' | 'addReport' | 'getReport' | 'replaceReport'> = {
  async listReports({ db, query }) {
    const found = await listReports(db, query.cursor ?? null, pageSize + 1)
    const reports = found.slice(0, pageSize)
    const nextCursor = found.length > pageSize ? (reports.at(-1)?.id ?? null) : null
    return json(200, { reports: reports.map(dated), nextCursor })
  },

  async addReport(call) {
    const { db, body, extra, now } = call
    const circle = body.circle ?? 'inner'
    const until = instantOf(body.until) ?? now
    await openProject(db, now)
    const since = instantOf(body.since) ?? (await beginningBefore(db, circle, until))?.since ?? until
    const span = checkSpan({ since, until })
    if (!span.ok) return span
    const own = { paragraphs: {}, ticks: {} }
    const id = idFrom(extra.key, now)
    await insertReport(db, { id, ...span.value, circle, ...own, madeAt: now, changedAt: now })
    const report = await findReport(db, id)
    if (report === null || !isAsked(report, body)) {
      return fail({ reason: 'stale', detail: 'another report was begun by this form' })
    }
    return json(201, await shown(call, report), { Location: `/api/reports/${id}` })
  },

  async getReport(call) {
    const report = await findReport(call.db, call.params.id ?? '')
    if (report === null) return fail({ reason: 'notFound' })
    const found = await shown(call, report)
    const wantsMarkdown = /^\s*text\/markdown\b/iu.test(call.headers.get('Accept') ?? '')
    return wantsMarkdown ? markdown(found.markdown) : json(200, found)
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
    return json(200, await shown(call, { ...after, changedAt }))
  },
}

/** A report as it is now: compiled anew from the rows, so that nothing in it is stale. */
export async function compileReport({ db, now }: Pick<Call, 'db' | 'now'>, report: Report) {
  const { since, until, circle, paragraphs, ticks } = report
  const { title, locale, course, homepage, ownerName, schedule } = (await openProject(db, now)).settings
  const { zone } = schedule
  const { compiled, isCut } = await readCompiled(db, report, circle)
  const span = spanInWords(zone, locale, since, until - 1) // its end is not in it
  return {
    head: { title: reportWords.title(title), course, homepage, ownerName, span },
    headings: reportOf(compiled, report, { zone, locale }, { paragraphs, ticks }, now),
    warnings: isCut ? [reportWords.cut(mostRows)] : [],
  }
}

async function shown(call: Pick<Call, 'db' | 'now'>, report: Report) {
  const { head, headings, warnings } = await compileReport(call, report)
  return {
    ...dated(report),
    title: head.title,
    headings: headings.map(({ isLeftOut, ...each }) => {
      return { ...each, title: reportWords.headings[each.heading], leftOut: isLeftOut }
    }),
    warnings,
    markdown: reportMarkdown(head, headings),
  }
}

/** Whether it has what was asked for, so far as anything was. */
function isAsked(report: Report, { since, until, circle }: Call<Routes['addReport']>['body']): boolean {
  return (
    (instantOf(since) ?? report.since) === report.since &&
    (instantOf(until) ?? report.until) === report.until &&
    (circle ?? report.circle) === report.circle
  )
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

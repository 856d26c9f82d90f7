/** The milestone report as Markdown (PURE): the headings, the owner's paragraph, then what is ticked. */
import type { HeadingOfReport } from '../core/report.ts'
import { reportWords } from '../core/report-words.ts'
import { escapeMarkdown, liveLink } from './escape.ts'
import { render } from './markdown.ts'

/** What stands above the headings: settings, and the span in words. */
export type ReportHead = {
  readonly title: string
  readonly course: string
  readonly homepage: string | null
  readonly ownerName: string
  readonly span: string
}

export function reportMarkdown(head: ReportHead, headings: readonly HeadingOfReport[]): string {
  const shown = headings.filter(({ isLeftOut }) => !isLeftOut)
  return `${[headMarkdown(head), ...shown.map(headingMarkdown)].join('\n\n')}\n`
}

function headMarkdown({ title, course, homepage, ownerName, span }: ReportHead): string {
  const link = homepage === null ? null : liveLink(homepage)
  const line = [course, ownerName, span].filter((piece) => piece !== '').map(escapeMarkdown)
  const pieces = [...line, ...(link === null ? [] : [`<${link}>`])]
  return `# ${escapeMarkdown(title)}\n\n${pieces.join(' · ')}`
}

function headingMarkdown({ heading, paragraph, points }: HeadingOfReport): string {
  const own = paragraph === '' ? '' : render(paragraph).markdown.replace(/^\n+/u, '')
  const ticked = points.filter((point) => point.ticked)
  // Paragraphs make their lists with `-`: another mark keeps a list of the owner's apart from the points.
  const list = ticked.map(({ text }) => `* ${escapeMarkdown(text)}`).join('\n')
  const parts = [own, list].filter((part) => part !== '')
  const body = parts.length === 0 ? [reportWords.none] : parts
  return [`## ${reportWords.headings[heading]}`, ...body].join('\n\n')
}

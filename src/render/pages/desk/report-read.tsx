/** A milestone report as it reads (PURE): to be printed, selected and copied, with a script by buttons. */
import { raw } from 'hono/html'
import { reportPageWords as words } from '../../../core/desk-words-report.ts'
import type { HeadingOfReport } from '../../../core/report.ts'
import { reportWords } from '../../../core/report-words.ts'
import { liveLink } from '../../escape.ts'
import { render } from '../../markdown.ts'
import { type ReportHead, reportMarkdown } from '../../report.ts'
import { reachable } from '../reachable.ts'
import { deskPage, type Viewer } from './desk-page.tsx'

export function readReportPage(
  viewer: Viewer,
  id: string,
  head: ReportHead,
  headings: readonly HeadingOfReport[],
): string {
  const { title, course, homepage, ownerName, span } = head
  const link = homepage === null ? null : liveLink(homepage)
  return deskPage({
    viewer,
    title,
    script: 'report.js',
    children: (
      <>
        <div
          class="acts unprinted"
          data-copy={words.copy}
          data-markdown={words.copyMarkdown}
          data-copied={words.copied}
          data-print={words.print}
        >
          <a class="row" href={`/desk/report/${id}`}>
            {words.toChange}
          </a>
        </div>
        <article>
          <p class="said">
            {[course, ownerName, span].filter((piece) => piece !== '').join(' · ')}
            {link !== null && (
              <>
                {' · '}
                <a href={link}>{homepage}</a>
              </>
            )}
          </p>
          {headings
            .filter(({ isLeftOut }) => !isLeftOut)
            .map((each) => (
              <Section {...each} />
            ))}
        </article>
        <section class="apart unprinted">
          <label for="markdown">{words.markdown}</label>
          <textarea id="markdown" rows={12} readonly>
            {reportMarkdown(head, headings)}
          </textarea>
        </section>
      </>
    ),
  })
}

function Section({ heading, paragraph, points }: HeadingOfReport) {
  const ticked = points.filter((point) => point.ticked)
  return (
    <>
      <h2>{reportWords.headings[heading]}</h2>
      {paragraph !== '' && <div>{raw(reachable(render(paragraph).page))}</div>}
      {ticked.length > 0 && (
        <ul>
          {ticked.map(({ text }) => (
            <li>{text}</li>
          ))}
        </ul>
      )}
      {paragraph === '' && ticked.length === 0 && <p>{reportWords.none}</p>}
    </>
  )
}

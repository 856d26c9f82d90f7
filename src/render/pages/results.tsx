/** The page of results (PURE): each metric's course, and every number with the letter that told it. */
import type { Held, History, Measured } from '../../core/history.ts'
import { withUnit } from '../../core/measurement.ts'
import { localDate } from '../../core/period.ts'
import { pageWords as words } from '../../core/words.ts'
import { liveLink } from '../escape.ts'
import { Chart } from './chart.tsx'
import { Page, toHtml } from './frame.tsx'
import { type ArchiveReader, archiveLinks } from './navigation.tsx'

type ToldNumber = Measured & {
  readonly update: string
  readonly slug: string
  readonly zone: string
  readonly locale: string
}

/** Of a metric with `most` numbers older ones are left out. */
export function resultsPage(
  project: ArchiveReader,
  histories: readonly History<ToldNumber>[],
  most: number,
): string {
  return toHtml(
    <Page title={words.results} project={project.title} locale={project.locale} links={archiveLinks(project)}>
      <h1>{words.results}</h1>
      {histories.length === 0 && <p>{words.noResults}</p>}
      {histories.map((history, i) => (
        <Metric history={history} id={`metric-${i + 1}`} isCut={history.numbers.length >= most} />
      ))}
    </Page>,
  )
}

type MetricProps = { history: History<ToldNumber>; id: string; isCut: boolean }

function Metric({ history, id, isCut }: MetricProps) {
  const { metric, on, numbers, course } = history
  const name = words.metric(metric, on)
  return (
    <section id={id} class="metric">
      <h2>
        <a href={`#${id}`}>
          <bdi>{name}</bdi>
        </a>
      </h2>
      {course.length > 1 && <Chart id={id} name={name} course={course} />}
      <table tabindex={0}>
        <thead>
          <tr>
            {[words.date, words.value, words.baseline, words.runs, words.where].map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {numbers.map((each) => (
            <Row number={each} />
          ))}
        </tbody>
      </table>
      {isCut && <p class="said">{words.newestNumbers(numbers.length)}</p>}
    </section>
  )
}

function Row({ number }: { number: Held<ToldNumber> }) {
  const { at, zone, value, unit, against, runs, link, slug, update } = number
  const run = link === undefined ? null : liveLink(link)
  const date = localDate(zone, at)
  return (
    <tr>
      <td>
        <time datetime={date}>{date}</time>
      </td>
      <td>
        <bdi>{withUnit(value, unit)}</bdi>
      </td>
      <td>
        <bdi>{against}</bdi>
      </td>
      <td>{runs}</td>
      <td>
        <a href={`/archive/${slug}#${update}`}>{words.inLetter}</a>
        {run !== null && (
          <>
            {', '}
            <a href={run} rel="noreferrer">
              {words.run}
            </a>
          </>
        )}
      </td>
    </tr>
  )
}

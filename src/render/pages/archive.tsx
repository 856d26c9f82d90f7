/** The archive (PURE): one chart, then the list of letters, each row a sentence. */
import type { History } from '../../core/history.ts'
import { dayInWords, localDate } from '../../core/period.ts'
import type { Status } from '../../core/update.ts'
import { statusWords, pageWords as words } from '../../core/words.ts'
import { Chart, type Charted } from './chart.tsx'
import { Page, toHtml } from './frame.tsx'
import { type ArchiveReader, archiveLinks } from './navigation.tsx'

type Entry = {
  readonly number: number
  readonly slug: string
  readonly until: number
  readonly zone: string
  readonly locale: string
  readonly first: string
  readonly news: string
  readonly status: Status['status'] | null
}

export function archivePage(
  project: ArchiveReader,
  results: History<Charted> | null,
  entries: readonly Entry[],
  older: number | null,
): string {
  const years = Map.groupBy(entries, ({ zone, until }) => localDate(zone, until).slice(0, 4))
  return toHtml(
    <Page title={words.letters} project={project.title} locale={project.locale} links={archiveLinks(project)}>
      <h1>{words.letters}</h1>
      {entries.length === 0 && <p>{words.noLetters}</p>}
      {results !== null && <Results history={results} />}
      {[...years].map(([year, letters]) => (
        <section>
          <h2>{year}</h2>
          <ol class="letters" reversed>
            {letters.map((letter) => (
              <Row letter={letter} />
            ))}
          </ol>
        </section>
      ))}
      {older !== null && (
        <p>
          <a href={`/archive?before=${older}`}>{words.older}</a>
        </p>
      )}
    </Page>,
  )
}

function Results({ history: { metric, on, course } }: { history: History<Charted> }) {
  const name = words.metric(metric, on)
  return (
    <section>
      <h2>
        <bdi>{name}</bdi>
      </h2>
      <Chart id="results" name={name} course={course} />
      <p class="said">
        <a href="/archive/results">{words.allResults}</a>
      </p>
    </section>
  )
}

function Row({ letter }: { letter: Entry }) {
  const { number, slug, until, zone, locale, first, news, status } = letter
  return (
    <li value={number}>
      <a href={`/archive/${slug}`}>{first}</a>
      <span class="when">
        <time datetime={localDate(zone, until)}>{dayInWords(zone, locale, until)}</time>
        {status !== null && (
          <>
            {' · '}
            <span class={status}>{statusWords[status]}</span>
          </>
        )}
      </span>
      <span class="news">{[words.letter(number), ...(news === '' ? [] : [news])].join(' · ')}</span>
    </li>
  )
}

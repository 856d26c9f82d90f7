/** The page of what was read (PURE): each paper once, why it matters, and how it is cited. */
import { raw } from 'hono/html'
import { dayInWords, localDate } from '../../core/period.ts'
import type { Read } from '../../core/reading.ts'
import { pageWords as words } from '../../core/words.ts'
import { filesPath, withFiles } from '../photos.ts'
import { Page, toHtml } from './frame.tsx'
import { type ArchiveReader, archiveLinks } from './navigation.tsx'
import { reachable } from './reachable.ts'

/** `page` is HTML that was made safe when it was rendered. */
type Note = {
  readonly update: string
  readonly text: string
  readonly page: string
  readonly slug: string
  readonly zone: string
  readonly locale: string
  readonly until: number
}

export function readingPage(project: ArchiveReader, papers: readonly Read<Note>[], isCut: boolean): string {
  return toHtml(
    <Page title={words.reading} project={project.title} locale={project.locale} links={archiveLinks(project)}>
      <h1>{words.reading}</h1>
      {papers.length === 0 && <p>{words.noReading}</p>}
      {[...Map.groupBy(papers, yearOf)].map(([year, group]) => (
        <section>
          <h2>{year}</h2>
          <ul class="reading">
            {group.map((paper) => (
              <Paper paper={paper} />
            ))}
          </ul>
        </section>
      ))}
      {isCut && <p class="said">{words.olderNotes}</p>}
    </Page>,
  )
}

/** Of the letter that told of it last. */
function yearOf({ notes }: Read<Note>): string {
  const [latest] = notes
  return latest === undefined ? '' : localDate(latest.zone, latest.until).slice(0, 4)
}

function Paper({ paper: { notes, bibtex } }: { paper: Read<Note> }) {
  return (
    <li>
      {notes.map(({ update, page, slug, zone, locale, until }) => (
        <div>
          {raw(withFiles(reachable(page), filesPath))}
          <p class="said">
            <a href={`/archive/${slug}#${update}`}>{words.letterOf(dayInWords(zone, locale, until))}</a>
          </p>
        </div>
      ))}
      {bibtex !== null && (
        <details>
          <summary>{words.bibtex}</summary>
          <pre tabindex={0}>{bibtex}</pre>
        </details>
      )}
    </li>
  )
}

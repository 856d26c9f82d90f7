/** The page of what was found (PURE): each find in its own words, and the letter that it stands in. */
import { openings, type Part, sectionId } from '../../core/block.ts'
import { dateInFull, isDate } from '../../core/period.ts'
import type { Piece } from '../../core/search/extract.ts'
import { pageWords, searchWords as words } from '../../core/words.ts'
import { Page, toHtml } from './frame.tsx'
import { type ArchiveReader, archiveLinks, SearchBox } from './navigation.tsx'

type Asked = {
  /** As typed. */
  readonly q: string
  readonly isEmpty: boolean
  /** One word or phrase, or none: nothing to stand close to. */
  readonly isOne: boolean
  readonly unread: readonly string[]
  readonly isCut: boolean
}

type Hit = {
  readonly digest: number
  readonly slug: string
  readonly part: Part
  readonly update: string | null
}

type Find = { readonly hit: Hit; readonly pieces: readonly Piece[]; readonly others: readonly Hit[] }

export function searchPage(
  project: ArchiveReader,
  asked: Asked,
  finds: readonly Find[],
  more: string | null,
): string {
  const { q, isEmpty, isOne, unread, isCut } = asked
  return toHtml(
    <Page title={words.search} project={project.title} locale={project.locale} links={archiveLinks(project)}>
      <h1>{words.search}</h1>
      <SearchBox q={q} />
      {finds.length > 0 && <p class="said">{isOne ? words.newestFirst : words.closeFirst}</p>}
      {unread.length > 0 && <p class="said">{words.unread(unread.join(' '))}</p>}
      {isCut && <p class="said">{words.cut}</p>}
      {finds.length === 0 && !isEmpty && <p>{words.nothing}</p>}
      {finds.length === 0 && <HowTo />}
      <ul class="found">
        {finds.map((find) => (
          <Row find={find} locale={project.locale} />
        ))}
      </ul>
      {more !== null && (
        <p>
          <a rel="next" href={`/archive/search?${new URLSearchParams({ q, after: more })}`}>
            {words.more}
          </a>
        </p>
      )}
    </Page>,
  )
}

function Row({ find: { hit, pieces, others }, locale }: { find: Find; locale: string }) {
  const isOpening = openings.some((opening) => opening === hit.part)
  return (
    <li>
      <p>{pieces.map(({ text, isMarked }) => (isMarked ? <mark>{text}</mark> : text))}</p>
      <p class="said">
        <a href={addressOf(hit)}>
          {pageWords.letter(hit.digest)}
          {isDate(hit.slug.slice(0, 10)) && `, ${dateInFull(locale, hit.slug.slice(0, 10))}`}
        </a>
        {!isOpening && ` · ${hit.part}`}
        {others.length > 0 && ` · ${words.also(others.length)} `}
        {others.map((other, i) => (
          <>
            {i > 0 && ', '}
            <a href={addressOf(other)}>{other.digest}</a>
          </>
        ))}
      </p>
    </li>
  )
}

/** An update has an address of its own, as has each section; what opens a letter is at its top. */
function addressOf({ slug, part, update }: Hit): string {
  const isOpening = openings.some((opening) => opening === part)
  return `/archive/${slug}${isOpening ? '' : `#${update ?? sectionId(part)}`}`
}

function HowTo() {
  return (
    <dl class="how">
      {words.how.map(([example, what]) => (
        <>
          <dt>
            <code>{example}</code>
          </dt>
          <dd>{what}</dd>
        </>
      ))}
    </dl>
  )
}

/** Where a page leads beside its text (PURE). */
import { searchWords, pageWords as words } from '../../core/words.ts'

export type PageLink = { readonly href: string; readonly text: string }

/** Who reads the archive, and how its pages are headed for them. */
export type ArchiveReader = { readonly title: string; readonly locale: string; readonly isOwner: boolean }

const readerLinks: readonly PageLink[] = [
  { href: '/archive', text: words.letters },
  { href: '/archive/results', text: words.results },
  { href: '/archive/reading', text: words.reading },
  { href: '/archive/milestones', text: words.milestones },
]

const ownersLinks: readonly PageLink[] = [...readerLinks, { href: '/desk', text: words.desk }]

export function archiveLinks({ isOwner }: Pick<ArchiveReader, 'isOwner'>): readonly PageLink[] {
  return isOwner ? ownersLinks : readerLinks
}

export function isOfArchive(links: readonly PageLink[]): boolean {
  return links === readerLinks || links === ownersLinks
}

/** To the letters before and after. */
export function Neighbours(props: { readonly previous: string | null; readonly next: string | null }) {
  const { previous, next } = props
  return (
    <nav class="neighbours" aria-label={words.neighbours}>
      {previous !== null && (
        <a rel="prev" href={`/archive/${previous}`}>
          {words.previous}
        </a>
      )}
      {next !== null && (
        <a rel="next" href={`/archive/${next}`}>
          {words.next}
        </a>
      )}
    </nav>
  )
}

/** In the header it is small; where it keeps what was searched for it has a button. */
export function SearchBox({ q }: { readonly q?: string }) {
  return (
    <search>
      <form action="/archive/search">
        <input
          type="search"
          name="q"
          value={q}
          aria-label={searchWords.box}
          placeholder={q === undefined ? searchWords.search : undefined}
          enterkeyhint="search"
        />
        {q !== undefined && <button type="submit">{searchWords.search}</button>}
      </form>
    </search>
  )
}

export function SignOut() {
  return (
    <form method="post" action="/session/end">
      <button type="submit" class="quiet">
        {words.signOut}
      </button>
    </form>
  )
}

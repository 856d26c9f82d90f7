/** A letter on the web (PURE): the frozen blocks of one digest, as one circle sees them. */
import { raw } from 'hono/html'
import { listsOf, openings, type Part, sectionId } from '../../core/block.ts'
import { dayInWords, spanInWords } from '../../core/period.ts'
import { pageWords } from '../../core/words.ts'
import { filesPath, withFiles } from '../photos.ts'
import { Page, toHtml } from './frame.tsx'
import { type ArchiveReader, archiveLinks, Neighbours } from './navigation.tsx'
import { reachable } from './reachable.ts'

type Digest = {
  readonly number: number
  readonly title: string
  readonly since: number
  readonly until: number
  readonly zone: string
  readonly locale: string
}

/** `page` is HTML that was made safe when it was rendered; `update` the id of what it quotes. */
type Block = {
  readonly part: Part
  readonly number: number | null
  readonly page: string
  readonly update: string | null
  readonly corrections: readonly { readonly text: string; readonly postedAt: number }[]
}

/**
 * The letter's own page, at `path`: that letter and nothing else, so that forwarding it shares nothing more; the archive
 * asks who comes.
 */
export function letterPage(digest: Digest, blocks: readonly Block[], path: string): string {
  return toHtml(
    <Page title={pageWords.letter(digest.number)} project={digest.title} locale={digest.locale}>
      <Letter digest={digest} blocks={blocks} files={path + filesPath} />
      <p class="said apart">
        <a href="/archive">{pageWords.toArchive}</a>
      </p>
    </Page>,
  )
}

/** The same in the archive, with the letters around it. */
export function archivedLetterPage(
  digest: Digest & Pick<ArchiveReader, 'isOwner'> & { readonly slug: string },
  blocks: readonly Block[],
  around: { readonly previous: string | null; readonly next: string | null },
): string {
  const title = pageWords.letter(digest.number)
  return toHtml(
    <Page title={title} project={digest.title} locale={digest.locale} links={archiveLinks(digest)}>
      <Letter digest={digest} blocks={blocks} files={filesPath} />
      <p class="said apart">
        <a href={`/archive/${digest.slug}.md`}>{pageWords.asMarkdown}</a>
        {digest.isOwner && (
          <>
            {' · '}
            <a href={`/desk/letters/${digest.slug}`}>{pageWords.toDesk}</a>
          </>
        )}
      </p>
      <Neighbours {...around} />
    </Page>,
  )
}

/** `files` is what the names of photos stand behind. */
type LetterProps = { digest: Digest; blocks: readonly Block[]; files: string }

function Letter({ digest, blocks, files }: LetterProps) {
  const { number, zone, locale, since, until } = digest
  return (
    <>
      <h1>{pageWords.letter(number)}</h1>
      <p class="said">{spanInWords(zone, locale, since, until)}</p>
      {[...Map.groupBy(blocks, (block) => block.part)].map(([part, items]) => (
        <Section part={part} blocks={items} digest={digest} files={files} />
      ))}
    </>
  )
}

function Section({ part, blocks, digest, files }: LetterProps & { part: Part }) {
  if (openings.some((opening) => opening === part)) {
    return (
      <>
        {blocks.map(({ page }) => (
          <p class={part.toLowerCase()}>{raw(page)}</p>
        ))}
      </>
    )
  }
  const id = sectionId(part)
  return (
    <section id={id} class={part === 'Asked of you' ? 'asked' : ''}>
      <h2>
        <a href={`#${id}`}>{part}</a>
      </h2>
      {listsOf(blocks).map((list) => (
        <List blocks={list} digest={digest} files={files} />
      ))}
    </section>
  )
}

function List({ blocks, digest, files }: LetterProps) {
  const items = blocks.map(({ page, update, corrections }) => (
    <li id={update ?? undefined}>
      {raw(withFiles(reachable(page), files))}
      {corrections.map(({ text, postedAt }) => (
        <p class="said">{pageWords.corrected(dayInWords(digest.zone, digest.locale, postedAt), text)}</p>
      ))}
    </li>
  ))
  const start = blocks[0]?.number ?? null
  return start === null ? <ul>{items}</ul> : <ol start={start}>{items}</ol>
}

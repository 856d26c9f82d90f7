/** A letter's own page (PURE): the frozen blocks of one digest, as one circle sees them. */
import { raw } from 'hono/html'
import { openings, type Part } from '../../core/digest.ts'
import { kinds } from '../../core/kinds.ts'
import { spanInWords } from '../../core/period.ts'
import { pageWords } from '../../core/words.ts'
import { Page, toHtml } from './frame.tsx'

type Digest = {
  readonly number: number
  readonly title: string
  readonly since: number
  readonly until: number
  readonly zone: string
  readonly locale: string
}

/** `page` is HTML that was made safe when it was rendered. */
type Block = { readonly part: Part; readonly page: string }

export function letterPage(digest: Digest, blocks: readonly Block[]): string {
  const { title, number, zone, locale, since, until } = digest
  return toHtml(
    <Page title={pageWords.letter(number)} project={title} locale={locale}>
      <h1>{pageWords.letter(number)}</h1>
      <p class="said">{spanInWords(zone, locale, since, until)}</p>
      {[...Map.groupBy(blocks, (block) => block.part)].map(([part, items]) => (
        <Section part={part} blocks={items} />
      ))}
    </Page>,
  )
}

function Section({ part, blocks }: { part: Part; blocks: readonly Block[] }) {
  if (openings.some((opening) => opening === part)) {
    return (
      <>
        {blocks.map(({ page }) => (
          <p class={part.toLowerCase()}>{raw(page)}</p>
        ))}
      </>
    )
  }
  const items = blocks.map(({ page }) => <li>{raw(page)}</li>)
  return (
    <section id={part.toLowerCase().replaceAll(' ', '-')} class={part === 'Asked of you' ? 'asked' : ''}>
      <h2>{part}</h2>
      {part === kinds.next.section ? <ol>{items}</ol> : <ul>{items}</ul>}
    </section>
  )
}

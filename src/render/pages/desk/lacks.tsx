/** What the next letter lacks (PURE), each with a link to where it is mended. */
import { deskWords as words } from '../../../core/desk-words.ts'
import type { Warning } from '../../../core/warnings.ts'

type Items = {
  readonly items: readonly Warning[]
  /** Where the places of the desk's first page are: empty on that page itself. */
  readonly desk?: string | undefined
}

export function Lacks({ items, desk }: Items) {
  return (
    items.length > 0 && (
      <section class="asked">
        <h2>{words.missing}</h2>
        <List items={items} desk={desk} />
      </section>
    )
  )
}

export function List({ items, desk = '/desk' }: Items) {
  return (
    <ul>
      {items.map((item) => (
        <li>{typeof item === 'string' ? item : <Mend {...item} desk={desk} />}</li>
      ))}
    </ul>
  )
}

function Mend({
  words: [before, link, behind],
  href,
  desk,
}: Exclude<Warning, string> & { readonly desk: string }) {
  return (
    <>
      {before}
      <a href={href.startsWith('#') ? desk + href : href}>{link}</a>
      {behind}
    </>
  )
}

/** The letter so far (PURE): by section, each update to be changed in place; below it what stands in none. */
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { type LedBlock, listsOf, openings } from '../../../core/block.ts'
import { deskWords as words } from '../../../core/desk-words.ts'
import type { Open } from '../../../core/open.ts'
import { dayInWords } from '../../../core/period.ts'
import type { Update } from '../../../core/update.ts'
import { filesPath, withFiles } from '../../photos.ts'
import { reachable } from '../reachable.ts'
import type { Viewer } from './desk-page.tsx'
import { Opening } from './opening.tsx'
import { Photos } from './photos.tsx'
import { ItemForm, isItem, PlanForm } from './settling.tsx'
import { Edit } from './update.tsx'

/** A piece of the letter; `page` is HTML that was made safe when it was rendered. */
type Block = LedBlock & { readonly page: string }

export type SoFarProps = {
  readonly viewer: Viewer
  readonly hasCircles: boolean
  readonly open: Open
  readonly blocks: readonly Block[]
  /** What stands higher on the page, to be settled there: a line that only says how is not shown again. */
  readonly above: ReadonlySet<string>
  readonly updates: readonly Update[]
  /** Where the open period began; null before the first letter. */
  readonly since: number | null
  /** What was typed and refused, by field; `id` says in which form. */
  readonly typed: Readonly<Record<string, string>>
}

export function SoFar(props: SoFarProps) {
  const { updates, since, above } = props
  const blocks = props.blocks.filter(
    ({ quote, about }) => quote !== null || !about.some((id) => above.has(id)),
  )
  const told = new Set(blocks.map(ownOf))
  const others = updates.filter(({ id }) => !told.has(id))
  const notes = others.filter(({ kind }) => kind === 'private')
  const isEarlier = ({ postedAt }: Update) => since !== null && postedAt < since
  const parts = Map.groupBy(
    blocks.filter((block) => !isOpening(block)),
    ({ part }) => part,
  )
  return (
    <div class="draft">
      {props.blocks.length > 0 && (
        <p class="said">
          {blocks.length < props.blocks.length && `${words.besideAbove} `}
          <a href="/desk/preview">{words.wholeLetter}</a>
        </p>
      )}
      <Opening {...props}>
        {blocks.filter(isOpening).map(({ part, page }) => (
          <p class={part.toLowerCase()}>{raw(page)}</p>
        ))}
      </Opening>
      {[...parts].map(([part, items]) => (
        <section>
          <h3>{part}</h3>
          {listsOf(items).map((list) => (
            <List {...props} blocks={list} />
          ))}
        </section>
      ))}
      <Rest
        {...props}
        title={words.alsoOpen}
        rest={others.filter(({ kind }) => kind !== 'private')}
        earlier={[]}
      />
      <Rest
        {...props}
        title={words.privately}
        rest={notes.filter((note) => !isEarlier(note))}
        earlier={notes.filter(isEarlier)}
      />
    </div>
  )
}

function isOpening({ part }: Block): boolean {
  return openings.some((opening) => opening === part)
}

/** The one update that a piece is made of, in its words or, as a result all of numbers, in others. */
function ownOf({ quote, about }: Block): string | null {
  return quote ?? (about.length === 1 ? (about[0] ?? null) : null)
}

function List({ blocks, updates, hasCircles, open, typed }: SoFarProps) {
  const own = blocks.map((block) => updates.find(({ id }) => id === ownOf(block)))
  const items = blocks.map(({ page, circle }, index) => {
    const update = own[index]
    const near = (own[index + 1] ?? own[index - 1])?.id ?? 'letter'
    const shown = (
      <>
        {raw(withFiles(reachable(page), filesPath))}
        {circle === 'inner' && <span class="said"> {words.inside}</span>}
      </>
    )
    if (update === undefined) return <li>{shown}</li>
    return (
      <Piece
        id={update.id}
        shown={shown}
        edit={
          <Edit update={update} from="desk" hasCircles={hasCircles} near={near}>
            {update.kind === 'next' && (
              <PlanForm plan={update.id} text={update.text} open={open} typed={typed} />
            )}
            {isItem(update.kind) && (
              <ItemForm item={{ ...update, kind: update.kind }} open={open} typed={typed} />
            )}
          </Edit>
        }
      />
    )
  })
  const start = blocks[0]?.number ?? null
  return start === null ? <ul>{items}</ul> : <ol start={start}>{items}</ol>
}

function Piece({ id, shown, edit }: { id: string; shown: Child; edit: Child }) {
  return (
    <li id={id} tabindex={-1}>
      <div class="piece">
        <div>{shown}</div>
        {edit}
      </div>
    </li>
  )
}

/** Earlier ones are folded, and dated. */
function Rest({
  viewer: { zone, locale },
  title,
  rest,
  earlier,
  hasCircles,
}: SoFarProps & {
  readonly title: string
  readonly rest: readonly Update[]
  readonly earlier: readonly Update[]
}) {
  const all = [...rest, ...earlier]
  const pieces = all.map((update, index) => (
    <Piece
      id={update.id}
      shown={
        <>
          <span class="typed">{update.text}</span>
          {index >= rest.length && <span class="said"> {dayInWords(zone, locale, update.at)}</span>}
          <Photos photos={update.photos} />
        </>
      }
      edit={
        <Edit
          update={update}
          from="desk"
          hasCircles={hasCircles}
          near={(all[index + 1] ?? all[index - 1])?.id ?? 'letter'}
        />
      }
    />
  ))
  return (
    all.length > 0 && (
      <section>
        <h3>{title}</h3>
        {rest.length > 0 && <ul>{pieces.slice(0, rest.length)}</ul>}
        {earlier.length > 0 && (
          <details>
            <summary>{words.earlier(earlier.length)}</summary>
            <ul>{pieces.slice(rest.length)}</ul>
          </details>
        )}
      </section>
    )
  )
}

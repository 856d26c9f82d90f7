/** This week (PURE): the letter so far with each update to be changed in place, and all that it waits for. */
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { type LedBlock, listsOf, openings } from '../../../core/block.ts'
import { type DeskDid, deskWords as words } from '../../../core/desk-words.ts'
import type { FirstSteps } from '../../../core/first-steps.ts'
import type { Carried, Open } from '../../../core/open.ts'
import type { FieldError } from '../../../core/result.ts'
import type { Update } from '../../../core/update.ts'
import type { Warning } from '../../../core/warnings.ts'
import { filesPath, withFiles } from '../../photos.ts'
import { reachable } from '../reachable.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { HideSteps, Steps } from './first-steps.tsx'
import { Errors } from './forms.tsx'
import { Lacks } from './lacks.tsx'
import { Photos, type Unkept, UnkeptPhotos } from './photos.tsx'
import { ItemForm, Items, Opening, PlanForm, Plans } from './settling.tsx'
import { Edit, FoundRow } from './update.tsx'

/** A piece of the letter; `page` is HTML that was made safe when it was rendered. */
type Block = LedBlock & { readonly page: string }

type Props = {
  readonly did: DeskDid | undefined
  readonly removed: Child
  readonly errors: readonly FieldError[]
  /** What was typed and refused, by field; `id` says in which form. */
  readonly typed: Readonly<Record<string, string>>
  /** null where they are hidden, and once a letter has closed. */
  readonly firstSteps: FirstSteps | null
  readonly number: number
  readonly week: string
  /** At which cut-offs before it nothing goes out, and why. */
  readonly skipped: string | null
  readonly hasCircles: boolean
  readonly warnings: readonly Warning[]
  readonly unkept: readonly Unkept[]
  readonly open: Open
  /** null while there is nothing to tell. */
  readonly carried: Carried | null
  readonly blocks: readonly Block[]
  readonly updates: readonly Update[]
  readonly forgotten: readonly { readonly id: string; readonly text: string }[]
  readonly q: string
  readonly found: readonly Update[]
}

export function weekPage(viewer: Viewer, props: Props): string {
  const {
    did,
    removed,
    errors,
    number,
    week,
    skipped,
    warnings,
    open,
    carried,
    forgotten,
    typed,
    firstSteps,
  } = props
  const settling = { hasCircles: props.hasCircles, typed, open }
  return deskPage({
    viewer,
    did,
    title: words.week,
    children: (
      <>
        <p class="said">{week}</p>
        {skipped !== null && <p class="said">{skipped}</p>}
        {did === 'stepsHidden' && <HideSteps isHidden />}
        {firstSteps !== null && <Steps {...firstSteps} />}
        {removed}
        <Errors errors={errors} />
        <Lacks items={warnings} desk="" />
        <Plans title={words.plans} plans={carried?.plans ?? []} {...settling} />
        <Plans
          title={words.forgotten}
          plans={forgotten.map(({ id, text }) => ({ plan: id, text }))}
          {...settling}
        />
        <Items items={carried?.items ?? []} {...settling} />
        <Opening {...settling} />
        <UnkeptPhotos unkept={props.unkept} />
        <h2 id="letter" tabindex={-1}>
          {words.soFar(number)}
        </h2>
        <Letter {...props} />
        <Search viewer={viewer} {...props} />
      </>
    ),
  })
}

/** The letter by section, and below it what stands in none. */
function Letter(props: Props) {
  const { blocks, updates } = props
  const quoted = new Set(blocks.map(({ quote }) => quote))
  const others = updates.filter(({ id }) => !quoted.has(id))
  const [isPrivate, isOther] = [
    others.filter(({ kind }) => kind === 'private'),
    others.filter(({ kind }) => kind !== 'private'),
  ]
  const parts = [...Map.groupBy(blocks, ({ part }) => part)]
  return (
    <>
      {parts.map(([part, items]) =>
        openings.some((opening) => opening === part) ? (
          items.map(({ page }) => <p class={part.toLowerCase()}>{raw(page)}</p>)
        ) : (
          <section>
            <h3>{part}</h3>
            {listsOf(items).map((list) => (
              <List {...props} blocks={list} />
            ))}
          </section>
        ),
      )}
      <Rest title={words.alsoOpen} rest={isOther} {...props} />
      <Rest title={words.privately} rest={isPrivate} {...props} />
    </>
  )
}

function List({ blocks, updates, hasCircles, open, typed }: Props) {
  const own = blocks.map(({ quote }) => updates.find(({ id }) => id === quote))
  const items = blocks.map(({ page, circle }, index) => {
    const update = own[index]
    const near = (own[index + 1] ?? own[index - 1])?.id ?? 'letter'
    return (
      <li id={update?.id} tabindex={update === undefined ? undefined : -1}>
        {raw(withFiles(reachable(page), filesPath))}
        {circle === 'inner' && <p class="said">{words.inside}</p>}
        {update !== undefined && (
          <Edit update={update} from="desk" hasCircles={hasCircles} near={near}>
            {update.kind === 'next' && (
              <PlanForm plan={update.id} text={update.text} open={open} typed={typed} />
            )}
            {['ask', 'need', 'blocked'].includes(update.kind) && (
              <ItemForm item={update} open={open} typed={typed} />
            )}
          </Edit>
        )}
      </li>
    )
  })
  const start = blocks[0]?.number ?? null
  return start === null ? <ul>{items}</ul> : <ol start={start}>{items}</ol>
}

function Rest({
  title,
  rest,
  hasCircles,
}: Props & { readonly title: string; readonly rest: readonly Update[] }) {
  return (
    rest.length > 0 && (
      <section>
        <h3>{title}</h3>
        <ul>
          {rest.map((update, index) => (
            <li id={update.id} tabindex={-1}>
              <span class="typed">{update.text}</span>
              <Photos photos={update.photos} />
              <Edit
                update={update}
                from="desk"
                hasCircles={hasCircles}
                near={(rest[index + 1] ?? rest[index - 1])?.id ?? 'letter'}
              />
            </li>
          ))}
        </ul>
      </section>
    )
  )
}

function Search({ viewer, q, found }: Props & { readonly viewer: Viewer }) {
  return (
    <section id="search">
      <h2>{words.searchYours}</h2>
      <form action="/desk#search" class="acts">
        <input type="search" name="q" value={q} aria-label={words.searchYours} maxlength={200} />
        <button type="submit" class="quiet">
          {words.search}
        </button>
      </form>
      {q !== '' && <p class="said">{words.found(found.length < 50 ? String(found.length) : '50+', q)}</p>}
      <ul class="rows">
        {found.map((update) => (
          <FoundRow viewer={viewer} update={update} />
        ))}
      </ul>
    </section>
  )
}

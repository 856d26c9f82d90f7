/** This week (PURE): the letter so far with each update to be changed in place, and all that it waits for. */
import type { Child } from 'hono/jsx'
import { type DeskDid, deskWords as words } from '../../../core/desk-words.ts'
import type { FirstSteps } from '../../../core/first-steps.ts'
import type { Carried } from '../../../core/open.ts'
import type { FieldError } from '../../../core/result.ts'
import type { Update } from '../../../core/update.ts'
import type { Warning } from '../../../core/warnings.ts'
import { searchWords } from '../../../core/words.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { HideSteps, Steps } from './first-steps.tsx'
import { Errors } from './forms.tsx'
import { Lacks } from './lacks.tsx'
import { type Unkept, UnkeptPhotos } from './photos.tsx'
import { closedOf, Items, Plans } from './settling.tsx'
import { SoFar, type SoFarProps } from './so-far.tsx'
import { FoundRow } from './update.tsx'

type Props = Omit<SoFarProps, 'viewer' | 'above'> & {
  readonly did: DeskDid | undefined
  readonly removed: Child
  readonly errors: readonly FieldError[]
  /** null where they are hidden, and once a letter has closed. */
  readonly firstSteps: FirstSteps | null
  readonly number: number
  readonly week: string
  /** At which cut-offs before it nothing goes out, and why. */
  readonly skipped: string | null
  readonly warnings: readonly Warning[]
  readonly unkept: readonly Unkept[]
  /** null while there is nothing to tell. */
  readonly carried: Carried | null
  readonly forgotten: readonly { readonly id: string; readonly text: string }[]
  readonly q: string
  readonly unread: readonly string[]
  readonly found: readonly Update[]
}

export function weekPage(viewer: Viewer, props: Props): string {
  const {
    did,
    removed,
    errors,
    number,
    week,
    warnings,
    open,
    carried,
    forgotten,
    typed,
    firstSteps,
    skipped,
  } = props
  const above = new Set([
    ...(carried?.plans ?? []).map(({ plan }) => plan),
    ...[...forgotten, ...(carried?.items ?? [])].map(({ id }) => id),
    ...closedOf(open).map(({ item }) => item),
  ])
  const settling = { typed, open }
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
        <UnkeptPhotos unkept={props.unkept} />
        <h2 id="letter" tabindex={-1}>
          {words.soFar(number)}
        </h2>
        <SoFar {...props} viewer={viewer} above={above} />
        <Search viewer={viewer} {...props} />
      </>
    ),
  })
}

function Search({ viewer, q, unread, found }: Props & { readonly viewer: Viewer }) {
  return (
    <details id="search" class="apart" open={q !== ''}>
      <summary>{words.searchYours}</summary>
      <form action="/desk#search" class="acts">
        <input
          type="search"
          name="q"
          value={q}
          aria-label={words.searchYours}
          aria-describedby="search-how"
          maxlength={200}
        />
        <button type="submit" class="quiet">
          {words.search}
        </button>
      </form>
      <p id="search-how" class="said">
        {searchWords.howAtDesk.map(([example, what], i) => (
          <>
            {i > 0 && '; '}
            <code>{example}</code>: {what}
          </>
        ))}
      </p>
      {unread.length > 0 && <p class="said">{searchWords.unread(unread.join(' '))}</p>}
      {q !== '' && <p class="said">{words.found(found.length < 50 ? String(found.length) : '50+', q)}</p>}
      <ul class="rows">
        {found.map((update) => (
          <FoundRow viewer={viewer} update={update} />
        ))}
      </ul>
    </details>
  )
}

/** Milestones as the owner has them (PURE): by date, each with its moves, and what can be done about it. */
import type { DeskDid } from '../../../core/desk-words.ts'
import { milestoneWords as words } from '../../../core/desk-words-milestones.ts'
import { dateInWords, dayInWords } from '../../../core/period.ts'
import type { FieldError } from '../../../core/result.ts'
import { pageWords } from '../../../core/words.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Button, Check, Field, HiddenFields } from './forms.tsx'

type Milestone = {
  readonly id: string
  readonly title: string
  /** A local date. */
  readonly due: string
  readonly inside: boolean
  readonly state: 'open' | 'met' | 'dropped'
  readonly revisions: readonly {
    readonly oldDue: string
    readonly newDue: string
    readonly reason: string | null
    readonly postedAt: number
  }[]
}

/** What was typed and refused; `id` says in which form, `new` is the one that adds. */
type Again = {
  readonly id: string
  /** null if nothing was typed: it was a button. */
  readonly fields: (Pick<Milestone, 'title' | 'due' | 'inside'> & { readonly reason: string }) | null
  readonly errors: readonly FieldError[]
}

type Props = {
  readonly did: DeskDid | undefined
  readonly again: Again | undefined
  /** Whether both circles are in use: with one alone nothing of this shows. */
  readonly hasCircles: boolean
  readonly today: string
  readonly milestones: readonly Milestone[]
}

/** What a form was made from: it changes nothing that has changed since. */
export function seenOf({ title, due, state, inside }: Omit<Milestone, 'id' | 'revisions'>): string {
  return `${due} ${state} ${inside} ${title}`
}

export function milestonesPage(viewer: Viewer, props: Props): string {
  const { did, again, milestones } = props
  const open = milestones.filter(({ state }) => state === 'open')
  const settled = milestones.filter(({ state }) => state !== 'open').toReversed()
  const isAdding = milestones.length === 0 || again?.id === 'new'
  return deskPage({
    viewer,
    did,
    title: words.milestones,
    children: (
      <>
        {milestones.length === 0 && <p class="said">{words.none}</p>}
        <details open={isAdding}>
          <summary>{words.add}</summary>
          <MilestoneForm action="/desk/milestones" id="new" button={words.addButton} {...props} />
        </details>
        <Rows viewer={viewer} {...props} milestones={open} />
        {settled.length > 0 && <h2>{words.settled}</h2>}
        <Rows viewer={viewer} {...props} milestones={settled} />
      </>
    ),
  })
}

type RowsProps = Props & { readonly viewer: Viewer }

function Rows({ milestones, ...props }: RowsProps) {
  if (milestones.length === 0) return null
  return (
    <ul class="rows">
      {milestones.map((milestone) => (
        <Row milestone={milestone} {...props} />
      ))}
    </ul>
  )
}

function Row({ milestone, ...props }: Omit<RowsProps, 'milestones'> & { readonly milestone: Milestone }) {
  const { id, title, due, state, inside, revisions } = milestone
  const { viewer, hasCircles, today, again } = props
  const { locale, zone } = viewer
  const isLate = state === 'open' && due < today
  const here = `/desk/milestones/${id}`
  const others = (['met', 'dropped', 'open'] as const).filter((each) => each !== state)
  return (
    <li id={id}>
      <bdi>{title}</bdi>
      <p class="said">
        {isLate && <span class="atRisk">{words.overdue} </span>}
        <time datetime={due}>{dateInWords(locale, due)}</time>
        {state !== 'open' && (
          <>
            {' · '}
            <span class={state}>{words.states[state]}</span>
          </>
        )}
        {inside && hasCircles && ` · ${words.inside}`}
      </p>
      {revisions.map(({ postedAt, oldDue, newDue, reason }) => (
        <p class="said">
          {pageWords.moved(
            dayInWords(zone, locale, postedAt),
            dateInWords(locale, oldDue),
            dateInWords(locale, newDue),
            reason,
          )}
        </p>
      ))}
      <div class="acts">
        {others
          .filter((each) => state === 'open' || each === 'open')
          .map((each) => (
            <Button
              action={here}
              hidden={{ state: each, seen: seenOf(milestone) }}
              label={`${words.say[each]}: “${title}”`}
            >
              {words.say[each]}
            </Button>
          ))}
        <details open={again?.id === id}>
          <summary>
            {words.change}
            <span class="unseen"> “{title}”</span>
          </summary>
          <MilestoneForm action={here} id={id} button={words.save} before={milestone} {...props} />
          <details>
            <summary>
              {words.remove}
              <span class="unseen"> “{title}”</span>
            </summary>
            <p class="said">{words.removeWhy}</p>
            <Button action={`${here}/deleted`} label={`${words.removeButton}: “${title}”`}>
              {words.removeButton}
            </Button>
          </details>
        </details>
      </div>
    </li>
  )
}

function MilestoneForm(
  props: Pick<Props, 'again' | 'hasCircles'> & {
    readonly action: string
    readonly id: string
    readonly button: string
    /** The one that is to be changed. */
    readonly before?: Milestone
  },
) {
  const { action, id, button, before, hasCircles } = props
  const again = props.again?.id === id ? props.again : undefined
  const errors = (again?.errors ?? []).map((each) => ({ ...each, field: fieldOf(each.field, id) }))
  const { title = '', due = '', inside = false } = again?.fields ?? before ?? {}
  return (
    <form method="post" action={action}>
      <Field
        {...{ id: `title-${id}`, name: 'title', label: words.title, value: title, errors }}
        required
        maxlength={200}
      />
      <Field
        {...{ id: `due-${id}`, name: 'due', label: words.due, value: due, errors }}
        type="date"
        required
      />
      {before !== undefined && (
        <>
          <Field
            {...{ id: `reason-${id}`, name: 'reason', label: words.reason, errors }}
            value={again?.fields?.reason}
            hint={words.reasonHow}
            maxlength={500}
          />
          <HiddenFields fields={{ seen: seenOf(before) }} />
        </>
      )}
      {hasCircles ? (
        <Check name="inside" label={words.inside} isChecked={inside} />
      ) : (
        <HiddenFields fields={{ inside: String(inside) }} />
      )}
      <button type="submit">{button}</button>
    </form>
  )
}

const fields = ['title', 'due', 'reason']

/** What is wrong with no field of the form stands beside its first. */
function fieldOf(field: string, id: string): string {
  return `${fields.includes(field) ? field : 'title'}-${id}`
}

/** The milestone reports (PURE): a form that begins one, and those there are. */
import { reportPageWords as words } from '../../../core/desk-words-report.ts'
import type { Circle } from '../../../core/recipient.ts'
import type { FieldError } from '../../../core/result.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Circles, Errors, Field, HiddenFields } from './forms.tsx'

type Props = {
  /** Names what the form makes. */
  readonly key: string
  /** What was typed and refused. */
  readonly again: { readonly since: string; readonly until: string; readonly circle: Circle }
  readonly errors: readonly FieldError[]
  /** Where one begins if nothing is said, in words; null in the first moment of the project. */
  readonly begins: string | null
  /** Whether both circles are in use: with one alone nothing of this shows. */
  readonly hasCircles: boolean
  readonly reports: readonly {
    readonly id: string
    readonly span: string
    readonly circle: Circle
    readonly changedOn: string
  }[]
  /** Where the next page begins; null on the last. */
  readonly older: string | null
}

export function reportsPage(viewer: Viewer, props: Props): string {
  const { hasCircles, reports, older } = props
  return deskPage({
    viewer,
    title: words.reports,
    children: (
      <>
        <p class="said">{words.how}</p>
        <Beginning {...props} />
        <ul class="rows">
          {reports.map(({ id, span, circle, changedOn }) => (
            <li>
              <a class="row" href={`/desk/report/${id}`}>
                {span}
              </a>
              <p class="said">
                {hasCircles && `${words.forCircle[circle]} `}
                {words.changedOn(changedOn)}
              </p>
            </li>
          ))}
        </ul>
        {older !== null && (
          <p>
            <a class="row" href={`/desk/report?before=${older}`}>
              {words.older}
            </a>
          </p>
        )}
      </>
    ),
  })
}

function Beginning({ key, again, errors, begins, hasCircles }: Props) {
  const { since, until } = again
  return (
    <form method="post" action="/desk/report">
      <HiddenFields fields={{ key }} />
      <Errors errors={errors.filter(({ field }) => field !== 'since' && field !== 'until')} />
      {begins !== null && <p class="said">{begins}</p>}
      <details open={errors.length > 0}>
        <summary>{hasCircles ? words.anotherOne : words.anotherSpan}</summary>
        <Field id="since" type="date" label={words.since} value={since} errors={errors} />
        <Field id="until" type="date" label={words.until} value={until} errors={errors} />
        {hasCircles && (
          <>
            <Circles legend={words.circle} circle={again.circle} />
            <p class="said">{words.circlesWhy}</p>
          </>
        )}
      </details>
      <button type="submit">{words.begin}</button>
    </form>
  )
}

/** A milestone report to be written in (PURE): own words under each heading, and points to be ticked. */
import type { DeskDid } from '../../../core/desk-words.ts'
import { reportPageWords as words } from '../../../core/desk-words-report.ts'
import { headings } from '../../../core/kinds.ts'
import type { HeadingOfReport, Ticks } from '../../../core/report.ts'
import { reportWords } from '../../../core/report-words.ts'
import type { FieldError } from '../../../core/result.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Below, described, Field, FormErrors, HiddenFields, NoneByEnter } from './forms.tsx'

export const reportFields = ['since', 'until', ...headings] as const
export type ReportField = (typeof reportFields)[number]
export type ReportFields = Readonly<Record<ReportField, string>>

export type ReportPage = {
  readonly did: DeskDid | undefined
  readonly errors: readonly FieldError[]
  readonly id: string
  /** Its days, and its span to the minute with why it begins there. */
  readonly days: string
  readonly span: string
  /** Where it could begin earlier; null if nowhere. */
  readonly earlier: { readonly since: string; readonly words: string } | null
  /** For whom it is, in words; null with one circle alone. */
  readonly circle: string | null
  readonly warnings: readonly string[]
  /** What is stored, and what stands in the fields. */
  readonly was: ReportFields
  readonly fields: ReportFields
  /** As stored, and what was ticked over it. */
  readonly headings: readonly HeadingOfReport[]
  readonly ticks: Ticks
}

const labels = { since: words.since, until: words.until, ...reportWords.headings }

export function reportPage(viewer: Viewer, shown: ReportPage): string {
  const { did, errors, id, days, span, earlier, circle, warnings, was } = shown
  return deskPage({
    viewer,
    did,
    title: words.report(days),
    children: (
      <>
        {circle !== null && <p class="said">{circle}</p>}
        <div class="acts">
          <a class="row" href={`/desk/report/${id}/read`}>
            {words.toRead}
          </a>
          <a class="row" href="/desk/report">
            {words.toReports}
          </a>
        </div>
        {warnings.map((warning) => (
          <p class="said">{warning}</p>
        ))}
        <form method="post" action={`/desk/report/${id}`}>
          <HiddenFields fields={Object.fromEntries(reportFields.map((name) => [`was:${name}`, was[name]]))} />
          <FormErrors errors={errors} names={reportFields} labels={labels} />
          <p>{span}</p>
          <div class="acts">
            <NoneByEnter />
            {earlier !== null && (
              <button type="submit" class="quiet" name="begin" value={earlier.since}>
                {earlier.words}
              </button>
            )}
            <button type="submit" class="quiet" name="act" value="now">
              {words.toNow}
            </button>
          </div>
          <details open={errors.some(({ field }) => field === 'since' || field === 'until')}>
            <summary>{words.anotherSpan}</summary>
            <Field id="since" type="date" label={words.since} value={shown.fields.since} errors={errors} />
            <Field id="until" type="date" label={words.until} value={shown.fields.until} errors={errors} />
          </details>
          <p class="said">{words.writeHow}</p>
          {shown.headings.map((each) => (
            <Section {...each} shown={shown} />
          ))}
          <div class="acts apart">
            <button type="submit">{words.save}</button>
          </div>
        </form>
      </>
    ),
  })
}

function Section({
  heading,
  paragraph,
  points,
  isLeftOut,
  shown,
}: HeadingOfReport & { readonly shown: ReportPage }) {
  const { fields, ticks, errors } = shown
  const isEmpty = points.length > 0 && paragraph === '' && !points.some(({ ticked }) => ticked)
  return (
    <section>
      <h2 id={`${heading}-title`}>{reportWords.headings[heading]}</h2>
      <textarea
        id={heading}
        name={heading}
        rows={3}
        aria-labelledby={`${heading}-title`}
        {...described(heading, errors)}
      >
        {fields[heading]}
      </textarea>
      <Below name={heading} errors={errors} />
      {points.length === 0 && <p class="said">{words.nothing}</p>}
      {isEmpty && <p class="said">{isLeftOut ? words.leftOut : words.noneTicked}</p>}
      {points.map(({ id, text, ticked }) => (
        <label class="check">
          <input type="hidden" name={`was:${id}`} value={String(ticked)} />
          <input type="checkbox" name={id} value="true" checked={ticks[id] ?? ticked} />
          <span>{text}</span>
        </label>
      ))}
    </section>
  )
}

/** Before words are withdrawn (PURE): what is taken back, and whom it has reached already. */
import { raw } from 'hono/html'
import { lettersWords as words } from '../../../core/desk-words-letters.ts'
import type { FieldError } from '../../../core/result.ts'
import type { Update } from '../../../core/update.ts'
import { withdrawalWords } from '../../../core/withdrawal-words.ts'
import { filesPath, withFiles } from '../../photos.ts'
import { reachable } from '../reachable.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Errors, Field } from './forms.tsx'

type Props = {
  readonly update: Update
  /** Its words as HTML, made safe when it was posted. */
  readonly page: string
  /** Of the letter to go back to. */
  readonly slug: string
  readonly standing: Parameters<typeof withdrawalWords.standing>[0]
  readonly reason: string
  readonly errors: readonly FieldError[]
}

export function withdrawingPage(
  viewer: Viewer,
  { update, page, slug, standing, reason, errors }: Props,
): string {
  const here = `/desk/letters/${slug}`
  return deskPage({
    viewer,
    title: words.withdrawTitle,
    children: (
      <>
        <div>{raw(withFiles(reachable(page), filesPath))}</div>
        <p>{withdrawalWords.standing(standing)}</p>
        <p class="said">{words.withdrawWhy}</p>
        <Errors errors={errors.filter(({ field }) => field !== 'reason')} />
        <form method="post" action={`${here}/updates/${update.id}/withdrawn`}>
          <Field id="reason" label={words.reason} value={reason} maxlength={200} errors={errors} />
          <button type="submit">{words.withdrawButton}</button>
        </form>
        <p class="said apart">
          <a class="row" href={`${here}#u-${update.id}`}>
            {words.notNow}
          </a>
        </p>
      </>
    ),
  })
}

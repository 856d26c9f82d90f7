/** The form for writing (PURE), and the posts of its author that wait on a device. */
import { deskWords as words } from '../../../core/desk-words.ts'
import { waitingWords } from '../../../core/desk-words-waiting.ts'
import { kindNames } from '../../../core/kinds.ts'
import { photoTypes } from '../../../core/photo/photo.ts'
import type { FieldError } from '../../../core/result.ts'
import { Check, HiddenFields, Wrong } from './forms.tsx'

export type Writing = {
  readonly text: string
  readonly kind: string
  /** Of a photo, which is to be chosen again. */
  readonly description: string
  /** A local date; empty for now. */
  readonly day: string
  readonly inside: boolean
  /** Once under a key, however often it is sent. */
  readonly key: string
}

type Props = {
  /** The author: whose drafts are kept on this device. Empty where a script puts in whom the device knows. */
  readonly author: string
  readonly writing: Writing
  readonly errors: readonly FieldError[]
  /** Where the owner withdraws what cannot be taken back any more. */
  readonly withdraw?: string | undefined
  /** The query by which another page filled it in; empty if none did. */
  readonly handed: string
  /** The key of what was posted: its draft is done. */
  readonly posted: string | null
  /** The last day that can be chosen. */
  readonly today: string | undefined
  readonly hasCircles: boolean
}

export function WriteForm(props: Props) {
  const { author, writing, errors, withdraw, handed, posted, today, hasCircles } = props
  return (
    <form
      method="post"
      action={`/write${handed}`}
      enctype="multipart/form-data"
      id="write"
      data-author={author}
      data-posted={posted}
    >
      <label for="text">{words.happened}</label>
      <textarea id="text" name="text" rows={5} required autofocus>
        {writing.text}
      </textarea>
      {handed !== '' && <p class="said">{words.handed}</p>}
      {[...new Set(errors.map(({ field }) => field))].map((field) => (
        <Wrong name={field} errors={errors} />
      ))}
      {withdraw !== undefined && (
        <p>
          <a class="row" href={withdraw}>
            {words.withdrawIt}
          </a>
        </p>
      )}
      <Chips chosen={writing.kind} />
      <details open={errors.some(({ field }) => field === 'photo')}>
        <summary>{words.photo}</summary>
        <label for="photo">{words.photoFile}</label>
        <input id="photo" name="photo" type="file" accept={photoTypes.join()} multiple />
        <label for="description">{words.photoShows}</label>
        <input
          id="description"
          name="description"
          value={writing.description}
          maxlength={300}
          autocomplete="off"
        />
      </details>
      <details open={writing.day !== ''}>
        <summary>{words.anotherDay}</summary>
        <label for="day">{words.day}</label>
        <input id="day" name="day" type="date" max={today} value={writing.day} />
      </details>
      {hasCircles && <Check name="inside" isChecked={writing.inside} label={words.inside} />}
      <HiddenFields fields={{ key: writing.key, author }} />
      <button type="submit" class="wide">
        {words.note}
      </button>
      {errors.some(({ field }) => field === 'unsettled') && (
        <button type="submit" class="quiet wide" name="sure" value="true">
          {words.noteAsIs}
        </button>
      )}
      <button type="submit" class="quiet wide" name="act" value="check">
        {words.check}
      </button>
    </form>
  )
}

function Chips({ chosen }: { readonly chosen: string }) {
  return (
    <fieldset class="chips">
      <legend class="unseen">{words.kind}</legend>
      {['', ...kindNames].map((kind) => (
        <label>
          <input type="radio" name="kind" value={kind} checked={kind === chosen} />
          <span>{kind || words.auto}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** A script shows it, with a row for each, where there is something. */
export function WaitingPosts() {
  return (
    <section id="waiting" hidden data-sure={waitingWords.sure} data-instead={waitingWords.instead}>
      <h2>{waitingWords.heading}</h2>
      <div aria-live="polite">
        <p class="said">{waitingWords.offline}</p>
        <p class="said" hidden>
          {waitingWords.signIn} <a href="/?to=/write">{waitingWords.toSignIn}</a>
        </p>
      </div>
      <ul class="rows">
        <template>
          <li>
            <p class="typed" />
            <p class="wrong" hidden />
            <div class="acts">
              <button type="button" class="quiet">
                {waitingWords.edit}
              </button>
              <button type="button" class="quiet">
                {waitingWords.discard}
              </button>
            </div>
          </li>
        </template>
      </ul>
      <div class="acts">
        <button type="button" class="quiet">
          {waitingWords.sendNow}
        </button>
      </div>
    </section>
  )
}

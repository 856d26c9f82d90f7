/** A letter as it is mailed (PURE): in a frame as wide as a phone or a laptop, or as text. */
import { previewWords as words } from '../../../core/desk-words-preview.ts'

/** One choice for all letters of a page: the style sheet does it. */
export function Views() {
  return (
    <fieldset class="chips">
      <legend class="unseen">{words.view}</legend>
      {Object.entries(words.views).map(([name, text]) => (
        <label>
          <input type="radio" name="view" value={name} checked={name === 'phone'} />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** `src` is the page of the mail, `name` what it is called, `text` its text part. */
export function Mail({
  src,
  name,
  text,
}: {
  readonly src: string
  readonly name: string
  readonly text: string
}) {
  return (
    <section class="mail" aria-label={name} tabindex={0}>
      <iframe src={src} title={words.framed(name)} />
      <pre>{text}</pre>
    </section>
  )
}

/** A letter as it is mailed (PURE): in a frame as wide as a phone or a laptop, or as text. */
import type { Child } from 'hono/jsx'
import { aheadWords } from '../../../core/ahead-words.ts'
import { previewWords as words } from '../../../core/desk-words-preview.ts'
import type { Circle } from '../../../core/recipient.ts'

/** The next letter of a circle; circles that read the same share one. */
export type NextMail = {
  /** null where only one circle is in use. */
  readonly circles: readonly Circle[] | null
  readonly circle: Circle
  readonly subject: string
  readonly words: number
  readonly text: string
  /** The page of the mail alone. */
  readonly src: string
}

/** The next letters, below the day as of which they are written; `children` makes what stands below each. */
export function NextMails(props: {
  readonly letters: readonly NextMail[]
  readonly reads: string | null
  readonly children?: (letter: NextMail) => Child
}) {
  const { letters, reads, children } = props
  if (letters.length === 0) return null
  return (
    <>
      <div class="apart">
        {reads !== null && <p class="said">{reads}</p>}
        <Views />
      </div>
      {letters.map((letter) => {
        const name = aheadWords.letter(letter.circles, letter.words)
        return (
          <>
            <h2>{name}</h2>
            <p class="said">{aheadWords.subject(letter.subject)}</p>
            <Mail src={letter.src} name={name} text={letter.text} />
            {children?.(letter)}
          </>
        )
      })}
    </>
  )
}

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

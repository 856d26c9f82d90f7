/** The next letter before it goes (PURE): what becomes of it, what it lacks, how each circle will see it. */
import { aheadWords } from '../../../core/ahead-words.ts'
import type { DeskDid } from '../../../core/desk-words.ts'
import { type Fate, previewWords as words } from '../../../core/desk-words-preview.ts'
import type { Circle } from '../../../core/recipient.ts'
import type { FieldError } from '../../../core/result.ts'
import type { Warning } from '../../../core/warnings.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Button, Errors } from './forms.tsx'
import { Lacks, List } from './lacks.tsx'
import { Mail, Views } from './mail-view.tsx'

/** Circles that read the same share one. */
type Shown = {
  /** null where only one circle is in use. */
  readonly circles: readonly Circle[] | null
  readonly circle: Circle
  readonly subject: string
  readonly words: number
  readonly text: string
}

type Props = {
  readonly did: DeskDid | undefined
  readonly errors: readonly FieldError[]
  readonly number: number
  /** The next cut-off, in words. */
  readonly when: string
  readonly fate: Fate
  /** While it is held: what becomes of it once that is lifted. */
  readonly lifted: Fate | null
  readonly isLast: boolean
  /** Whether readers are told of a second week without news. */
  readonly tellsSilence: boolean
  /** What a silent week keeps for a later letter. */
  readonly kept: readonly string[]
  /** Without which it cannot go out. */
  readonly unset: readonly Warning[]
  readonly lacks: readonly Warning[]
  readonly letters: readonly Shown[]
  readonly canSend: boolean
  /** What a test needs and is not there. */
  readonly testLacks: readonly Warning[]
  /** Names this page's test: one mail, however often it is asked for. */
  readonly key: string
  /** The last letter, if its readers get it by hand. */
  readonly forwarding: { readonly number: number; readonly slug: string; readonly day: string | null } | null
}

export function previewPage(viewer: Viewer, props: Props): string {
  const { did, errors, number, when, fate, lifted, unset, lacks, letters, forwarding, testLacks } = props
  const said = [
    words.fates[fate](number, when),
    ...(lifted === null ? [] : [words.lifted(words.fates[lifted](number, when))]),
    ...(props.isLast ? [words.last] : []),
    ...props.kept,
  ]
  return deskPage({
    viewer,
    did,
    title: words.preview,
    script: 'preview.js',
    children: (
      <>
        <Errors errors={errors} />
        {forwarding !== null && (
          <p>
            <a class="row" href={`/desk/preview/${forwarding.slug}`}>
              {forwarding.day === null
                ? words.toForward(forwarding.number)
                : words.wasForwarded(forwarding.number, forwarding.day)}
            </a>
          </p>
        )}
        <p>{said.join(' ')}</p>
        {unset.length > 0 && <List items={unset} />}
        {props.tellsSilence && <p>{aheadWords.nextSilent}</p>}
        {letters.length > 0 && <Lacks items={lacks} />}
        <Acts {...props} />
        {letters.length > 0 && <Views />}
        {letters.map((letter) => (
          <Letter {...props} letter={letter} />
        ))}
        {letters.length > 0 && testLacks.length > 0 && (
          <div class="said">
            {words.noTest}
            <List items={testLacks} />
          </div>
        )}
      </>
    ),
  })
}

function Acts({ number, fate, canSend }: Props) {
  const hidden = { number: String(number) }
  return (
    <div class="acts apart">
      {canSend && (
        <form action="/desk/preview/send">
          <button type="submit">{words.sendNow}</button>
        </form>
      )}
      {fate === 'held' ? (
        <Button action="/desk/preview/lift" hidden={hidden}>
          {words.lift}
        </Button>
      ) : (
        <Button action="/desk/preview/hold" hidden={hidden}>
          {words.hold}
        </Button>
      )}
      <a class="row" href="/desk">
        {words.edit}
      </a>
    </div>
  )
}

function Letter({ letter, number, key, testLacks }: Props & { readonly letter: Shown }) {
  const { circles, circle, subject, text } = letter
  const name = aheadWords.letter(circles, letter.words)
  return (
    <>
      <h2>{name}</h2>
      <p class="said">{aheadWords.subject(subject)}</p>
      <Mail src={`/desk/preview/letter?circle=${circle}`} name={name} text={text} />
      {testLacks.length === 0 && (
        <Button action="/desk/preview/test" hidden={{ number: String(number), circle, key }}>
          {words.test}
        </Button>
      )}
    </>
  )
}

type Asked = {
  readonly errors: readonly FieldError[]
  readonly number: number
  /** To whom it goes, or why it cannot. */
  readonly lead: string
  readonly notes: readonly string[]
  /** Without which it cannot go out. */
  readonly unset: readonly Warning[]
  readonly lacks: readonly Warning[]
  /** What the page was made from: if it changes, the page asks again. null where nothing can be sent. */
  readonly seen: string | null
  readonly byHand: boolean
}

/** The question before it goes. */
export function sendPage(
  viewer: Viewer,
  { errors, number, lead, notes, unset, lacks, seen, byHand }: Asked,
): string {
  return deskPage({
    viewer,
    title: words.sendTitle(number),
    children: (
      <>
        <Errors errors={errors} />
        <p class="summary">{lead}</p>
        {notes.map((note) => (
          <p class="said">{note}</p>
        ))}
        {unset.length > 0 && <List items={unset} />}
        <Lacks items={lacks} />
        <div class="acts apart">
          {seen !== null && (
            <form method="post" action="/desk/preview/send">
              <input type="hidden" name="number" value={String(number)} />
              <input type="hidden" name="seen" value={seen} />
              <button type="submit">{byHand ? words.closeButton : words.sendButton}</button>
            </form>
          )}
          <a class="row" href="/desk/preview">
            {words.notYet}
          </a>
          {!byHand && (
            <a class="row" href="/desk/people">
              {words.people}
            </a>
          )}
        </div>
      </>
    ),
  })
}

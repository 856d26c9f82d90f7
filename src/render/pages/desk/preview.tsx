/** The next letter before it goes (PURE): what becomes of it, what it lacks, how each circle will see it. */
import { aheadWords } from '../../../core/ahead-words.ts'
import type { DeskDid } from '../../../core/desk-words.ts'
import { lettersWords } from '../../../core/desk-words-letters.ts'
import { type Fate, previewWords as words } from '../../../core/desk-words-preview.ts'
import type { FieldError } from '../../../core/result.ts'
import type { Warning } from '../../../core/warnings.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Button, Errors } from './forms.tsx'
import { Lacks, List } from './lacks.tsx'
import { type NextMail, NextMails } from './mail-view.tsx'

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
  /** At which cut-offs before it nothing goes out, and why. */
  readonly skipped: string | null
  /** The letter that was sent a moment ago. */
  readonly sent: {
    readonly number: number
    readonly slug: string
    readonly count: number
    readonly isDone: boolean
  } | null
  /** Whether readers are told of a second week without news. */
  readonly tellsSilence: boolean
  /** What a silent week keeps for a later letter. */
  readonly kept: readonly string[]
  /** Without which it cannot go out. */
  readonly unset: readonly Warning[]
  readonly lacks: readonly Warning[]
  readonly letters: readonly NextMail[]
  /** As of which day they are written, in words; null where that is today. */
  readonly reads: string | null
  readonly canSend: boolean
  /** What a test needs and is not there. */
  readonly testLacks: readonly Warning[]
  /** Names this page's test: one mail, however often it is asked for. */
  readonly key: string
  /** The last letter, if its readers get it by hand. */
  readonly forwarding: { readonly number: number; readonly slug: string; readonly day: string | null } | null
}

export function previewPage(viewer: Viewer, props: Props): string {
  const { did, errors, number, when, fate, lifted, unset, lacks } = props
  const { letters, reads, key, forwarding, testLacks } = props
  const said = [
    words.fates[fate](number, when),
    ...(lifted === null ? [] : [words.lifted(words.fates[lifted](number, when))]),
    ...(props.isLast ? [words.last] : []),
    ...(props.skipped === null ? [] : [props.skipped]),
    ...props.kept,
  ]
  return deskPage({
    viewer,
    did,
    told: props.sent && <Sent {...props.sent} />,
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
        {props.tellsSilence && props.sent === null && <p>{aheadWords.nextSilent}</p>}
        {letters.length > 0 && <Lacks items={lacks} />}
        <Acts {...props} />
        <NextMails letters={letters} reads={reads}>
          {({ circle }) =>
            testLacks.length === 0 && (
              <Button action="/desk/preview/test" hidden={{ number: String(number), circle, key }}>
                {words.test}
              </Button>
            )
          }
        </NextMails>
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

function Sent({ number, slug, count, isDone }: NonNullable<Props['sent']>) {
  return (
    <>
      <a href={`/desk/letters/${slug}`}>{lettersWords.letter(number)}</a> {words.sent(isDone, count)}
    </>
  )
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
          {words.hold(number)}
        </Button>
      )}
      <a class="row" href="/desk">
        {words.edit}
      </a>
    </div>
  )
}

/** One letter that has closed (PURE): what waits for the owner's word, what it told, and who got it. */
import { raw } from 'hono/html'
import type { DeliveryState } from '../../../core/delivery.ts'
import { type DeskDid, deskWords } from '../../../core/desk-words.ts'
import { lettersWords as words } from '../../../core/desk-words-letters.ts'
import { markOf } from '../../../core/desk-words-people.ts'
import { extract } from '../../../core/grammar/text.ts'
import type { Circle } from '../../../core/recipient.ts'
import type { FieldError } from '../../../core/result.ts'
import type { Update } from '../../../core/update.ts'
import { pageWords } from '../../../core/words.ts'
import { filesPath, withFiles } from '../../photos.ts'
import { reachable } from '../reachable.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Button, Errors } from './forms.tsx'
import { type ClosedLetter, HowItWent } from './letters.tsx'

type Reader = {
  readonly recipient: string
  readonly email: string | null
  readonly circle: Circle
  readonly state: DeliveryState
  /** Which try it is: a page from before settles no later one. */
  readonly n: number
  /** Whether they get letters at present. */
  readonly isWanted: boolean
  readonly reason: string | null
  readonly receipt: string | null
}

export type Closed = {
  readonly letter: ClosedLetter
  readonly did: DeskDid | undefined
  readonly errors: readonly FieldError[]
  /** Why the provider takes nothing; null while it does. */
  readonly halted: string | null
  readonly uncertain: readonly Reader[]
  readonly rejected: readonly Reader[]
  /** A page of all of them. */
  readonly deliveries: readonly Reader[]
  readonly after: string | null
  readonly updates: readonly {
    readonly update: Update
    /** Its words as HTML, made safe when it was posted. */
    readonly page: string
    /** A day in words, as that of a correction. */
    readonly withdrawnOn: string | null
    readonly corrections: readonly { readonly text: string; readonly day: string }[]
  }[]
}

export function closedPage(viewer: Viewer, closed: Closed): string {
  const { letter, did, updates } = closed
  return deskPage({
    viewer,
    did,
    title: words.letter(letter.number),
    children: (
      <>
        <Errors errors={closed.errors} />
        <p class="said">{letter.span}</p>
        <HowItWent letter={letter} />
        <div class="acts">
          <a class="row" href={`/archive/${letter.slug}`}>
            {words.read}
          </a>
          <a class="row" href={`/desk/preview/${letter.slug}`}>
            {words.passOn}
          </a>
        </div>
        <Waiting {...closed} />
        <ToSettle
          title={words.uncertain}
          why={words.uncertainWhy}
          readers={closed.uncertain}
          of={letter.slug}
        />
        <ToSettle title={words.rejected} why={words.rejectedWhy} readers={closed.rejected} of={letter.slug} />
        <h2>{words.told}</h2>
        {updates.length === 0 && <p class="said">{words.nothingTold}</p>}
        <ul class="rows">
          {updates.map((told) => (
            <Told {...told} slug={letter.slug} />
          ))}
        </ul>
        <Readers {...closed} />
        <p class="said">
          <a class="row" href="/desk/letters">
            {words.toLetters}
          </a>
        </p>
      </>
    ),
  })
}

/** Letters that have not gone out: why, and the owner's word. */
function Waiting({ letter: { slug, states, late }, halted }: Closed) {
  if ((states.waiting ?? 0) === 0) return null
  const why = late > 0 ? words.lateWhy(late) : halted === null ? words.waits : words.halted(halted)
  return (
    <section>
      <p>{why}</p>
      {(late > 0 || halted !== null) && (
        <Button action={`/desk/letters/${slug}/released`} hidden={{ letters: String(late) }}>
          {late > 0 ? words.release(late) : words.tryNow}
        </Button>
      )}
    </section>
  )
}

function ToSettle(props: { title: string; why: string; readers: readonly Reader[]; of: string }) {
  const { title, why, readers, of } = props
  if (readers.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <p class="said">{why}</p>
      <ul class="rows">
        {readers.map((reader) => {
          const action = `/desk/letters/${of}/readers/${reader.recipient}`
          const n = String(reader.n)
          const label = (word: string) => `${word}: ${nameOf(reader)}`
          return (
            <li>
              <p>
                {nameOf(reader)} {reader.reason !== null && <span class="said">{reader.reason}</span>}
              </p>
              <div class="acts">
                {reader.state === 'uncertain' && (
                  <Button action={action} hidden={{ state: 'accepted', n }} label={label(words.arrived)}>
                    {words.arrived}
                  </Button>
                )}
                {reader.isWanted ? (
                  <Button action={action} hidden={{ state: 'waiting', n }} label={label(words.again)}>
                    {words.again}
                  </Button>
                ) : (
                  <span class="said">{words.unwanted}</span>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const maxExtract = 60

function Told(props: Closed['updates'][number] & { slug: string }) {
  const { update, page, withdrawnOn, corrections, slug } = props
  const { id, kind, text, inside } = update
  if (withdrawnOn !== null) {
    return (
      <li id={`u-${id}`} tabindex={-1}>
        <p class="said">{words.withdrawnOn(withdrawnOn, update.withdrawn?.reason ?? null)}</p>
      </li>
    )
  }
  const name = extract(text, maxExtract)
  return (
    <li id={`u-${id}`} tabindex={-1}>
      {raw(withFiles(reachable(page), filesPath))}
      {corrections.map((correction) => (
        <p class="typed said">{pageWords.corrected(correction.day, correction.text)}</p>
      ))}
      <p class="said">
        {kind}
        {inside && ` · ${deskWords.inside.toLowerCase()}`}
      </p>
      <div class="acts">
        <a class="row" href={`/write/${id}?from=letter`}>
          {words.correct}
          <span class="unseen"> “{name}”</span>
        </a>
        <a class="row" href={`/desk/letters/${slug}/updates/${id}`}>
          {words.withdraw}
          <span class="unseen"> “{name}”</span>
        </a>
      </div>
    </li>
  )
}

function Readers({ letter: { slug }, deliveries, after }: Closed) {
  return (
    <section>
      <h2>{words.deliveries}</h2>
      {deliveries.length === 0 && <p class="said">{words.nobody}</p>}
      <ul class="rows">
        {deliveries.map((reader) => {
          const { sign, word } = markOf(reader.state, reader.receipt)
          return (
            <li>
              <p>
                {nameOf(reader)}{' '}
                <span class="said">
                  {sign} {word}
                </span>
              </p>
            </li>
          )
        })}
      </ul>
      {after !== null && (
        <p>
          <a class="row" href={`/desk/letters/${slug}?after=${after}`}>
            {words.moreDeliveries}
          </a>
        </p>
      )}
    </section>
  )
}

/** By hand the owner stands for a circle. */
function nameOf({ recipient, email }: Reader): string {
  if (recipient === 'inner' || recipient === 'outer') return words.you[recipient]
  return email ?? words.somebodyGone
}

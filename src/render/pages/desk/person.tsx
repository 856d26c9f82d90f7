/** One recipient (PURE): how the last letters went, and what the owner can do. */
import type { DeliveryState } from '../../../core/delivery.ts'
import type { DeskDid } from '../../../core/desk-words.ts'
import { markOf, stateWords, peopleWords as words } from '../../../core/desk-words-people.ts'
import type { Recipient } from '../../../core/recipient.ts'
import type { FieldError } from '../../../core/result.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Button, Wrong } from './forms.tsx'
import { ShownOnce } from './shown-once.tsx'

export type LetterMark = {
  readonly number: number
  readonly slug: string
  readonly state: DeliveryState
  readonly receipt: string | null
}

export type Person = {
  readonly recipient: Recipient
  /** The day of joining, in words. */
  readonly since: string
  readonly did: DeskDid | undefined
  /** A link that was just made, and is shown this once. */
  readonly wayIn: string | undefined
  readonly errors: readonly FieldError[]
  /** What stands in the fields. */
  readonly naming: { readonly name: string; readonly handle: string } | undefined
  readonly letters: readonly LetterMark[]
  /** The last letter, if this recipient has not got it and can get it. */
  readonly toSend: { readonly number: number; readonly slug: string } | null
}

export function personPage(viewer: Viewer, person: Person): string {
  const { recipient, since, did, wayIn, errors, letters, toSend } = person
  const { id, name, email, circle, state, reason } = recipient
  const here = `/desk/people/${id}`
  const about = [
    name !== null && email,
    words.inCircle[circle],
    stateWords(state, reason),
    words.since(since),
  ]
  return deskPage({
    viewer,
    did,
    title: name ?? email,
    script: 'copy.js',
    children: (
      <>
        <p class="said">{about.filter(Boolean).join(' · ')}</p>
        {errors
          .filter(({ field }) => field !== 'name' && field !== 'handle')
          .map(({ message }) => (
            <p class="wrong" role="alert">
              {message}
            </p>
          ))}
        <div class="acts">
          {state === 'active' && (
            <Button action={here} hidden={{ state: 'paused' }}>
              {words.pause}
            </Button>
          )}
          {state === 'paused' && (
            <Button action={here} hidden={{ state: 'active' }}>
              {words.resume}
            </Button>
          )}
          {circle === 'inner' && (
            <Button action={here} hidden={{ circle: 'outer' }}>
              {words.moveOut}
            </Button>
          )}
        </div>
        {circle === 'outer' && (
          <details class="apart">
            <summary>{words.moveIn}</summary>
            <p class="said">{words.moveInWhy}</p>
            <Button action={here} hidden={{ circle: 'inner' }}>
              {words.moveInButton}
            </Button>
          </details>
        )}
        <h2>{words.theirLetters}</h2>
        {letters.length === 0 ? <p class="said">{words.noLetters}</p> : <Marks letters={letters} isLinked />}
        {toSend !== null && (
          <Button action={`${here}/letter`} hidden={{ slug: toSend.slug }}>
            {words.send(toSend.number)}
          </Button>
        )}
        <h2>{words.wayIn}</h2>
        {wayIn === undefined ? (
          <>
            <p class="said">{words.wayInHow}</p>
            <Button action={`${here}/way-in`}>{words.makeWayIn}</Button>
          </>
        ) : (
          <ShownOnce label={words.link} value={wayIn} how={words.wayInMade} />
        )}
        <NameForm {...person} />
        <details class="apart">
          <summary>{words.remove}</summary>
          <p class="said">{words.removeWhy}</p>
          <Button action={`${here}/removed`}>{words.removeButton}</Button>
        </details>
        <p class="said">
          <a class="row" href="/desk/people">
            {words.toPeople}
          </a>
        </p>
      </>
    ),
  })
}

function NameForm({ recipient, naming, errors }: Person) {
  return (
    <>
      <h2>{words.called}</h2>
      <form method="post" action={`/desk/people/${recipient.id}`}>
        <label for="name">{words.name}</label>
        <input id="name" name="name" value={naming?.name} autocomplete="off" aria-describedby="name-wrong" />
        <Wrong name="name" errors={errors} />
        <label for="handle">{words.handle}</label>
        <input
          id="handle"
          name="handle"
          value={naming?.handle}
          autocomplete="off"
          autocapitalize="none"
          aria-describedby="handle-wrong handle-how"
        />
        <Wrong name="handle" errors={errors} />
        <p class="said" id="handle-how">
          {words.handleHow}
        </p>
        <button type="submit">{words.save}</button>
      </form>
    </>
  )
}

/** "✓ letter 3 delivered · ✗ letter 2 bounced" */
export function Marks({ letters, isLinked = false }: { letters: readonly LetterMark[]; isLinked?: boolean }) {
  if (letters.length === 0) return null
  return (
    <p class="said">
      {letters.map(({ number, slug, state, receipt }, index) => {
        const { sign, word } = markOf(state, receipt)
        const letter = isLinked ? (
          <a href={`/archive/${slug}`}>{words.letter(number)}</a>
        ) : (
          words.letter(number)
        )
        return (
          <>
            {index > 0 && ' · '}
            <span class={signClasses[sign]}>
              {sign} {letter} {word}
            </span>
          </>
        )
      })}
    </p>
  )
}

const signClasses = { '✓': 'met', '✗': 'wrong', '◐': 'atRisk', '–': undefined } as const

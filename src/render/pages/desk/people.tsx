/** Who gets the letters (PURE): a field for pasting several, and a row each with how the last letters went. */
import type { DeskDid } from '../../../core/desk-words.ts'
import { authorWords, stateWords, peopleWords as words } from '../../../core/desk-words-people.ts'
import { type Circle, type Recipient, recipientStates } from '../../../core/recipient.ts'
import type { FieldError } from '../../../core/result.ts'
import { Answer } from '../answer.tsx'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Circles } from './forms.tsx'
import { type LetterMark, Marks } from './person.tsx'

/** What was typed, or is left to be corrected. */
export type Adding = {
  readonly people: string
  readonly circle: Circle
  readonly errors: readonly FieldError[]
}

/** How many were added, and who was not, and why. */
export type Added = {
  readonly count: number
  readonly others: readonly { readonly email: string; readonly why: string }[]
}

type Props = {
  readonly adding: Adding
  readonly added: Added | null
  readonly did: DeskDid | undefined
  readonly counts: readonly { readonly state: Recipient['state']; readonly count: number }[]
  /** Whether both circles are in use: with one alone nothing of this shows. */
  readonly hasCircles: boolean
  readonly people: readonly (Recipient & { readonly letters: readonly LetterMark[] })[]
  readonly isFirstPage: boolean
  /** Where the next page begins; null on the last. */
  readonly next: string | null
}

export function peoplePage(viewer: Viewer, props: Props): string {
  const { adding, added, did, counts, hasCircles, people, isFirstPage, next } = props
  const sums = recipientStates.flatMap((state) => {
    const sum = counts.filter((one) => one.state === state).reduce((all, { count }) => all + count, 0)
    return sum === 0 ? [] : [`${sum} ${words.counts[state]}`]
  })
  return deskPage({
    viewer,
    did,
    title: words.people,
    children: (
      <>
        {added !== null && <WhatWasAdded {...added} />}
        <p class="said">{sums.length === 0 ? words.nobody : `${sums.join(', ')}.`}</p>
        <p class="said">
          <a class="row" href="/desk/authors">
            {authorWords.toAuthors}
          </a>
        </p>
        {isFirstPage && (
          <details open={sums.length === 0 || adding.errors.length > 0}>
            <summary>{words.add}</summary>
            <AddForm {...adding} />
          </details>
        )}
        <ul class="rows">
          {people.map((person) => (
            <PersonRow {...person} hasCircles={hasCircles} />
          ))}
        </ul>
        {(next !== null || !isFirstPage) && (
          <nav class="neighbours" aria-label={words.people}>
            {!isFirstPage && <a href="/desk/people">{words.toPeople}</a>}
            {next !== null && <a href={`/desk/people?after=${next}`}>{words.more}</a>}
          </nav>
        )}
      </>
    ),
  })
}

function WhatWasAdded({ count, others }: Added) {
  return (
    <>
      {count > 0 && <Answer>{words.added(count)}</Answer>}
      {others.length > 0 && (
        <div class="said" role="alert">
          <ul>
            {others.map(({ email, why }) => (
              <li>
                {email} {why}.
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

function AddForm({ people, circle, errors }: Adding) {
  const isWrong = errors.length > 0
  return (
    <form method="post" action="/desk/people">
      <label for="people">{words.pasted}</label>
      <textarea
        id="people"
        name="people"
        rows={5}
        required
        autocomplete="off"
        spellcheck={false}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? 'people-wrong people-how' : 'people-how'}
      >
        {people}
      </textarea>
      {isWrong && (
        <div class="said wrong" role="alert" id="people-wrong">
          <ul>
            {errors.map(({ message }) => (
              <li>{message}</li>
            ))}
          </ul>
        </div>
      )}
      <p class="said" id="people-how">
        {words.pastedHow}
      </p>
      <Circles legend={words.circle} circle={circle} />
      <p class="said">{words.circlesWhy}</p>
      <button type="submit">{words.addButton}</button>
    </form>
  )
}

function PersonRow(props: Props['people'][number] & { readonly hasCircles: boolean }) {
  const { id, name, handle, email, circle, state, reason, letters, hasCircles } = props
  const about = [
    name !== null && email,
    handle !== null && `@${handle}`,
    hasCircles && words.inCircle[circle],
  ].filter(Boolean)
  return (
    <li id={id}>
      <a class="row" href={`/desk/people/${id}`}>
        {name ?? email}
      </a>
      {about.length > 0 && <p class="said">{about.join(' · ')}</p>}
      {state !== 'active' && <p class="said atRisk">{stateWords(state, reason)}</p>}
      <Marks letters={letters} />
    </li>
  )
}

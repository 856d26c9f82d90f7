/** Letters that have closed (PURE), as a list. */
import { type DeliveryState, deliveryStates } from '../../../core/delivery.ts'
import { lettersWords as words } from '../../../core/desk-words-letters.ts'
import { deskPage, type Viewer } from './desk-page.tsx'

export type ClosedLetter = {
  readonly number: number
  readonly slug: string
  /** The days it tells of, in words. */
  readonly span: string
  readonly isByHand: boolean
  readonly isForwarded: boolean
  /** How many letters wait though their time is over. */
  readonly late: number
  readonly states: Readonly<Partial<Record<DeliveryState, number>>>
}

export function lettersPage(viewer: Viewer, letters: readonly ClosedLetter[], older: number | null): string {
  return deskPage({
    viewer,
    title: words.letters,
    children: (
      <>
        {letters.length === 0 && <p class="said">{words.none}</p>}
        <ul class="rows">
          {letters.map((letter) => (
            <li>
              <p>
                <a class="row" href={`/desk/letters/${letter.slug}`}>
                  {words.letter(letter.number)}, {letter.span}
                </a>
              </p>
              <HowItWent letter={letter} />
            </li>
          ))}
        </ul>
        {older !== null && (
          <p>
            <a class="row" href={`/desk/letters?before=${older}`}>
              {words.older}
            </a>
          </p>
        )}
      </>
    ),
  })
}

export function HowItWent({ letter: { states, isByHand, isForwarded, late } }: { letter: ClosedLetter }) {
  const counts = deliveryStates.flatMap((state) => {
    const count = states[state] ?? 0
    return count === 0 ? [] : [words.counts[state](count)]
  })
  const said = isByHand ? [words.byHand, isForwarded ? words.forwarded : words.toForward] : counts
  return (
    <p class="said">
      {said.join(' · ')}
      {late > 0 && <strong class="atRisk"> · {words.late}</strong>}
    </p>
  )
}

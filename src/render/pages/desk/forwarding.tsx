/** A letter to be passed on (PURE): to be selected and copied, with a script by a button. */

import { aheadWords } from '../../../core/ahead-words.ts'
import type { DeskDid } from '../../../core/desk-words.ts'
import { previewWords as words } from '../../../core/desk-words-preview.ts'
import type { Circle } from '../../../core/recipient.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Button } from './forms.tsx'
import { Mail, Views } from './mail-view.tsx'

type Props = {
  readonly did: DeskDid | undefined
  readonly number: number
  readonly slug: string
  readonly isByHand: boolean
  /** When it was marked as forwarded; null if it was not. */
  readonly day: string | null
  readonly letters: readonly {
    /** null where there is but one. */
    readonly circle: Circle | null
    readonly subject: string
    readonly text: string
    /** The page of the mail alone. */
    readonly src: string
    /** Whether it came to the owner's inbox. */
    readonly came: string | null
  }[]
}

export function forwardingPage(viewer: Viewer, { did, number, slug, isByHand, day, letters }: Props): string {
  return deskPage({
    viewer,
    did,
    title: words.forwardTitle(number),
    script: 'forward.js',
    children: (
      <>
        <p class="said">{words.forwardHow}</p>
        <Views />
        {letters.map(({ circle, subject, text, src, came }) => {
          const name = circle === null ? subject : aheadWords.toCircle(circle)
          return (
            <>
              {circle !== null && <h2>{name}</h2>}
              <p class="said">{aheadWords.subject(subject)}</p>
              <Mail src={src} name={name} text={text} />
              <div
                class="acts"
                data-src={src}
                data-title={subject}
                data-copy={words.copy}
                data-copied={words.copied}
                data-share={words.share}
              >
                <a class="row" href={src}>
                  {words.alone}
                </a>
              </div>
              {came !== null && <p class="said">{came}</p>}
            </>
          )
        })}
        {isByHand && day !== null && <p class="apart">{words.forwardedOn(day)}</p>}
        {isByHand && day === null && (
          <div class="apart">
            <Button action={`/desk/preview/${slug}/forwarded`}>{words.forwarded}</Button>
          </div>
        )}
      </>
    ),
  })
}

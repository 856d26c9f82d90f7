/** The question before the next letter goes (PURE): to whom, what it lacks, and the very letter. */
import { previewWords as words } from '../../../core/desk-words-preview.ts'
import type { FieldError } from '../../../core/result.ts'
import type { Warning } from '../../../core/warnings.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Errors } from './forms.tsx'
import { Lacks, List } from './lacks.tsx'
import { type NextMail, NextMails } from './mail-view.tsx'

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
  /** As they go now. */
  readonly letters: readonly NextMail[]
  /** Where the preview is of another day. */
  readonly reads: string | null
}

export function sendPage(
  viewer: Viewer,
  { errors, number, lead, notes, unset, lacks, seen, byHand, letters, reads }: Asked,
): string {
  return deskPage({
    viewer,
    title: words.sendTitle(number),
    script: 'preview.js',
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
        <NextMails letters={letters} reads={reads} />
      </>
    ),
  })
}

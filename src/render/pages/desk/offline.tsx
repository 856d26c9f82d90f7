/** The page for writing where there is no line (PURE): kept on a device, so it has nothing of anybody. */
import { deskWords as words } from '../../../core/desk-words.ts'
import { waitingWords } from '../../../core/desk-words-waiting.ts'
import { Page, toHtml } from '../frame.tsx'
import { WaitingPosts, WriteForm } from './write-form.tsx'

export function offlinePage(): string {
  const writing = { text: '', kind: '', description: '', day: '', inside: false, key: '' }
  return toHtml(
    <Page title={words.write} project="weeknotes" locale="en" script="write.js" isApp>
      <h1 class="unseen">{words.write}</h1>
      <p class="said" role="status" id="offline">
        {waitingWords.isOffline}
      </p>
      <p class="wrong" role="alert" id="nobody" hidden>
        {waitingWords.isNobody} <a href="/?to=/write">{waitingWords.toSignIn}</a>
      </p>
      <WriteForm
        author=""
        writing={writing}
        errors={[]}
        handed=""
        posted={null}
        today={undefined}
        hasCircles
      />
      <WaitingPosts />
    </Page>,
  )
}

/** From where else than these pages one posts (PURE): lines to be pasted, with this Worker's own address. */
import {
  bookmarklet,
  curlLines,
  installLines,
  pythonExample,
  apiWords as words,
} from '../../../core/desk-words-channels.ts'
import { peopleWords } from '../../../core/desk-words-people.ts'
import { deskPage, type Viewer } from './desk-page.tsx'

export function apiPage(viewer: Viewer, address: string): string {
  return deskPage({
    viewer,
    title: words.api,
    script: 'copy.js',
    children: (
      <>
        <p class="said">
          {words.token} {viewer.isOwner && <a href="/desk/authors">{words.toAuthors}</a>}
        </p>
        <h2>{words.commandLine}</h2>
        <p class="said">{words.commandLineWhy}</p>
        <Lines>{installLines(address)}</Lines>
        <h2>{words.browser}</h2>
        <p class="said">{words.browserWhy}</p>
        <p>
          <a class="row" href={bookmarklet(address)}>
            {words.bookmark}
          </a>
        </p>
        <p class="said">{words.bookmarkCode}</p>
        <Lines>{bookmarklet(address)}</Lines>
        <h2>{words.curl}</h2>
        {curlLines(address).map(([what, lines]) => (
          <>
            <p class="said">{what}</p>
            <Lines>{lines}</Lines>
          </>
        ))}
        <h2>{words.python}</h2>
        <p class="said">{words.pythonWhy}</p>
        <Lines>{pythonExample(address)}</Lines>
        <p class="said apart">
          <a class="row" href="/openapi.json">
            {words.openApi}
          </a>
        </p>
      </>
    ),
  })
}

/** Where there are scripts, a button copies them. */
function Lines({ children }: { readonly children: string }) {
  return (
    <pre class="typed" tabindex={0} data-copy={peopleWords.copy} data-copied={peopleWords.copied}>
      {children}
    </pre>
  )
}

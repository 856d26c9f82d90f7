/** The page where nothing is, or nothing for this reader (PURE): the same in both cases. */
import { pageWords as words } from '../../core/words.ts'
import { Page, toHtml } from './frame.tsx'

export function notFoundPage(): string {
  return toHtml(
    <Page title={words.notFound} project="weeknotes" locale="en">
      <h1>{words.notFound}</h1>
      <p>{words.notFoundWhy}</p>
    </Page>,
  )
}

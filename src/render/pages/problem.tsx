/** The page of a problem that no form can show (PURE). */
import { deskWords } from '../../core/desk-words.ts'
import { Page, toHtml } from './frame.tsx'

export function problemPage(title: string, detail: string | undefined): string {
  return toHtml(
    <Page title={title} project="weeknotes" locale="en">
      <h1>{title}</h1>
      {detail !== undefined && <p>{detail}</p>}
      <p>{deskWords.back}</p>
    </Page>,
  )
}

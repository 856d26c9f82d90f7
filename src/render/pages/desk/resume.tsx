/** What was typed before a session ended (PURE): shown again after signing in, to be sent by the same form's way. */
import { deskWords as words } from '../../../core/desk-words.ts'
import { headings } from '../../../core/kinds.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { HiddenFields } from './forms.tsx'

/** Fields whose words are shown, to be changed before they are sent; the others go along. */
const shown: readonly string[] = ['text', 'summary', 'why', 'answer', 'people', ...headings]

export function resumePage(viewer: Viewer, action: string, fields: readonly (readonly [string, string])[]) {
  const isShown = ([name, text]: readonly [string, string]) => text !== '' && shown.includes(name)
  const texts = fields.filter(isShown)
  const others = fields.filter((field) => !isShown(field))
  return deskPage({
    viewer,
    title: words.resume,
    children: (
      <form method="post" action={action}>
        <p id="why">{words.resumeWhy}</p>
        {texts.map(([name, text]) => (
          <textarea name={name} rows={6} aria-labelledby="why">
            {text}
          </textarea>
        ))}
        <HiddenFields fields={Object.fromEntries(others)} />
        <button type="submit">{words.resumeButton}</button>
      </form>
    ),
  })
}

/** What was typed before a session ended (PURE): shown again after signing in, to be sent by the same form's way. */
import { deskWords as words } from '../../../core/desk-words.ts'
import { headings } from '../../../core/kinds.ts'
import { reportWords } from '../../../core/report-words.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Field, HiddenFields } from './forms.tsx'

/** Fields of several lines. */
const areas: readonly string[] = ['text', 'summary', 'answer', 'people', 'senders', ...headings]
/** What is chosen, not typed. */
const choices: readonly string[] = [
  'kind',
  'outcome',
  'state',
  'status',
  'circle',
  'inside',
  'fact',
  'photo',
  'deleted',
]
const labels: Readonly<Record<string, string>> = { ...words.typed, ...reportWords.headings }

/** What was typed can be changed before it is sent; what was chosen is told, and the rest goes along. */
export function resumePage(viewer: Viewer, action: string, fields: readonly (readonly [string, string])[]) {
  // Too many to be looked at without their form, which shows them and saves none.
  const isForm = action === '/desk/settings'
  const isShown = ([name, text]: readonly [string, string]) =>
    !isForm && text !== '' && (areas.includes(name) || name in labels)
  const typed = fields.filter(isShown)
  const others = fields.filter((field) => !isShown(field) && !(isForm && field[0] === 'act'))
  const chosen = others.filter(([name, text]) => choices.includes(name) && text !== '' && text !== 'false')
  return deskPage({
    viewer,
    title: words.resume,
    children: (
      <form method="post" action={action}>
        <HiddenFields fields={Object.fromEntries(others)} />
        <p>{isForm ? words.resumeForm : words.resumeWhy}</p>
        {typed.map(([name, text]) =>
          areas.includes(name) ? (
            <>
              <label for={name}>{labels[name] ?? name}</label>
              <textarea name={name} id={name} rows={6}>
                {text}
              </textarea>
            </>
          ) : (
            <Field id={name} label={labels[name] ?? name} value={text} errors={[]} />
          ),
        )}
        {chosen.length > 0 && (
          <p class="said">{chosen.map(([name, text]) => `${name}: ${text}`).join(' · ')}</p>
        )}
        {isForm ? (
          <button type="submit" name="act" value="cutOffs">
            {words.resumeLook}
          </button>
        ) : (
          <button type="submit">{action === '/write' ? words.note : words.resumeButton}</button>
        )}
      </form>
    ),
  })
}

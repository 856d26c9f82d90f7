/** The words at the top of the letter (PURE), and the form that changes them. */
import type { Child } from 'hono/jsx'
import { deskWords as words } from '../../../core/desk-words.ts'
import type { Open } from '../../../core/open.ts'
import { statuses } from '../../../core/update.ts'
import { statusWords } from '../../../core/words.ts'
import { Check } from './forms.tsx'

type Props = {
  readonly open: Open
  /** What was typed and refused, by field; `id` says in which form. */
  readonly typed: Readonly<Record<string, string>>
  readonly hasCircles: boolean
  /** As the letter has it. */
  readonly children: readonly Child[]
}

export function Opening({ open: { summary, status }, typed, hasCircles, children }: Props) {
  const isAgain = typed.id === 'opening'
  const chosen = isAgain ? typed.status : status?.status
  return (
    <div id="opening" tabindex={-1} class="piece">
      <div>{children.length > 0 ? children : <p class="said">{words.noOpening}</p>}</div>
      <details class="edit" open={isAgain}>
        <summary>
          {words.change}
          <span class="unseen"> {words.changeOpening}</span>
        </summary>
        <form method="post" action="/desk/opening">
          <label for="summary">{words.summary}</label>
          <textarea id="summary" name="summary" rows={2} maxlength={1000}>
            {(isAgain ? typed.summary : summary?.text) ?? ''}
          </textarea>
          <label for="status">{words.status}</label>
          <select id="status" name="status">
            <option value="">{words.noStatus}</option>
            {statuses.map((name) => (
              <option value={name} selected={name === chosen}>
                {statusWords[name]}
              </option>
            ))}
          </select>
          <label for="reason">{words.reason}</label>
          <input
            id="reason"
            name="reason"
            value={(isAgain ? typed.reason : status?.reason) ?? ''}
            maxlength={500}
          />
          {hasCircles && (
            <Check
              name="inside"
              label={words.inside}
              isChecked={summary?.inside === true || status?.inside === true}
            />
          )}
          <button type="submit">{words.save}</button>
        </form>
      </details>
    </div>
  )
}

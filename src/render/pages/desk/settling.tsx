/** What can be said of a week (PURE): what came of plans, what was answered, its summary and status. */
import { deskWords as words } from '../../../core/desk-words.ts'
import { extract } from '../../../core/grammar/text.ts'
import { type Outcome, outcomes } from '../../../core/grammar/understood.ts'
import type { CarriedItem, NumberedPlan, Open } from '../../../core/open.ts'
import { statuses } from '../../../core/update.ts'
import { statusWords } from '../../../core/words.ts'
import { Check, NoneByEnter } from './forms.tsx'

type Settling = {
  readonly open: Open
  /** What was typed and refused, by field; `id` says in which form. */
  readonly typed: Readonly<Record<string, string>>
}

type InCircles = Settling & { readonly hasCircles: boolean }

type PlanRow = Pick<NumberedPlan, 'plan' | 'text'> & Partial<Pick<NumberedPlan, 'number'>>

const maxExtract = 60

/** Plans of earlier letters; one tap says what came of each. */
export function Plans({
  title,
  plans,
  ...settling
}: Settling & { title: string; plans: readonly PlanRow[] }) {
  const rows = plans.map(({ plan, text, number }) => (
    <li id={plan} tabindex={-1} value={number}>
      <p>{text}</p>
      <PlanForm plan={plan} text={text} {...settling} />
    </li>
  ))
  return (
    rows.length > 0 && (
      <section>
        <h2>{title}</h2>
        {plans.some(({ number }) => number !== undefined) ? <ol>{rows}</ol> : <ul>{rows}</ul>}
      </section>
    )
  )
}

export function PlanForm({ plan, text, open, typed }: Settling & { plan: string; text: string }) {
  const said = open.outcomes.find((outcome) => outcome.plan === plan)
  const name = extract(text, maxExtract)
  return (
    <form method="post" action={`/desk/plans/${plan}`} class="acts">
      <NoneByEnter />
      {said !== undefined && (
        <p class={said.outcome}>
          {words.outcomes[said.outcome]}
          {said.why === null ? '' : `: ${said.why}`}
        </p>
      )}
      <input
        name="why"
        placeholder={words.why}
        aria-label={words.about(words.why, name)}
        value={(typed.id === plan ? typed.why : said?.why) ?? ''}
        maxlength={500}
      />
      {outcomes.map((outcome: Outcome) => (
        <Say name="outcome" value={outcome} about={name}>
          {words.outcomes[outcome]}
        </Say>
      ))}
      {said !== undefined && (
        <Say name="outcome" value="back" about={name}>
          {words.takeBack}
        </Say>
      )}
    </form>
  )
}

/** Asks, needs and blockers of earlier letters: confirmed, answered or dropped by one tap. */
export function Items({ items, ...settling }: Settling & { items: readonly CarriedItem[] }) {
  const answered = settling.open.answers
  const carried = items.filter(({ id }) => !answered.some(({ item }) => item === id))
  const rows = [
    ...carried.map((item) => ({ ...item, note: noteOf(item) })),
    ...answered.map(({ item, kind, text, state, answer }) => ({
      ...{ id: item, kind, text },
      note: [words.answers[state], answer].filter(Boolean).join(': '),
    })),
  ]
  return (
    rows.length > 0 && (
      <section>
        <h2>{words.items}</h2>
        <ul>
          {rows.map(({ note, ...item }) => (
            <li id={item.id} tabindex={-1}>
              <p>{item.text ?? ''}</p>
              <p class="said">
                {item.kind} · {note}
              </p>
              <ItemForm item={item} {...settling} />
            </li>
          ))}
        </ul>
      </section>
    )
  )
}

function noteOf({ unconfirmed }: CarriedItem): string {
  return unconfirmed === 0 ? words.isConfirmed : words.unconfirmed(unconfirmed)
}

export function ItemForm({
  item,
  open,
  typed,
}: Settling & { item: { id: string; kind: string; text: string | null } }) {
  const { id, kind, text } = item
  const name = extract(text ?? '', maxExtract)
  const isSaid = open.answers.some((answer) => answer.item === id)
  return (
    <form method="post" action={`/desk/items/${id}`} class="acts">
      <NoneByEnter />
      <input
        name="answer"
        placeholder={words.answer}
        aria-label={words.about(words.answer, name)}
        value={typed.id === id ? typed.answer : ''}
        maxlength={1000}
      />
      <Say name="state" value="answered" about={name}>
        {kind === 'ask' ? words.answers.answered : words.solved}
      </Say>
      <Say name="state" value="open" about={name}>
        {words.answers.open}
      </Say>
      <Say name="state" value="dropped" about={name}>
        {words.answers.dropped}
      </Say>
      {isSaid && (
        <Say name="state" value="back" about={name}>
          {words.takeBack}
        </Say>
      )}
    </form>
  )
}

/** A button that says something; where many say the same, one hears of what. */
function Say(props: { name: string; value: string; about: string; children: string }) {
  const { name, value, about, children } = props
  return (
    <button type="submit" class="quiet" name={name} value={value}>
      {children}
      <span class="unseen"> “{about}”</span>
    </button>
  )
}

/** The words at the top of the letter. */
export function Opening({ open: { summary, status }, typed, hasCircles }: InCircles) {
  const isAgain = typed.id === 'opening'
  const chosen = isAgain ? typed.status : status?.status
  return (
    <form method="post" action="/desk/opening" id="opening" tabindex={-1}>
      <h2>{words.opening}</h2>
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
  )
}

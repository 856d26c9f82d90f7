/** What can be said of what earlier letters left open (PURE): what came of plans, and what was answered. */
import type { Child } from 'hono/jsx'
import { deskWords as words } from '../../../core/desk-words.ts'
import { extract } from '../../../core/grammar/text.ts'
import { outcomes } from '../../../core/grammar/understood.ts'
import { letterWords } from '../../../core/letter-words.ts'
import type { CarriedItem, NumberedPlan, Open, OpenAnswer } from '../../../core/open.ts'
import { NoneByEnter } from './forms.tsx'

type Settling = {
  readonly open: Open
  /** What was typed and refused, by field; `id` says in which form. */
  readonly typed: Readonly<Record<string, string>>
}

type PlanRow = Pick<NumberedPlan, 'plan' | 'text'> & Partial<Pick<NumberedPlan, 'number'>>

type Item = Pick<OpenAnswer, 'kind' | 'text'> & { readonly id: string }

const maxExtract = 60
const maxLine = 120
const maxText = 400

/** Plans of earlier letters; one tap says what came of each. */
export function Plans({
  title,
  plans,
  ...settling
}: Settling & { title: string; plans: readonly PlanRow[] }) {
  const rows = plans.map(({ plan, text, number }) => {
    const said = settling.open.outcomes.find((outcome) => outcome.plan === plan)
    const mark = said === undefined ? null : words.outcomes[said.outcome]
    return (
      <Row
        {...{ id: plan, text, number, mark, typed: settling.typed }}
        tone={said?.outcome}
        why={said?.why ?? null}
      >
        <PlanForm plan={plan} text={text} {...settling} />
      </Row>
    )
  })
  return (
    rows.length > 0 && (
      <section>
        <h2>{title}</h2>
        {plans.some(({ number }) => number !== undefined) ? <ol>{rows}</ol> : <ul>{rows}</ul>}
      </section>
    )
  )
}

/** One that waits for a word shows its form. One that has it is a line with its mark, from which the form opens. */
function Row(props: {
  readonly id: string
  readonly number?: number | undefined
  readonly text: string
  /** What it is, while nothing is said of it. */
  readonly note?: string
  readonly mark: string | null
  readonly tone?: string | undefined
  readonly why: string | null
  readonly typed: Settling['typed']
  readonly children: Child
}) {
  const { id, number, text, note, mark, tone, why, typed, children } = props
  return (
    <li id={id} tabindex={-1} value={number}>
      {mark === null ? (
        <>
          <p>{extract(text, maxText)}</p>
          {note !== undefined && <p class="said">{note}</p>}
          {children}
        </>
      ) : (
        <details class="settled" open={typed.id === id}>
          <summary>
            <strong class={tone}>{mark}:</strong> {letterWords.why(extract(text, maxLine), why)}{' '}
            <span class="change">{words.change}</span>
          </summary>
          {children}
        </details>
      )}
    </li>
  )
}

export function PlanForm({ plan, text, open, typed }: Settling & { plan: string; text: string }) {
  const said = open.outcomes.find((outcome) => outcome.plan === plan)
  const name = extract(text, maxExtract)
  return (
    <form method="post" action={`/desk/plans/${plan}`} class="acts choices">
      <NoneByEnter />
      <input
        name="why"
        placeholder={words.why}
        aria-label={words.about(words.why, name)}
        value={(typed.id === plan ? typed.why : said?.why) ?? ''}
        maxlength={500}
      />
      {outcomes.map((outcome) => (
        <Say name="outcome" value={outcome} chosen={said?.outcome} about={name}>
          {words.outcomes[outcome]}
        </Say>
      ))}
      {said !== undefined && <TakeBack name="outcome" about={name} />}
    </form>
  )
}

/** Asks, needs and blockers of earlier letters, confirmed, answered or dropped by one tap; what is closed is folded. */
export function Items({ items, ...settling }: Settling & { items: readonly CarriedItem[] }) {
  const { open, typed } = settling
  const closed = closedOf(open)
  const waiting = items.filter(({ id }) => !closed.some(({ item }) => item === id))
  return (
    <>
      {waiting.length > 0 && (
        <section>
          <h2>{words.items}</h2>
          <ul>
            {waiting.flatMap((carried) => {
              const { id, kind, unconfirmed } = carried
              if (!isItem(kind)) return []
              const item = { id, kind, text: carried.text ?? '' }
              const isConfirmed = unconfirmed === 0
              return (
                <Row
                  {...{ id, typed, text: item.text, note: `${kind} · ${words.unconfirmed(unconfirmed)}` }}
                  mark={isConfirmed ? words.answers.open : null}
                  why={isConfirmed ? words.isConfirmed : null}
                >
                  <ItemForm item={item} isConfirmed={isConfirmed} {...settling} />
                </Row>
              )
            })}
          </ul>
        </section>
      )}
      {closed.length > 0 && (
        <details open={closed.some(({ item }) => item === typed.id)}>
          <summary>{words.closedItems(closed.length)}</summary>
          <ul>
            {closed.map(({ item: id, kind, text, state, answer }) => (
              <Row
                {...{ id, text, typed, mark: wordOf(kind, state), why: answer }}
                tone={state === 'answered' ? 'met' : undefined}
              >
                <ItemForm item={{ id, kind, text }} {...settling} />
              </Row>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

/** What this period answered, solved or dropped of earlier letters; its own stand in the letter. */
export function closedOf({ answers, updates }: Open): Open['answers'] {
  const own = new Set(updates.map(({ id }) => id))
  return answers.filter(({ item }) => !own.has(item))
}

export function isItem(kind: string): kind is OpenAnswer['kind'] {
  return kind === 'ask' || kind === 'need' || kind === 'blocked'
}

function wordOf(kind: OpenAnswer['kind'], state: OpenAnswer['state']): string {
  return state === 'answered' && kind !== 'ask' ? words.solved : words.answers[state]
}

/** One that no letter has told yet is open anyway: `isConfirmed` is not given, and it cannot be confirmed. */
export function ItemForm({
  item: { id, kind, text },
  isConfirmed,
  open,
  typed,
}: Settling & { item: Item; isConfirmed?: boolean }) {
  const name = extract(text, maxExtract)
  const said = open.answers.find((answer) => answer.item === id)
  const chosen = said?.state ?? (isConfirmed ? 'open' : undefined)
  const hint = words.answerHints[kind]
  const isTold = !open.updates.some((update) => update.id === id)
  return (
    <form method="post" action={`/desk/items/${id}`} class="acts choices">
      <NoneByEnter />
      <input
        name="answer"
        placeholder={hint}
        aria-label={words.about(hint, name)}
        value={(typed.id === id ? typed.answer : said?.answer) ?? ''}
        maxlength={1000}
      />
      <Say name="state" value="answered" chosen={chosen} about={name}>
        {wordOf(kind, 'answered')}
      </Say>
      {isTold && (
        <Say name="state" value="open" chosen={chosen} about={name}>
          {words.answers.open}
        </Say>
      )}
      <Say name="state" value="dropped" chosen={chosen} about={name}>
        {words.answers.dropped}
      </Say>
      {chosen !== undefined && <TakeBack name="state" about={name} />}
    </form>
  )
}

/** A button that says something; where many say the same, one hears of what. `chosen` is what is said already. */
function Say(props: {
  name: string
  value: string
  chosen?: string | undefined
  about: string
  children: string
}) {
  const { name, value, chosen, about, children } = props
  const isPressed = chosen === undefined ? undefined : chosen === value
  return (
    <button type="submit" class="quiet" name={name} value={value} aria-pressed={isPressed}>
      {children}
      <span class="unseen"> “{about}”</span>
    </button>
  )
}

function TakeBack({ name, about }: { name: string; about: string }) {
  return (
    <Say name={name} value="back" about={about}>
      {words.takeBack}
    </Say>
  )
}

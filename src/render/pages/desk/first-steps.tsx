/** What there is to be done before the first letter (PURE), each step with the page where it is done. */
import { stepWords as words } from '../../../core/desk-words-settings.ts'
import type { FirstSteps, Step } from '../../../core/first-steps.ts'
import { Button } from './forms.tsx'

const places: Readonly<Record<Step, string>> = {
  who: '/desk/settings',
  address: '/desk/settings#publicUrl',
  schedule: '/desk/settings#when',
  delivery: '/desk/settings#delivery',
  reader: '/desk/people',
  update: '/write',
}

export function Steps({ steps, key, isReady }: FirstSteps) {
  return (
    <section class="asked">
      <h2>{isReady ? words.ready : words.title}</h2>
      {!isReady && (
        <ul class="rows">
          {steps.map(({ step, isDone }) => (
            <li>
              <a class={isDone ? 'row met' : 'row'} href={places[step]}>
                {isDone ? '✓' : '○'} <span class="unseen">{isDone ? words.done : words.missing}: </span>
                {words.steps[step]}
              </a>
            </li>
          ))}
        </ul>
      )}
      {key !== null && <p class="said">{words.keys[key]}</p>}
      <div class="acts">
        <a class="row" href="/desk/preview">
          {words.see}
        </a>
        <HideSteps isHidden={false} />
      </div>
    </section>
  )
}

/** The button that hides the list, or shows it again. */
export function HideSteps({ isHidden }: { readonly isHidden: boolean }) {
  return (
    <Button action="/desk/first-steps" hidden={{ hidden: String(!isHidden) }}>
      {isHidden ? words.show : words.hide}
    </Button>
  )
}

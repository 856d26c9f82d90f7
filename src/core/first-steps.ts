/** What there is to be done before the first letter (PURE). */
import type { Schedule } from './period.ts'
import { defaultSettings, deliveryOf, type Settings } from './project.ts'

export type Step = 'who' | 'address' | 'schedule' | 'delivery' | 'reader' | 'update'

export type FirstSteps = {
  readonly steps: readonly { readonly step: Step; readonly isDone: boolean }[]
  /** Whether letters are to go by themselves, and the Worker has no key for it. */
  readonly lacksKey: boolean
  /** Whether the first letter can go out: the schedule has a default that may be wanted as it is. */
  readonly isReady: boolean
}

export function firstSteps(
  settings: Settings,
  facts: { readonly hasKey: boolean; readonly hasReader: boolean; readonly hasUpdate: boolean },
): FirstSteps {
  const { ownerName, ownerEmail, publicUrl, sender, delivery } = settings
  const done: Readonly<Record<Step, boolean>> = {
    who: ownerName !== '' && ownerEmail !== null,
    address: publicUrl !== null,
    schedule: !isSame(settings.schedule, defaultSettings.schedule),
    delivery: sender !== null || delivery === 'byHand',
    reader: facts.hasReader,
    update: facts.hasUpdate,
  }
  const steps = Object.entries(done).map(([step, isDone]) => ({ step: step as Step, isDone })) // entries forgets the names
  const lacksKey = deliveryOf(settings) === 'direct' && !facts.hasKey
  return {
    steps,
    lacksKey,
    isReady: !lacksKey && steps.every(({ step, isDone }) => isDone || step === 'schedule'),
  }
}

function isSame(one: Schedule, other: Schedule): boolean {
  return one.weekday === other.weekday && one.time === other.time && one.zone === other.zone
}

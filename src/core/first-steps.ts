/** What there is to be done before the first letter (PURE). */
import { deliveryOf, type Settings } from './project.ts'

export type Step = 'who' | 'address' | 'schedule' | 'delivery' | 'reader' | 'update'

export type FirstSteps = {
  readonly steps: readonly { readonly step: Step; readonly isDone: boolean }[]
  /** What the Worker wants a key of the mail provider for, where it has none: to send letters, or to tell the owner. */
  readonly key: 'needed' | 'useful' | null
  /** Whether the first letter can go out: the schedule has a default that may be wanted as it is. */
  readonly isReady: boolean
}

type Facts = {
  readonly hasKey: boolean
  readonly hasSchedule: boolean
  readonly hasReader: boolean
  readonly hasUpdate: boolean
}

export function firstSteps(settings: Settings, facts: Facts): FirstSteps {
  const { ownerName, ownerEmail, publicUrl, sender, delivery } = settings
  const done: Readonly<Record<Step, boolean>> = {
    who: ownerName !== '' && ownerEmail !== null,
    address: publicUrl !== null,
    schedule: facts.hasSchedule,
    delivery: sender !== null || delivery === 'byHand',
    reader: facts.hasReader,
    update: facts.hasUpdate,
  }
  const steps = Object.entries(done).map(([step, isDone]) => ({ step: step as Step, isDone })) // entries forgets the names
  const key = facts.hasKey ? null : deliveryOf(settings) === 'direct' ? 'needed' : 'useful'
  return {
    ...{ steps, key },
    isReady: key !== 'needed' && steps.every(({ step, isDone }) => isDone || step === 'schedule'),
  }
}

// What the provider remembers under an Idempotency-Key: the mail it took first, for 24 hours.
// https://resend.com/docs/dashboard/emails/idempotency-keys
import type { Message } from './message.ts'

const KEPT_FOR = 24 * 60 * 60 * 1000

type First = {
  readonly id: string
  /** Compared byte for byte: at least as strict as the provider. */
  readonly body: string
  /** UTC milliseconds. */
  readonly at: number
  /** Until its answer is out, the same key is refused. */
  settled: boolean
}

export const createKeys = () => {
  const firsts = new Map<string, First>()
  return {
    isValid: (key: string): boolean => key.length >= 1 && key.length <= 256,

    find(key: string, now: number): First | undefined {
      const first = firsts.get(key)
      return first && now - first.at < KEPT_FOR ? first : undefined
    },

    keep({ key, id, body, at }: Message): void {
      if (key !== null) firsts.set(key, { id, body, at, settled: false })
    },

    settle({ key, id }: Message): void {
      const first = key === null ? undefined : firsts.get(key)
      if (first?.id === id) first.settled = true
    },

    clear: (): void => firsts.clear(),
  }
}

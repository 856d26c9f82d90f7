// The provider's rate limit and quotas, counted by the clock it is given. Infinity means no limit.
// https://resend.com/docs/api-reference/rate-limit

export type Limits = {
  /** Calls in one second; further ones are 429 until the second is over. */
  readonly perSecond: number
  /** Mails in a day and a month of UTC; each address in `to` counts as one. */
  readonly daily: number
  readonly monthly: number
}

export const createMeter = (initial: Limits) => {
  let limits = initial
  let second = { number: 0, calls: 0 }
  const used = new Map<string, number>()
  const usedOn = (now: number) => used.get(dayOf(now)) ?? 0
  const usedIn = (now: number) => used.get(monthOf(now)) ?? 0

  return {
    set(next: Partial<Limits>): void {
      limits = { ...limits, ...next }
    },

    /** Counts a call, or says that the second is full. */
    call(now: number): 'rate_limit_exceeded' | undefined {
      const number = Math.floor(now / 1000)
      if (number !== second.number) second = { number, calls: 0 }
      if (second.calls >= limits.perSecond) return 'rate_limit_exceeded'
      second.calls += 1
      return undefined
    },

    /** Counts the mails of a call, or says which quota does not hold them. */
    take(mails: number, now: number): 'daily_quota_exceeded' | 'monthly_quota_exceeded' | undefined {
      if (usedOn(now) + mails > limits.daily) return 'daily_quota_exceeded'
      if (usedIn(now) + mails > limits.monthly) return 'monthly_quota_exceeded'
      used.set(dayOf(now), usedOn(now) + mails)
      used.set(monthOf(now), usedIn(now) + mails)
      return undefined
    },

    /** As the provider has them: the quotas tell what is used, not what is left. */
    headers: (now: number): Record<string, string> => ({
      ...(limits.perSecond < Infinity && {
        'ratelimit-limit': String(limits.perSecond),
        'ratelimit-remaining': String(Math.max(0, limits.perSecond - second.calls)),
        'ratelimit-reset': '1',
      }),
      ...(limits.daily < Infinity && { 'x-resend-daily-quota': String(usedOn(now)) }),
      ...(limits.monthly < Infinity && { 'x-resend-monthly-quota': String(usedIn(now)) }),
    }),

    clear(): void {
      second = { number: 0, calls: 0 }
      used.clear()
    },
  }
}

const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10)
const monthOf = (now: number): string => new Date(now).toISOString().slice(0, 7)

import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { claimsByPlan } from '../../src/core/delivery.ts'
import { createMailer } from '../../src/delivery/mailer.ts'
import { tick } from '../../src/delivery/tick.ts'
import { statementsByPlan, strictDb } from '../strict-db.ts'
import { addReaders, friday, hour, minute, monday, post, resend, setClock, setUp, tickAt } from '../world.ts'

/** How much one run asked of D1, and how long it took. */
type Run = { readonly statements: number; readonly ms: number }

/** A run of the cron on a paid plan, on a clock that waiting moves. */
async function runPaid(due: number): Promise<Run> {
  let now = due
  setClock(now)
  const time = {
    clock: () => now,
    wait: async (ms: number) => {
      now += ms
      setClock(now)
    },
  }
  const { db, statements } = strictDb(env.DB, undefined, statementsByPlan.paid)
  const mailer = createMailer({ key: 're_test', baseUrl: 'https://resend.test' })
  await tick(db, mailer, due, time, { stopAfterMs: 14 * minute, claims: claimsByPlan.paid })
  return { statements: statements(), ms: now - due }
}

const inboxes = () => new Set(resend.sent.flatMap(({ to }) => to)).size

beforeEach(async () => {
  setClock(monday)
  await setUp()
  await post('One')
  resend.limits({ perSecond: 5 })
  return () => resend.limits({ perSecond: 1000 })
})

describe('a run on a paid plan', () => {
  it('goes on claiming until all have their letter, and never calls faster than the provider allows', async () => {
    await addReaders(130)
    const { ms } = await runPaid(friday)
    expect([resend.sent.length, inboxes()]).toEqual([130, 130])
    expect(resend.calls.filter(({ status }) => status !== 200)).toEqual([])
    // Two a second until the provider says that it allows five: the first answer does.
    expect(ms).toBeLessThan(27_000)
  })

  it('leaves the rest to the next one, which begins five minutes later', async () => {
    await addReaders(1600)
    const first = await runPaid(friday)
    expect(first.ms).toBeLessThan(5 * minute)
    expect(first.statements).toBeLessThan(300)
    expect(resend.sent.length).toBeGreaterThan(1400)
    await runPaid(friday + 5 * minute)
    expect([resend.sent.length, inboxes()]).toEqual([1600, 1600])
  })

  it('ends at a halt, and the next one tries a single letter', async () => {
    await addReaders(130)
    let calls = 0
    resend.fault(() => {
      calls += 1
      return calls > 50 ? { status: 429, name: 'daily_quota_exceeded' } : undefined
    })
    await runPaid(friday)
    expect([resend.sent.length, resend.calls.length]).toEqual([50, 51])
    resend.fault()
    await runPaid(friday + hour)
    expect(resend.sent).toHaveLength(51)
    await runPaid(friday + hour + 5 * minute)
    expect([resend.sent.length, inboxes()]).toEqual([130, 130])
  })

  it('ends where the provider asks for a wait that is too long', async () => {
    await addReaders(130)
    const tooFast = { status: 429, name: 'rate_limit_exceeded', headers: { 'retry-after': '60' } }
    resend.script(...Array.from({ length: 45 }, () => 'ok' as const), tooFast)
    await runPaid(friday)
    expect([resend.sent.length, resend.calls.length]).toEqual([45, 46])
  })

  it('ends after a claim of which nobody answered, however many wait', async () => {
    await addReaders(130)
    resend.fault(() => 'unreachable')
    await runPaid(friday)
    expect(resend.calls).toHaveLength(40)
  })
})

it('a claim holds repeats for a quarter, however many wait for a first try', async () => {
  resend.limits({ perSecond: 1000 })
  await addReaders(300)
  const lost = Array.from({ length: 40 }, () => 'lost' as const)
  resend.script(...lost)
  await tickAt(friday)
  await tickAt(friday + 5 * minute)
  const repeated = resend.calls
    .slice(40)
    .filter(({ key }) => resend.calls.slice(0, 40).some((call) => call.key === key))
  expect([resend.calls.length, repeated.length]).toEqual([80, 10])
  expect(resend.sent).toHaveLength(70)
})

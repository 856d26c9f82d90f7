import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  addReaders,
  addRecipient,
  friday,
  get,
  minute,
  monday,
  post,
  resend,
  setClock,
  setUp,
  tickAt,
} from '../world.ts'

const busy = { status: 429, name: 'rate_limit_exceeded', headers: { 'retry-after': '20' } }

/** The world's database refuses more statements in a run than the free plan does. */
describe('a run in which forty letters end without a call', () => {
  const states = async () =>
    (await env.DB.prepare('SELECT state, reason, count(*) AS n FROM deliveries GROUP BY state, reason').all())
      .results
  const noticesOf = (count: number) =>
    Array.from({ length: count }, (_, n) =>
      env.DB.prepare(
        `INSERT INTO notices (kind, ref, recipient, subject, markdown, html, useful_until)
         VALUES ('lost', ?1, 'owner', 'A letter was lost', 'It was', '<p>It was</p>', ?2)`,
      ).bind(String(n), friday + 60 * minute),
    )

  beforeEach(async () => {
    setClock(monday)
    await setUp()
    await addReaders(40)
    await addRecipient('team@example.com', 'outer')
    await post('#inside Only for us')
    setClock(friday)
  })

  it('since their readers moved to a circle that has none stays within what it may ask of D1', async () => {
    resend.fault(({ tags }) => (tags.digest === undefined ? undefined : busy))
    await tickAt(friday)
    await env.DB.batch([env.DB.prepare("UPDATE recipients SET circle = 'outer'"), ...noticesOf(5)])
    resend.fault()
    await tickAt(friday + 5 * minute)
    expect(await states()).toEqual([{ state: 'withdrawn', reason: 'noLetter', n: 40 }])
  })

  it('since their bytes changed behind an unsettled try stays within that, too', async () => {
    resend.fault(({ tags }) => (tags.digest === undefined ? undefined : 'unreachable'))
    await tickAt(friday)
    await env.DB.batch([env.DB.prepare("UPDATE documents SET html = html || ' '"), ...noticesOf(5)])
    resend.fault()
    await tickAt(friday + 5 * minute)
    expect(await states()).toEqual([{ state: 'uncertain', reason: 'changed', n: 40 }])
  })
})

describe('a run with forty letters to repeat', () => {
  it('and a preview to make anew stays within what it may ask of D1', async () => {
    const dayBefore = friday - 24 * 60 * minute
    setClock(monday)
    await setUp()
    await addReaders(40)
    await addRecipient('team@example.com', 'outer')
    await post('One')
    await post('#inside Only for us')
    setClock(dayBefore - 15 * minute)
    await get('POST', '/api/digests', { number: 1 })
    await post('Two')
    await get('PATCH', '/api/settings', { schedule: { weekday: 'friday', time: '16:05', zone: 'UTC' } })
    await post('#inside Three')
    resend.fault(({ tags }) => (tags.digest === undefined ? busy : 'unreachable'))
    for (const before of [10, 5, 0, -5]) await tickOn(dayBefore - before * minute)
    await post('Four')
    resend.fault()
    await tickOn(dayBefore + 60 * minute)
    expect(resend.sent).toHaveLength(41)
    expect(resend.sent.find(({ tags }) => tags.notice === 'preview')?.text).toContain('Four')
  })
})

async function tickOn(now: number): Promise<void> {
  setClock(now)
  await tickAt(now)
}

import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { tellOwner } from '../../src/store/watch.ts'
import { addRecipient, ask, get, hour, minute, monday, resend, setClock, setUp, tickAt } from '../world.ts'

const askFor = (email: string) =>
  ask('POST', '/archive/access', new URLSearchParams({ email }).toString(), {
    token: null,
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'CF-Connecting-IP': `198.51.100.${email.length}`,
    },
  })

/** That many notices to the owner wait. */
const tellOwnerOf = (count: number) =>
  env.DB.batch(
    Array.from({ length: count }, (_, i) =>
      tellOwner(env.DB, {
        ...{ kind: 'alarm', ref: String(i), subject: 'An alarm', markdown: 'Text', html: '<p>Text</p>' },
        usefulUntil: monday + 24 * hour,
      }),
    ),
  )

const waysIn = () => resend.sent.filter(({ tags }) => tags.notice === 'access').flatMap(({ to }) => to)

beforeEach(async () => {
  setClock(monday)
  // Waiting takes no time here, but the clock moves on.
  vi.stubGlobal('scheduler', { wait: async (ms: number) => setClock(Date.now() + ms) })
  await setUp()
})

describe('a way in', () => {
  it('comes within seconds though the provider has no call left in this one', async () => {
    resend.limits({ perSecond: 1 })
    const readers = ['professor@example.edu', 'partner@example.com']
    for (const email of readers) await addRecipient(email)
    for (const email of readers) await askFor(email)
    resend.limits({ perSecond: 1000 })
    expect(waysIn().toSorted()).toEqual(readers.toSorted())
    expect(Date.now() - monday).toBeLessThan(20_000)
  })

  it('comes to each of many who ask at once', async () => {
    const readers = Array.from({ length: 9 }, (_, i) => `reader${'x'.repeat(i)}@example.edu`)
    for (const email of readers) await addRecipient(email)
    await Promise.all(readers.map(askFor))
    expect(waysIn().toSorted()).toEqual(readers.toSorted())
  })

  it('is tried alone while the provider refuses all mail, and not again until the cron does', async () => {
    await addRecipient('professor@example.edu')
    await tellOwnerOf(3)
    resend.fault(() => ({ status: 401 }))
    await askFor('professor@example.edu')
    expect(resend.calls).toHaveLength(1)
    expect(resend.calls[0]?.key).toContain('/access/')
    resend.fault()
    setClock(monday + 16 * minute)
    expect((await tickAt(monday + 16 * minute)).notices).toBe(1)
    expect(waysIn()).toEqual(['professor@example.edu'])
  })

  it('that could not go out at once comes before all that waits for the owner', async () => {
    await addRecipient('professor@example.edu')
    resend.script({ status: 503 })
    await askFor('professor@example.edu')
    await tellOwnerOf(9)
    await tickAt(monday + 2 * minute)
    expect(waysIn()).toEqual(['professor@example.edu'])
  })

  it('that may have been taken is not repeated once it would bring a link that ends', async () => {
    await addRecipient('professor@example.edu')
    resend.script('unreachable')
    await askFor('professor@example.edu')
    await tickAt(monday + 31 * minute)
    expect(waysIn()).toEqual([])
    expect(await env.DB.prepare('SELECT state, reason, html FROM notices').first()).toEqual({
      state: 'uncertain',
      reason: 'late',
      html: '',
    })
  })

  it('that no sender can send keeps nothing of the owner’s back', async () => {
    for (let i = 0; i < 6; i++) {
      await addRecipient(`reader${'x'.repeat(i)}@example.edu`)
      resend.script({ status: 429 })
      await askFor(`reader${'x'.repeat(i)}@example.edu`)
    }
    await get('PATCH', '/api/settings', { sender: null })
    await tellOwnerOf(2)
    expect((await tickAt(monday + 2 * minute)).notices).toBe(2)
    setClock(monday + hour)
    await tickAt(monday + hour)
    expect(
      await env.DB.prepare("SELECT count(*) FROM notices WHERE state = 'waiting'").first('count(*)'),
    ).toBe(0)
  })
})

describe('a notice', () => {
  it('that was claimed by a clock far ahead is tried once that has jumped back', async () => {
    await tellOwnerOf(1)
    await env.DB.prepare(
      "UPDATE notices SET state = 'trying', lease = 'x', lease_until = ?1, claims = 1, try_after = 0",
    )
      .bind(monday + 365 * 24 * hour)
      .run()
    expect((await tickAt(monday + minute)).notices).toBe(1)
  })
})

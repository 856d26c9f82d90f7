import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { keepWorld, killAt, tickThrough } from '../boundaries.ts'
import {
  addRecipient,
  ask,
  day,
  friday,
  get,
  hour,
  minute,
  monday,
  post,
  resend,
  setClock,
  setUp,
  tickAt,
} from '../world.ts'

const tuesday = friday - 3 * day
const thursday = friday - day

const told = (kind: 'preview' | 'nudge') =>
  resend.sent.filter(({ tags }) => tags.notice === kind).map(({ tags }) => tags.ref)

const touchesAt = (now: number) => tickThrough(now, () => {})

async function tickOn(now: number) {
  setClock(now)
  await tickAt(now)
}

beforeEach(async () => {
  setClock(monday)
  await setUp()
  await addRecipient('professor@example.edu')
  await post('One')
})

describe('a run ahead of the cut-off', () => {
  it('with nothing to tell any more asks no more of D1 than any other', async () => {
    const idle = await touchesAt(monday)
    expect(await touchesAt(tuesday)).toBeGreaterThan(idle)
    expect(await touchesAt(tuesday + minute)).toBe(idle)
    expect(await touchesAt(thursday)).toBeGreaterThan(idle)
    expect(await touchesAt(thursday + minute)).toBe(idle)
    await get('PATCH', '/api/settings', { away: [{ since: '2026-11-20', until: '2026-11-20' }] })
    await tickOn(thursday + 2 * minute)
    expect(await touchesAt(thursday + 3 * minute)).toBe(idle)
  })

  it.each([
    ['nudge', tuesday],
    ['preview', thursday],
  ] as const)('that is killed at any touch, or meets another, sends the %s once', async (kind, now) => {
    const restore = await keepWorld()
    const touches = await touchesAt(now)
    expect(touches).toBeGreaterThan(6)
    for (let touch = 1; touch <= touches; touch++) {
      for (const at of [killAt(touch), (reached: number) => reached === touch && tickAt(now)]) {
        await restore()
        setClock(now)
        await tickThrough(now, at)
        for (const later of [6, 12]) await tickOn(now + later * minute)
        expect(told(kind), `at ${touch}`).toHaveLength(1)
        const states = await env.DB.prepare('SELECT DISTINCT state FROM notices').all()
        expect(states.results).toEqual([{ state: 'accepted' }])
      }
    }
  })
})

/** What the owner does, and how many previews there are in the end: before or after the preview was claimed. */
const acts: readonly (readonly [what: string, act: () => Promise<unknown>, before: number, after: number])[] =
  [
    ['closes', () => ask('POST', '/api/digests', { number: 1 }), 0, 1],
    ['holds', () => ask('PUT', '/api/digests/next/hold', { number: 1 }), 0, 1],
    ['posts', () => post('Two'), 1, 1],
    [
      'moves the cut-off',
      () => get('PATCH', '/api/settings', { schedule: { weekday: 'friday', time: '18:00', zone: 'UTC' } }),
      1,
      2,
    ],
  ]

describe('an owner who, between any two touches of a run,', () => {
  it.each(acts)('%s, gets no preview of what is not so any more', async (_, act, before, after) => {
    const restore = await keepWorld()
    const touches = await touchesAt(thursday)
    for (let touch = 1; touch <= touches; touch++) {
      await restore()
      setClock(thursday)
      await tickThrough(thursday, (reached) => (reached === touch ? act() : undefined))
      for (const later of [5, 65, 125]) await tickOn(thursday + later * minute)
      // The last touches are the call, which was claimed before, and its settlement.
      expect(told('preview'), `at ${touch}`).toHaveLength(touch < touches - 1 ? before : after)
      expect(new Set(told('preview')).size).toBe(told('preview').length)
      const next = await get<{ number: number; cutOff: string }>('GET', '/api/digests/next')
      const now = `${next.number}-${Date.parse(next.cutOff)}`
      if (before === 1) expect(told('preview').at(-1)).toBe(now)
    }
  })

  it('posts, gets a preview that has it, unless it was claimed before', async () => {
    const restore = await keepWorld()
    const touches = await touchesAt(thursday)
    const keeps = []
    for (let touch = 1; touch <= touches; touch++) {
      await restore()
      setClock(thursday)
      await tickThrough(thursday, (reached) => (reached === touch ? post('Two') : undefined))
      await tickOn(thursday + hour)
      keeps.push(resend.sent[0]?.text.includes('- Two\n') ?? null)
    }
    // Until the preview is claimed, what comes is in it: the version says so. Then come the call and its settlement.
    const claimed = touches - 2
    expect(keeps.slice(0, claimed)).toEqual(Array(claimed).fill(true))
    expect(keeps.slice(claimed)).toEqual([false, false])
  })
})

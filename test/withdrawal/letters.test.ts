import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { keepWorld, tickThrough } from '../boundaries.ts'
import { strictDb } from '../strict-db.ts'
import {
  addRecipient,
  ask,
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
import { columnsWith, withdraw } from './words.ts'

const readers = ['professor@example.edu', 'phd@example.edu', 'team@example.com'] as const
const slug = '2026-11-20'

let secret = ''
let aside = ''

/** Closes the open week; nothing is sent. */
async function closeOnly(number = 1): Promise<void> {
  setClock(friday)
  await get('POST', '/api/digests', { number })
}

/** A run of the cron so many minutes after the cut-off. */
async function tickLater(minutes: number): Promise<void> {
  setClock(friday + minutes * minute)
  await tickAt(friday + minutes * minute)
}

type Delivery = { recipient: string; circle: string; state: string; reason: string | null }

const deliveries = async () =>
  (await get<{ deliveries: Delivery[] }>('GET', `/api/digests/${slug}/deliveries`)).deliveries

const states = async () =>
  (await deliveries()).map(({ state, reason }) => (reason === null ? state : `${state}: ${reason}`))

const sent = () => JSON.stringify(resend.sent)

beforeEach(async () => {
  setClock(monday)
  await setUp()
  for (const email of readers) await addRecipient(email, email.endsWith('.com') ? 'outer' : 'inner')
  await post('#done something')
  secret = await post('#done zqword')
  aside = await post('#done zqaside #inside')
})

describe('a letter that holds withdrawn words', () => {
  it('and was not tried is composed anew, for each circle', async () => {
    await closeOnly()
    expect((await withdraw(secret)).warnings).toBeUndefined()
    await withdraw(aside)
    await tickLater(5)
    expect(await states()).toEqual(['accepted', 'accepted', 'accepted'])
    expect(sent()).not.toMatch(/zq/u)
    const [inner, outer] = [readers[0], readers[2]].map((email) => resend.inbox(email)[0]?.html)
    expect(inner?.match(/<em>withdrawn 20 Nov<\/em>/gu)).toHaveLength(2)
    expect(outer?.match(/<em>withdrawn 20 Nov<\/em>/gu)).toHaveLength(1)
    expect(resend.inbox(readers[0])[0]?.text).toContain('- *withdrawn 20 Nov*')
  })

  it('and is known not to have been taken is composed anew, under another key', async () => {
    await closeOnly()
    resend.fault(() => ({ status: 429, name: 'rate_limit_exceeded', headers: { 'retry-after': '60' } }))
    await tickLater(1)
    resend.fault()
    expect(resend.calls[0]?.body).toContain('zqword')
    await withdraw(secret)
    await tickLater(10)
    expect(await states()).toEqual(['accepted', 'accepted', 'accepted'])
    expect(sent()).not.toContain('zqword')
  })

  it('and may have been taken is uncertain at once, and never sent again by itself', async () => {
    await closeOnly()
    resend.fault(() => 'unreachable')
    await tickLater(1)
    resend.fault()
    expect((await withdraw(secret)).warnings).toEqual([
      '3 letters may have gone out with these words: look whether they arrived, then settle or send them again.',
    ])
    expect(await states()).toEqual(Array(3).fill('uncertain: withdrawal'))
    for (const minutes of [5, 30, 90]) await tickLater(minutes)
    expect(resend.inbox(readers[0])).toEqual([])
    const [{ recipient } = { recipient: '' }] = await deliveries()
    await get('PATCH', `/api/digests/${slug}/deliveries/${recipient}`, { state: 'waiting' })
    await tickLater(100)
    expect(resend.inbox(readers[0])).toHaveLength(1)
    expect(sent()).not.toContain('zqword')
    expect(resend.calls.at(-1)?.key).toMatch(/\/2$/u)
  })

  it('in one circle alone leaves the other’s as it is: repeated byte for byte', async () => {
    await closeOnly()
    resend.fault(() => 'unreachable')
    await tickLater(1)
    resend.fault()
    await withdraw(aside)
    expect(await states()).toEqual(['uncertain: withdrawal', 'uncertain: withdrawal', 'waiting: noAnswer'])
    await tickLater(10)
    expect(resend.inbox(readers[2])).toHaveLength(1)
    expect(new Set(resend.calls.map(({ body }) => body)).size).toBe(3)
  })

  it('and has gone out stays so, and the owner is told', async () => {
    setClock(friday)
    await tickAt(friday)
    const before = await env.DB.prepare('SELECT * FROM deliveries ORDER BY recipient').all()
    expect((await withdraw(secret)).warnings).toEqual([
      '3 letters, to 3 people, have gone out with these words and cannot be called back.',
    ])
    expect((await withdraw(aside)).warnings).toEqual([
      '2 letters, to 2 people, have gone out with these words and cannot be called back.',
    ])
    await tickLater(10)
    expect(await env.DB.prepare('SELECT * FROM deliveries ORDER BY recipient').all()).toMatchObject({
      results: before.results,
    })
    expect(resend.sent).toHaveLength(3)
  })

  it('goes to a newcomer without them', async () => {
    setClock(friday)
    await tickAt(friday)
    await withdraw(secret)
    const recipient = await addRecipient('new@example.edu')
    await get('POST', `/api/digests/${slug}/deliveries`, { recipient })
    await tickLater(10)
    expect(resend.inbox('new@example.edu')).toHaveLength(1)
    expect(JSON.stringify(resend.inbox('new@example.edu'))).not.toContain('zqword')
  })

  it('and goes by hand is composed anew: mailed to the owner without them', async () => {
    await setUp({ sender: null })
    await closeOnly()
    expect((await withdraw(secret)).warnings).toBeUndefined()
    await tickLater(5)
    expect(await states()).toEqual(['accepted', 'accepted'])
    expect(resend.inbox('student@example.edu')).toHaveLength(2)
    expect(sent()).not.toContain('zqword')
    expect((await withdraw(aside)).warnings).toEqual([
      'A letter that you forward by hand was ready with these words: forward it as it stands now.',
    ])
  })

  it('and waits with the owner, without a key, is there to be forwarded without them', async () => {
    await setUp({ sender: null, ownerEmail: null })
    setClock(friday)
    await tickAt(friday)
    expect(await states()).toEqual(['accepted', 'accepted'])
    expect((await withdraw(secret)).warnings).toEqual([
      'A letter that you forward by hand was ready with these words: forward it as it stands now.',
    ])
    const { documents } = await get<{ documents: object[] }>('GET', `/api/digests/${slug}`)
    expect(JSON.stringify(documents)).toContain('withdrawn 20 Nov')
    expect(JSON.stringify(documents)).not.toContain('zqword')
  })
})

/** Runs `act` before touch after touch of a tick at the cut-off, each time on the same week. */
async function atEachTouch(then: (boundary: number) => Promise<void>, act: () => Promise<unknown>) {
  const restore = await keepWorld()
  setClock(friday)
  const touches = await tickThrough(friday, () => {})
  expect(touches).toBeGreaterThan(15)
  for (let boundary = 1; boundary <= touches; boundary++) {
    await restore()
    setClock(friday)
    await tickThrough(friday, (reached) => (reached === boundary ? act() : undefined))
    await then(boundary)
  }
}

describe('a withdrawal between any two touches of a run', () => {
  it('reaches every letter that was not claimed, and leaves none without an end', async () => {
    const closed = async () => (await env.DB.prepare('SELECT count(*) AS n FROM digests').first('n')) === 1
    let untried: readonly string[] = []
    let isWithdrawn = false
    let seen = 0
    await atEachTouch(
      async (boundary) => {
        if (!isWithdrawn) await withdraw(secret)
        for (const minutes of [6, 12, 30]) await tickLater(minutes)
        expect([boundary, await columnsWith(/zqword/u)]).toEqual([boundary, []])
        for (const email of readers) {
          const letters = resend.inbox(email)
          expect([boundary, email, letters.length]).toEqual([boundary, email, 1])
          if (untried.includes(email)) expect(JSON.stringify(letters)).not.toContain('zqword')
        }
        expect([boundary, await states()]).toEqual([boundary, ['accepted', 'accepted', 'accepted']])
        isWithdrawn = false
        untried = []
      },
      async () => {
        if (!(await closed())) return
        const { results } = await env.DB.prepare(
          `SELECT r.email FROM deliveries f JOIN recipients r ON r.id = f.recipient
           WHERE f.state = 'waiting' AND f.unsettled_since IS NULL`,
        ).all<{ email: string }>()
        untried = results.map(({ email }) => email)
        seen += untried.length
        await withdraw(secret)
        isWithdrawn = true
      },
    )
    expect(seen).toBeGreaterThan(6)
  })

  it('leaves nothing in the letter that just closes and quotes it', async () => {
    const item = await post('#ask zqask?')
    const plan = await post('#next zqplan')
    const number = await post('#result auc=0.98761')
    await closeOnly()
    for (const minutes of [5, 180]) await tickLater(minutes)
    await post('#result auc=0.9')
    await post('#done of the second week')
    await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'met', why: 'zqwhy' })
    const restore = await keepWorld()
    const cutOff = friday + 7 * 24 * hour
    setClock(cutOff)
    const touches = await tickThrough(cutOff, () => {})
    for (let boundary = 1; boundary <= touches; boundary++) {
      await restore()
      setClock(cutOff)
      await tickThrough(cutOff, async (reached) => {
        if (reached === boundary) for (const id of [item, plan, number]) await withdraw(id)
      })
      for (const minutes of [6, 12]) {
        setClock(cutOff + minutes * minute)
        await tickAt(cutOff + minutes * minute)
      }
      expect([boundary, await columnsWith(/zqask|zqplan|zqwhy|0\.98761/u)]).toEqual([boundary, []])
      for (const email of readers) expect(resend.inbox(email)).toHaveLength(1)
    }
  })
})

describe('withdrawals and other changes at once', () => {
  it('twice is once, and the first reason stays', async () => {
    await closeOnly()
    const all = await Promise.all(
      ['one', 'two', 'three'].map((reason) => ask('PUT', `/api/updates/${secret}/withdrawal`, { reason })),
    )
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200])
    const reasons = await Promise.all(
      all.map(async (each) => (await each.json<{ withdrawn: { reason: string } }>()).withdrawn.reason),
    )
    expect(new Set(reasons).size).toBe(1)
    expect(await env.DB.prepare('SELECT revision FROM digests').first('revision')).toBe(1)
  })

  it('two of one letter leave neither’s words', async () => {
    await closeOnly()
    await Promise.all([withdraw(secret), withdraw(aside)])
    expect(await columnsWith(/zq/u)).toEqual([])
  })

  it.each<[string, (ids: { item: string; plan: string }, db: D1Database) => Promise<Response>]>([
    [
      'a correction',
      ({ plan }, db) => ask('PATCH', `/api/updates/${plan}`, { text: 'zqmore', fact: true }, { db }),
    ],
    [
      'an outcome',
      ({ plan }, db) => ask('PUT', `/api/updates/${plan}/outcome`, { outcome: 'met', why: 'zqy' }, { db }),
    ],
    [
      'an answer',
      ({ item }, db) =>
        ask('PUT', `/api/updates/${item}/answer`, { state: 'answered', answer: 'zqa' }, { db }),
    ],
    ['a post that settles it', (_, db) => say('#answered zqask: zqyes', db)],
    ['a post that fits it and another', (_, db) => say('#answered which: it', db)],
    ['a post that settles a plan by its number', (_, db) => say('1 partly, zqreason', db)],
  ])('%s that meets it at any trip leaves no words of it', async (_, other) => {
    const ids = { item: await post('#ask which zqask?'), plan: await post('#next zqplan') }
    await post('#need which other?')
    await closeOnly()
    setClock(friday + hour)
    const restore = await keepWorld()
    for (let trip = 1; trip <= 9; trip++) {
      await restore()
      let trips = 0
      const { db } = strictDb(env.DB, async () => {
        trips += 1
        if (trips === trip) for (const id of Object.values(ids)) await withdraw(id)
      })
      const { status } = await other(ids, db)
      if (trips < trip) for (const id of Object.values(ids)) await withdraw(id)
      expect([trip, [200, 201, 409].includes(status)]).toEqual([trip, true])
      // What somebody typed in a post that was kept as an update of its own is that update's.
      const found = await columnsWith(/which zqask|zqplan|zqwhy|zqmore|zqy\b|zqa\b/u)
      expect([trip, found]).toEqual([trip, []])
    }
  })

  const say = (text: string, db: D1Database) =>
    ask('POST', '/api/updates', text, {
      db,
      headers: { 'Content-Type': 'text/plain', 'Idempotency-Key': text },
    })

  it('answers that the database is busy where somebody writes all the time, and changes nothing', async () => {
    await closeOnly()
    const { db } = strictDb(env.DB, async () => void (await post(`More ${Math.random()}`)))
    const answer = await ask('PUT', `/api/updates/${secret}/withdrawal`, {}, { db })
    expect(answer.status).toBe(503)
    expect(
      await env.DB.prepare('SELECT withdrawn_at FROM updates WHERE id = ?').bind(secret).first(),
    ).toEqual({
      withdrawn_at: null,
    })
  })
})

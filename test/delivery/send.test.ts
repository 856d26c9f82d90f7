import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { createMailer } from '../../src/delivery/mailer.ts'
import { tick } from '../../src/delivery/tick.ts'
import { keepWorld } from '../boundaries.ts'
import { strictDb } from '../strict-db.ts'
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

type Delivery = { recipient: string; email: string; state: string; reason: string | null }

const slug = '2026-11-20'
const deliveries = async () =>
  (await get<{ deliveries: Delivery[] }>('GET', `/api/digests/${slug}/deliveries`)).deliveries
const states = async () => (await deliveries()).map(({ state }) => state)
/** Calls for letters; the owner's alarms are another test's matter. */
const calls = () => resend.calls.filter(({ body }) => body.includes('"name":"digest"'))
const keys = () => resend.calls.map(({ key }) => key)

/** Ticks every five minutes from `since` for `hours`, the clock with them. */
async function tickFor(hours: number, since = friday) {
  for (let now = since; now <= since + hours * hour; now += 5 * minute) {
    setClock(now)
    await tickAt(now)
  }
}

let professor = ''

beforeEach(async () => {
  setClock(monday)
  await setUp()
  professor = await addRecipient('professor@example.edu')
  await post('One')
  setClock(friday)
})

describe('an answer that does not come', () => {
  it.each([['lost'], ['garbage'], ['empty']] as const)(
    '(%s, but the letter was taken) is asked for again under the same key, and the inbox has one letter',
    async (fault) => {
      resend.script(fault)
      await tickFor(1)
      expect(resend.inbox('professor@example.edu')).toHaveLength(1)
      expect(new Set(keys()).size).toBe(1)
      expect(resend.calls).toHaveLength(2)
      expect(await states()).toEqual(['accepted'])
    },
  )

  it('or a 5xx with the body null is repeated byte for byte, whatever the owner changes meanwhile', async () => {
    resend.script({ status: 503, body: null }, 'unreachable')
    await tickAt(friday)
    await setUp({ title: 'Another title', sender: 'Other <other@mail.example.edu>', ownerName: 'Somebody' })
    await tickFor(1, friday + 5 * minute)
    expect(resend.calls).toHaveLength(3)
    expect(new Set(resend.calls.map(({ body }) => body)).size).toBe(1)
    expect(await states()).toEqual(['accepted'])
  })

  it('for 20 hours leaves it uncertain, and it is never sent again by itself', async () => {
    resend.fault(() => 'unreachable')
    await tickFor(21)
    resend.fault()
    expect(await states()).toEqual(['uncertain'])
    const before = calls().length
    await tickFor(6, friday + 22 * hour)
    expect(calls()).toHaveLength(before)
  })

  it('is settled by the owner, or sent again under a new key by the owner’s word', async () => {
    resend.fault(() => 'unreachable')
    await tickFor(21)
    resend.fault()
    const path = `/api/digests/${slug}/deliveries/${professor}`
    await get('PATCH', path, { state: 'waiting' })
    await tickAt(friday + 22 * hour)
    expect(resend.inbox('professor@example.edu')).toHaveLength(1)
    expect(calls().at(-1)?.key).toMatch(/\/2$/u)
    expect((await ask('PATCH', path, { state: 'waiting' })).status).toBe(409)
    expect((await ask('PATCH', path, { state: 'accepted' })).status).toBe(200)
  })

  it('makes it uncertain at once when the recipient unsubscribes meanwhile', async () => {
    resend.script('unreachable')
    await tickAt(friday)
    await get('PATCH', `/api/recipients/${professor}`, { state: 'unsubscribed' })
    await tickAt(friday + hour)
    expect(await states()).toEqual(['uncertain'])
    expect(resend.calls).toHaveLength(1)
  })
})

describe('a refusal', () => {
  it('of one letter rejects that delivery alone', async () => {
    await addRecipient('phd@example.edu')
    resend.fault((message) =>
      message.to.includes('phd@example.edu') ? { status: 422, name: 'validation_error' } : undefined,
    )
    await tickFor(1)
    expect((await deliveries()).map(({ email, state }) => [email, state])).toEqual([
      ['professor@example.edu', 'accepted'],
      ['phd@example.edu', 'rejected'],
    ])
    expect(resend.calls).toHaveLength(2)
  })

  it('of all letters in a run with one name is the sender’s fault: all are kept', async () => {
    await addRecipient('phd@example.edu')
    await addRecipient('team@example.com', 'outer')
    resend.fault(() => ({ status: 422, name: 'invalid_from_address' }))
    await tickAt(friday)
    expect(await states()).toEqual(['waiting', 'waiting', 'waiting'])
    await tickFor(2, friday + minute)
    // One letter tried whether it is mended, after 15, 30, and 60 minutes.
    expect(resend.calls).toHaveLength(3 + 3)
    resend.fault()
    await get('PATCH', '/api/settings', { sender: 'DLRM <better@mail.example.edu>' })
    await tickFor(0.5, friday + 2 * hour + 2 * minute)
    expect(await states()).toEqual(['accepted', 'accepted', 'accepted'])
    expect(resend.sent.every(({ from }) => from.includes('better'))).toBe(true)
  })

  it('of a notice keeps no letter back, where one tries whether the sender is mended', async () => {
    await addRecipient('phd@example.edu')
    resend.fault(() => ({ status: 422, name: 'validation_error' }))
    await tickAt(friday)
    resend.fault((message) =>
      message.tags.notice === undefined ? undefined : { status: 422, name: 'validation_error' },
    )
    setClock(friday + 5 * minute)
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
    await ask('POST', '/archive/access', 'email=phd%40example.edu', { token: null, headers: form })
    await tickFor(0.5, friday + 10 * minute)
    expect(await states()).toEqual(['accepted', 'accepted'])
  })

  it.each([
    [401, 'missing_api_key'],
    [403, 'validation_error'],
    [429, 'daily_quota_exceeded'],
  ])('with status %i %s keeps all letters, and goes on at once after a release', async (status, name) => {
    await addRecipient('phd@example.edu')
    resend.script({ status, name })
    await tickAt(friday)
    expect(await states()).toEqual(['waiting', 'waiting'])
    expect(resend.calls).toHaveLength(1)
    await tickAt(friday + 5 * minute)
    expect(resend.calls).toHaveLength(1)
    await get('PATCH', `/api/digests/${slug}`, { release: true })
    await tickFor(0.5, friday + 10 * minute)
    expect(await states()).toEqual(['accepted', 'accepted'])
  })

  it('as too fast waits as long as it says, under the same key', async () => {
    resend.script({ status: 429, name: 'rate_limit_exceeded', headers: { 'retry-after': '60' } })
    await tickAt(friday)
    await tickAt(friday + 30_000)
    expect(resend.calls).toHaveLength(1)
    await tickAt(friday + 61_000)
    expect(resend.sent).toHaveLength(1)
    expect(new Set(keys()).size).toBe(1)
  })

  it.each<[what: string, headers: Record<string, string>]>([
    ['in seconds', { 'retry-after': '600' }],
    [
      'until a date',
      { 'retry-after': 'Fri, 20 Nov 2026 16:10:00 GMT', date: 'Fri, 20 Nov 2026 16:00:00 GMT' },
    ],
    ['until its limit is counted anew', { 'ratelimit-reset': '600' }],
  ])(
    'as too fast for longer than a run waits (%s) ends the run, and nobody is called before',
    async (_, headers) => {
      await addRecipient('phd@example.edu')
      resend.script({ status: 429, name: 'rate_limit_exceeded', headers })
      await tickAt(friday)
      await tickAt(friday + 5 * minute)
      expect(resend.calls).toHaveLength(1)
      await tickAt(friday + 11 * minute)
      expect(await states()).toEqual(['accepted', 'accepted'])
    },
  )

  it.each([
    [408, 'request_timeout', 1],
    [409, 'concurrent_idempotent_requests', 1],
    [425, 'too_early', 2],
    [429, 'rate_limit_exceeded', 2],
  ])(
    'with status %i %s is tried again under the key, with other bytes only if nothing can have been taken',
    async (status, name, expected) => {
      resend.script({ status, name, headers: { 'retry-after': '60' } })
      await tickAt(friday)
      await get('PATCH', '/api/settings', { sender: 'DLRM <better@mail.example.edu>' })
      await tickAt(friday + 5 * minute)
      expect(new Set(resend.calls.map(({ body }) => body)).size).toBe(expected)
      expect(new Set(keys()).size).toBe(expected)
      expect(await states()).toEqual(['accepted'])
    },
  )

  it('because the provider holds other bytes under the key makes it uncertain at once', async () => {
    resend.script({ status: 409, name: 'invalid_idempotent_request' })
    await tickFor(1)
    expect(await states()).toEqual(['uncertain'])
    expect(resend.calls).toHaveLength(1)
  })

  it('after an unknown try does not prove that the first one was not taken', async () => {
    resend.script('lost', { status: 422, name: 'validation_error' })
    await tickFor(0.1)
    expect(await states()).toEqual(['waiting'])
    await tickFor(21, friday + hour)
    expect(await states()).toEqual(['accepted'])
    expect(resend.inbox('professor@example.edu')).toHaveLength(1)
  })
})

describe('a claim', () => {
  it('is won once when ticks send at the same time', async () => {
    for (let i = 0; i < 10; i++) await addRecipient(`reader${i}@example.com`)
    await Promise.all([tickAt(friday), tickAt(friday), tickAt(friday)])
    await Promise.all([tickAt(friday + minute), tickAt(friday + minute)])
    expect(resend.calls).toHaveLength(11)
    expect(resend.sent).toHaveLength(11)
  })

  it('whose run died is taken up after its lease, under the same key', async () => {
    const { db } = strictDb(env.DB, async () => {
      if (resend.calls.length > 0) throw new Error('killed')
    })
    await expect(tickAt(friday, friday, db)).rejects.toThrow('killed')
    expect(resend.calls).toHaveLength(1)
    await tickAt(friday + 4 * minute)
    expect(resend.calls).toHaveLength(1)
    await tickAt(friday + 6 * minute)
    expect(resend.calls).toHaveLength(2)
    expect(resend.inbox('professor@example.edu')).toHaveLength(1)
    expect(await states()).toEqual(['accepted'])
  })

  it('is not made for who left, and follows who moved to the other circle', async () => {
    setClock(friday - hour)
    await post('#inside Only for us')
    setClock(friday)
    const gone = await addRecipient('gone@example.edu')
    await addRecipient('phd@example.edu')
    resend.script({ status: 401 })
    await tickAt(friday)
    await get('DELETE', `/api/recipients/${gone}`)
    await get('PATCH', `/api/recipients/${professor}`, { circle: 'outer' })
    await get('PATCH', `/api/digests/${slug}`, { release: true })
    await tickFor(0.5, friday + minute)
    const letters = await deliveries()
    expect(letters.map(({ state }) => state).sort()).toEqual(['accepted', 'accepted', 'withdrawn'])
    expect(resend.inbox('professor@example.edu')[0]?.text).not.toContain('Only for us')
    expect(resend.inbox('phd@example.edu')[0]?.text).toContain('Only for us')
  })

  it('keeps a run within 50 statements and 40 letters, and the next runs get further', async () => {
    for (let i = 0; i < 89; i++) await addRecipient(`reader${i}@example.com`)
    await tickAt(friday)
    expect(resend.sent).toHaveLength(40)
    await tickAt(friday + 5 * minute)
    expect(resend.sent).toHaveLength(80)
    await tickAt(friday + 10 * minute)
    expect(resend.sent).toHaveLength(90)
    expect(new Set(resend.sent.flatMap(({ to }) => to)).size).toBe(90)
    expect(
      (await get<{ finishedAt: string | null }>('GET', `/api/digests/${slug}`)).finishedAt,
    ).not.toBeNull()
  })
})

describe('a late letter', () => {
  it('is not tried for the first time 20 hours after its period, until the owner releases it', async () => {
    resend.script({ status: 401 })
    await tickAt(friday)
    await tickAt(friday + 20 * hour)
    expect(calls()).toHaveLength(1)
    expect(await states()).toEqual(['waiting'])
    setClock(friday + 2 * day)
    await get('PATCH', `/api/digests/${slug}`, { release: true })
    await tickAt(friday + 2 * day)
    expect(await states()).toEqual(['accepted'])
  })

  it('that nobody releases does not keep the next ones back', async () => {
    resend.fault(() => ({ status: 401 }))
    await tickFor(20)
    resend.fault()
    await get('PATCH', '/api/settings', {})
    for (let week = 1; week <= 3; week++) {
      const due = friday + week * 7 * day
      setClock(due - hour)
      await post(`Week ${week}`)
      setClock(due)
      await tickAt(due)
    }
    expect(resend.sent.flatMap(({ tags }) => tags.digest ?? [])).toEqual(['2', '3', '4'])
    expect(await states()).toEqual(['waiting'])
  })

  it('goes to a newcomer when the owner says so, once', async () => {
    await tickAt(friday)
    setClock(friday + 3 * day)
    const newcomer = await addRecipient('new@example.edu')
    const path = `/api/digests/${slug}/deliveries`
    expect((await ask('POST', path, { recipient: newcomer })).status).toBe(201)
    expect((await ask('POST', path, { recipient: newcomer })).status).toBe(409)
    await tickAt(friday + 3 * day)
    expect(resend.inbox('new@example.edu')).toHaveLength(1)
    expect(resend.sent).toHaveLength(2)
  })
})

describe('a sender that is taken away', () => {
  it('keeps no later letter back, and what is unsettled comes to its end', async () => {
    resend.fault(() => 'unreachable')
    await tickAt(friday)
    await get('PATCH', '/api/settings', { sender: null })
    resend.fault()
    setClock(friday + day)
    await post('Two')
    setClock(friday + 7 * day)
    await tickAt(friday + 7 * day)
    await tickFor(0.2, friday + 7 * day + 5 * minute)
    expect(await states()).toEqual(['uncertain'])
    expect(resend.sent.map(({ tags }) => tags.digest ?? 'alarm')).toEqual(['2', 'alarm'])
  })

  it('sends no letter to a newcomer from a digest that goes by hand', async () => {
    await get('PATCH', '/api/settings', { sender: null })
    await tickAt(friday)
    const path = `/api/digests/${slug}/deliveries`
    expect((await ask('POST', path, { recipient: professor })).status).toBe(409)
  })
})

describe('a run that must stop', () => {
  it('starts no call after its time, however long it has waited', async () => {
    for (let i = 0; i < 3; i++) await addRecipient(`reader${i}@example.com`)
    resend.fault(() => ({ status: 429, name: 'rate_limit_exceeded', headers: { 'retry-after': '10' } }))
    let now = friday
    const mailer = createMailer({ key: 're_test', baseUrl: 'https://resend.test' })
    const wait = async (ms: number) => {
      now += ms
    }
    const time = { clock: () => now, wait }
    await tick(strictDb(env.DB).db, mailer, friday, time, { stopAfterMs: 15_000, claims: 1 })
    expect(resend.calls).toHaveLength(2)
  })
})

describe('sending by hand', () => {
  it('mails the owner one letter for each circle in use, made to be forwarded', async () => {
    await get('PATCH', '/api/settings', { sender: null })
    await addRecipient('team@example.com', 'outer')
    await tickAt(friday)
    const letters = resend.inbox('student@example.edu')
    expect(letters).toHaveLength(2)
    expect(resend.sent).toHaveLength(2)
    expect(letters[0]?.text).not.toContain('/unsubscribe/')
    expect(letters[0]?.headers).not.toHaveProperty('List-Unsubscribe')
  })

  it('needs no key and no address: then the letter waits with the owner', async () => {
    await get('PATCH', '/api/settings', { sender: null, ownerEmail: null })
    await tickAt(friday)
    expect(resend.calls).toHaveLength(0)
    const digest = await get<{ deliveries: object; finishedAt: string }>('GET', `/api/digests/${slug}`)
    expect(digest).toMatchObject({ deliveries: { accepted: 1 }, finishedAt: expect.any(String) })
  })
})

describe('a clock', () => {
  it('that was a day ahead while a try stayed unsettled leaves it uncertain, not tried again when its key is old', async () => {
    resend.fault(() => 'lost')
    await tickAt(friday, friday + 30 * hour - 11 * hour)
    resend.fault()
    await tickFor(1, friday + 5 * minute)
    expect(await states()).toEqual(['uncertain'])
    await tickFor(4, friday + 18 * hour)
    expect(resend.inbox('professor@example.edu')).toHaveLength(1)
    expect(calls()).toHaveLength(1)
  })

  it('that was a day ahead when a run died keeps nobody waiting for its lease', async () => {
    const { db } = strictDb(env.DB, async () => {
      if (resend.calls.length > 0) throw new Error('killed')
    })
    await expect(tickAt(friday, friday + 19 * hour, db)).rejects.toThrow('killed')
    await tickFor(0.5, friday + 5 * minute)
    expect(await states()).toEqual(['uncertain'])
    expect(resend.inbox('professor@example.edu')).toHaveLength(1)
  })

  it('that jumps back an hour closes nothing twice and sends nothing twice', async () => {
    await tickAt(friday)
    await tickFor(1, friday - hour)
    await tickFor(0.5, friday)
    expect(resend.inbox('professor@example.edu')).toHaveLength(1)
  })
})

describe('an old database, restored', () => {
  it.each([1, 19])('after %d hours, repeats only keys that the provider still knows', async (hours) => {
    const restore = await keepWorld({ withInbox: true })
    await tickAt(friday)
    await restore()
    await tickFor(1, friday + hours * hour)
    expect(resend.inbox('professor@example.edu')).toHaveLength(1)
  })

  it.each([1, 30])('after %d days, sends nothing that went out before', async (days) => {
    const restore = await keepWorld({ withInbox: true })
    await tickAt(friday)
    await restore()
    await tickFor(2, friday + days * day)
    expect(resend.inbox('professor@example.edu').map(({ tags }) => tags.digest)).toEqual(['1'])
  })
})

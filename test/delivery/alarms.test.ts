import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
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

const slug = '2026-11-20'
const ping = 'https://watch.example.com/ping'

const alarms = (kind: string) => resend.sent.filter(({ tags }) => tags.notice === kind)

async function health() {
  const response = await ask('GET', '/healthz', undefined, { token: null })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

async function tickEvery(step: number, since: number, until: number) {
  for (let now = since; now <= until; now += step) {
    setClock(now)
    await tickAt(now)
  }
}

/** How often whoever watches from outside has heard that all is well. */
let beats = 0

beforeEach(async () => {
  setClock(monday)
  await setUp({ heartbeatUrl: ping })
  await addRecipient('professor@example.edu')
  await addRecipient('phd@example.edu')
  await post('One')
  beats = 0
  vi.stubGlobal('fetch', async (input: RequestInfo, init?: RequestInit) => {
    const request = new Request(input, init)
    if (request.url !== ping) return resend.fetch(request)
    beats += 1
    return new Response('OK')
  })
})

describe('a letter that does not go out in full', () => {
  const refuseOne = () =>
    resend.fault(({ to }) =>
      to.includes('phd@example.edu') ? { status: 422, name: 'validation_error' } : undefined,
    )

  it('within two hours shows on /healthz, stops the heartbeat and is told once a day', async () => {
    resend.fault((message) => (message.tags.digest === undefined ? undefined : 'unreachable'))
    await tickEvery(5 * minute, friday, friday + 110 * minute)
    expect(await health()).toMatchObject({ status: 200, body: { ok: true } })
    expect(beats).toBe(23)
    await tickEvery(5 * minute, friday + 2 * hour, friday + 3 * hour)
    expect(await health()).toMatchObject({
      status: 503,
      body: { ok: false, overdue: { digests: 1, letters: 2 } },
    })
    expect(beats).toBe(23)
    await tickEvery(hour / 2, friday + 3 * hour, friday + 2.5 * day)
    expect(alarms('alarm')).toHaveLength(4) // Friday to Monday
    expect(alarms('alarm')[0]).toMatchObject({
      to: ['student@example.edu'],
      subject: 'Letter 1 has not gone out in full (DLRM on TPUs)',
      text: `Of 2 letters: 2 waiting.\n\nWhat became of each: https://notes.example.edu/desk/letters/${slug}\n`,
    })
    expect(alarms('alarm').at(-1)?.text).toContain('2 uncertain')
  })

  it('is well again within the hour once it has, or once the owner settled it', async () => {
    refuseOne()
    await tickEvery(5 * minute, friday, friday + 3 * hour)
    expect((await health()).status).toBe(503)
    const before = beats
    resend.fault()
    const { deliveries } = await get<{ deliveries: { recipient: string; state: string }[] }>(
      'GET',
      `/api/digests/${slug}/deliveries?state=rejected`,
    )
    await get('PATCH', `/api/digests/${slug}/deliveries/${deliveries[0]?.recipient}`, { state: 'waiting' })
    await tickEvery(5 * minute, friday + 3 * hour, friday + 6 * hour)
    expect(await health()).toMatchObject({ status: 200, body: { overdue: { digests: 0, letters: 0 } } })
    expect(beats).toBeGreaterThan(before)
    expect(resend.inbox('phd@example.edu')).toHaveLength(1)
  })

  it('is trouble no more once who refuses it is no recipient', async () => {
    refuseOne()
    await tickEvery(5 * minute, friday, friday + 3 * hour)
    const { recipients } = await get<{ recipients: { id: string; email: string }[] }>(
      'GET',
      '/api/recipients',
    )
    await get('DELETE', `/api/recipients/${recipients.find(({ email }) => email.startsWith('phd'))?.id}`)
    await tickEvery(5 * minute, friday + 3 * hour, friday + 5 * hour)
    expect((await health()).status).toBe(200)
  })

  it('because the provider refuses everything is told as soon as mail works', async () => {
    resend.fault(() => ({ status: 403, name: 'suspended_api_key' }))
    await tickEvery(5 * minute, friday, friday + 3 * hour)
    expect(await health()).toMatchObject({ status: 503, body: { haltedUntil: expect.any(String) } })
    resend.fault()
    await tickEvery(5 * minute, friday + 3 * hour, friday + 5 * hour)
    expect(alarms('alarm')).toHaveLength(1)
    expect(alarms('alarm')[0]?.text).toContain('suspended')
    expect((await health()).status).toBe(200)
  })

  it('that nobody mends is told for a week, and no longer', async () => {
    await get('PATCH', '/api/settings', { silentWeek: 'skip' })
    refuseOne()
    await tickEvery(hour, friday, friday + 6 * day)
    await tickEvery(6 * hour, friday + 6 * day, friday + 20 * day)
    expect(alarms('alarm').length).toBeGreaterThanOrEqual(7)
    expect(alarms('alarm').length).toBeLessThanOrEqual(9)
    expect((await health()).status).toBe(200)
  })

  it('though the owner released it ten days after is told, and shows on /healthz', async () => {
    await get('PATCH', '/api/settings', { silentWeek: 'skip' })
    resend.fault(({ tags }) => (tags.digest === undefined ? undefined : { status: 401 }))
    await tickEvery(12 * hour, friday, friday + 10 * day)
    await get('PATCH', `/api/digests/${slug}`, { release: true })
    await tickEvery(hour, friday + 10 * day, friday + 12 * day)
    expect((await health()).status).toBe(503)
  })

  it('because a receipt says so is told', async () => {
    await tickAt(friday)
    const { headers, body } = await resend.event('email.failed', resend.inbox('phd@example.edu')[0]?.id ?? '')
    for (let i = 0; i < 2; i++) await ask('POST', '/webhooks/resend', body, { token: null, headers })
    await tickEvery(5 * minute, friday + 5 * minute, friday + hour)
    expect(alarms('lost')).toHaveLength(1)
    expect(alarms('lost')[0]?.text).toContain('reached\\_daily\\_quota')
  })
})

describe('a period that cannot be closed, whatever its fault', () => {
  const saturday = friday + 17 * hour

  beforeEach(async () => {
    resend.fault(({ tags }) => (tags.digest === undefined ? undefined : 'unreachable'))
    await tickEvery(5 * minute, friday, friday + 5 * minute)
    resend.fault()
    await get('PATCH', '/api/settings', { schedule: { weekday: 'saturday', time: '09:00', zone: 'UTC' } })
    await post('Two')
    await env.DB.prepare(
      "CREATE TRIGGER broken BEFORE INSERT ON digests BEGIN SELECT raise(ABORT, 'broken'); END",
    ).run()
    beats = 0
  })

  afterEach(() => env.DB.prepare('DROP TRIGGER broken').run())

  async function failEvery(step: number, since: number, until: number) {
    for (let now = since; now <= until; now += step) {
      await expect(tickEvery(step, now, now)).rejects.toThrow('broken')
    }
  }

  it('keeps no letter of the one before it back', async () => {
    await failEvery(5 * minute, saturday, saturday)
    expect(resend.sent.map(({ tags }) => tags.digest)).toEqual(['1', '1'])
  })

  it('stops the heartbeat, and from two hours after the owner is told of it once a day', async () => {
    await failEvery(5 * minute, saturday, saturday + 115 * minute)
    expect(alarms('alarm')).toEqual([])
    await failEvery(hour, saturday + 2 * hour, saturday + 3 * day)
    expect(alarms('alarm')).toHaveLength(4) // Saturday to Tuesday
    expect(alarms('alarm')[0]).toMatchObject({
      to: ['student@example.edu'],
      subject: 'Letter 2 cannot be closed (DLRM on TPUs)',
      text: expect.stringContaining('https://notes.example.edu/desk'),
    })
    expect(beats).toBe(0)
  })
})

describe('all is well', () => {
  it('while everything went out; then whoever watches hears of each run', async () => {
    expect(await health()).toMatchObject({ status: 200, body: { nextCutOff: '2026-11-20T16:00:00.000Z' } })
    await tickEvery(hour, friday - 3 * hour, friday + 12 * hour)
    expect(beats).toBe(16)
    expect(alarms('alarm')).toEqual([])
    expect(await health()).toMatchObject({ status: 200, body: { ok: true, late: false } })
  })

  it('though whoever watches does not answer', async () => {
    vi.stubGlobal('fetch', async (input: RequestInfo, init?: RequestInit) => {
      const request = new Request(input, init)
      if (request.url === ping) throw new TypeError('fetch failed')
      return resend.fetch(request)
    })
    await tickAt(friday)
    expect(resend.sent).toHaveLength(2)
  })

  it('no more once the cron does not run, or something that sending needs is missing', async () => {
    setClock(friday + 2 * hour)
    expect(await health()).toMatchObject({ status: 503, body: { late: true } })
    await get('PATCH', '/api/settings', { delivery: 'direct', sender: null })
    await tickAt(friday + 2 * hour)
    expect(await health()).toMatchObject({ status: 503, body: { late: false, notReady: true } })
  })

  it('is said in counts and times, before the first use too', async () => {
    await tickAt(friday)
    const { body } = await health()
    expect(JSON.stringify(body)).not.toMatch(/@|2026-11-20"|DLRM|re_test|whsec/u)
  })
})

describe('a hold', () => {
  it('is recalled to the owner every day until it is lifted, and no word of it comes after', async () => {
    await get('PUT', '/api/digests/next/hold', { number: 1 })
    await tickEvery(hour, monday, monday + 3 * day - hour)
    expect(alarms('hold')).toHaveLength(2)
    expect(alarms('hold')[0]).toMatchObject({
      subject: 'Letter 1 is held (DLRM on TPUs)',
      text: expect.stringMatching(
        /You have held letter 1 since 16 Nov\..*: https:\/\/notes\.example\.edu\/desk\/preview\n/su,
      ),
    })
    expect((await health()).status).toBe(200)
    resend.fault(() => ({ status: 401 }))
    await tickEvery(hour, monday + 3 * day, monday + 3 * day)
    await get('DELETE', '/api/digests/next/hold', { number: 1 })
    resend.fault()
    await tickEvery(hour, monday + 3 * day + hour, monday + 6 * day)
    expect(alarms('hold')).toHaveLength(2)
  })
})

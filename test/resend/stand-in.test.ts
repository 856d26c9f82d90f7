// The stand-in as the real SDK meets it, in workerd.
import { type CreateEmailOptions, Resend } from 'resend'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createResend } from './stand-in.ts'

const HOUR = 60 * 60 * 1000
const letter: CreateEmailOptions = {
  from: 'Ada via Weeknotes <notes@ada.test>',
  to: 'Prof <prof@uni.test>',
  replyTo: 'ada@uni.test',
  subject: 'Week 47',
  html: '<h1>Week 47</h1>',
  text: 'Week 47',
  headers: { 'List-Id': 'Ada <ada.notes.test>' },
  tags: [{ name: 'digest', value: '3' }],
}

let now: number
const resend = createResend({ clock: () => now, apiKey: 're_right' })
const sdk = new Resend('re_right')
const send = (changes: object = {}, idempotencyKey?: string) =>
  sdk.emails.send({ ...letter, ...changes }, idempotencyKey === undefined ? {} : { idempotencyKey })

beforeEach(() => {
  now = Date.UTC(2026, 10, 20, 16)
  resend.reset()
  resend.limits({ perSecond: Infinity, daily: Infinity, monthly: Infinity })
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => resend.fetch(new Request(url, init)))
})
afterEach(() => vi.unstubAllGlobals())

describe('a mail', () => {
  it('lies in the inbox of its recipient as it was sent', async () => {
    const { data } = await send({}, 'k')
    expect(resend.inbox('PROF@uni.test')).toEqual([
      {
        id: data?.id,
        key: 'k',
        at: now,
        from: letter.from,
        to: ['Prof <prof@uni.test>'],
        replyTo: ['ada@uni.test'],
        subject: 'Week 47',
        html: '<h1>Week 47</h1>',
        text: 'Week 47',
        headers: letter.headers,
        tags: { digest: '3' },
        body: expect.stringContaining('"reply_to":"ada@uni.test"'),
      },
    ])
    expect(resend.inbox('someone@uni.test')).toEqual([])
    expect(resend.calls).toMatchObject([{ at: now, key: 'k', status: 200 }])
  })

  it('can be got by its id', async () => {
    const { data } = await send()
    const email = await sdk.emails.get(data?.id ?? '')
    expect(email.data).toMatchObject({ object: 'email', id: data?.id, last_event: 'sent', tags: letter.tags })
    expect((await sdk.emails.get('other')).error).toMatchObject({ name: 'not_found', statusCode: 404 })
  })
})

describe('the contract', () => {
  it.each([
    [401, 'missing_api_key', {}],
    [403, 'invalid_api_key', { authorization: 'Bearer re_wrong' }],
  ])('answers %i %s', async (status, name, headers) => {
    const body = JSON.stringify(letter)
    const response = await resend.fetch(
      new Request('https://r.test/emails', { method: 'POST', headers, body }),
    )
    expect(await response.json()).toMatchObject({ statusCode: status, name })
    expect(response.status).toBe(status)
    expect(resend.sent).toEqual([])
  })

  it.each([
    ['missing_required_field', 'no sender', { from: undefined }],
    ['missing_required_field', 'no recipient', { to: undefined }],
    ['missing_required_field', 'no subject', { subject: undefined }],
    ['validation_error', 'neither part', { html: undefined, text: undefined }],
    ['validation_error', 'HTML that is no string', { html: 1 }],
    ['validation_error', 'an unknown field', { tags: [{ name: 'digest', value: '3', color: 'red' }] }],
    ['validation_error', 'a dot in a tag', { tags: [{ name: 'digest', value: '1.5' }] }],
    ['validation_error', 'a tag that is too long', { tags: [{ name: 'x'.repeat(257), value: '1' }] }],
    ['validation_error', '51 recipients', { to: Array(51).fill('prof@uni.test') }],
    ['validation_error', 'a line break in the subject', { subject: 'Week 47\r\nBcc: spy@x.test' }],
    ['validation_error', 'a line break in a header', { headers: { 'List-Id': 'a\nb' } }],
    ['validation_error', 'an address without a domain', { to: 'prof' }],
    ['validation_error', 'a comma in a name without quotes', { from: 'Lovelace, Ada <ada@uni.test>' }],
  ])('answers 422 %s to %s', async (name, _case, changes) => {
    expect((await send(changes)).error).toMatchObject({ name, statusCode: 422 })
    expect(resend.sent).toEqual([])
  })

  it('takes a name with a comma in quotes', async () => {
    expect((await send({ from: '"Lovelace, \\"Ada\\"" <ada@uni.test>' })).error).toBeNull()
  })
})

describe('an idempotency key', () => {
  it('answers a repeated call with the first id and sends no second mail', async () => {
    const first = await send({}, 'k')
    expect((await send({}, 'k')).data).toEqual(first.data)
    expect(resend.sent).toHaveLength(1)
  })

  it('is refused for another mail', async () => {
    await send({}, 'k')
    expect((await send({ subject: 'Week 48' }, 'k')).error).toMatchObject({
      name: 'invalid_idempotent_request',
      statusCode: 409,
    })
  })

  it('is refused while its first call is still being handled', async () => {
    resend.script({ slow: 50 })
    const first = send({}, 'k')
    await vi.waitFor(() => expect(resend.sent).toHaveLength(1), { interval: 1 })
    for (const _ of [1, 2]) {
      expect((await send({}, 'k')).error).toMatchObject({
        name: 'concurrent_idempotent_requests',
        statusCode: 409,
      })
    }
    const { data } = await first
    expect((await send({}, 'k')).data).toEqual(data)
    expect(resend.sent).toHaveLength(1)
  })

  it('is forgotten after 24 hours', async () => {
    await send({}, 'k')
    now += 24 * HOUR - 1
    await send({}, 'k')
    expect(resend.sent).toHaveLength(1)
    now += 1
    await send({}, 'k')
    expect(resend.sent).toHaveLength(2)
  })

  it('does not keep an error', async () => {
    resend.script({ status: 500 })
    expect((await send({}, 'k')).error).toMatchObject({ name: 'application_error', statusCode: 500 })
    expect((await send({}, 'k')).error).toBeNull()
  })

  it('has 1 to 256 characters', async () => {
    const invalid = { name: 'invalid_idempotency_key', statusCode: 400 }
    expect((await sdk.emails.send(letter, { headers: { 'Idempotency-Key': '' } })).error).toMatchObject(
      invalid,
    )
    expect((await send({}, 'k'.repeat(256))).error).toBeNull()
    expect((await send({}, 'k'.repeat(257))).error).toMatchObject(invalid)
  })
})

describe('a limit', () => {
  it('refuses what is too fast until the second is over', async () => {
    resend.limits({ perSecond: 2 })
    expect((await send()).headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '1' })
    await send()
    const refused = await send()
    expect(refused.error).toMatchObject({ name: 'rate_limit_exceeded', statusCode: 429 })
    expect(refused.headers).toMatchObject({ 'retry-after': '1', 'ratelimit-remaining': '0' })
    now += 1000
    expect((await send()).error).toBeNull()
  })

  it('counts every recipient of a day and tells how many there were', async () => {
    resend.limits({ daily: 3 })
    const two = { to: ['a@uni.test', 'b@uni.test'] }
    expect((await send(two)).headers).toMatchObject({ 'x-resend-daily-quota': '2' })
    expect((await send(two)).error).toMatchObject({ name: 'daily_quota_exceeded', statusCode: 429 })
    now += 8 * HOUR
    expect((await send(two)).error).toBeNull()
  })

  it('counts a month, but not the repetition of a call', async () => {
    resend.limits({ monthly: 1 })
    await send({}, 'k')
    expect((await send({}, 'k')).headers).toMatchObject({ 'x-resend-monthly-quota': '1' })
    expect((await send()).error).toMatchObject({ name: 'monthly_quota_exceeded', statusCode: 429 })
    now += 11 * 24 * HOUR
    expect((await send()).error).toBeNull()
  })
})

describe('a fault', () => {
  const noAnswer = { name: 'application_error', statusCode: null }

  it.each([
    ['lost', 1, null],
    ['unreachable', 0, null],
    ['garbage', 1, 200],
    ['empty', 1, 200],
  ] as const)('"%s" gives the SDK no answer and takes %i mail', async (fault, mails, status) => {
    resend.script(fault)
    expect((await send({}, 'k')).error).toMatchObject(noAnswer)
    expect(resend.calls).toMatchObject([{ key: 'k', status }])
    expect(resend.sent).toHaveLength(mails)
    expect((await send({}, 'k')).error).toBeNull()
    expect(resend.sent).toHaveLength(1)
  })

  it('answers as it is told, once, and takes no mail', async () => {
    const quota = { status: 429, name: 'daily_quota_exceeded', headers: { 'retry-after': '9' } }
    resend.script(quota, 'ok', { status: 502, body: '<h1>Bad gateway</h1>' }, { status: 400, body: null })
    expect(await send()).toMatchObject({
      error: { name: 'daily_quota_exceeded', statusCode: 429 },
      headers: { 'retry-after': '9' },
    })
    expect((await send()).error).toBeNull()
    expect((await send()).error).toMatchObject({ statusCode: 502 })
    expect(await send()).toMatchObject({ data: null, error: null })
    expect(resend.sent).toHaveLength(1)
    expect(resend.calls.map((call) => call.status)).toEqual([429, 200, 502, 400])
  })

  it('of slowness takes the mail at once and ends when the caller gives up', async () => {
    resend.script({ slow: 60_000 })
    const response = resend.fetch(
      new Request('https://r.test/emails', {
        method: 'POST',
        headers: { authorization: 'Bearer re_right' },
        body: JSON.stringify({ from: 'a@x.test', to: 'b@x.test', subject: 's', text: 't' }),
        signal: AbortSignal.timeout(10),
      }),
    )
    await expect(response).rejects.toMatchObject({ name: 'TimeoutError' })
    expect(resend.sent).toHaveLength(1)
  })

  it('meets the mails it was made for until it is cleared', async () => {
    resend.fault((mail) => (mail.to.includes('bad@uni.test') ? { status: 422 } : undefined))
    expect((await send()).error).toBeNull()
    for (const _ of [1, 2]) expect((await send({ to: 'bad@uni.test' })).error?.statusCode).toBe(422)
    resend.fault()
    expect((await send({ to: 'bad@uni.test' })).error).toBeNull()
  })
})

describe('a receipt', () => {
  const read = ({ headers, body }: { headers: Readonly<Record<string, string>>; body: string }) =>
    sdk.webhooks.verify({
      payload: body,
      webhookSecret: 'whsec_dGVzdHM=',
      headers: {
        id: headers['svix-id'] ?? '',
        timestamp: headers['svix-timestamp'] ?? '',
        signature: headers['svix-signature'] ?? '',
      },
    })

  it('passes the check of the SDK, and a changed one does not', async () => {
    now = Date.now()
    const { data } = await send()
    const receipt = await resend.event('email.delivered', data?.id ?? '')
    expect(read(receipt)).toMatchObject({
      type: 'email.delivered',
      data: { email_id: data?.id, to: ['Prof <prof@uni.test>'], tags: { digest: '3' } },
    })
    expect(() => read({ ...receipt, body: `${receipt.body} ` })).toThrow('No matching signature')
    expect((await sdk.emails.get(data?.id ?? '')).data?.last_event).toBe('delivered')
  })

  it('says why a mail bounced, also of one sent elsewhere', async () => {
    now = Date.now()
    expect(read(await resend.event('email.bounced', 'elsewhere', { tags: { digest: '4' } }))).toMatchObject({
      data: { email_id: 'elsewhere', tags: { digest: '4' }, bounce: { type: 'Permanent' } },
    })
  })
})

describe('the inbox page', () => {
  const get = (path: string) => resend.fetch(new Request(`https://r.test${path}`))

  it('lists mails, the newest first, and escapes them', async () => {
    await send({ subject: 'Older' })
    await send({ subject: '<b>Newer</b>' })
    const text = await (await get('/')).text()
    expect(text).toMatch(/&lt;b&gt;Newer&lt;\/b&gt;[\s\S]*Older/)
    expect(text).not.toContain('<b>')
  })

  it('shows a mail with its headers and both parts', async () => {
    const { data } = await send()
    const mail = `/mail/${data?.id}`
    expect(await (await get(mail)).text()).toContain('<dd>Ada &lt;ada.notes.test&gt;</dd>')
    const frame = await get(`${mail}/html`)
    expect(frame.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups /)
    expect(await frame.text()).toBe('<h1>Week 47</h1><base target="_blank">')
    expect(await (await get(`${mail}/text`)).text()).toBe('Week 47')
    expect((await get('/mail/other/html')).status).toBe(404)
  })

  it('gives the mails as JSON and forgets them', async () => {
    await send()
    expect(await (await get('/mail.json')).json()).toEqual(resend.sent)
    await resend.fetch(new Request('https://r.test/mail.json', { method: 'DELETE' }))
    expect(resend.sent).toEqual([])
  })
})

import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import worker from '../../src/index.ts'
import type { EventType, Receipt } from '../resend/stand-in.ts'
import { signReceipt } from '../resend/webhook.ts'
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
const week = 7 * day
const soft = { bounce: { type: 'Transient', subType: 'MailboxFull', message: 'Mailbox full' } }

let professor = ''

type Delivery = { state: string; reason: string | null; receipt: string | null }
const delivery = async (recipient = professor, of = slug) =>
  (
    await get<{ deliveries: (Delivery & { recipient: string })[] }>('GET', `/api/digests/${of}/deliveries`)
  ).deliveries.find((each) => each.recipient === recipient)
const recipient = async (id = professor) =>
  (
    await get<{ recipients: { id: string; state: string; reason: string | null }[] }>(
      'GET',
      '/api/recipients',
    )
  ).recipients.find((each) => each.id === id)

const deliver = ({ body, headers }: Receipt, more: Record<string, string> = {}) =>
  ask('POST', '/webhooks/resend', body, { token: null, headers: { ...headers, ...more } })

/** A receipt about the last letter to an address. */
async function receive(type: EventType, extra = {}, email = 'professor@example.edu') {
  const receipt = await resend.event(type, resend.inbox(email).at(-1)?.id ?? 'unknown', extra)
  const response = await deliver(receipt)
  expect([response.status, await response.json()]).toEqual([200, { taken: expect.any(Boolean) }])
  return receipt
}

/** Closes and sends the week that ends `weeks` after the first. */
async function sendWeek(weeks: number) {
  const due = friday + weeks * week
  setClock(due - hour)
  await post(`Week ${weeks} ${Math.random()}`)
  setClock(due)
  await tickAt(due)
}

beforeEach(async () => {
  setClock(monday)
  await setUp()
  professor = await addRecipient('professor@example.edu')
  await sendWeek(0)
})

describe('a receipt', () => {
  it.each<[types: EventType[], expected: string | null]>([
    [['email.sent'], null],
    [['email.delivery_delayed'], 'delayed'],
    [['email.delivered', 'email.sent', 'email.delivery_delayed'], 'delivered'],
    [['email.delivered', 'email.bounced'], 'bounced'],
    [['email.bounced', 'email.delivered'], 'bounced'],
    [['email.failed', 'email.delivered', 'email.bounced'], 'failed'],
    [['email.complained', 'email.bounced', 'email.delivered'], 'complained'],
  ])('%j is kept and never lowered, in any order and however often: %s', async (types, expected) => {
    for (const type of types) await deliver(await receive(type))
    expect(await delivery()).toMatchObject({ state: 'accepted', receipt: expected })
  })

  it('about mail of others, of no mail, or of a kind nobody knows is taken, and changes nothing', async () => {
    await receive('email.delivered', { tags: { project: 'another', digest: '1', recipient: professor } })
    await receive('email.delivered', { tags: {} })
    await receive('email.delivered', { tags: { project: 'x', digest: 'all', recipient: professor } })
    for (const event of [
      { type: 'email.opened', data: { email_id: 'x' } },
      { type: 'contact.created' },
      7,
      [],
    ])
      expect((await deliver(await signReceipt(JSON.stringify(event), 'whsec_dGVzdHM=', friday))).status).toBe(
        200,
      )
    expect(await delivery()).toMatchObject({ state: 'accepted', receipt: null })
    expect(await recipient()).toMatchObject({ state: 'active' })
  })

  it('is refused unless it was signed over these bytes within five minutes', async () => {
    const id = resend.sent[0]?.id ?? ''
    const receipt = await resend.event('email.complained', id)
    const other = await signReceipt(receipt.body, 'whsec_b3RoZXI=', friday)
    const old = await signReceipt(receipt.body, 'whsec_dGVzdHM=', friday - 6 * minute)
    const early = await signReceipt(receipt.body, 'whsec_dGVzdHM=', friday + 6 * minute)
    const wrong: Receipt[] = [
      ...[other, old, early, { ...receipt, body: `${receipt.body} ` }],
      { ...receipt, headers: { 'content-type': 'application/json' } },
      { ...receipt, headers: { ...receipt.headers, 'svix-id': 'another' } },
    ]
    for (const each of wrong) expect((await deliver(each)).status).toBe(401)
    const signature = `v1,${btoa('x'.repeat(32))} ${receipt.headers['svix-signature']}`
    expect(await recipient()).toMatchObject({ state: 'active' })
    expect((await deliver(receipt, { 'svix-signature': signature })).status).toBe(200)
    expect(await recipient()).toMatchObject({ state: 'unsubscribed' })
  })

  it('is told that nothing is here without a secret, and is not read when it is too long', async () => {
    const receipt = await resend.event('email.delivered', resend.sent[0]?.id ?? '', {
      x: 'x'.repeat(300_000),
    })
    expect((await deliver(receipt)).status).toBe(422)
    const { RESEND_WEBHOOK_SECRET: _, ...without } = env
    const { body, headers } = await resend.event('email.delivered', resend.sent[0]?.id ?? '')
    const request = new Request('https://notes.example.edu/webhooks/resend', {
      method: 'POST',
      body,
      headers,
    })
    expect((await worker.fetch(request, without, createExecutionContext())).status).toBe(404)
  })
})

describe('a receipt of a letter whose answer was lost', () => {
  const loseAll = async () => {
    resend.fault(() => 'lost')
    await sendWeek(1)
    for (let now = friday + week; now < friday + week + 21 * hour; now += 30 * minute) {
      setClock(now)
      await tickAt(now)
    }
    resend.fault()
  }
  const second = '2026-11-27'

  it('settles it once it is uncertain', async () => {
    await loseAll()
    expect(await delivery(professor, second)).toMatchObject({ state: 'uncertain' })
    await receive('email.sent')
    expect(await delivery(professor, second)).toMatchObject({ state: 'accepted', receipt: 'sent' })
    expect(
      (await ask('PATCH', `/api/digests/${second}/deliveries/${professor}`, { state: 'waiting' })).status,
    ).toBe(409)
  })

  it.each([
    ['it is given up', async () => {}],
    ['the recipient leaves', () => get('PATCH', `/api/recipients/${professor}`, { state: 'unsubscribed' })],
  ])('that came early is remembered when %s', async (_, then) => {
    resend.fault(() => 'lost')
    await sendWeek(1)
    await receive('email.delivered')
    expect(await delivery(professor, second)).toMatchObject({ state: 'waiting', receipt: 'delivered' })
    await then()
    setClock(friday + week + 21 * hour)
    await tickAt(friday + week + 21 * hour)
    expect(await delivery(professor, second)).toMatchObject({ state: 'accepted', receipt: 'delivered' })
    expect(resend.inbox('professor@example.edu')).toHaveLength(2)
  })

  it('that came early is remembered when the provider holds other bytes', async () => {
    resend.script('lost', { status: 409, name: 'invalid_idempotent_request' })
    await sendWeek(1)
    await receive('email.delivered')
    await tickAt(friday + week + 5 * minute)
    expect(await delivery(professor, second)).toMatchObject({ state: 'accepted', receipt: 'delivered' })
  })
})

describe('a bounce', () => {
  it('that is hard pauses the recipient, and tells the owner why, once', async () => {
    const receipt = await receive('email.bounced')
    await deliver(receipt)
    expect(await recipient()).toMatchObject({
      state: 'paused',
      reason: 'mail bounced: The mailbox does not exist.',
    })
    await tickAt(friday + 5 * minute)
    await tickAt(friday + 10 * minute)
    const [told, ...others] = resend.inbox('student@example.edu')
    expect(others).toEqual([])
    expect(told?.subject).toBe('Letters to professor@example.edu are paused (DLRM on TPUs)')
    expect(told?.text).toContain('The mailbox does not exist')
    expect(told?.text).toContain('https://notes.example.edu/desk/people/')
    await sendWeek(1)
    expect(resend.inbox('professor@example.edu')).toHaveLength(1)
  })

  it('that comes again after the owner tried the address again pauses nobody', async () => {
    const receipt = await receive('email.bounced')
    await get('PATCH', `/api/recipients/${professor}`, { state: 'active' })
    await deliver(receipt)
    expect(await recipient()).toMatchObject({ state: 'active' })
    await sendWeek(1)
    await receive('email.bounced')
    expect(await recipient()).toMatchObject({ state: 'paused' })
  })

  it('that is soft pauses the third time in a row, however the receipts come', async () => {
    await receive('email.bounced', soft)
    await sendWeek(1)
    const late = await resend.event('email.bounced', resend.sent.at(-1)?.id ?? '', soft)
    await sendWeek(2)
    await receive('email.bounced', soft)
    expect(await recipient()).toMatchObject({ state: 'active' })
    setClock(friday + week)
    await deliver(late)
    expect(await recipient()).toMatchObject({
      state: 'paused',
      reason: 'mail bounced three times in a row: Mailbox full',
    })
    await get('PATCH', `/api/recipients/${professor}`, { state: 'active' })
    await sendWeek(3)
    await receive('email.bounced', soft)
    expect(await recipient()).toMatchObject({ state: 'active' })
  })

  it('that is soft pauses nobody when a letter arrived between', async () => {
    await receive('email.bounced', soft)
    for (const type of ['email.delivered', 'email.bounced', 'email.bounced'] as const) {
      await sendWeek(resend.sent.length)
      await receive(type, soft)
    }
    expect(await recipient()).toMatchObject({ state: 'active' })
  })

  it('of a suppressed address is a hard one; a complaint, suppressed or not, ends the letters for good', async () => {
    const phd = await addRecipient('phd@example.edu')
    await sendWeek(1)
    await receive('email.suppressed')
    await receive('email.suppressed', { suppressed: { reason: 'previous_complaint' } }, 'phd@example.edu')
    expect(await recipient()).toMatchObject({ state: 'paused' })
    expect(await recipient(phd)).toMatchObject({ state: 'unsubscribed', reason: 'complained' })
    expect((await ask('PATCH', `/api/recipients/${phd}`, { state: 'active' })).status).toBe(409)
    await get('DELETE', `/api/recipients/${phd}`)
    expect((await ask('POST', '/api/recipients', { email: 'PHD@example.edu' })).status).toBe(409)
  })

  it('of mail to the owner pauses nobody, and of a notice is kept with it', async () => {
    await receive('email.bounced')
    await tickAt(friday + 5 * minute)
    await receive('email.bounced', {}, 'student@example.edu')
    const kept = await env.DB.prepare("SELECT receipt FROM notices WHERE kind = 'bounce'").first('receipt')
    expect(kept).toBe('bounced')
  })
})

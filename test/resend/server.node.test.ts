// The stand-in over real HTTP, with the real SDK.
import { Resend } from 'resend'
import { afterAll, beforeEach, expect, it, vi } from 'vitest'
import { serveResend } from './server.ts'
import { createResend } from './stand-in.ts'

const resend = createResend()
const server = await serveResend(resend)
const sdk = new Resend('re_test', { baseUrl: server.url })
const letter = { from: 'a@x.test', to: 'Žofie <b@x.test>', subject: 'Week 47 – ✓', text: 'Week 47' }

beforeEach(() => resend.reset())
afterAll(() => server.close())

it('takes a mail over HTTP and gives it to other processes as JSON', async () => {
  const { data } = await sdk.emails.send(letter, { idempotencyKey: 'k' })
  const mails = await (await fetch(`${server.url}/mail.json`)).json()
  expect(mails).toMatchObject([{ id: data?.id, key: 'k', to: [letter.to], subject: letter.subject }])
})

it.each([
  ['lost', 1],
  ['unreachable', 0],
] as const)('breaks the connection when the call is "%s"', async (fault, mails) => {
  resend.script(fault)
  const { error } = await sdk.emails.send(letter, { idempotencyKey: 'k' })
  expect(error).toMatchObject({ name: 'application_error', statusCode: null })
  expect(resend.sent).toHaveLength(mails)
  expect((await sdk.emails.send(letter, { idempotencyKey: 'k' })).error).toBeNull()
  expect(resend.sent).toHaveLength(1)
})

it('stops being slow when the caller gives up', async () => {
  resend.script({ slow: 60_000 })
  const signal = AbortSignal.timeout(100)
  const call = fetch(`${server.url}/emails`, {
    method: 'POST',
    headers: { authorization: 'Bearer re_test', 'idempotency-key': 'k' },
    body: JSON.stringify(letter),
    signal,
  })
  await expect(call).rejects.toMatchObject({ name: 'TimeoutError' })
  await vi.waitFor(async () => {
    const again = { method: 'POST', headers: { authorization: 'Bearer re_test', 'idempotency-key': 'k' } }
    expect((await fetch(`${server.url}/emails`, { ...again, body: JSON.stringify(letter) })).status).toBe(200)
  })
  expect(resend.sent).toHaveLength(1)
})

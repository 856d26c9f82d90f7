/** Letters by hand, week after week, for a student who owns no mail domain. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { tick } from '../../src/delivery/tick.ts'
import { strictDb } from '../strict-db.ts'
import {
  addRecipient,
  ask,
  day,
  freePlan,
  friday,
  get,
  hour,
  monday,
  post,
  resend,
  setClock,
  setUp,
  tickAt,
} from '../world.ts'

const about = 'I train recommendation models on TPUs.'
const student = 'student@example.edu'
const slugs = ['2026-11-20', '2026-11-27', '2026-12-04']

beforeEach(async () => {
  setClock(monday)
  await setUp({ sender: null, about })
  await addRecipient('professor@example.edu')
  await addRecipient('team@example.com', 'outer')
})

/** A week with something for each circle, and its cut-off. */
async function week(number: number, runCron: (now: number) => Promise<unknown> = tickAt): Promise<void> {
  const cutOff = friday + (number - 1) * 7 * day
  setClock(cutOff - hour)
  await post(`#done Part ${number}`)
  await post(`#inside Only for us ${number}`)
  setClock(cutOff)
  await runCron(cutOff)
}

/** The cron of a Worker without a key. */
async function tickWithoutKey(now: number): Promise<void> {
  await tick(strictDb(env.DB).db, null, now, { clock: () => now, wait: async () => {} }, freePlan)
}

type Digest = { deliveries: object; finishedAt: string | null; forwardedAt: string | null }

const digestOf = (number: number) => get<Digest>('GET', `/api/digests/${slugs[number - 1]}`)

const forward = (number: number) => ask('PATCH', `/api/digests/${slugs[number - 1]}`, { forwarded: true })

/** Which weeks' letters came to an address, circle by circle as the texts tell them apart. */
const lettersTo = (email: string, number: number) =>
  resend.inbox(email).filter(({ tags }) => tags.digest === String(number))

describe('a letter by hand, with a key,', () => {
  it('comes to the owner once for each circle in use, and is done', async () => {
    await week(1)
    const letters = lettersTo(student, 1)
    expect(letters.map(({ tags }) => tags.recipient).toSorted()).toEqual(['inner', 'outer'])
    for (const { tags, text } of letters)
      expect(text.includes('Only for us')).toBe(tags.recipient === 'inner')
    expect(resend.sent).toHaveLength(2)
    expect(await digestOf(1)).toMatchObject({ deliveries: { accepted: 2 }, finishedAt: expect.any(String) })
  })

  it('is marked as forwarded, which sends nothing, and stays so', async () => {
    await week(1)
    expect(await digestOf(1)).toMatchObject({ forwardedAt: null })
    setClock(friday + hour)
    expect((await forward(1)).status).toBe(200)
    setClock(friday + day)
    expect((await forward(1)).status).toBe(200)
    await tickAt(friday + day)
    expect(await digestOf(1)).toMatchObject({ forwardedAt: new Date(friday + hour).toISOString() })
    expect(resend.calls).toHaveLength(2)
  })

  it('says what this is about in a circle’s first letter, and again where somebody is new in it', async () => {
    await week(1)
    for (const { text } of lettersTo(student, 1)) expect(text).toContain(about)
    setClock(friday + day)
    await addRecipient('colleague@example.com', 'outer')
    await week(2)
    const told = lettersTo(student, 2).filter(({ text }) => text.includes(about))
    expect(told.map(({ tags }) => tags.recipient)).toEqual(['outer'])
    await week(3)
    expect(lettersTo(student, 3)).toHaveLength(2)
    for (const { text } of lettersTo(student, 3)) expect(text).not.toContain(about)
  })

  it('gives way to letters of their own once there is a sender; who had one before is no newcomer', async () => {
    await week(1)
    await get('PATCH', '/api/settings', { sender: 'Notes <notes@mail.example.edu>' })
    setClock(friday + day)
    await addRecipient('new@example.edu')
    await week(2)
    expect(lettersTo(student, 2)).toEqual([])
    const told = ['professor@example.edu', 'team@example.com', 'new@example.edu'].map((email) =>
      lettersTo(email, 2).map(({ text }) => text.includes(about)),
    )
    expect(told).toEqual([[false], [false], [true]])
    expect((await forward(2)).status).toBe(409)
    expect((await forward(1)).status).toBe(200)
  })
})

describe('a letter by hand, without a key,', () => {
  it('waits with the owner, accepted at once, week after week', async () => {
    await week(1, tickWithoutKey)
    await week(2, tickWithoutKey)
    for (const number of [1, 2]) {
      expect(await digestOf(number)).toMatchObject({
        ...{ deliveries: { accepted: 2 }, finishedAt: expect.any(String), forwardedAt: null },
      })
      expect((await forward(number)).status).toBe(200)
      expect((await digestOf(number)).forwardedAt).not.toBeNull()
    }
    setClock(friday + 8 * day)
    await tickWithoutKey(friday + 8 * day)
    expect((await ask('GET', '/healthz', undefined, { token: null })).status).toBe(200)
    expect(resend.calls).toEqual([])
  })

  it('is not mailed later, when there is a key', async () => {
    await week(1, tickWithoutKey)
    await week(2)
    expect(lettersTo(student, 1)).toEqual([])
    expect(lettersTo(student, 2)).toHaveLength(2)
    // The first letters were on the desk, and are taken to have gone to their circles.
    for (const { text } of lettersTo(student, 2)) expect(text).not.toContain(about)
  })
})

it('a digest is changed by one word at a time', async () => {
  await week(1)
  for (const body of [{}, { forwarded: false }, { release: true, forwarded: true }]) {
    expect((await ask('PATCH', `/api/digests/${slugs[0]}`, body)).status).toBe(422)
  }
})

import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { keepWorld, killAt, tickThrough } from '../boundaries.ts'
import { ask, friday, get, hour, minute, post, resend, setClock, tickAt } from '../world.ts'
import { beginWeek, endTerm, expectAllKept, lettersOf, openNumber, readers, tickFor } from './promise.ts'

let restore: () => Promise<void>
let recipients: readonly string[] = []
let boundaries = 0

beforeEach(async () => {
  recipients = await beginWeek()
  restore = await keepWorld()
  boundaries = await tickThrough(friday, () => {})
  // Reading, closing, claiming, three calls, settling: were it fewer, not all of them would be counted.
  expect(boundaries).toBeGreaterThan(15)
  expect(readers.map(lettersOf)).toEqual([['1'], ['1'], ['1']])
})

/** The sample week once more, as it was before the cron ran. */
async function again(): Promise<void> {
  await restore()
  setClock(friday)
}

async function expectOneLetterEach(): Promise<void> {
  expect(readers.map(lettersOf)).toEqual([['1'], ['1'], ['1']])
  await expectAllKept()
}

describe('a run that is killed', () => {
  it('at any touch of D1 or the provider is made good by the next ones', async () => {
    for (let boundary = 1; boundary <= boundaries; boundary++) {
      await again()
      await tickThrough(friday, killAt(boundary))
      await tickFor(0.25, friday + 5 * minute)
      await expectOneLetterEach()
    }
  })

  it('twice, the second time at any third touch, is made good', async () => {
    for (let first = 1; first <= boundaries; first += 2) {
      for (let second = 1 + (first % 3); second <= boundaries; second += 3) {
        await again()
        await tickThrough(friday, killAt(first))
        await tickThrough(friday + 6 * minute, killAt(second))
        await tickFor(0.25, friday + 12 * minute)
        await expectOneLetterEach()
      }
    }
  })

  it('at the same touch every time still gets further, once that is behind a call', async () => {
    for (let boundary = 1; boundary <= boundaries; boundary++) {
      await again()
      for (let now = friday; now < friday + 2 * hour; now += 6 * minute) {
        await tickThrough(now, killAt(boundary))
      }
      if (resend.calls.length > 0)
        expect(readers.map(lettersOf), `at ${boundary}`).toEqual([['1'], ['1'], ['1']])
      await tickFor(0.5, friday + 2 * hour)
      await expectOneLetterEach()
    }
  })
})

describe('two runs at once', () => {
  it('in any order of their touches send one letter each', async () => {
    for (let first = 1; first <= boundaries; first++) {
      for (let second = 1; second <= boundaries + 1; second++) {
        await again()
        await interleave(first, second)
        await tickAt(friday + 6 * minute)
        await expectOneLetterEach()
      }
    }
  })

  /** The one waits at its touch `first` until the other has come to its touch `second`, which waits for the one. */
  async function interleave(first: number, second: number): Promise<void> {
    const [halfWay, oneIsDone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let other: Promise<unknown> = Promise.resolve()
    await tickThrough(friday, async (reached) => {
      if (reached !== first) return
      other = tickThrough(friday, async (touched) => {
        if (touched !== second) return
        halfWay.resolve()
        await oneIsDone.promise
      }).finally(halfWay.resolve)
      await halfWay.promise
    })
    oneIsDone.resolve()
    await other
  }
})

/** What people do at any moment; `left` says which letters the three may have got in the end. */
const acts: readonly (readonly [what: string, act: () => Promise<unknown>])[] = [
  ['posts', () => post('In between')],
  ['edits', async () => ask('PATCH', `/api/updates/${await firstOpen()}`, { text: 'Edited' })],
  ['deletes', async () => ask('DELETE', `/api/updates/${await firstOpen()}`)],
  [
    'makes something private',
    async () => ask('PATCH', `/api/updates/${await firstOpen()}`, { kind: 'private' }),
  ],
  [
    'withdraws what has just gone out',
    async () => ask('PUT', `/api/updates/${await firstOpen()}/withdrawal`, {}),
  ],
  ['holds', async () => ask('PUT', '/api/digests/next/hold', { number: await openNumber() })],
  ['closes by hand', async () => ask('POST', '/api/digests', { number: await openNumber() })],
  ['changes the sender', () => get('PATCH', '/api/settings', { sender: 'Other <other@mail.example.edu>' })],
  ['changes the title', () => get('PATCH', '/api/settings', { title: 'Another title' })],
  ['moves the schedule', () => get('PATCH', '/api/settings', { schedule: onSaturday })],
  ['adds a recipient', () => ask('POST', '/api/recipients', { email: 'new@example.com' })],
  ['moves a reader to the other circle', () => editFirst({ circle: 'outer' })],
  ['renames a reader', () => editFirst({ name: 'Ada' })],
]

const onSaturday = { weekday: 'saturday', time: '09:00', zone: 'UTC' }

const editFirst = (edit: object) => get('PATCH', `/api/recipients/${recipients[0]}`, edit)

async function firstOpen(): Promise<string> {
  return (await env.DB.prepare('SELECT min(id) AS id FROM updates').first<string>('id')) ?? 'none'
}

describe('somebody who, between any two touches of a run,', () => {
  it.each(acts)('%s, loses nothing and doubles nothing', async (_, act) => {
    for (let boundary = 1; boundary <= boundaries; boundary++) {
      await again()
      await tickThrough(friday, (reached) => (reached === boundary ? act() : undefined))
      await tickAt(friday + 6 * minute)
      await endTerm()
      for (const email of readers) expect(lettersOf(email).length).toBeGreaterThan(0)
      await expectAllKept()
    }
  })

  it.each([
    ['unsubscribes', () => editFirst({ state: 'unsubscribed' })],
    ['is deleted', () => ask('DELETE', `/api/recipients/${recipients[0]}`)],
  ] as const)('%s, gets at most the letter of this week, and the others get theirs', async (_, act) => {
    for (let boundary = 1; boundary <= boundaries; boundary++) {
      await again()
      await tickThrough(friday, (reached) => (reached === boundary ? act() : undefined))
      await tickAt(friday + 6 * minute)
      await endTerm()
      expect(['', '1']).toContain(lettersOf(readers[0]).join())
      expect(readers.slice(1).map(lettersOf)).toEqual([
        ['1', '2'],
        ['1', '2'],
      ])
      await expectAllKept()
    }
  })
})

/** A second Worker, on a database of its own, into which the first one is imported while it goes on. */
import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { keepWorld, tickThrough } from '../boundaries.ts'
import { beginWeek, lettersOf, readers } from '../delivery/promise.ts'
import { strictDb } from '../strict-db.ts'
import {
  addReaders,
  ask,
  day,
  emptyTables,
  friday,
  hour,
  minute,
  resend,
  setClock,
  tickAt,
} from '../world.ts'
import { exportAll, linesOfType, send, textOf } from './parts.ts'

const second = () => strictDb(env.OTHER_DB).db

beforeEach(async () => {
  await applyD1Migrations(env.OTHER_DB, env.MIGRATIONS)
  await emptyTables(env.OTHER_DB)
})

/** Both run their cron every five minutes from `since` on, the second one behind the first. */
async function tickBoth(hours: number, since: number): Promise<void> {
  for (let now = since; now <= since + hours * hour; now += 5 * minute) {
    setClock(now)
    await tickAt(now)
    await tickAt(now, now, second())
  }
}

async function importSecond(part: string): Promise<void> {
  const response = await send(part, second())
  expect(response.status, await response.text()).toBe(200)
}

async function statesOf(db: D1Database): Promise<readonly string[]> {
  const { results } = await db.prepare('SELECT DISTINCT state FROM deliveries ORDER BY state').all<{
    state: string
  }>()
  return results.map(({ state }) => state)
}

describe('a second Worker, made of the first one while it sends,', () => {
  it('sends nothing, at whatever touch of the run it was made', async () => {
    await beginWeek()
    const restore = await keepWorld()
    const boundaries = await tickThrough(friday, () => {})
    const seen = new Set<string>()
    for (let boundary = 1; boundary <= boundaries; boundary++) {
      await restore()
      await emptyTables(env.OTHER_DB)
      setClock(friday)
      await tickThrough(friday, async (reached) => {
        if (reached !== boundary) return
        for (const part of await exportAll()) await importSecond(part)
      })
      for (const state of await statesOf(env.OTHER_DB)) seen.add(state)
      await tickBoth(0.25, friday + 5 * minute)
      expect(readers.map(lettersOf), `at ${boundary}`).toEqual([['1'], ['1'], ['1']])
    }
    // It came at moments when letters were under way, and when they were done.
    expect([...seen].toSorted()).toEqual(['accepted', 'uncertain'])
  }, 120_000)

  it('whose hold is lifted too early, sends no letter that the first one sent', async () => {
    await beginWeek()
    for (const part of await exportAll()) await importSecond(part)
    await tickBoth(0.25, friday)
    const lifted = await ask('DELETE', '/api/digests/next/hold', { number: 1 }, { db: second() })
    expect(lifted.status).toBeLessThan(300)
    await tickBoth(2, friday + hour / 2)
    expect(readers.map(lettersOf)).toEqual([['1'], ['1'], ['1']])
    expect(await statesOf(env.OTHER_DB)).toEqual(['uncertain'])
  })
})

it('takes an export in parts between which the first one goes on sending, and no inbox gets two letters', async () => {
  await beginWeek()
  const many = 600
  await addReaders(many)
  setClock(friday)
  let now = friday
  const parts: string[] = []
  for (let path: string | undefined = '/api/export'; path !== undefined; now += 5 * minute) {
    setClock(now)
    await tickAt(now)
    const response = await ask('GET', path)
    const part = await textOf(response)
    // The first tick closes; what was read before would have to be read again.
    expect(response.status, part).toBe(200)
    await importSecond(part)
    parts.push(part)
    path = /<(.+)>; rel="next"/u.exec(response.headers.get('Link') ?? '')?.[1]
  }
  expect(parts.length).toBeGreaterThan(2)
  const under = linesOfType('delivery', ...parts).filter(({ state }) => state === 'waiting')
  expect(under.length).toBeGreaterThan(many / 2)
  await tickBoth(2, now)
  const letters = resend.sent.filter(({ tags }) => tags.digest !== undefined).map(({ to }) => to.join())
  expect([letters.length, new Set(letters).size]).toEqual([many + 3, many + 3])
  expect(await statesOf(env.DB)).toEqual(['accepted'])
  expect(await statesOf(env.OTHER_DB)).toEqual(['accepted', 'uncertain'])
  await tickBoth(0.1, now + 2 * day)
  expect(resend.sent.filter(({ tags }) => tags.digest !== undefined)).toHaveLength(letters.length)
}, 120_000)

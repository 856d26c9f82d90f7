/** What must hold of the sample week, whatever happened on the way: the promise, asked of D1 and of the inboxes. */
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { columnsWith } from '../withdrawal/words.ts'
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

export const readers = ['professor@example.edu', 'phd@example.edu', 'team@example.com'] as const

/** A week with something for each circle, at its cut-off. */
export async function beginWeek(): Promise<readonly string[]> {
  setClock(monday)
  await setUp()
  for (const email of readers) await addRecipient(email, email.endsWith('.com') ? 'outer' : 'inner')
  await post('#ask @professor Which day suits?')
  await post('#result auc=0.7889')
  await post('#inside Only for us')
  setClock(friday)
  const { results } = await env.DB.prepare('SELECT id FROM recipients ORDER BY joined_at, id').all<{
    id: string
  }>()
  return results.map(({ id }) => id)
}

/** Runs of the cron every five minutes, the clock with them, until `hours` after `since`. */
export async function tickFor(hours: number, since: number): Promise<void> {
  for (let now = since; now <= since + hours * hour; now += 5 * minute) {
    setClock(now)
    await tickAt(now)
  }
}

/** Lifts what is held, and closes the next week by either schedule, so that every update has gone out. */
export async function endTerm(): Promise<void> {
  await tickFor(0.1, friday + 17 * hour)
  setClock(friday + 6 * day)
  await ask('DELETE', '/api/digests/next/hold', { number: await openNumber() })
  await tickFor(0.1, friday + 6 * day)
  await post('The last word')
  await tickFor(0.1, friday + 7 * day)
  await tickFor(0.1, friday + 7 * day + 17 * hour)
}

export async function openNumber(): Promise<number> {
  return (await get<{ number: number }>('GET', '/api/digests/next')).number
}

/** Each inbox has each letter at most once; which letters it has. */
export function lettersOf(email: string): readonly string[] {
  const digests = resend.inbox(email).flatMap(({ tags }) => (tags.digest === undefined ? [] : [tags.digest]))
  expect(new Set(digests).size, `${email} got ${digests}`).toBe(digests.length)
  return digests
}

type Row = Readonly<Record<string, unknown>>

/** What the updates of the week say, in their order. */
const said = [/Which day suits/u, /0\.7889/u, /Only for us/u] as const

/** What was withdrawn is in no column of any table, so in no page, export or letter that is still to be composed. */
async function expectWithdrawnGone(): Promise<void> {
  const { results } = await env.DB.prepare('SELECT withdrawn_at FROM updates ORDER BY id LIMIT 3').all<{
    withdrawn_at: number | null
  }>()
  for (const [i, words] of said.entries()) {
    if (results[i]?.withdrawn_at) expect([i, await columnsWith(words)]).toEqual([i, []])
  }
}

/** Nothing is lost, doubled or stuck: every public update in one digest, every delivery at an end. */
export async function expectAllKept(): Promise<void> {
  const read = async (sql: string) => (await env.DB.prepare(sql).all<Row>()).results
  const updates = await read(`
    SELECT u.id, u.kind, u.digest,
           (SELECT group_concat(DISTINCT b.digest ORDER BY b.digest) FROM blocks b, json_each(b.updates) j
            WHERE j.value = u.id) AS quoted
    FROM updates u WHERE u.kind <> 'private'`)
  for (const { id, kind, digest, quoted } of updates) {
    const [first = null, ...later] = quoted === null ? [] : String(quoted).split(',').map(Number)
    expect([id, first]).toEqual([id, digest])
    // What is open is told again: a plan in the next letter, the others until they are settled.
    if (!['next', 'ask', 'need', 'blocked'].includes(String(kind))) expect([id, later]).toEqual([id, []])
  }
  const notices = resend.sent.flatMap(({ tags }) =>
    tags.notice === undefined ? [] : [`${tags.notice}/${tags.ref}/${tags.recipient}`],
  )
  expect(notices.length, notices.join()).toBe(new Set(notices).size)
  const digests = await read('SELECT number, since, until, finished_at FROM digests ORDER BY number')
  for (const [i, { number, since, finished_at }] of digests.entries()) {
    expect([number, finished_at]).toEqual([i + 1, expect.any(Number)])
    if (i > 0) expect(since).toBe(digests[i - 1]?.until)
  }
  expect(await read("SELECT * FROM deliveries WHERE state IN ('waiting', 'trying')")).toEqual([])
  await expectWithdrawnGone()
}

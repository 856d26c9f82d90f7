import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { strictDb } from '../strict-db.ts'
import { columnsWith } from '../withdrawal/words.ts'
import {
  addRecipient,
  ask,
  day,
  emptyAll,
  friday,
  hour,
  minute,
  monday,
  post,
  resend,
  setClock,
  setUp,
  tickAt,
} from '../world.ts'

type Action = { readonly does: (typeof verbs)[number]; readonly which: number; readonly later: number }

const verbs = [
  'post',
  'private',
  'edit',
  'hide',
  'show',
  'delete',
  'hold',
  'lift',
  'close',
  'status',
  'withdraw',
  'tick',
  'late',
] as const

const action: fc.Arbitrary<Action> = fc.record({
  does: fc.constantFrom(...verbs, 'post', 'tick', 'withdraw'),
  which: fc.nat(20),
  later: fc.constantFrom(0, 1, minute, hour, day, 3 * day, 8 * day),
})

/** Some alone, some two at a time. */
const actions = fc.array(fc.array(action, { minLength: 1, maxLength: 2 }), { minLength: 4, maxLength: 14 })

/** Updates that were private at some time: their period may have closed without them. */
const oncePrivate = new Set<string>()

/** Words that were withdrawn, and how many letters had been sent then; null while one was under way. */
const withdrawn = new Map<string, number | null>()

type Row = { id: string; kind: string; posted_at: number; digest: number | null }

/** Two at a time: the second at once, or, where the first is a tick, between two of its steps. */
async function actTogether([first, second]: readonly Action[], now: number): Promise<void> {
  if (first === undefined) return
  if (second === undefined) return act(first, now)
  if (first.does !== 'tick') return void (await Promise.all([act(first, now), act(second, now)]))
  let steps = 0
  const { db } = strictDb(env.DB, async () => {
    steps += 1
    if (steps === 1 + (first.which % 10)) await act(second, now)
  })
  await tickAt(now, now, db)
}

async function act({ does, which }: Action, now: number): Promise<void> {
  const open = await env.DB.prepare('SELECT id FROM updates ORDER BY id').all<{ id: string }>()
  const id = open.results[which % Math.max(open.results.length, 1)]?.id ?? 'none'
  const number = 1 + ((await env.DB.prepare('SELECT max(number) AS n FROM digests').first<number>('n')) ?? 0)
  switch (does) {
    case 'post':
      return void (await ask('POST', '/api/updates', { text: `Word ${which} at ${now} ${Math.random()}` }))
    case 'private':
      return void oncePrivate.add(await post(`#private Word ${which} ${Math.random()}`))
    case 'edit':
      return void (await ask('PATCH', `/api/updates/${id}`, { text: `Edited ${now} ${Math.random()}` }))
    case 'hide':
      oncePrivate.add(id)
      return void (await ask('PATCH', `/api/updates/${id}`, { kind: 'private' }))
    case 'show':
      return void (await ask('PATCH', `/api/updates/${id}`, { kind: 'done' }))
    case 'delete':
      return void (await ask('DELETE', `/api/updates/${id}`))
    case 'hold':
      return void (await ask('PUT', '/api/digests/next/hold', { number }))
    case 'lift':
      return void (await ask('DELETE', '/api/digests/next/hold', { number }))
    case 'close':
      return void (await ask('POST', '/api/digests', { number }))
    case 'status':
      return void (await ask('PATCH', '/api/digests/next', { status: 'onTrack' }))
    case 'withdraw':
      return withdraw(id)
    case 'tick':
      return void (await tickAt(now))
    case 'late':
      return void (await tickAt(now - which * hour, now))
  }
}

async function withdraw(id: string): Promise<void> {
  const text = await env.DB.prepare('SELECT text FROM updates WHERE id = ?').bind(id).first<string>('text')
  const underWay = await env.DB.prepare(
    'SELECT count(*) AS n FROM deliveries WHERE unsettled_since IS NOT NULL',
  ).first<number>('n')
  const { ok } = await ask('PUT', `/api/updates/${id}/withdrawal`, {})
  if (ok && text !== null && !text.startsWith('withdrawn'))
    withdrawn.set(text, underWay === 0 ? resend.sent.length : null)
}

describe('any order of posts, edits, deletes, holds, withdrawals and ticks', () => {
  it('keeps every public update in one digest once its period has closed, and private ones in none', async () => {
    await fc.assert(
      fc.asyncProperty(actions, async (rounds) => {
        await emptyAll()
        withdrawn.clear()
        let now = monday
        setClock(now)
        await setUp()
        await addRecipient('professor@example.edu')
        await addRecipient('team@example.com', 'outer')
        for (const round of rounds) {
          now += Math.max(...round.map(({ later }) => later))
          setClock(now)
          await actTogether(round, now)
        }
        setClock(now + 1)
        await checkInvariants()
        await checkWithdrawn()
      }),
      { numRuns: 100 },
    )
  }, 120_000)
})

async function checkInvariants(): Promise<void> {
  const updates = (await env.DB.prepare('SELECT id, kind, posted_at, digest FROM updates').all<Row>()).results
  const digests = (
    await env.DB.prepare('SELECT number, since, until FROM digests ORDER BY number').all<{
      number: number
      since: number
      until: number
    }>()
  ).results
  const quoted = (
    await env.DB.prepare('SELECT b.digest, j.value AS id FROM blocks b, json_each(b.updates) j').all<{
      digest: number
      id: string
    }>()
  ).results

  for (const [i, digest] of digests.entries()) {
    expect(digest.number).toBe(i + 1)
    expect(digest.until).toBeGreaterThan(digest.since)
    if (i > 0) expect(digest.since).toBe(digests[i - 1]?.until)
  }
  for (const update of updates) {
    const places = quoted.filter(({ id }) => id === update.id).map(({ digest }) => digest)
    expect(places, JSON.stringify(update)).toEqual(update.digest === null ? [] : [update.digest])
    if (update.kind === 'private') expect(update.digest).toBeNull()
    const isForgotten = update.digest === null && update.posted_at < (digests.at(-1)?.until ?? 0)
    if (isForgotten) expect(oncePrivate.has(update.id), `forgotten: ${JSON.stringify(update)}`).toBe(true)
    const closing = digests.find(({ number }) => number === update.digest)
    if (closing !== undefined) expect(update.posted_at).toBeLessThan(closing.until)
  }
  const open = await env.DB.prepare('SELECT count(*) AS n FROM deliveries WHERE digest > ?1')
    .bind(digests.length)
    .first<number>('n')
  expect(open).toBe(0)
  const notices = resend.sent.filter(({ tags }) => tags.notice !== undefined)
  const names = notices.map(({ tags }) => `${tags.notice}/${tags.ref}/${tags.recipient}`)
  expect(names).toEqual([...new Set(names)])
  for (const { number } of digests) {
    const letters = resend.sent.filter(({ tags }) => tags.digest === String(number))
    const addresses = letters.flatMap(({ to }) => to)
    expect(new Set(addresses).size).toBe(addresses.length)
  }
}

/** No column of any table holds them, and no letter that was not under way. */
async function checkWithdrawn(): Promise<void> {
  if (withdrawn.size === 0) return
  const words = [...withdrawn.keys()].map((text) => text.replaceAll('.', '\\.')).join('|')
  expect(await columnsWith(new RegExp(words, 'u'))).toEqual([])
  for (const [text, sent] of withdrawn) {
    if (sent !== null) expect(JSON.stringify(resend.sent.slice(sent))).not.toContain(text)
  }
}

describe('a tick', () => {
  it('with nothing due takes at most 3 queries', async () => {
    setClock(monday)
    await setUp()
    await addRecipient('professor@example.edu')
    await tickAt(friday - hour) // the preview
    const { db, statements } = strictDb(env.DB)
    await tickAt(friday - hour / 2, friday - hour / 2, db)
    expect(statements()).toBeLessThanOrEqual(3)
  })
})

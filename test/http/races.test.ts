import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { strictDb } from '../strict-db.ts'
import { addRecipient, ask, friday, get, hour, monday, post, setClock, setUp, tickAt } from '../world.ts'

/** A database on which `other` happens once, before round trip number `trip`. */
function meanwhile(trip: number, other: () => Promise<unknown>): D1Database {
  let trips = 0
  return strictDb(env.DB, async () => {
    trips += 1
    if (trips === trip) await other()
  }).db
}

beforeEach(async () => {
  setClock(monday)
  await setUp()
})

describe('two changes at once', () => {
  it('leave an update private when a fix of its text meets the wish to hide it', async () => {
    const id = await post('I am tird')
    const db = meanwhile(2, () => get('PATCH', `/api/updates/${id}`, { kind: 'private' }))
    await ask('PATCH', `/api/updates/${id}`, { text: 'I am tired' }, { db })
    expect(await get('GET', `/api/updates/${id}`)).toMatchObject({ kind: 'private', text: 'I am tired' })
  })

  it('leave a reader in the outer circle when a name comes at the same time', async () => {
    const id = await addRecipient('team@example.com')
    const db = meanwhile(2, () => get('PATCH', `/api/recipients/${id}`, { circle: 'outer' }))
    await ask('PATCH', `/api/recipients/${id}`, { name: 'Team' }, { db })
    const { recipients } = await get<{ recipients: object[] }>('GET', '/api/recipients')
    expect(recipients).toMatchObject([{ name: 'Team', circle: 'outer' }])
  })

  it('close a held week whose cut-off passes while the hold is lifted', async () => {
    await addRecipient('professor@example.edu')
    await post('One')
    await get('PUT', '/api/digests/next/hold', { number: 1 })
    setClock(friday - 1)
    for (const trip of [2, 3, 4, 5, 6]) {
      const db = meanwhile(trip, async () => void (await tickAt(friday)))
      await ask('DELETE', '/api/digests/next/hold', { number: 1 }, { db })
    }
    const { digests } = await get<{ digests: object[] }>('GET', '/api/digests')
    expect(digests).toHaveLength(1)
  })

  it('keep both of two posts with one key as one', async () => {
    const send = () =>
      ask(
        'POST',
        '/api/updates',
        { text: 'One' },
        { headers: { 'Idempotency-Key': 'k', 'Content-Type': 'application/json' } },
      )
    const answers = await Promise.all([send(), send(), send()])
    const bodies = await Promise.all(answers.map((answer) => answer.text()))
    expect(new Set(bodies).size).toBe(1)
    expect(await env.DB.prepare('SELECT count(*) AS n FROM updates').first('n')).toBe(1)
  })
})

describe('a hundred posts at once', () => {
  it('with twenty keys make twenty updates, and each answers what its key was given first', async () => {
    const send = async (n: number) => {
      const body = `#done thing ${n}`
      const headers = { 'Idempotency-Key': `key ${n}`, 'Content-Type': 'text/plain' }
      const response = await ask('POST', '/api/updates', body, { headers })
      const { id } = (await response.json()) as { id: string } // a post's answer
      return { n, status: response.status, id, again: response.headers.get('Idempotent-Replayed') }
    }
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => send(i % 20)))
    const { updates } = await get<{ updates: { id: string; text: string }[] }>('GET', '/api/updates')
    const made = new Map(updates.map(({ id, text }) => [text, id]))
    expect(updates).toHaveLength(20)
    expect(made.size).toBe(20)
    expect(answers.filter(({ again }) => again === null)).toHaveLength(20)
    for (const { n, status, id } of answers) expect([status, id]).toEqual([201, made.get(`thing ${n}`)])
    expect(await env.DB.prepare('SELECT count(*) AS n FROM posts').first('n')).toBe(20)
  })
})

describe('the same words again', () => {
  it('are a new post once the first was deleted or changed', async () => {
    const id = await post('Trained a model')
    await get('DELETE', `/api/updates/${id}`)
    const again = await post('Trained a model')
    expect(again).not.toBe(id)
    await get('PATCH', `/api/updates/${again}`, { text: 'Trained two models' })
    expect(await post('Trained a model')).not.toBe(again)
    expect(await env.DB.prepare('SELECT count(*) AS n FROM updates').first('n')).toBe(2)
  })
})

describe('settings', () => {
  it('sent back as they were read move nothing', async () => {
    await post('One')
    await get('POST', '/api/digests', { number: 1 })
    const before = await get<{ cutOff: string }>('GET', '/api/digests/next')
    await get('PATCH', '/api/settings', await get('GET', '/api/settings'))
    expect((await get<{ cutOff: string }>('GET', '/api/digests/next')).cutOff).toBe(before.cutOff)
  })

  it('take a public address with the slash that a browser puts behind it', async () => {
    expect(await get('PATCH', '/api/settings', { publicUrl: 'https://notes.example.edu/' })).toMatchObject({
      publicUrl: 'https://notes.example.edu',
    })
  })

  it('say in the preview what becomes of a letter that goes by hand', async () => {
    const warnings = async () =>
      (await get<{ warnings: string[] }>('GET', '/api/digests/next')).warnings.join(' ')
    await get('PATCH', '/api/settings', { sender: null })
    expect(await warnings()).toContain('comes to you by mail')
    await get('PATCH', '/api/settings', { ownerEmail: null })
    expect(await warnings()).toContain('nothing mails them')
  })

  it('let delivery follow the sender again when it is taken back', async () => {
    await get('PATCH', '/api/settings', { delivery: 'byHand' })
    expect(await get('PATCH', '/api/settings', { delivery: null })).toMatchObject({ delivery: 'direct' })
  })
})

describe('the answer line', () => {
  it('says what becomes of a post after the last letter, and while the owner is away', async () => {
    await addRecipient('professor@example.edu')
    await get('PATCH', '/api/settings', { away: [{ since: '2026-11-20', until: '2026-11-20' }] })
    const say = async (text: string) =>
      (await ask('POST', '/api/updates', { text }, { headers: { Accept: 'text/plain' } })).text()
    expect(await say('One')).toBe('Done: “One” · 1 this week, out when you are back\n')
    await get('PATCH', '/api/settings', { away: [], ends: '2026-11-20' })
    setClock(friday - hour)
    expect(await say('Two')).toBe('Done: “Two” · 2 this week, goes out today 16:00\n')
    const { documents } = await get<{ documents: { markdown: string }[] }>('GET', '/api/digests/next')
    expect(documents[0]?.markdown).toContain('This is the last letter.')
    await tickAt(friday)
    setClock(friday + hour)
    expect(await say('Three')).toBe('Done: “Three” · 1 this week, kept: the last letter has gone out\n')
  })
})

describe('a fresh database', () => {
  it('knows its owner before anything else was asked', async () => {
    await env.DB.batch([env.DB.prepare('DELETE FROM project'), env.DB.prepare('DELETE FROM authors')])
    const { authors } = await get<{ authors: { id: string; owner: boolean }[] }>('GET', '/api/authors')
    expect(authors).toMatchObject([{ owner: true }])
  })

  it('takes a post before anything else was asked', async () => {
    await env.DB.batch([env.DB.prepare('DELETE FROM project'), env.DB.prepare('DELETE FROM authors')])
    await post('One')
    expect((await get<{ updates: object[] }>('GET', '/api/updates')).updates).toHaveLength(1)
  })
})

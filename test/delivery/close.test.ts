import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { strictDb } from '../strict-db.ts'
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

type Digest = { number: number; slug: string; until: string; documents: { markdown: string }[] }
type Next = { number: number; cutOff: string; held: boolean; passed: { why: string } | null }

const next = () => get<Next>('GET', '/api/digests/next')
const digests = async () => (await get<{ digests: Digest[] }>('GET', '/api/digests')).digests
const iso = (instant: number) => new Date(instant).toISOString()

beforeEach(async () => {
  setClock(monday)
  await setUp()
  await addRecipient('professor@example.edu')
})

describe('closing a period', () => {
  it('closes once when two ticks run at once', async () => {
    await post('One')
    setClock(friday)
    await Promise.all([tickAt(friday), tickAt(friday), tickAt(friday)])
    expect(await digests()).toHaveLength(1)
    expect(resend.sent).toHaveLength(1)
  })

  it('takes the latest cut-off when the cron slept for weeks, and sends nothing late by itself', async () => {
    await post('One')
    setClock(friday + 15 * day)
    await tickAt(friday + 15 * day)
    expect(await digests()).toMatchObject([{ number: 1, slug: '2026-12-04', until: iso(friday + 14 * day) }])
    expect((await next()).cutOff).toBe(iso(friday + 21 * day))
    expect(resend.sent).toHaveLength(0)
    await get('PATCH', '/api/digests/2026-12-04', { release: true })
    await tickAt(friday + 15 * day + minute)
    expect(resend.sent).toHaveLength(1)
  })

  it('leaves what was posted after the cut-off to the next letter, however late the tick', async () => {
    await post('In time')
    setClock(friday + minute)
    await post('Too late')
    setClock(friday + 10 * minute)
    await tickAt(friday + 10 * minute)
    const [digest] = await digests()
    const { documents } = await get<Digest>('GET', `/api/digests/${digest?.slug}`)
    expect(documents[0]?.markdown).toContain('In time')
    expect(documents[0]?.markdown).not.toContain('Too late')
    expect(JSON.stringify(await next())).toContain('Too late')
  })

  it('takes an update that comes between the reading and the batch into this letter or the next', async () => {
    setClock(friday - minute)
    for (let step = 1; step <= 12; step++) {
      await post(`Week ${step}`)
      let steps = 0
      const { db } = strictDb(env.DB, async () => {
        steps += 1
        if (steps === step) await post(`Came at step ${step} of closing`)
      })
      const due = friday + (step - 1) * 7 * day
      await tickAt(due, due, db)
      expect(steps, 'the run is long enough').toBeGreaterThanOrEqual(step)
    }
    await tickAt(friday + 12 * 7 * day)
    const all = await digests()
    const whole = await Promise.all(all.map(({ slug }) => get<Digest>('GET', `/api/digests/${slug}`)))
    const text = whole.map(({ documents }) => documents[0]?.markdown).join('\n')
    for (let step = 1; step <= 12; step++) {
      expect(text.split(`Came at step ${step} of closing`), `step ${step}`).toHaveLength(2)
    }
  })

  it('gives a second digest of one day a slug of its own', async () => {
    await post('One')
    await get('POST', '/api/digests', { number: 1 })
    await post('Two')
    await get('POST', '/api/digests', { number: 2 })
    expect((await digests()).map(({ slug }) => slug)).toEqual(['2026-11-16-2', '2026-11-16'])
  })

  it('stays within 50 statements with 3,000 updates and keeps every one of them', async () => {
    await post('#read First')
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
       INSERT INTO updates (id, post, author, kind, text, at, posted_at, markdown, letter, page, words)
       SELECT 'u' || i, 'p', (SELECT id FROM authors), 'done', 'x', ?1, ?1, 'Text ' || i, 'Text ' || i, 'Text ' || i, 2
       FROM n`,
    )
      .bind(monday)
      .run()
    setClock(friday)
    await tickAt(friday)
    const blocks = await env.DB.prepare(
      'SELECT count(*) AS n, count(DISTINCT updates) AS d FROM blocks',
    ).first()
    expect(blocks).toEqual({ n: 3001, d: 3001 })
    const [letter] = resend.sent
    expect(letter?.html.length).toBeLessThan(80 * 1024)
    expect(letter?.html).toMatch(/Continue on this letter’s page \(\d+ more\)/u)
    expect(letter?.text).toMatch(
      /Continue on this letter’s page \(\d+ more\)\]\(https:\/\/notes\.example\.edu\/l\//u,
    )
  })
})

describe('a week of monstrous posts', () => {
  it('closes all the same, in letters of at most 80 KB that hide no small update', async () => {
    await post(`#ask ${'"'.repeat(190)} `.repeat(150))
    for (let i = 0; i < 14; i++) await post(`${'123456789. '.repeat(30)}a\n${'b\n'.repeat(560)}${i}`)
    await post('#done A small one')
    await tickAt(friday)
    setClock(friday + hour)
    const { updates } = await get<{ updates: { id: string }[] }>('GET', '/api/updates')
    for (const { id } of updates) {
      await get('PATCH', `/api/updates/${id}`, { text: '"'.repeat(2000), fact: true })
    }
    await post('Two')
    await tickAt(friday + 7 * day)
    expect(resend.sent).toHaveLength(2)
    for (const { html, text } of resend.sent) {
      expect(new TextEncoder().encode(html).length).toBeLessThan(80 * 1024)
      expect(new TextEncoder().encode(text).length).toBeLessThan(80 * 1024)
    }
    expect(resend.sent[0]?.text).toContain('A small one')
    expect(resend.sent[1]?.text).toContain('Two')
  })
})

describe('a hold', () => {
  it('lets cut-offs pass, and closes when it is lifted after one', async () => {
    await post('One')
    await get('PUT', '/api/digests/next/hold', { number: 1 })
    setClock(friday)
    await tickAt(friday)
    expect(await digests()).toHaveLength(0)
    expect(await next()).toMatchObject({
      number: 1,
      held: true,
      passed: { why: 'held' },
      cutOff: iso(friday + 7 * day),
    })
    setClock(friday + 2 * hour)
    await get('DELETE', '/api/digests/next/hold', { number: 1 })
    expect(await digests()).toMatchObject([{ number: 1, until: iso(friday + 2 * hour) }])
    expect(await next()).toMatchObject({
      number: 2,
      held: false,
      passed: null,
      cutOff: iso(friday + 7 * day),
    })
    await tickAt(friday + 2 * hour)
    expect(resend.sent).toHaveLength(1)
  })

  it('only ends when it is lifted before a cut-off, or with nothing to tell', async () => {
    await post('One')
    await get('PUT', '/api/digests/next/hold', { number: 1 })
    await get('DELETE', '/api/digests/next/hold', { number: 1 })
    expect(await digests()).toHaveLength(0)
    expect(await next()).toMatchObject({ held: false, cutOff: iso(friday) })
  })

  it('goes on to the next cut-off when it is lifted after one and the owner says so', async () => {
    await post('One')
    await get('PUT', '/api/digests/next/hold', { number: 1 })
    setClock(friday)
    await tickAt(friday)
    setClock(friday + 2 * hour)
    await get('DELETE', '/api/digests/next/hold', { number: 1, close: false })
    expect(await digests()).toHaveLength(0)
    expect(await next()).toMatchObject({
      held: false,
      passed: { why: 'held' },
      cutOff: iso(friday + 7 * day),
    })
    setClock(friday + 7 * day)
    await tickAt(friday + 7 * day)
    expect(await digests()).toMatchObject([{ number: 1, until: iso(friday + 7 * day) }])
  })

  it('leaves a cut-off to the schedule that no tick has seen, when the owner says so', async () => {
    await post('One')
    await get('PUT', '/api/digests/next/hold', { number: 1 })
    setClock(friday + 2 * hour)
    await get('DELETE', '/api/digests/next/hold', { number: 1, close: false })
    await post('Two')
    await tickAt(friday, friday + 2 * hour)
    expect(await digests()).toMatchObject([{ number: 1, until: iso(friday) }])
    const { documents } = await get<{ documents: { markdown: string }[] }>('GET', '/api/digests/2026-11-20')
    expect(documents[0]?.markdown).toContain('One')
    expect(documents[0]?.markdown).not.toContain('Two')
  })

  it('is refused for a period that is not the open one', async () => {
    const held = await ask('PUT', '/api/digests/next/hold', { number: 2 })
    expect(held.status).toBe(409)
    const lifted = await ask('DELETE', '/api/digests/next/hold', { number: 2 })
    expect(lifted.status).toBe(409)
  })

  it('that comes between the reading and the batch keeps the letter back', async () => {
    await post('One')
    setClock(friday)
    let isDone = false
    const { db } = strictDb(env.DB, async () => {
      if (isDone) return
      isDone = true
      await get('PUT', '/api/digests/next/hold', { number: 1 })
    })
    await tickAt(friday, friday, db)
    expect(await digests()).toHaveLength(0)
    expect(await next()).toMatchObject({ held: true, passed: { why: 'held' } })
  })
})

describe('closing by hand', () => {
  it('closes now, stands in for the next cut-off, and answers a second tap with 409', async () => {
    await post('One')
    const first = await ask('POST', '/api/digests', { number: 1 })
    expect(first.status).toBe(201)
    expect(first.headers.get('Location')).toBe('/api/digests/2026-11-16')
    expect((await ask('POST', '/api/digests', { number: 1 })).status).toBe(409)
    expect(await next()).toMatchObject({ number: 2, cutOff: iso(friday + 7 * day) })
    await tickAt(monday)
    expect(resend.sent).toHaveLength(1)
  })

  it('refuses when there is nothing to tell, private notes aside', async () => {
    await post('#private One')
    expect((await ask('POST', '/api/digests', { number: 1 })).status).toBe(409)
  })
})

describe('a week that passes', () => {
  it('passes once in silence, and says so in a letter the second time', async () => {
    await tickAt(friday)
    expect(await next()).toMatchObject({ number: 1, passed: { why: 'silent' } })
    await tickAt(friday + 7 * day)
    expect(resend.sent).toHaveLength(1)
    expect(resend.sent[0]?.text).toContain('Nothing to report this week.')
  })

  it('passes while the owner is away, and tells it all afterwards', async () => {
    await get('PATCH', '/api/settings', { away: [{ since: '2026-11-20', until: '2026-11-20' }] })
    await post('One')
    await tickAt(friday)
    expect(await next()).toMatchObject({ number: 1, passed: { why: 'away' } })
    await tickAt(friday + 7 * day)
    expect(resend.sent[0]?.text).toContain('One')
  })

  it('closes the last letter on the day it ends, and none after it', async () => {
    await get('PATCH', '/api/settings', { ends: '2026-11-20' })
    await post('One')
    await tickAt(friday)
    setClock(friday + day)
    await post('Afterthought')
    await tickAt(friday + 7 * day)
    expect(resend.sent).toHaveLength(1)
    expect(resend.sent[0]?.text).toContain('This is the last letter.')
    expect(await next()).toMatchObject({ number: 2, passed: { why: 'ended' } })
  })

  it('passes while direct sending lacks something, and goes on with the period', async () => {
    await get('PATCH', '/api/settings', { ownerEmail: null })
    await post('One')
    await tickAt(friday)
    expect(await next()).toMatchObject({ number: 1, passed: { why: 'notReady' } })
  })

  it('leaves a private note in no letter for ever', async () => {
    const id = await post('#private One')
    await post('Two')
    await tickAt(friday)
    setClock(friday + hour)
    await get('PATCH', `/api/updates/${id}`, { kind: 'done' })
    await tickAt(friday + 7 * day)
    expect(resend.sent.map(({ text }) => text.includes('One'))).toEqual([false, true])
  })
})

describe('what a letter holds', () => {
  it('cannot be changed or deleted any more; a correction stands beside it and in the next letter', async () => {
    const id = await post('AUC is .79')
    await tickAt(friday)
    setClock(friday + hour)
    expect((await ask('DELETE', `/api/updates/${id}`)).status).toBe(409)
    expect((await ask('PATCH', `/api/updates/${id}`, { kind: 'result' })).status).toBe(409)
    await get('PATCH', `/api/updates/${id}`, { text: 'It was .78', fact: true })
    await get('PATCH', `/api/updates/${id}`, { text: 'A typo' })
    await post('On it goes')
    const corrected = await get<{ text: string; digest: string; corrections: { text: string }[] }>(
      'GET',
      `/api/updates/${id}`,
    )
    expect(corrected).toMatchObject({ text: 'AUC is .79', digest: '2026-11-20' })
    expect(corrected.corrections).toMatchObject([{ text: 'It was .78' }, { text: 'A typo' }])
    await tickAt(friday + 7 * day)
    const [, second] = resend.sent
    expect(second?.text).toContain('To letter 1: It was .78')
    expect(second?.text).not.toContain('A typo')
  })

  it('opens with the summary and the status of the period, and those alone', async () => {
    await get('PATCH', '/api/digests/next', {
      summary: 'We *slip* a week.',
      status: 'atRisk',
      reason: 'no quota',
    })
    await post('One')
    await tickAt(friday)
    setClock(friday + hour)
    await post('Two')
    await tickAt(friday + 7 * day)
    const [first, second] = resend.sent
    expect(first?.subject).toContain('at risk')
    expect(first?.text).toContain('We \\*slip\\* a week.')
    expect(first?.html).toContain('We *slip* a week.')
    expect(first?.text).toContain('At risk: no quota')
    expect(second?.text).not.toContain('At risk')
  })
})

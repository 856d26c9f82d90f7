import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { strictDb } from '../strict-db.ts'
import {
  addRecipient,
  ask,
  emptyAll,
  friday,
  get,
  hour,
  minute,
  monday,
  post,
  resend,
  runCron,
  setClock,
  setUp,
  tickAt,
} from '../world.ts'

async function closeAt(cutOff: number): Promise<void> {
  setClock(cutOff)
  await runCron(cutOff)
  setClock(cutOff + minute)
}

const nextFriday = friday + 7 * 24 * 3_600_000

async function newAuthor(): Promise<string> {
  const { id } = await get<{ id: string }>('POST', '/api/authors', { name: 'A labmate' })
  return (await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'phone' })).token
}

const status = async (method: string, path: string, body?: unknown, token?: string) =>
  (await ask(method, path, body, token === undefined ? {} : { token })).status

beforeEach(async () => {
  setClock(monday)
  await setUp()
  await addRecipient('professor@example.edu')
  await addRecipient('team@example.com', 'outer')
})

describe('an outcome', () => {
  it('of a plan that became private goes with it, and is told once the plan is public again', async () => {
    const plan = await post('#next run the baseline')
    const ask = await post('#ask @professor which day?')
    await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'not', why: 'no quota' })
    await get('PUT', `/api/updates/${ask}/answer`, { state: 'answered', answer: 'Monday' })
    for (const id of [plan, ask]) await get('PATCH', `/api/updates/${id}`, { kind: 'private' })
    await post('Something else')
    await closeAt(friday)
    expect(await status('DELETE', `/api/updates/${ask}`)).toBe(204)
    await get('PATCH', `/api/updates/${plan}`, { kind: 'next' })
    await closeAt(nextFriday)
    const texts = resend.inbox('professor@example.edu').map(({ text }) => text)
    expect(texts.map((text) => text.includes('no quota'))).toEqual([false, true])
  })

  it('replaces one that is not frozen, and stands beside one that is', async () => {
    const plan = await post('#next run the baseline')
    await closeAt(friday)
    await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'partly', why: 'quota' })
    expect(await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'met' })).toMatchObject({
      id: plan,
      outcome: { outcome: 'met', why: null, inside: false, frozen: false },
    })
    await closeAt(nextFriday)
    await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'not' })
    const { results } = await env.DB.prepare('SELECT outcome, digest FROM outcomes ORDER BY posted_at').all()
    expect(results).toEqual([
      { outcome: 'met', digest: 2 },
      { outcome: 'not', digest: null },
    ])
  })

  it('is taken back while no letter shows it', async () => {
    const plan = await post('#next run the baseline')
    expect(await status('DELETE', `/api/updates/${plan}/outcome`)).toBe(404)
    await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'met' })
    expect(await status('DELETE', `/api/updates/${plan}/outcome`)).toBe(204)
    await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'met' })
    await closeAt(friday)
    expect(await status('DELETE', `/api/updates/${plan}/outcome`)).toBe(409)
  })

  it('is said of plans alone, in words that may be read', async () => {
    const done = await post('#done the loader')
    const plan = await post('#next run the baseline')
    expect(await status('PUT', `/api/updates/${done}/outcome`, { outcome: 'met' })).toBe(422)
    expect(await status('PUT', `/api/updates/${plan}/outcome`, { outcome: 'perhaps' })).toBe(422)
    expect(
      await status('PUT', `/api/updates/${plan}/outcome`, { outcome: 'not', why: '#private tired' }),
    ).toBe(422)
    expect(await status('PUT', '/api/updates/none/outcome', { outcome: 'met' })).toBe(404)
  })

  it('of another author’s plan is not found', async () => {
    const plan = await post('#next run the baseline')
    const labmate = await newAuthor()
    expect(await status('PUT', `/api/updates/${plan}/outcome`, { outcome: 'met' }, labmate)).toBe(404)
  })

  it('has the number that the plan has in the letter closed last, be it closed by hand in this moment', async () => {
    await post('#next An older plan')
    await closeAt(friday)
    const plan = await post('#next The plan of today')
    const other = await post('#next Another plan of today')
    setClock(friday + 2 * minute)
    expect(await status('POST', '/api/digests', { number: 2 })).toBe(201)
    for (const text of ['1 met', '2 partly, no time'])
      await get('POST', '/api/updates', { text, split: true })
    const { results } = await env.DB.prepare('SELECT plan, outcome FROM outcomes ORDER BY outcome').all()
    expect(results).toEqual([
      { plan, outcome: 'met' },
      { plan: other, outcome: 'partly' },
    ])
  })

  it('keeps its words in the inner circle where they are inside, and shows the mark to all', async () => {
    const plan = await post('#next run the baseline')
    await closeAt(friday)
    await get('PUT', `/api/updates/${plan}/outcome`, {
      outcome: 'not',
      why: 'the team broke it',
      inside: true,
    })
    await closeAt(nextFriday)
    const [inner, outer] = ['professor@example.edu', 'team@example.com'].map(
      (email) => resend.inbox(email).at(-1)?.text,
    )
    expect(inner).toContain('1. **✗ not met:** run the baseline – the team broke it')
    expect(outer).toContain('1. **✗ not met:** run the baseline')
    expect(outer).not.toContain('the team broke it')
  })

  it('of an inside plan is inside whatever it says', async () => {
    const plan = await post('#next ask for another grant', { inside: true })
    await post('#done for all')
    await closeAt(friday)
    await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'met', inside: false })
    await closeAt(nextFriday)
    expect(resend.inbox('professor@example.edu').at(-1)?.text).toContain('**✓ met:** ask for another grant')
    expect(resend.inbox('team@example.com')).toHaveLength(1)
  })

  it('follows its plan, or milestone, into the inner circle', async () => {
    const plan = await post('#next ask for another grant')
    await post('#done for all')
    await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'met' })
    await get('PATCH', `/api/updates/${plan}`, { inside: true })
    const { id } = await get<{ id: string }>('POST', '/api/milestones', {
      title: 'Grant talk',
      due: '2026-12-05',
    })
    await get('PATCH', `/api/milestones/${id}`, { due: '2026-12-12' })
    await get('PATCH', `/api/milestones/${id}`, { inside: true })
    await closeAt(friday)
    expect(resend.inbox('professor@example.edu').at(-1)?.text).toMatch(/another grant[\s\S]*Grant talk/u)
    expect(resend.inbox('team@example.com').at(-1)?.html).not.toMatch(/grant/iu)
  })

  it('said between any two steps of a close is in this letter or the next, never lost', async () => {
    for (const step of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
      await emptyAll()
      setClock(monday)
      await setUp()
      await addRecipient('professor@example.edu')
      const plan = await post('#next run the baseline')
      await closeAt(friday)
      await post('#done something')
      setClock(nextFriday)
      let steps = 0
      const { db } = strictDb(env.DB, async () => {
        steps += 1
        if (steps === step) await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'met' })
      })
      await tickAt(nextFriday, nextFriday, db)
      expect(steps).toBeGreaterThan(step)
      await closeAt(nextFriday + 7 * 24 * 3_600_000)
      const letters = resend.inbox('professor@example.edu').map(({ text }) => text)
      expect(
        letters.filter((text) => text.includes('**✓ met:** run the baseline')),
        `step ${step}`,
      ).toHaveLength(1)
    }
  })

  it('goes with a plan that is deleted', async () => {
    const plan = await post('#next run the baseline')
    await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'met' })
    expect(await status('DELETE', `/api/updates/${plan}`)).toBe(204)
    expect(await env.DB.prepare('SELECT count(*) AS n FROM outcomes').first('n')).toBe(0)
  })
})

describe('an answer', () => {
  it('closes an ask, a need or a blocker, and stands in the next letter once', async () => {
    const question = await post('#ask which split?')
    await closeAt(friday)
    expect(
      await get('PUT', `/api/updates/${question}/answer`, { state: 'answered', answer: 'Kaggle' }),
    ).toMatchObject({
      answer: { state: 'answered', answer: 'Kaggle' },
    })
    await closeAt(nextFriday)
    expect(resend.inbox('professor@example.edu').at(-1)?.text).toContain(
      '**Answered:** which split? – Kaggle',
    )
    expect(await status('DELETE', `/api/updates/${question}/answer`)).toBe(409)
  })

  it('that only confirms is nothing to tell', async () => {
    const question = await post('#ask which split?')
    await closeAt(friday)
    await get('PUT', `/api/updates/${question}/answer`, { state: 'open' })
    await closeAt(nextFriday)
    expect(resend.inbox('professor@example.edu')).toHaveLength(1)
  })

  it('is of asks, needs and blockers alone', async () => {
    const done = await post('#done the loader')
    expect(await status('PUT', `/api/updates/${done}/answer`, { state: 'answered' })).toBe(422)
    expect(await status('DELETE', `/api/updates/${done}/answer`)).toBe(422)
  })
})

describe('a letter of two authors', () => {
  it('names the one who is not its owner, also in the mail that an answer begins with', async () => {
    await get('PATCH', '/api/settings', { ownerName: 'The student' })
    const labmate = await newAuthor()
    await post('#done the loader')
    await ask('POST', '/api/updates', { text: '#ask which split?' }, { token: labmate })
    await closeAt(friday)
    const [letter] = resend.inbox('professor@example.edu')
    expect(letter?.text).toContain('- the loader\n')
    expect(letter?.text).toMatch(/- which split\? \(A labmate\) \[Answer\]\(mailto:student@example\.edu\?/u)
    expect(letter?.text).toContain('subject=Re%3A%20which%20split%3F%20%28asked%20by%20A%20labmate%29)')
    expect(letter?.text).not.toContain('(The student)')
  })
})

describe('a milestone', () => {
  const add = (body: object) => get<{ id: string }>('POST', '/api/milestones', body)

  it('keeps every date that it had, with the reason for the move', async () => {
    const { id } = await add({ title: 'Baselines', due: '2026-12-05' })
    await get('PATCH', `/api/milestones/${id}`, { due: '2026-12-12', reason: 'the quota' })
    setClock(monday + 2 * hour)
    expect(await get('PATCH', `/api/milestones/${id}`, { due: '2026-12-19' })).toMatchObject({
      due: '2026-12-19',
      revisions: [
        { oldDue: '2026-12-05', newDue: '2026-12-12', reason: 'the quota' },
        { oldDue: '2026-12-12', newDue: '2026-12-19', reason: null },
      ],
    })
    await closeAt(friday)
    expect(resend.inbox('professor@example.edu').at(-1)?.text).toContain(
      '**Milestone:** Baselines, Sat 5 Dec → Sat 12 Dec → Sat 19 Dec – the quota',
    )
  })

  it('has a title of its own, in any case', async () => {
    await add({ title: 'Baselines', due: '2026-12-05' })
    const { id } = await add({ title: 'Draft', due: '2026-12-05' })
    expect(await status('POST', '/api/milestones', { title: 'BASELINES', due: '2026-12-06' })).toBe(409)
    expect(await status('PATCH', `/api/milestones/${id}`, { title: 'baselines' })).toBe(409)
    expect(await status('POST', '/api/milestones', { title: 'Talk', due: '2026-02-30' })).toBe(422)
  })

  it('is deleted, or dropped where a letter shows that it moved', async () => {
    const { id } = await add({ title: 'Baselines', due: '2026-12-05' })
    expect(await status('DELETE', `/api/milestones/${id}`)).toBe(204)
    expect(await status('DELETE', `/api/milestones/${id}`)).toBe(404)
    const { id: moved } = await add({ title: 'Draft', due: '2026-12-05' })
    await get('PATCH', `/api/milestones/${moved}`, { due: '2026-12-12', reason: 'the quota' })
    await closeAt(friday)
    expect(await status('DELETE', `/api/milestones/${moved}`)).toBe(204)
    expect(await get('GET', '/api/milestones')).toMatchObject({
      milestones: [{ title: 'Draft', state: 'dropped' }],
    })
  })

  it('that is inside is moved in the inner circle alone', async () => {
    await post('#done for all')
    const { id } = await add({ title: 'Secret talk', due: '2026-12-05', inside: true })
    await get('PATCH', `/api/milestones/${id}`, { due: '2026-12-12' })
    await closeAt(friday)
    expect(resend.inbox('professor@example.edu').at(-1)?.text).toContain('Secret talk')
    expect(resend.inbox('team@example.com').at(-1)?.text).not.toContain('Secret talk')
  })
})

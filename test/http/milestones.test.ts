import { beforeEach, describe, expect, it } from 'vitest'
import { sessionOf } from '../posting-photos.ts'
import {
  addRecipient,
  ask,
  day,
  friday,
  get,
  hour,
  minute,
  monday,
  runCron,
  setClock,
  setUp,
} from '../world.ts'

type Next = { readonly documents: readonly { readonly markdown: string }[] }

async function say(text: string, at: number): Promise<void> {
  setClock(at)
  const response = await ask('POST', '/api/updates', text, { headers: { 'Content-Type': 'text/plain' } })
  expect(response.status).toBeLessThan(300)
  setClock(at + 1)
}

async function letter(): Promise<string> {
  return (await get<Next>('GET', '/api/digests/next')).documents[0]?.markdown ?? ''
}

async function report(circle: 'inner' | 'outer' = 'inner'): Promise<string> {
  return (await get<{ markdown: string }>('POST', '/api/reports', { circle })).markdown
}

/** The archive's page, for the owner or a recipient. */
async function archive(reader: string | null = null): Promise<string> {
  const headers = { Cookie: await sessionOf(reader), Accept: 'text/html' }
  return (await ask('GET', '/archive/milestones', undefined, { token: null, headers })).text()
}

async function closeAt(cutOff: number): Promise<void> {
  setClock(cutOff)
  await runCron(cutOff)
  setClock(cutOff + minute)
}

beforeEach(async () => {
  setClock(monday)
  await setUp()
  await addRecipient('professor@example.edu')
})

describe('a milestone', () => {
  it('that is corrected within the hour of its making was not moved: in letter, archive and report', async () => {
    await say('#milestone Baselines run due 5 Dec', monday)
    await say('#milestone Baselines run due 12 Dec', monday + 10 * minute)
    setClock(monday + 2 * hour)
    expect(await letter()).toContain('Nothing to report this week.')
    expect(await letter()).not.toContain('Sat 5 Dec')
    expect(await report()).toContain('Milestone: Baselines run – due Sat 12 Dec')
    expect(await report()).not.toContain('Sat 5 Dec')
    await say('#milestone Baselines run due 19 Dec because the quota came late', monday + 3 * hour)
    expect(await letter()).toContain('Baselines run, Sat 12 Dec → Sat 19 Dec – the quota came late')
    await closeAt(friday)
    expect(await archive()).toContain('Sat 12 Dec → Sat 19 Dec')
    expect(await archive()).not.toContain('Sat 5 Dec')
  })

  it('that is moved within the hour was moved, where a reason is given or a letter told of it before', async () => {
    await say('#milestone Draft due 5 Dec', monday)
    await say('#milestone Draft due 7 Dec because the quota came late', monday + minute)
    await say('#milestone Draft due 8 Dec', monday + 2 * minute)
    await say('#milestone Talk due 5 Dec', friday - 10 * minute)
    await closeAt(friday)
    await say('#milestone Talk due 6 Dec', friday + 2 * minute)
    expect(await archive()).toContain('Sat 5 Dec → Tue 8 Dec – the quota came late')
    expect(await letter()).toContain('Talk, Sat 5 Dec → Sun 6 Dec')
  })

  it('that is moved inside keeps its date for the outer circle: in archive and report', async () => {
    const team = await addRecipient('team@example.com', 'outer')
    await say('#milestone Baselines run due 5 Dec', monday)
    await say('#milestone Baselines run due 12 Dec because of zqsecret #inside', monday + 2 * hour)
    await say('#milestone Baselines run due 19 Dec', monday + 4 * hour)
    expect(await report('outer')).toContain('Baselines run: Sat 5 Dec → Sat 19 Dec')
    await closeAt(friday)
    await say('#milestone Baselines run due 22 Dec because of zqsecret #inside', friday + hour)
    await say('#done the loader', friday + hour)
    expect(await report('outer')).toContain('Baselines run – due Sat 19 Dec')
    await closeAt(friday + 7 * day)
    expect(await archive(team)).toContain('Sat 5 Dec → Sat 19 Dec')
    for (const told of [await archive(team), await report('outer')])
      for (const hidden of ['12 Dec', '22 Dec', 'zqsecret']) expect(told).not.toContain(hidden)
  })

  it('was moved on the day of its posting, at the desk as in the archive', async () => {
    await say('#milestone Baselines run due 5 Dec', monday)
    await say('#milestone Baselines run due 12 Dec', monday + day)
    await closeAt(friday)
    const headers = { Cookie: await sessionOf(null), Accept: 'text/html' }
    const desk = await (await ask('GET', '/desk/milestones', undefined, { token: null, headers })).text()
    for (const page of [desk, await archive()]) expect(page).toContain('Moved 17 Nov: Sat 5 Dec → Sat 12 Dec')
  })
})

import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  addRecipient,
  ask,
  day,
  emptyAll,
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
import { exportAll, importAll, linesOf, linesOfType, moveHouse } from './parts.ts'

const week = 7 * day

/** Two letters, corrected, one reader gone; a third period with something of everything open. */
async function live(): Promise<void> {
  await setUp({ away: [{ since: '2026-12-24', until: '2027-01-02', why: 'holidays' }] })
  const professor = await addRecipient('professor@example.edu')
  const gone = await addRecipient('gone@example.edu')
  await addRecipient('team@example.com', 'outer')
  const { id: other } = await get<{ id: string }>('POST', '/api/authors', { name: 'Co-author' })
  await get('POST', `/api/authors/${other}/tokens`, { name: 'phone' })
  const first = await post('#result AUC `0.78` with **two** seeds :-) é 🎉 #auc', {
    fields: { auc: 0.78, gpu: true },
  })
  await post('#private Tired')
  await post('#inside They have not answered')
  await get('PATCH', '/api/digests/next', { summary: 'A start.', status: 'atRisk', reason: 'no quota' })
  await closeAt(friday)
  await get('PATCH', `/api/updates/${first}`, { text: 'It was three seeds.', fact: true })
  await get('DELETE', `/api/recipients/${gone}`)
  await post('#next Write it up')
  await closeAt(friday + week)
  await post('#ask Shall we meet?')
  await get('PATCH', '/api/digests/next', { summary: 'Nearly there.', status: 'onTrack' })
  await get('PATCH', `/api/recipients/${professor}`, { name: 'Professor', handle: 'prof' })
}

async function closeAt(cutOff: number): Promise<void> {
  setClock(cutOff)
  await tickAt(cutOff)
  setClock(cutOff + hour)
}

beforeEach(() => setClock(monday))

describe('an export that is imported', () => {
  it('is exported again as it was, and held', async () => {
    await live()
    const parts = await exportAll()
    const types = new Set(linesOf(...parts).map(({ type }) => type))
    expect([...types].sort()).toEqual(
      [
        ...['author', 'block', 'correction', 'delivery', 'digest', 'document', 'export', 'post', 'project'],
        ...['recipient', 'status', 'summary', 'token', 'update'],
      ].sort(),
    )
    await emptyAll()
    setClock(friday + week + 2 * hour)
    await importAll(parts)
    expect(linesOf(...(await exportAll()))).toEqual(linesOf(...parts))
    expect(await get('GET', '/api/digests/next')).toMatchObject({ number: 3, held: true })
  })

  it('comes into a Worker that has been looked at, and even set up', async () => {
    await live()
    const parts = await exportAll()
    await emptyAll()
    setClock(friday + 3 * week)
    await get('GET', '/api/digests/next')
    await setUp({ title: 'Another title' })
    await importAll(parts)
    expect(linesOf(...(await exportAll()))).toEqual(linesOf(...parts))
  })

  it('shows the same letters and pages', async () => {
    await live()
    const look = async () => ({
      next: await get<{ documents: object[] }>('GET', '/api/digests/next'),
      digests: await get('GET', '/api/digests'),
      letter: await get('GET', '/api/digests/2026-11-20'),
      updates: await get('GET', '/api/updates'),
      all: await (await ask('GET', '/archive/all.md')).text(),
    })
    const before = await look()
    await moveHouse()
    const after = await look()
    expect({ ...after, next: after.next.documents }).toEqual({ ...before, next: before.next.documents })
  })

  it('lets a device go on posting, and a key repeat its post', async () => {
    const { authors } = await get<{ authors: { id: string }[] }>('GET', '/api/authors')
    const { token } = await get<{ token: string }>('POST', `/api/authors/${authors[0]?.id}/tokens`, {
      name: 'phone',
    })
    const headers = { 'Idempotency-Key': 'k', Accept: 'text/plain' }
    const say = () => ask('POST', '/api/updates', { text: '#ask Shall we meet?' }, { token, headers })
    const first = await (await say()).text()
    await moveHouse()
    const again = await say()
    expect(again.headers.get('Idempotent-Replayed')).toBe('true')
    expect(await again.text()).toBe(first)
    expect(linesOfType('update', ...(await exportAll()))).toHaveLength(1)
  })

  it('sends nothing by itself, and nothing that was under way', async () => {
    await setUp()
    await addRecipient('professor@example.edu')
    await addRecipient('labmate@example.edu')
    await post('One')
    resend.script('lost', { status: 500 })
    setClock(friday)
    await tickAt(friday)
    await post('Two')
    const parts = await exportAll()
    const states = linesOfType('delivery', ...parts).map(({ state }) => state)
    expect(states.every((state) => state === 'waiting' || state === 'trying')).toBe(true)
    await emptyAll()
    await importAll(parts)
    for (let at = friday + hour; at < friday + 2 * week; at += 7 * hour) {
      setClock(at)
      await tickAt(at)
    }
    // The owner hears of the hold every day; nobody else hears anything.
    expect(resend.sent.filter(({ tags }) => tags.notice !== 'hold')).toEqual([])
    const { deliveries } = await get<{ deliveries: object[] }>('GET', '/api/digests/2026-11-20/deliveries')
    expect(deliveries).toMatchObject([
      { state: 'uncertain', reason: expect.any(String) },
      { state: 'uncertain', reason: expect.any(String) },
    ])
  })

  it('goes on where it was once the hold is lifted', async () => {
    await live()
    await moveHouse()
    await get('DELETE', '/api/digests/next/hold', { number: 3 })
    await closeAt(friday + 2 * week)
    const letters = resend.inbox('professor@example.edu')
    expect(letters).toHaveLength(1)
    expect(letters[0]?.text).toContain('Shall we meet?')
    expect(letters[0]?.text).toMatch(/Planned and done\s+1\. \*\*– no word yet:\*\* Write it up/u)
    expect(await get('GET', '/api/digests/2026-12-04')).toMatchObject({ number: 3 })
  })

  it('keeps whatever was typed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 8 }),
        async (texts) => {
          await emptyAll()
          for (const text of texts)
            await ask('POST', '/api/updates', { text: `#done ${text}`, fields: { note: 'x' } })
          await ask('PATCH', '/api/digests/next', { summary: texts[0] ?? 'none' })
          const parts = await moveHouse()
          expect(linesOf(...(await exportAll()))).toEqual(linesOf(...parts))
        },
      ),
      { numRuns: 15 },
    )
  })

  it('comes in many parts where it is large, each within what D1 takes', async () => {
    const vast = (n: number) => `${n} ${'“ä” & <b> "q" '.repeat(1500)}`
    for (let n = 0; n < 60; n++) await post(vast(n))
    const parts = await exportAll()
    expect(parts.length).toBeGreaterThan(1)
    await emptyAll()
    await importAll(parts)
    expect(linesOf(...(await exportAll()))).toEqual(linesOf(...parts))
  })
})

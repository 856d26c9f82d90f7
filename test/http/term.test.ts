import { beforeEach, describe, expect, it } from 'vitest'
import { datedWeeks, firstPart, openingPart } from '../demo/term.ts'
import { emptyAll, get, hour, post, resend, setClock, tickAt } from '../world.ts'
import { exportAll, importAll, type Line, linesOf, linesOfType, send } from './parts.ts'

/** A Monday. */
const now = Date.UTC(2026, 10, 23, 12)
const weeks = datedWeeks(now)
const project = '019ab0de-0000-7000-8000-000000000001'

/** The demo's term: nine weeks imported, closed one by one and released; the tenth open, the ninth half sent. */
async function term(): Promise<void> {
  const past = weeks.slice(0, -1)
  await importAll([firstPart(project, 'https://notes.example.edu', past)])
  for (const week of past) {
    const { number } = week
    if (number > 1) {
      await get('PUT', '/api/digests/next/hold', { number })
      await importAll([openingPart(project, week)])
    }
    await get('DELETE', '/api/digests/next/hold', { number, close: false })
    await tickAt(week.cutOff, now)
    const { digests } = await get<{ digests: { slug: string }[] }>('GET', '/api/digests')
    await get('PATCH', `/api/digests/${digests[0]?.slug}`, { release: true })
    if (number === past.length) resend.script('ok', { status: 503 })
    await tickAt(week.cutOff, now)
  }
  for (const { text } of weeks.at(-1)?.updates ?? []) await post(text)
}

beforeEach(() => setClock(now))

describe('the demo’s term', () => {
  it('is the same again where it is imported, but for the hold and the unfinished deliveries', async () => {
    await term()
    const parts = await exportAll()
    const count = (type: string) => linesOfType(type, ...parts).length
    expect([count('digest'), count('delivery'), count('update')]).toEqual([9, 27, 128])
    const unfinished = linesOfType('delivery', ...parts).filter(({ state }) => state === 'waiting')
    expect(unfinished).toHaveLength(1)
    await emptyAll()
    setClock(now + hour)
    await importAll(parts)
    expect(linesOf(...(await exportAll()))).toEqual(linesOf(...parts).map(settled))
    expect(await get('GET', '/api/digests/next')).toMatchObject({ number: 10, held: true })
  })

  it('is not changed by any part of it that comes again, and by none beside a live period', async () => {
    await term()
    const parts = await exportAll()
    await emptyAll()
    for (const part of parts.slice(1).toReversed()) expect((await send(part)).status).toBe(409)
    await importAll(parts)
    const before = await exportAll()
    await importAll([...parts.toReversed(), ...parts])
    expect(linesOf(...(await exportAll()))).toEqual(linesOf(...before))
    await get('DELETE', '/api/digests/next/hold', { number: 10, close: false })
    const live = await exportAll()
    for (const part of parts) expect((await send(part)).status).toBe(409)
    expect(await exportAll()).toEqual(live)
  })
})

/** What was under way may have arrived. */
function settled(line: Line): Line {
  if (line.type !== 'delivery' || line.state !== 'waiting') return line
  return { ...line, state: 'uncertain', reason: line.reason ?? 'imported' }
}

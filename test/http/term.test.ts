import { beforeEach, describe, expect, it } from 'vitest'
import { importWeek } from '../demo/past-week.ts'
import { datedWeeks } from '../demo/term.ts'
import { tellTerm } from '../demo/told.ts'
import { updatesOf } from '../sample/semester.ts'
import { emptyAll, get, hour, resend, setClock, tickAt } from '../world.ts'
import { exportAll, importAll, type Line, linesOf, linesOfType, send } from './parts.ts'

/** A Monday. */
const now = Date.UTC(2026, 10, 23, 12)
const weeks = datedWeeks(now)
const project = '019ab0de-0000-7000-8000-000000000001'

/** The demo's term: nine weeks imported, closed one by one and released; the tenth open, the ninth half sent. */
async function term(): Promise<void> {
  const past = tellTerm(project, 'https://notes.example.edu', weeks.slice(0, -1))
  for (const week of past) {
    const { number } = week
    await importWeek(
      week,
      (part) => importAll([part]),
      (method, path, body) => get(method.toUpperCase(), path, body),
    )
    await tickAt(week.cutOff, now)
    const { digests } = await get<{ digests: { slug: string }[] }>('GET', '/api/digests')
    await get('PATCH', `/api/digests/${digests[0]?.slug}`, { release: true })
    if (number === past.length) resend.script('ok', { status: 503 })
    await tickAt(week.cutOff, now)
  }
  for (const { text } of weeks.at(-1)?.posts ?? []) await get('POST', '/api/updates', { text, split: true })
}

beforeEach(() => setClock(now))

describe('the demo’s term', () => {
  it('is the same again where it is imported, but for the hold and the unfinished deliveries', async () => {
    await term()
    const parts = await exportAll()
    const posts = weeks.flatMap((week) => week.posts)
    const updates = posts.flatMap(updatesOf).length + posts.filter((post) => 'hides' in post).length
    const count = (type: string) => linesOfType(type, ...parts).length
    expect([count('digest'), count('delivery'), count('update')]).toEqual([9, 27, updates])
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

import { beforeEach, describe, expect, it } from 'vitest'
import { ask, day, get, hour, monday, owner, post, setClock, setUp } from '../world.ts'
import { type Fields, outcome, signIn, visitor } from './desk.ts'

let cookie = ''
const { look, request, send } = visitor(() => cookie)

type Shown = { readonly text: string; readonly at: string; readonly author: string }

const updates = async () => (await get<{ updates: readonly Shown[] }>('GET', '/api/updates')).updates

/** As a device sends what waited there. */
const sendLater = (fields: Fields) => send('/write', fields, cookie, { headers: { Accept: 'text/plain' } })

const instant = (ms: number) => new Date(ms).toISOString()

beforeEach(async () => {
  setClock(monday)
  await setUp()
  cookie = await signIn(owner)
})

describe('a post that waited on a device', () => {
  it('is dated when it was written, answers in one line, and is one post whatever time is told', async () => {
    const written = instant(monday - 2 * hour)
    const first = await sendLater({ text: 'On the train', key: 'k', written })
    const line = await first.text()
    expect([first.status, line]).toEqual([201, 'Done: “On the train” · 1 this week, out Fri 16:00\n'])
    for (const again of [{ written }, { written: instant(monday) }, {}]) {
      const answer = await sendLater({ text: 'On the train', key: 'k', ...again })
      expect([answer.status, await answer.text()]).toEqual([201, line])
    }
    expect(await updates()).toMatchObject([{ text: 'On the train', at: written }])
  })

  it('is dated by our clock where the device’s is ahead, or years behind, and by the day that was chosen', async () => {
    await sendLater({ text: 'One', key: '1', written: instant(monday + 3 * day) })
    await sendLater({ text: 'Two', key: '2', written: '1970-01-01T00:00:00.000Z' })
    await sendLater({ text: 'Three', key: '3', written: 'yesterday' })
    await sendLater({ text: 'Four', key: '4', written: instant(monday - hour), day: '2026-11-14' })
    const found = (await updates()).map(({ text, at }) => [text, at])
    expect(Object.fromEntries(found)).toEqual({
      ...{ One: instant(monday), Two: instant(monday), Three: instant(monday) },
      Four: '2026-11-14T12:00:00.000Z',
    })
  })

  it('is no post of whoever else is signed in by then', async () => {
    const { authors } = await get<{ authors: readonly { id: string }[] }>('GET', '/api/authors')
    const author = authors[0]?.id ?? ''
    const { id } = await get<{ id: string }>('POST', '/api/authors', { name: 'A labmate' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'phone' })
    const mine = cookie
    cookie = await signIn(token)
    const fields = { text: 'Mine', key: 'k', author }
    expect((await sendLater(fields)).status).toBe(403)
    expect(await outcome(await send('/write', fields))).toContain('422 This was written under another name')
    expect(await updates()).toEqual([])
    cookie = mine
    expect((await sendLater(fields)).status).toBe(201)
    expect(await updates()).toMatchObject([{ author }])
  })

  it('is kept by nobody without a session', async () => {
    cookie = ''
    expect((await sendLater({ text: 'x', key: 'k' })).status).toBe(401)
  })
})

describe('the page that a device keeps', () => {
  it('is the same for everybody, and has nothing of anybody', async () => {
    const before = await look('/write/offline', null)
    await get('PATCH', '/api/settings', { title: 'Heron' })
    await post('Heron')
    await ask('POST', '/api/recipients', { email: 'team@example.com', circle: 'outer' })
    expect(await look('/write/offline')).toBe(before)
    expect(before).toMatch(/^200 .*You are offline/su)
  })

  it('is an app, as the page for writing is, and no other page', async () => {
    const policy = async (path: string) =>
      (await request(path)).headers.get('Content-Security-Policy') ?? 'none'
    for (const path of ['/write', '/write/offline']) {
      expect(await policy(path)).toContain("manifest-src 'self'")
      expect(await look(path)).toContain('rel="manifest"')
    }
    for (const path of ['/desk', '/archive']) {
      expect(await policy(path)).toContain("manifest-src 'none'")
      expect(await look(path)).not.toContain('rel="manifest"')
    }
  })
})

describe('a shortcut of the app', () => {
  it('chooses the kind, and an unknown one is refused', async () => {
    expect(await look('/write?kind=need')).toMatch(/<input[^>]*value="need"[^>]*checked/u)
    expect(await look('/write?kind=nonsense')).toMatch(/^422/u)
  })
})

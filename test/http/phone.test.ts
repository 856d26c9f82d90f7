import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { ask, get, minute, monday, owner, setClock, setUp } from '../world.ts'
import { cookieOf, type Fields, fieldsOf, home, signIn, visitor } from './desk.ts'

let cookie = ''
const { look, send, request } = visitor(() => cookie)

const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1'

let addresses = 0

/** A phone that is not signed in, on a network of its own. */
function phone() {
  addresses += 1
  const headers = { 'CF-Connecting-IP': `10.0.1.${addresses}`, 'User-Agent': safari }
  return {
    look: (path: string) =>
      ask('GET', path, undefined, { token: null, headers: { Accept: 'text/html', ...headers } }),
    press: (path: string, fields: Fields, origin = home) => send(path, fields, null, { headers, origin }),
  }
}

/** The path of a link that the owner has just made. */
async function makeLink(): Promise<string> {
  const html = await (await send('/desk/phone/sign-in')).text()
  const link = /value="([^"]*\/session\/[\da-f]{32})"/u.exec(html)?.[1] ?? ''
  expect(html).toContain('role="img" aria-label="QR code')
  return link.replace(home, '')
}

const count = (table: string) => env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first('n')

beforeEach(async () => {
  setClock(monday)
  await setUp()
  cookie = await signIn(owner)
})

describe('the link of a code', () => {
  it('signs a phone in as the owner: a look shows a button, and the button does it', async () => {
    const path = await makeLink()
    const { look: lookThere, press } = phone()
    for (let i = 0; i < 3; i++) {
      const seen = await lookThere(path)
      expect([seen.status, seen.headers.get('Set-Cookie')]).toEqual([200, null])
    }
    const used = await press(path, fieldsOf(await (await lookThere(path)).text()))
    expect([used.status, used.headers.get('Location')]).toEqual([303, '/write'])
    expect(await look('/desk', cookieOf(used))).toMatch(/^200/u)
    expect(await look('/sessions')).toContain('Safari on iPhone')
  })

  it('works once, says so then, and leads on', async () => {
    const path = await makeLink()
    const first = phone()
    const fields = fieldsOf(await (await first.look(path)).text())
    const used = await first.press(path, fields)
    const other = phone()
    const late = await other.press(path, { key: 'b'.repeat(32) })
    const html = await late.text()
    expect([late.status, late.headers.get('Set-Cookie')]).toEqual([404, null])
    expect(html).toContain('This link has ended')
    expect(html).toContain('href="/"')
    expect((await other.look(path)).status).toBe(404)
    expect((await request('/', cookieOf(used))).headers.get('Location')).toBe('/desk')
  })

  it('is one use when its button is tapped twice, or the first answer is lost', async () => {
    const path = await makeLink()
    const { look: lookThere, press } = phone()
    const fields = fieldsOf(await (await lookThere(path)).text())
    await press(path, fields)
    const again = await press(path, fields)
    expect(again.status).toBe(303)
    expect(await look('/write', cookieOf(again))).toMatch(/^200/u)
  })

  it('is one use of two phones at once', async () => {
    const path = await makeLink()
    const all = await Promise.all(['1', '2', '3'].map((key) => phone().press(path, { key })))
    expect(all.map(({ status }) => status).toSorted()).toEqual([303, 404, 404])
  })

  it('ends after ten minutes, with another OWNER_TOKEN, with a newer one, and when all are signed out', async () => {
    const path = await makeLink()
    setClock(monday + 10 * minute - 1)
    expect((await phone().look(path)).status).toBe(200)
    setClock(monday + 10 * minute)
    expect((await phone().look(path)).status).toBe(404)
    expect((await phone().press(path, { key: 'k' })).status).toBe(404)

    const bound = await makeLink()
    await env.DB.prepare("UPDATE sign_ins SET owner_hash = 'another'").run()
    expect((await phone().press(bound, { key: 'k' })).status).toBe(404)

    const older = await makeLink()
    const newer = await makeLink()
    expect([(await phone().look(older)).status, (await phone().look(newer)).status]).toEqual([404, 200])
    await send('/sessions/end')
    expect((await phone().look(newer)).status).toBe(404)
  })

  it('is kept as a hash alone', async () => {
    const path = await makeLink()
    const { results } = await env.DB.prepare('SELECT * FROM sign_ins').all()
    expect(results).toHaveLength(1)
    expect(JSON.stringify(results)).not.toContain(path.slice('/session/'.length))
  })

  it('cannot be guessed: who tries is slowed down', async () => {
    const headers = { 'CF-Connecting-IP': '10.0.2.1' }
    const statuses: number[] = []
    // More than twice the limit, should its minute end meanwhile.
    while (statuses.at(-1) !== 429 && statuses.length < 45) {
      const guess = `/session/${String(statuses.length).padStart(32, '0')}`
      statuses.push((await ask('GET', guess, undefined, { token: null, headers })).status)
    }
    expect(new Set(statuses)).toEqual(new Set([404, 429]))
  })

  it('is pressed on our own page alone: nobody is signed in by a foreign one', async () => {
    const path = await makeLink()
    expect((await phone().press(path, { key: 'k' }, 'https://evil.example')).status).toBe(403)
    expect((await phone().look(path)).status).toBe(200)
  })
})

describe('the page for a phone', () => {
  it('has the address in its steps, and makes nothing when it is looked at', async () => {
    const before = [await count('tokens'), await count('sign_ins')]
    const html = await look('/desk/phone')
    expect(html).toContain(`value="${home}/api/updates"`)
    expect(html).not.toContain('Bearer')
    expect(html).not.toContain('/session/0')
    expect([await count('tokens'), await count('sign_ins')]).toEqual(before)
  })

  it('makes a token by its button, once however often it is tapped, which posts as the owner', async () => {
    const fields = fieldsOf(await look('/desk/phone'), '/desk/phone/token#token')
    await send('/desk/phone/token', fields)
    const html = await (await send('/desk/phone/token', fields)).text()
    const token = /value="Bearer (wn_\w+)"/u.exec(html)?.[1] ?? ''
    expect(await count('tokens')).toBe(1)
    // As the shortcut posts.
    const posted = await ask('POST', '/api/updates', 'text=Done%3A+said+on+the+way', {
      token,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/plain' },
    })
    expect(await posted.text()).toMatch(/^Done: “said on the way” · /u)
    const late = await send('/desk/phone/token', fields)
    expect([late.status, await late.text()]).toEqual([409, expect.stringContaining('in use')])
    expect((await get<{ updates: unknown[] }>('GET', '/api/updates')).updates).toHaveLength(1)
  })

  it('is the owner’s', async () => {
    const { id } = await get<{ id: string }>('POST', '/api/authors', { name: 'A labmate' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'x' })
    const as = await signIn(token)
    expect(await look('/desk/phone', as)).toMatch(/^403/u)
    for (const path of ['/desk/phone/token', '/desk/phone/sign-in'])
      expect((await send(path, {}, as)).status).toBe(403)
    expect(await look('/write', as)).not.toContain('/desk/phone')
    expect(await look('/write')).toContain('/desk/phone')
  })
})

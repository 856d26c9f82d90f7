import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { browserOf } from '../../src/core/browser.ts'
import { type Route, routes } from '../../src/http/routes.ts'
import { beginSession } from '../../src/http/session.ts'
import worker from '../../src/index.ts'
import { addRecipient, day, get, monday, owner, setClock, setUp } from '../world.ts'
import { cookieOf, type Fields, fieldsOf, home, visitor } from './desk.ts'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0'

let addresses = 0

const { request: look, send: sent } = visitor(() => '')

/** From an address of its own: nothing is counted together. */
function send(path: string, fields: Fields, cookie: string | null = null, origin: string | null = home) {
  addresses += 1
  const headers = { 'CF-Connecting-IP': `10.0.0.${addresses % 250}`, 'User-Agent': firefox }
  return sent(path, fields, cookie, { headers, origin })
}

async function signIn(token: string, more: Fields = {}, cookie: string | null = null): Promise<Response> {
  return send('/session', { token, ...more }, cookie)
}

async function recipientSession(id: string): Promise<string> {
  const visit = { env, db: env.DB, now: Date.now(), url: new URL(home), headers: new Headers() }
  return (await beginSession(visit, id)).split(';')[0] ?? ''
}

let device: { id: string; token: string }

beforeEach(async () => {
  setClock(monday)
  await setUp()
  const { id } = await get<{ id: string }>('POST', '/api/authors', { name: 'A labmate' })
  device = await get('POST', `/api/authors/${id}/tokens`, { name: 'phone' })
})

describe('signing in', () => {
  it('leads the owner to the desk, an author to the page for writing, a reader to the archive', async () => {
    expect((await signIn(owner)).headers.get('Location')).toBe('/desk')
    expect((await signIn(device.token)).headers.get('Location')).toBe('/write')
    const reader = await recipientSession(await addRecipient('professor@example.edu'))
    expect((await look('/', reader)).headers.get('Location')).toBe('/archive')
    expect((await look('/', cookieOf(await signIn(device.token)))).headers.get('Location')).toBe('/write')
  })

  it('refuses a token that may only tick, one with a wrong checksum, and one that was ended', async () => {
    const [{ id }] = (await get<{ authors: [{ id: string }] }>('GET', '/api/authors')).authors
    const cron = await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, {
      name: 'c',
      scope: 'tick',
    })
    for (const token of [cron.token, `${device.token.slice(0, -1)}!`]) {
      const refused = await signIn(token)
      expect([refused.status, refused.headers.get('Set-Cookie')]).toEqual([401, null])
    }
    await get('DELETE', `/api/tokens/${device.id}`)
    expect((await signIn(device.token)).status).toBe(401)
  })

  it('leads back to the page that asked for it, and to no other place', async () => {
    expect(await (await look('/desk/lost?x=1', null)).text()).toContain('value="/desk/lost?x=1"')
    expect((await signIn(owner, { to: '/desk/lost?x=1' })).headers.get('Location')).toBe('/desk/lost?x=1')
    for (const to of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '/desk\\@evil',
      '/session/end',
    ])
      expect((await signIn(owner, { to })).headers.get('Location'), to).toBe('/desk')
  })

  it('begins a session of its own, whatever cookie was there, and ends the one before', async () => {
    const planted = `__Host-weeknotes=${'a'.repeat(32)}`
    const first = cookieOf(await signIn(owner, {}, planted))
    expect(first).not.toBe(planted)
    expect((await look('/sessions', planted)).status).toBe(401)
    const second = cookieOf(await signIn(owner, {}, first))
    expect((await look('/sessions', first)).status).toBe(401)
    expect((await look('/sessions', second)).status).toBe(200)
  })

  it('is refused from a page of another site, with a cookie or without', async () => {
    expect((await send('/session', { token: owner }, null, 'https://evil.example')).status).toBe(403)
    expect((await send('/session', { token: owner }, null, 'null')).status).toBe(403)
  })

  it('shows again what a form had when its session had ended, keeps it nowhere, and sends it when told', async () => {
    const form = { text: '#done <b>half</b> written', why: 'x', key: 'k-1' }
    const asked = await send('/desk/anything', form)
    expect(asked.status).toBe(404) // no such form: nothing is kept for it
    const refused = await send('/sessions/end', form)
    expect(refused.status).toBe(401)
    const html = await refused.text()
    const typed = /name="typed" value="([^"]*)"/u.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(Object.fromEntries(new URLSearchParams(typed))).toEqual(form)
    const wrong = await (await signIn('wrong', { to: '/sessions/end', typed })).text()
    expect(wrong).toContain(typed.replaceAll('&', '&amp;'))
    const shown = await signIn(owner, { to: '/sessions/end', typed })
    expect([shown.status, cookieOf(shown)]).toEqual([200, expect.stringMatching(/=[\da-f]{32}$/u)])
    const page = await shown.text()
    expect(page).toContain('action="/sessions/end"')
    expect(page).toContain('#done &lt;b&gt;half&lt;/b&gt; written</textarea>')
    expect(page).toContain('name="key" value="k-1"')
  })

  it('shows each word that was typed in its own field, and what was chosen beside it', async () => {
    const fields = { name: 'A friend', reason: 'not ours', due: '2026-12-05', outcome: 'partly', n: '2' }
    const typed = String(new URLSearchParams({ ...fields, why: '', inside: 'false' }))
    const page = await (await signIn(owner, { to: '/desk/plans/1', typed })).text()
    expect(fieldsOf(page, '/desk/plans/1')).toEqual({ ...fields, why: '', inside: 'false' })
    for (const [label, text] of [
      ['Name', 'A friend'],
      ['Reason', 'not ours'],
      ['Due', '2026-12-05'],
    ])
      expect(page).toMatch(
        new RegExp(`<label for="(\\w+)">${label}</label><input [^>]*value="${text}"[^>]*id="\\1"`, 'u'),
      )
    expect(page).toContain('outcome: partly')
    expect(page).not.toContain('inside: false')
  })

  it('leads to the settings as they were typed, which are saved from there', async () => {
    const cookie = cookieOf(await signIn(owner))
    const stored = fieldsOf(await (await look('/desk/settings', cookie)).text())
    const refused = await send('/desk/settings', { ...stored, title: 'DLRM on GPUs', act: 'cutOffs' })
    const typed = fieldsOf(await refused.text()).typed ?? ''
    const shown = await signIn(owner, { to: '/desk/settings', typed })
    const html = await shown.text()
    expect(html).toMatch(/<button [^>]*name="act" value="cutOffs"/u)
    const again = fieldsOf(html)
    expect(again.act).toBeUndefined()
    const page = await send('/desk/settings', { ...again, act: 'cutOffs' }, cookie)
    expect(page.status).toBe(200)
    const fields = fieldsOf(await page.text(), '/desk/settings')
    expect(fields.title).toBe('DLRM on GPUs')
    expect((await get('GET', '/api/settings')).title).toBe('DLRM on TPUs')
    expect((await send('/desk/settings', fields, cookie)).status).toBe(303)
    expect((await get('GET', '/api/settings')).title).toBe('DLRM on GPUs')
  })
})

describe('a session', () => {
  it('of an author ends with the token it was begun with', async () => {
    const cookie = cookieOf(await signIn(device.token))
    expect((await look('/sessions', cookie)).status).toBe(200)
    await get('DELETE', `/api/tokens/${device.id}`)
    expect((await look('/sessions', cookie)).status).toBe(401)
  })

  it('of an author opens neither the desk nor the archive; a reader’s neither the desk nor writing', async () => {
    const author = cookieOf(await signIn(device.token))
    const reader = await recipientSession(await addRecipient('professor@example.edu'))
    for (const [path, cookie] of [
      ['/desk/lost', author],
      ['/archive', author],
      ['/desk/lost', reader],
      ['/sessions', reader],
    ] as const) {
      const refused = await look(path, cookie)
      expect([path, refused.status]).toEqual([path, 403])
      expect(await refused.text()).toContain('This page is not yours')
    }
  })

  it('changes nothing for a request that another site’s page made', async () => {
    const cookie = cookieOf(await signIn(owner))
    expect((await send('/sessions/end', {}, cookie, 'https://evil.example')).status).toBe(403)
    expect((await send('/sessions/end', {}, cookie, null)).status).toBe(403)
    expect((await look('/sessions', cookie)).status).toBe(200)
  })

  it('of the owner ends with another OWNER_TOKEN, and the old one begins none', async () => {
    const cookie = cookieOf(await signIn(owner))
    const changed = { ...env, OWNER_TOKEN: 'another' }
    const headers = { Accept: 'text/html', Cookie: cookie, Origin: home }
    const context = createExecutionContext()
    const opened = await worker.fetch(new Request(`${home}/desk`, { headers }), changed, context)
    expect(opened.status).toBe(401)
    const body = new URLSearchParams({ token: owner })
    const begun = new Request(`${home}/session`, { method: 'POST', headers, body })
    expect((await worker.fetch(begun, changed, context)).status).toBe(401)
    await waitOnExecutionContext(context)
  })
})

describe('every page of those who write', () => {
  const guarded = Object.values<Route>(routes).filter(({ who }) => who === 'desk' || who === 'writer')
  const forms = guarded.filter(({ method }) => method === 'POST')
  const address = ({ path }: Route) => path.replaceAll(/\{\w+\}/gu, '1')
  const stored = () => env.DB.prepare('SELECT * FROM project').first()
  const words = { text: 'half & <written>', title: 'typed' }

  it('takes no form from another site, whoever is signed in', async () => {
    const cookie = cookieOf(await signIn(owner))
    const before = await stored()
    expect(forms.length).toBeGreaterThan(30)
    for (const form of forms)
      for (const origin of ['https://evil.example', 'null', null])
        expect([form.path, (await send(address(form), words, cookie, origin)).status]).toEqual([
          form.path,
          403,
        ])
    expect(await stored()).toEqual(before)
  })

  it('is closed to a reader, and the desk to an author', async () => {
    const author = cookieOf(await signIn(device.token))
    const reader = await recipientSession(await addRecipient('professor@example.edu'))
    const before = await stored()
    for (const route of guarded)
      for (const cookie of route.who === 'desk' ? [author, reader] : [reader]) {
        const path = address(route)
        const { status } = await (route.method === 'POST' ? send(path, words, cookie) : look(path, cookie))
        expect([route.path, status]).toEqual([route.path, 403])
      }
    expect(await stored()).toEqual(before)
  })

  it('keeps what was typed into any form until its writer has signed in again', async () => {
    const before = await stored()
    for (const form of forms) {
      const refused = await send(address(form), words)
      const { to, typed = '' } = fieldsOf(await refused.text(), '/session')
      expect([form.path, refused.status, to]).toEqual([form.path, 401, address(form)])
      expect([form.path, Object.fromEntries(new URLSearchParams(typed))]).toEqual([form.path, words])
    }
    expect(await stored()).toEqual(before)
  })
})

describe('the list of devices', () => {
  it('names each by its browser and day, an author’s own to the author, all to the owner', async () => {
    const author = cookieOf(await signIn(device.token))
    const first = cookieOf(await signIn(owner))
    setClock(monday + 3 * day)
    const ownersOwn = cookieOf(await signIn(owner))
    const all = await (await look('/sessions', ownersOwn)).text()
    expect(all.match(/Firefox on Linux/gu)).toHaveLength(3)
    expect(all).toContain('A labmate')
    expect(all).toContain('last used 16 Nov')
    expect(all).toContain('this one')
    const own = await (await look('/sessions', author)).text()
    expect(own.match(/Firefox on Linux/gu)).toHaveLength(1)
    expect((await look('/sessions', first)).status).toBe(200)
  })

  it('signs out one, or all of one’s own, and never another author’s', async () => {
    const [first, second] = [cookieOf(await signIn(owner)), cookieOf(await signIn(owner))]
    const author = cookieOf(await signIn(device.token))
    const hashes = Array.from(
      (await (await look('/sessions', first)).text()).matchAll(/\/sessions\/([\da-f]{64})\/end/gu),
      ([, hash = '']) => hash,
    )
    expect(hashes).toHaveLength(2)
    for (const hash of hashes) await send(`/sessions/${hash}/end`, {}, author)
    expect((await look('/sessions', second)).status).toBe(200)
    expect((await look('/sessions', author)).status).toBe(401) // its own was among them

    const again = cookieOf(await signIn(device.token))
    await send('/sessions/end', {}, first)
    for (const cookie of [first, second]) expect((await look('/sessions', cookie)).status).toBe(401)
    expect((await look('/sessions', again)).status).toBe(200)
  })

  it('shortens what a browser calls itself', () => {
    const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
    expect([
      browserOf(`Mozilla/5.0 (Linux; Android 16; Pixel 9) ${webkit} Chrome/150.0.0.0 Mobile Safari/537.36`),
      browserOf(
        'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1',
      ),
      browserOf(
        `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/150.0.0.0 Safari/537.36 Edg/150.0`,
      ),
      browserOf('curl/8.17.0'),
    ]).toEqual(['Chrome on Android', 'Safari on iPhone', 'Edge on Windows', ''])
  })
})

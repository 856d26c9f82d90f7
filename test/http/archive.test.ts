import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../../src/http/routes.ts'
import { beginSession } from '../../src/http/session.ts'
import {
  addRecipient,
  ask,
  day,
  friday,
  get,
  hour,
  monday,
  owner,
  post,
  resend,
  setClock,
  setUp,
  tickAt,
} from '../world.ts'

const home = 'https://notes.example.edu'

/** The cookie of a session of the owner (null) or of a recipient. */
async function sessionOf(recipient: string | null): Promise<string> {
  const now = Date.now()
  const visit = { env, db: env.DB, now, url: new URL(home), headers: new Headers() }
  return (await beginSession(visit, recipient)).split(';')[0] ?? ''
}

const look = (path: string, cookie: string | null, accept = 'text/html') =>
  ask('GET', path, undefined, {
    token: null,
    headers: { Accept: accept, ...(cookie === null ? {} : { Cookie: cookie }) },
  })

let professor = ''
let team = ''

beforeEach(async () => {
  setClock(monday)
  await setUp()
  professor = await addRecipient('professor@example.edu')
  await post('The first week')
  setClock(friday)
  await tickAt(friday)
  setClock(friday + day)
  team = await addRecipient('team@example.com', 'outer')
  await post('#ask Shall we meet on Thursday?')
  await post('#inside They have not answered')
  await get('PATCH', '/api/digests/next', { status: 'atRisk', reason: 'no quota' })
  setClock(friday + 7 * day)
  await tickAt(friday + 7 * day)
})

describe('the archive', () => {
  it('lists the letters of the reader’s circle, the latest first', async () => {
    const html = await (await look('/archive', await sessionOf(professor))).text()
    expect(html.indexOf('/archive/2026-11-27')).toBeGreaterThan(0)
    expect(html.indexOf('/archive/2026-11-20')).toBeGreaterThan(html.indexOf('/archive/2026-11-27'))
    expect(html).toContain('at risk')
    expect(html).toContain('1 ask, 1 done')
  })

  it('shows an outer reader nothing from before joining and nothing from inside, not even in a count', async () => {
    const cookie = await sessionOf(team)
    const list = await (await look('/archive', cookie)).text()
    expect(list).not.toContain('2026-11-20')
    expect(list).toContain('1 ask')
    expect(list).not.toContain('done')
    const page = await (await look('/archive/2026-11-27', cookie)).text()
    expect(page).toContain('Shall we meet')
    expect(page).not.toContain('not answered')
    expect(page).not.toContain('rel="prev"')
    const all = await (await look('/archive/all.md', cookie)).text()
    expect(all).not.toContain('The first week')
    expect(all).not.toContain('not answered')
  })

  it('tells an outer reader the same of a letter that is not theirs and of one that is not', async () => {
    const cookie = await sessionOf(team)
    const [hidden, none] = [
      await look('/archive/2026-11-20', cookie),
      await look('/archive/2020-01-01', cookie),
    ]
    expect([hidden.status, none.status]).toEqual([404, 404])
    expect(await hidden.text()).toBe(await none.text())
  })

  it('gives a letter as Markdown by its name and by Accept, the same, and the whole term in one file', async () => {
    const cookie = await sessionOf(professor)
    const byName = await look('/archive/2026-11-27.md', cookie)
    const byAccept = await look('/archive/2026-11-27', cookie, 'text/markdown')
    const text = await byName.text()
    expect(byName.headers.get('Content-Type')).toBe('text/markdown; charset=utf-8')
    expect(await byAccept.text()).toBe(text)
    expect(text).toContain('- They have not answered')
    const all = await (await look('/archive/all.md', cookie)).text()
    expect(all.indexOf('letter 1')).toBeLessThan(all.indexOf('letter 2'))
  })

  it('links each letter to those around it, and each section and update to itself', async () => {
    const cookie = await sessionOf(professor)
    const second = await (await look('/archive/2026-11-27', cookie)).text()
    expect(second).toContain('href="/archive/2026-11-20"')
    expect(second).toContain('<section id="asked-of-you"')
    expect(second).toMatch(/<li id="[\da-f-]{36}">/u)
    expect(await (await look('/archive/2026-11-20', cookie)).text()).toContain('rel="next"')
  })

  it('leads the owner to the desk and back, on every page, and nobody else', async () => {
    const [cookie, reader] = [await sessionOf(null), await sessionOf(professor)]
    for (const path of ['', '/2026-11-27', '/search', '/results', '/reading', '/milestones']) {
      expect(await (await look(`/archive${path}`, cookie)).text(), path).toContain('<a href="/desk">')
      expect(await (await look(`/archive${path}`, reader)).text(), path).not.toContain('/desk')
    }
    const letter = await (await look('/archive/2026-11-27', cookie)).text()
    expect(letter).toContain('href="/desk/letters/2026-11-27"')
    expect(await (await look('/desk', cookie)).text()).toContain('href="/archive"')
  })

  it('shows a correction beside what went out, there and on the letter’s own page', async () => {
    const { updates } = await get<{ updates: { id: string; text: string }[] }>('GET', '/api/updates')
    const first = updates.find(({ text }) => text === 'The first week')?.id
    await get('PATCH', `/api/updates/${first}`, { text: 'It was the <second>' })
    const html = await (await look('/archive/2026-11-20', await sessionOf(professor))).text()
    expect(html).toContain('The first week')
    expect(html).toContain('Corrected 27 Nov: It was the &lt;second&gt;')
    const link = /(\/l\/\S+)/u.exec(resend.inbox('professor@example.edu')[0]?.text ?? '')?.[1] ?? ''
    const alone = await (await look(link, null)).text()
    expect(alone).toContain('Corrected 27 Nov')
    expect(alone.match(/<a href="\/[^"]*"/gu)).toEqual(['<a href="/archive"'])
  })

  it('says a corrected fact once in the letter that corrects it', async () => {
    const { updates } = await get<{ updates: { id: string; text: string }[] }>('GET', '/api/updates')
    const first = updates.find(({ text }) => text === 'The first week')?.id
    await get('PATCH', `/api/updates/${first}`, { text: 'It was the second', fact: true })
    await post('On it goes')
    await tickAt(friday + 14 * day)
    const html = await (await look('/archive/2026-12-04', await sessionOf(professor))).text()
    expect(html.match(/It was the second/gu)).toHaveLength(1)
  })

  it('answers 304 to a reader who has the page', async () => {
    const cookie = await sessionOf(professor)
    const first = await look('/archive', cookie)
    const tag = first.headers.get('ETag') ?? ''
    const again = await ask('GET', '/archive', undefined, {
      token: null,
      headers: { Cookie: cookie, 'If-None-Match': tag },
    })
    expect(again.status).toBe(304)
  })

  it('lists the latest 25 letters, then pages of 50', async () => {
    const digest = (number: number) =>
      env.DB.prepare(
        `INSERT INTO digests (number, slug, since, until, freeze, revision, send_until, awake_until, finished_at,
                              delivery, is_last, title, about, owner_name, locale, zone)
         SELECT ?1, 's' || ?1, since, until + ?1, freeze, 0, 0, NULL, 0, delivery, 0,
           title, about, owner_name, locale, zone FROM digests WHERE number = 1`,
      ).bind(number)
    const document = (number: number) =>
      env.DB.prepare(
        `INSERT INTO documents (digest, circle, subject, preheader, markdown, html, words)
         VALUES (?1, 'inner', 's', 'p', 'm', 'h', 1)`,
      ).bind(number)
    const numbers = Array.from({ length: 78 }, (_, i) => i + 3)
    await env.DB.batch(numbers.flatMap((number) => [digest(number), document(number)]))
    const cookie = await sessionOf(professor)
    const lengths: number[] = []
    let path: string | undefined = '/archive'
    while (path !== undefined) {
      const html = await (await look(path, cookie)).text()
      lengths.push(html.match(/<li value=/gu)?.length ?? 0)
      path = /\/archive\?before=\d+/u.exec(html)?.[0]
    }
    expect(lengths).toEqual([25, 50, 5])
  })
})

describe('a session', () => {
  const pages = Object.entries(routes).filter(([, route]) => route.who === 'reader')

  it.each(pages.map(([name, route]) => [name, route.path.replace('{slug}', '2026-11-20')]))(
    'is asked for by %s, in the same words in every place',
    async (_, path) => {
      for (const cookie of [null, '__Host-weeknotes=', `__Host-weeknotes=${'a'.repeat(32)}`]) {
        const answer = await look(path, cookie)
        expect(answer.status).toBe(401)
        const elsewhere = await (await look('/archive/none', null)).text()
        // It leads back to what was asked for.
        expect(await answer.text()).toBe(elsewhere.replace('value="/archive/none"', `value="${path}"`))
      }
      expect((await look(path, null, 'application/json')).headers.get('Content-Type')).toBe(
        'application/problem+json',
      )
    },
  )

  it('begins for the owner with the token, in a cookie that only this host gets, and ends at sign-out', async () => {
    const begun = await signIn(owner)
    expect(begun.status).toBe(303)
    const set = begun.headers.get('Set-Cookie') ?? ''
    expect(set).toMatch(
      /^__Host-weeknotes=[\da-f]{32}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/u,
    )
    const cookie = set.split(';')[0] ?? ''
    expect((await look('/', cookie)).headers.get('Location')).toBe('/desk')
    expect((await look('/archive', cookie)).status).toBe(200)
    const ended = await ask('POST', '/session/end', undefined, {
      token: null,
      headers: { Cookie: cookie, Origin: home },
    })
    const after = await look(ended.headers.get('Location') ?? '', null)
    expect([after.status, await after.text()]).toEqual([200, expect.stringContaining('You are signed out.')])
    expect(await (await look('/', null)).text()).not.toContain('signed out')
    expect((await look('/archive', cookie)).status).toBe(401)
  })

  it('does not begin with another token, and guesses are counted', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 25; i++) statuses.push((await signIn('wrong')).status)
    expect(new Set(statuses)).toEqual(new Set([401, 429]))
  })

  it('of the owner ends when the token is changed', async () => {
    const cookie = await sessionOf(null)
    expect((await look('/archive', cookie)).status).toBe(200)
    await env.DB.prepare(`UPDATE sessions SET owner_hash = 'another'`).run()
    expect((await look('/archive', cookie)).status).toBe(401)
  })

  it('of a recipient ends at once when the recipient is deleted', async () => {
    const cookie = await sessionOf(professor)
    await get('DELETE', `/api/recipients/${professor}`)
    expect((await look('/archive', cookie)).status).toBe(401)
  })

  it('lasts 180 days without use, and is renewed by use', async () => {
    const start = friday + 8 * day
    setClock(start)
    const [used, unused] = [await sessionOf(professor), await sessionOf(professor)]
    setClock(start + 179 * day)
    expect((await look('/archive', used)).status).toBe(200)
    setClock(start + 180 * day + hour)
    expect((await look('/archive', used)).status).toBe(200)
    expect((await look('/archive', unused)).status).toBe(401)
  })
})

async function signIn(token: string): Promise<Response> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' }
  return ask('POST', '/session', `token=${token}`, { token: null, headers })
}

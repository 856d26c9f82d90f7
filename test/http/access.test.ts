import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import {
  addRecipient,
  ask,
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

const form = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' }

/** Each from an address of its own, unless said. */
let asked = 0
const askFor = (email: string, headers = {}) =>
  ask('POST', '/archive/access', new URLSearchParams({ email }).toString(), {
    token: null,
    headers: { ...form, 'CF-Connecting-IP': `198.51.100.${asked++ % 250}`, ...headers },
  })

/** The path of the last way in that was mailed to an address. */
function wayInOf(email: string): string {
  const mail = resend.inbox(email).at(-1)
  const path = /https:\/\/notes\.example\.edu(\/r\/[\da-f]{32})/u.exec(mail?.text ?? '')?.[1]
  if (path === undefined) throw new Error(`no way in was mailed to ${email}`)
  return path
}

const use = (path: string) => ask('POST', path, undefined, { token: null })

const open = (path: string, cookie: string | null) =>
  ask('GET', path, undefined, {
    token: null,
    headers: { Accept: 'text/html', ...(cookie === null ? {} : { Cookie: cookie }) },
  })

function cookieOf(response: Response): string {
  return (response.headers.get('Set-Cookie') ?? '').split(';')[0] ?? ''
}

beforeEach(async () => {
  setClock(monday)
  await setUp()
})

test('a recipient asks for a way in, and it opens the archive as that recipient', async () => {
  await addRecipient('professor@example.edu')
  await addRecipient('partner@example.com', 'outer')
  await post('#done A thing for all')
  await post('#done A thing for the lab', { inside: true })
  setClock(friday)
  await runCron(friday)

  for (const [email, seesInside] of [
    ['professor@example.edu', true],
    ['partner@example.com', false],
  ] as const) {
    expect((await askFor(email)).status).toBe(200)
    const path = wayInOf(email)
    const shown = await open(path, null)
    expect(shown.status).toBe(200)
    expect(shown.headers.get('Set-Cookie')).toBeNull()
    expect(await shown.text()).toContain(`<form method="post" action="${path}">`)
    const used = await use(path)
    expect([used.status, used.headers.get('Location')]).toEqual([303, '/archive'])
    const letter = await (await open('/archive/2026-11-20', cookieOf(used))).text()
    expect(letter).toContain('A thing for all')
    expect(letter.includes('A thing for the lab')).toBe(seesInside)
  }
})

test('the mail says what it is for, in both parts, and is no letter', async () => {
  await addRecipient('professor@example.edu')
  await askFor('  Professor@Example.EDU ')
  const [mail] = resend.inbox('professor@example.edu')
  expect(mail?.subject).toBe('The letters of DLRM on TPUs')
  expect(mail?.text).toMatch(
    /^Open the letters of DLRM on TPUs: https:\/\/notes\.example\.edu\/r\/[\da-f]{32}\n/u,
  )
  expect(mail?.html).toContain(`href="https://notes.example.edu${wayInOf('professor@example.edu')}"`)
  expect(mail?.headers?.['Auto-Submitted']).toBe('auto-generated')
  expect(mail?.headers?.['List-Unsubscribe']).toBeUndefined()
})

test('an address that is not known gets the same answer, and no mail', async () => {
  await addRecipient('professor@example.edu')
  const known = await askFor('professor@example.edu')
  const unknown = await askFor('stranger@example.com')
  expect(await unknown.text()).toBe(await known.text())
  expect([...unknown.headers]).toEqual([...known.headers])
  expect(resend.inbox('stranger@example.com')).toEqual([])
  const { n } = (await env.DB.prepare('SELECT count(*) AS n FROM accesses').first<{ n: number }>()) ?? {
    n: -1,
  }
  expect(n).toBe(1)
})

test('a way in works as often as it is used within the hour, and not after it', async () => {
  await addRecipient('professor@example.edu')
  await askFor('professor@example.edu')
  const path = wayInOf('professor@example.edu')
  for (let i = 0; i < 3; i++) expect((await use(path)).status).toBe(303)
  setClock(monday + hour)
  for (const response of [await open(path, null), await use(path)]) {
    expect(response.status).toBe(404)
    expect(response.headers.get('Set-Cookie')).toBeNull()
    expect(await response.text()).toContain('This link has ended')
  }
  const never = await open(`/r/${'0'.repeat(32)}`, null)
  expect(await never.text()).toBe(await (await open(path, null)).text())
})

test('a deleted recipient’s way in and session end at once', async () => {
  const id = await addRecipient('professor@example.edu')
  await askFor('professor@example.edu')
  const path = wayInOf('professor@example.edu')
  const cookie = cookieOf(await use(path))
  expect((await open('/archive', cookie)).status).toBe(200)
  await get('DELETE', `/api/recipients/${id}`)
  expect((await open('/archive', cookie)).status).toBe(401)
  expect((await use(path)).status).toBe(404)
})

test('asking again and again brings one mail in five minutes', async () => {
  await addRecipient('professor@example.edu')
  for (let i = 0; i < 4; i++) await askFor('professor@example.edu')
  expect(resend.inbox('professor@example.edu')).toHaveLength(1)
  setClock(monday + 5 * minute)
  await askFor('professor@example.edu')
  expect(resend.inbox('professor@example.edu')).toHaveLength(2)
})

test('one address that asks for many ways in is told to slow down', async () => {
  const statuses = []
  for (let i = 0; i < 25; i++) {
    statuses.push((await askFor(`p${i}@example.edu`, { 'CF-Connecting-IP': '192.0.2.77' })).status)
  }
  expect(statuses.at(0)).toBe(200)
  expect(statuses.at(-1)).toBe(429)
})

test('what does not look like an address is an error, and makes nothing', async () => {
  for (const email of ['', 'professor', 'a@b@c', 'x'.repeat(300)])
    expect((await askFor(email)).status).toBe(422)
})

test('a mail that the provider did not take is tried again by the cron, with the same way in', async () => {
  await addRecipient('professor@example.edu')
  resend.script({ status: 503 })
  await askFor('professor@example.edu')
  expect(resend.inbox('professor@example.edu')).toEqual([])
  const later = monday + 2 * minute
  setClock(later)
  expect((await tickAt(later)).notices).toBe(1)
  expect((await use(wayInOf('professor@example.edu'))).status).toBe(303)
  await tickAt(later + 10 * minute)
  expect(resend.inbox('professor@example.edu')).toHaveLength(1)
})

test('a mail that was taken but whose answer was lost is not sent twice', async () => {
  await addRecipient('professor@example.edu')
  resend.script('lost')
  await askFor('professor@example.edu')
  const later = monday + 2 * minute
  setClock(later)
  expect((await tickAt(later)).notices).toBe(1)
  expect(resend.inbox('professor@example.edu')).toHaveLength(1)
})

test('a mail that could not go out for half an hour is dropped, and its token kept nowhere', async () => {
  await addRecipient('professor@example.edu')
  resend.script({ status: 429 })
  await askFor('professor@example.edu')
  const later = monday + 31 * minute
  setClock(later)
  expect((await tickAt(later)).notices).toBe(0)
  expect(resend.inbox('professor@example.edu')).toEqual([])
  expect(await env.DB.prepare('SELECT state, reason, markdown, html FROM notices').first()).toEqual({
    state: 'withdrawn',
    reason: 'late',
    markdown: '',
    html: '',
  })
})

test('once its mail is out, the token stands in no row', async () => {
  await addRecipient('professor@example.edu')
  await askFor('professor@example.edu')
  const token = wayInOf('professor@example.edu').slice('/r/'.length)
  for (const table of ['accesses', 'notices', 'sessions']) {
    const { results } = await env.DB.prepare(`SELECT * FROM ${table}`).all()
    expect(JSON.stringify(results)).not.toContain(token)
  }
})

test('where letters are forwarded by hand nobody is promised a mail', async () => {
  await get('PATCH', '/api/settings', { sender: null })
  await addRecipient('professor@example.edu')
  const answer = await (await askFor('professor@example.edu')).text()
  expect(answer).toContain('forwarded by hand')
  expect(await (await askFor('stranger@example.com')).text()).toBe(answer)
})

test('a foreign page cannot ask with a reader’s cookie', async () => {
  await addRecipient('professor@example.edu')
  const foreign = { Cookie: '__Host-weeknotes=x', Origin: 'https://evil.example' }
  expect((await askFor('professor@example.edu', foreign)).status).toBe(403)
})

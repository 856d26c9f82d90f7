import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { newToken } from '../../src/core/secret.ts'
import { type Route, routes } from '../../src/http/routes.ts'
import worker from '../../src/index.ts'
import {
  addRecipient,
  ask,
  friday,
  get,
  hour,
  minute,
  monday,
  owner,
  post,
  runCron,
  setClock,
  setUp,
} from '../world.ts'

type Body = Readonly<Record<string, unknown>>

const json = { 'Content-Type': 'application/json' }
const plain = { 'Content-Type': 'text/plain' }
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const kib = 1024

beforeEach(async () => {
  setClock(monday)
  await get('GET', '/api/settings') // makes project and owner
})

/** How many rows there are, and the version that every visible change raises. */
async function stored(): Promise<Body | null> {
  const tables = [
    'posts',
    'updates',
    'corrections',
    'recipients',
    'authors',
    'tokens',
    'digests',
    'summaries',
    'statuses',
    'reports',
  ]
  const counts = tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`)
  return env.DB.prepare(`SELECT ${counts.join(', ')}, version, settings, held_at FROM project`).first()
}

async function expectProblem(response: Response, status: number, field?: string): Promise<Body> {
  const text = await response.text()
  expect([response.status, text]).toEqual([status, expect.any(String)])
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  expect(text).not.toMatch(/\bat \S+:\d+|SELECT|INSERT|SQLITE|node_modules|owner-token|re_test/u)
  const problem = JSON.parse(text) as Body // checked by what follows
  expect(problem).toMatchObject({ type: 'about:blank', title: expect.any(String), status })
  if (status === 422)
    expect(problem.errors).toContainEqual({ field: field ?? 'text', message: expect.any(String) })
  return problem
}

/** An author beside the owner, with a token. */
async function author(name: string, scope: 'post' | 'tick' = 'post'): Promise<{ id: string; token: string }> {
  const { id } = await get<{ id: string }>('POST', '/api/authors', { name })
  const { token } = await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, {
    name: 'phone',
    scope,
  })
  return { id, token }
}

describe('a post that is no good', () => {
  const bytes = (...all: number[]) => new Uint8Array(all)
  const update = (more: object) => JSON.stringify({ text: 'it works', ...more })

  it.each<
    [what: string, status: number, body: string | Uint8Array, headers: Record<string, string>, field?: string]
  >([
    ['broken JSON', 400, '{"text": "it', json],
    ['no JSON at all', 400, '', json],
    ['JSON that is not UTF-8', 400, bytes(0x22, 0xff, 0x22), json],
    ['text that is not UTF-8', 400, bytes(0x61, 0xc3, 0x28), plain],
    ['multipart without a boundary', 400, 'it works', { 'Content-Type': 'multipart/form-data' }],
    [
      'multipart that breaks off',
      400,
      '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nit',
      { 'Content-Type': 'multipart/form-data; boundary=x' },
    ],
    ['a body that claims to be longer', 400, 'it works', { ...plain, 'Content-Length': '80' }],
    ['a body that claims to be shorter', 400, 'it works', { ...plain, 'Content-Length': '2' }],
    ['a list', 422, '[]', json, 'body'],
    ['null', 422, 'null', json, 'body'],
    ['no text', 422, '{}', json],
    ['empty text', 422, '', plain],
    ['text of blanks', 422, ' \n\t ', plain],
    ['a form without text', 422, 'kind=ask', form],
    ['only a marker', 422, '#ask', plain],
    ['only hashtags', 422, '#tpu #inside', plain],
    ['text that is a number', 422, update({ text: 7 }), json],
    ['a NUL in text', 422, 'it\0works', plain],
    ['a NUL in JSON', 422, update({ text: 'it\0works' }), json],
    ['half a surrogate pair', 422, '{"text": "it works \\ud83d"}', json],
    [
      'half a surrogate pair in fields',
      422,
      '{"text": "it works", "fields": {"a": "\\udc00"}}',
      json,
      'fields.a',
    ],
    ['an unknown kind', 422, update({ kind: 'rumour' }), json, 'kind'],
    ['an unknown kind in a form', 422, 'text=it+works&kind=rumour', form, 'kind'],
    ['a kind of the wrong type', 422, update({ kind: ['ask'] }), json, 'kind'],
    ['an impossible date', 422, update({ at: '2026-02-30T10:00:00Z' }), json, 'at'],
    ['an impossible hour', 422, update({ at: '2026-02-03T25:00:00Z' }), json, 'at'],
    ['a date without an offset', 422, update({ at: '2026-11-16T09:00:00' }), json, 'at'],
    ['a date in milliseconds', 422, update({ at: monday }), json, 'at'],
    ['a date far ahead', 422, update({ at: '2027-11-16T09:00:00Z' }), json, 'at'],
    ['inside as a word', 422, update({ inside: 'yes' }), json, 'inside'],
    ['inside as a word nobody knows, in a form', 422, 'text=it+works&inside=maybe', form, 'inside'],
    ['fields as a list', 422, update({ fields: [1] }), json, 'fields.0'],
    ['fields in fields', 422, update({ fields: { a: { b: 1 } } }), json, 'fields.a'],
    ['a number without end', 422, '{"text": "it works", "fields": {"a": 1e999}}', json, 'fields.a'],
    ['an unknown field', 422, update({ txet: 'x' }), json, 'txet'],
    ['an unknown field of a form', 422, 'text=it+works&colour=red', form, 'colour'],
    ['a field that every object has', 422, update({ constructor: 'x' }), json, 'constructor'],
    [
      'a field that makes prototypes',
      422,
      '{"text": "it works", "__proto__": {"kind": "ask"}}',
      json,
      '__proto__',
    ],
    ['a field given twice', 422, 'text=it+works&text=again', form],
    ['33 KiB of text', 413, 'a'.repeat(33 * kib), plain],
    ['33 KiB of text in fewer characters', 413, update({ text: 'ü'.repeat(16.5 * kib) }), json],
    ['33 KiB of text in a form', 413, `text=${'a'.repeat(33 * kib)}`, form],
    ['a body over 10 MiB', 413, new Uint8Array(10 * kib * kib + 1).fill(97), plain],
    ['a body that says it is over 10 MiB', 413, 'it works', { ...plain, 'Content-Length': '99999999' }],
    ['a content type nobody takes', 415, '<text>it works</text>', { 'Content-Type': 'application/xml' }],
    ['an image', 415, bytes(0x89, 0x50), { 'Content-Type': 'image/png' }],
    ['an empty key', 422, 'it works', { ...plain, 'Idempotency-Key': '' }, 'Idempotency-Key'],
    [
      'a key of 256 characters',
      422,
      'it works',
      { ...plain, 'Idempotency-Key': 'k'.repeat(256) },
      'Idempotency-Key',
    ],
  ])('is refused and nothing is stored: %s (%i)', async (_, status, body, headers, field) => {
    const before = await stored()
    await expectProblem(await ask('POST', '/api/updates', body, { headers }), status, field)
    expect(await stored()).toEqual(before)
  })

  it('is told in one line to who asks for text', async () => {
    const response = await ask('POST', '/api/updates', '#ask', {
      headers: { ...plain, Accept: 'text/plain' },
    })
    expect(response.status).toBe(422)
    expect(await response.text()).toBe(
      'Something in the input is wrong: text is empty but for its markers, and no post of the last hour is there to change\n',
    )
  })

  it('changes nothing as an edit either', async () => {
    const id = await post('it works')
    const before = await stored()
    for (const [body, field] of [
      [{ text: '' }, 'text'],
      [{ text: '#ask' }, 'text'],
      [{ kind: 'rumour' }, 'kind'],
      [{ at: '2026-13-01T00:00:00Z' }, 'at'],
      [{ digest: '2026-11-20' }, 'digest'],
      [{ fact: true }, 'fact'],
    ] as const) {
      await expectProblem(await ask('PATCH', `/api/updates/${id}`, body), 422, field)
    }
    await expectProblem(await ask('PATCH', '/api/updates/none', { text: 'x' }), 404)
    await expectProblem(await ask('DELETE', '/api/updates/none'), 404)
    expect(await stored()).toEqual(before)
  })

  it('does not change what is frozen', async () => {
    await setUp()
    await addRecipient('professor@example.edu')
    const id = await post('it works')
    setClock(friday + minute)
    await runCron(friday)
    const before = await stored()
    await expectProblem(await ask('DELETE', `/api/updates/${id}`), 409)
    await expectProblem(await ask('PATCH', `/api/updates/${id}`, { kind: 'private' }), 409)
    await expectProblem(await ask('PATCH', `/api/updates/${id}`, { text: 'x', inside: true }), 409)
    expect(await stored()).toEqual({ ...before, version: expect.any(Number) })
  })
})

describe('a caller without the right', () => {
  const isOpen = ({ who }: Route) => who === 'anyone'
  const all = Object.entries<Route>(routes)
  const call = ({ method, path, body }: Route, token: string | null, address: string) =>
    ask(method, path.replaceAll(/\{\w+\}/gu, 'x'), body === undefined ? undefined : {}, {
      token,
      headers: { 'CF-Connecting-IP': address },
    })

  it('gets in nowhere: 401', async () => {
    const before = await stored()
    for (const [i, [, route]] of all.filter(([, each]) => !isOpen(each)).entries()) {
      const response = await call(
        route,
        [null, 'wrong', newToken(), 'wn_short'][i % 4] ?? null,
        `198.51.100.${i}`,
      )
      expect(response.headers.get('WWW-Authenticate')).toBe('Bearer')
      await expectProblem(response, 401)
    }
    expect(await stored()).toEqual(before)
  })

  it.each([
    'Basic b3duZXI6eA==',
    'Bearer',
    'Bearer ',
    `Bearer ${owner}x`,
    `Bearer x ${owner}`,
    owner,
    `Bearer wn_${'é'.repeat(49)}`,
  ])('gets in with no header like %j', async (Authorization) => {
    const headers = { Authorization, 'CF-Connecting-IP': '198.51.100.200' }
    await expectProblem(await ask('GET', '/api/settings', undefined, { token: null, headers }), 401)
  })

  it('gets an author’s token on no route of the owner: 403', async () => {
    const { token } = await author('Ana')
    const before = await stored()
    const owners = all.filter(([, { who }]) => who === 'owner' || who === 'tick')
    expect(owners.length).toBeGreaterThan(20)
    for (const [, route] of owners) await expectProblem(await call(route, token, '198.51.100.1'), 403)
    expect(await stored()).toEqual(before)
  })

  it('gets a token of the cron nowhere but to the tick', async () => {
    const { token } = await author('Cron', 'tick')
    for (const [, route] of all.filter(([, each]) => !isOpen(each) && each.who !== 'tick')) {
      const status = ['reader', 'writer', 'desk'].includes(route.who) ? 401 : 403
      await expectProblem(await call(route, token, '198.51.100.2'), status)
    }
    expect((await call(routes.tick, token, '198.51.100.2')).status).toBe(200)
  })

  it('is let in no more once its device was taken away', async () => {
    const { id, token } = await author('Ana')
    const { authors } = await get<{ authors: { id: string; tokens: { id: string }[] }[] }>(
      'GET',
      '/api/authors',
    )
    await get('DELETE', `/api/tokens/${authors.find((each) => each.id === id)?.tokens[0]?.id}`)
    await expectProblem(await call(routes.listUpdates, token, '198.51.100.3'), 401)
  })

  it('is slowed down after too many wrong tokens, and nobody else is', async () => {
    const headers = { 'CF-Connecting-IP': '198.51.100.4' }
    const statuses: number[] = []
    let response = await ask('GET', '/api/updates', undefined, { token: 'wrong', headers })
    // More than twice the limit, should its minute end meanwhile.
    while (response.status !== 429 && statuses.push(response.status) < 45) {
      response = await ask('GET', '/api/updates', undefined, { token: 'wrong', headers })
    }
    expect(new Set(statuses)).toEqual(new Set([401]))
    expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0)
    await expectProblem(response, 429)
    expect((await ask('GET', '/api/updates', undefined, { headers })).status).toBe(200)
    const other = { 'CF-Connecting-IP': '198.51.100.5' }
    expect((await ask('GET', '/api/updates', undefined, { token: 'wrong', headers: other })).status).toBe(401)
  })

  it.each<[what: string, headers: Record<string, string>]>([
    ['a form', { ...form, Origin: 'https://evil.example' }],
    ['text', { ...plain, Origin: 'https://evil.example' }],
    ['JSON', { ...json, Origin: 'https://evil.example' }],
    ['a form from a page without an origin', { ...form, Origin: 'null' }],
    ['what a browser calls cross-site', { ...form, 'Sec-Fetch-Site': 'cross-site' }],
  ])('changes nothing with a cookie and %s from a foreign page: 403', async (_, headers) => {
    const before = await stored()
    const body = headers['Content-Type'] === json['Content-Type'] ? '{"text":"x"}' : 'text=x'
    const cookie = { ...headers, Cookie: 'session=1' }
    await expectProblem(await ask('POST', '/api/updates', body, { headers: cookie }), 403)
    expect(await stored()).toEqual(before)
    const own = { ...cookie, Origin: 'https://notes.example.edu', 'Sec-Fetch-Site': 'same-origin' }
    expect((await ask('POST', '/api/updates', body, { headers: own })).status).toBe(201)
  })
})

describe('a database in trouble', () => {
  /** A D1 where everything fails with `error`. */
  function failing(error: Error): D1Database {
    const broken: object = new Proxy(
      {},
      { get: (_, name) => (name === 'bind' ? () => broken : () => Promise.reject(error)) },
    )
    return new Proxy(env.DB, {
      get: (_, name) => (name === 'prepare' ? () => broken : () => Promise.reject(error)),
    })
  }

  function askWith(DB: D1Database) {
    const request = new Request('https://notes.example.edu/api/updates', {
      method: 'POST',
      headers: { ...plain, Authorization: `Bearer ${owner}` },
      body: 'it works',
    })
    return worker.fetch(request, { ...env, DB }, createExecutionContext())
  }

  // https://developers.cloudflare.com/d1/observability/debug-d1/
  it.each([
    'D1_ERROR: Network connection lost.',
    'D1 DB is overloaded. Requests queued for too long.',
    'D1 DB is overloaded. Too many requests queued.',
    'D1 DB storage operation exceeded timeout which caused object to be reset.',
    'Internal error while starting up D1 DB storage caused object to be reset.',
    'Internal error in D1 DB storage caused object to be reset.',
    'D1 DB reset because its code was updated.',
    'D1_ERROR: D1 DB exceeded its CPU time limit and was reset.',
    'D1_ERROR: D1 DB’s isolate exceeded its memory limit and was reset.',
    'Cannot resolve D1 DB due to transient issue on remote node.',
    'D1_ERROR: no such table: project: SQLITE_ERROR',
  ])('asks to come back: 503 (%s)', async (message) => {
    const response = await askWith(failing(new Error(message)))
    expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0)
    await expectProblem(response, 503)
  })

  it('tells nobody what else went wrong', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const response = await askWith(failing(new Error(`SQLITE_CONSTRAINT in INSERT INTO posts, ${owner}`)))
    await expectProblem(response, 500)
    expect(JSON.stringify(log.mock.calls)).not.toMatch(/INSERT|owner-token/u)
    log.mockRestore()
  })
})

describe('a post', () => {
  function multipart(): FormData {
    const body = new FormData()
    body.set('text', 'it works')
    body.set('kind', 'result')
    body.set('photo', new File([new Uint8Array([0xff, 0xd8, 0xff])], 'a.jpg', { type: 'image/jpeg' }))
    return body
  }

  it.each<[what: string, body: () => BodyInit, headers: Record<string, string>, expected: object]>([
    [
      'JSON',
      () => '{"text":"it works","kind":"result","fields":{"n":3}}',
      json,
      { kind: 'result', fields: { n: 3 } },
    ],
    [
      'JSON of another name',
      () => '{"text":"it works"}',
      { 'Content-Type': 'application/vnd.api+json; charset=utf-8' },
      { kind: 'done' },
    ],
    [
      'a form',
      () => 'text=it+works&kind=ask&inside=on&at=&fields=%7B%22n%22%3A3%7D',
      form,
      { kind: 'ask', inside: true, fields: { n: 3 } },
    ],
    ['text', () => 'it works #tpu', plain, { kind: 'done', tags: ['tpu'] }],
    [
      'text with a byte order mark',
      () => new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('it works')]),
      plain,
      {},
    ],
    ['bytes without a type', () => new TextEncoder().encode('Ask: it works'), {}, { kind: 'ask' }],
    [
      'a photo, whose text is kept',
      multipart,
      {},
      { kind: 'result', warnings: [expect.stringMatching(/^A photo was not kept: its file is damaged/u)] },
    ],
  ])('comes as %s', async (_, body, headers, expected) => {
    const response = await ask('POST', '/api/updates', body(), { headers })
    const update = (await response.json()) as Body // the shape is checked below
    expect([response.status, update]).toEqual([
      201,
      { ...update, text: 'it works', digest: null, ...expected },
    ])
    expect(response.headers.get('Location')).toBe(`/api/updates/${update.id}`)
    const { warnings: _w, ...kept } = update
    expect(await get('GET', `/api/updates/${update.id}`)).toEqual(kept)
  })

  it('that curl sends as a form, with words and no field, says how to send it', async () => {
    for (const words of ['#ask Which day?', '1+1=2 & more & more', 'kind=ask']) {
      const response = await ask('POST', '/api/updates', words, {
        headers: { ...form, Accept: 'text/plain' },
      })
      expect([response.status, await response.text()]).toEqual([
        422,
        "Something in the input is wrong: text is missing in this form; with curl send --data-urlencode 'text=…', or -H 'Content-Type: text/plain' --data-raw '…'\n",
      ])
    }
  })

  it('is answered in one line to who asks for text', async () => {
    const line = async (text: string) =>
      (await ask('POST', '/api/updates', text, { headers: { ...plain, Accept: 'text/plain' } })).text()
    expect(await line('#ask Which day suits?')).toBe('Ask: “Which day suits?” · 1 this week, out Fri 16:00\n')
    expect(await line('I am tired #private')).toBe('Private: stays with you.\n')
    setClock(friday - hour)
    expect(await line('it works')).toBe('Done: “it works” · 2 this week, goes out today 16:00\n')
  })

  it.each<[what: string, body: string, headers: Record<string, string>]>([
    ['a header', '{"text":"it works","fields":{"a":1,"b":2}}', { ...json, 'Idempotency-Key': 'one' }],
    ['a field of a form', 'text=it+works&key=one', form],
  ])(
    'is one post when it comes again with its key as %s, even when its update is gone',
    async (_, body, headers) => {
      const first = await ask('POST', '/api/updates', body, { headers })
      expect(first.headers.get('Idempotent-Replayed')).toBeNull()
      const answer = (await first.json()) as { id: string } // a post's answer
      await get('DELETE', `/api/updates/${answer.id}`)
      setClock(monday + 6 * 24 * hour)
      const again = await ask('POST', '/api/updates', body.replace('"a":1,"b":2', '"b":2,"a":1'), { headers })
      expect(again.status).toBe(201)
      expect(await again.json()).toEqual(answer)
      expect(again.headers.get('Idempotent-Replayed')).toBe('true')
      expect(again.headers.get('Location')).toBe(first.headers.get('Location'))
      expect(await stored()).toMatchObject({ posts: 1, updates: 0 })
    },
  )

  it('is refused when its key belongs to another content', async () => {
    const headers = { ...json, 'Idempotency-Key': 'one' }
    await ask('POST', '/api/updates', { text: 'it works' }, { headers })
    const before = await stored()
    for (const body of [
      { text: 'it fails' },
      { text: 'it works', kind: 'ask' },
      { text: 'it works', inside: true },
    ]) {
      await expectProblem(await ask('POST', '/api/updates', body, { headers }), 422, 'Idempotency-Key')
    }
    expect(await stored()).toEqual(before)
  })

  it('keeps the keys of two authors apart', async () => {
    const { id, token } = await author('Ana')
    const headers = { ...plain, 'Idempotency-Key': 'one' }
    const mine = await ask('POST', '/api/updates', 'it works', { headers })
    const hers = await ask('POST', '/api/updates', 'it fails', { headers, token })
    expect([mine.status, hers.status]).toEqual([201, 201])
    expect(await hers.json()).toMatchObject({ author: id, text: 'it fails' })
  })

  it('is one post when it comes twice without a key within ten minutes', async () => {
    const first = await get<Body>('POST', '/api/updates', { text: 'it works' })
    setClock(monday + 10 * minute - 1)
    const again = await ask('POST', '/api/updates', 'it works', { headers: plain })
    expect(again.headers.get('Idempotent-Replayed')).toBe('true')
    expect(await again.json()).toEqual(first)
    setClock(monday + 10 * minute)
    expect(await post('it works')).not.toBe(first.id)
    await post('something else')
    await post('it works')
    expect(await stored()).toMatchObject({ posts: 4, updates: 4 })
  })
})

describe('the list of updates', () => {
  type Page = { updates: { id: string; at: string; text: string }[]; nextCursor: string | null }

  it('comes in pages of 50, newest first, each update once', async () => {
    const ids = new Set<string>()
    for (let i = 0; i < 120; i++) {
      const at = new Date(monday - Math.floor(i / 7) * hour).toISOString()
      ids.add(await post(`update ${i}`, { at }))
    }
    const seen: Page['updates'] = []
    const sizes: number[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page = await get('GET', `/api/updates${cursor === '' ? '' : `?cursor=${cursor}`}`)
      if (cursor === '') await post('comes meanwhile')
      sizes.push(page.updates.length)
      seen.push(...page.updates)
      cursor = page.nextCursor
    }
    expect(sizes).toEqual([50, 50, 20])
    expect(new Set(seen.map(({ id }) => id))).toEqual(ids)
    expect(seen.map(({ at }) => at)).toEqual(
      seen
        .map(({ at }) => at)
        .sort()
        .reverse(),
    )
  })

  it('is filtered by kind, tag, words and time', async () => {
    await post('#ask Which 100% day? #tpu', { at: '2026-11-15T10:00:00Z' })
    await post('the loader works #TPU', { at: '2026-11-15T11:00:00Z' })
    await post('a_b', { at: '2026-11-15T12:00:00Z' })
    const texts = async (query: string) =>
      (await get<Page>('GET', `/api/updates?${query}`)).updates.map(({ text }) => text)
    expect(await texts('kind=ask')).toEqual(['Which 100% day?'])
    expect(await texts('tag=Tpu')).toEqual(['the loader works', 'Which 100% day?'])
    expect(await texts('q=LOADER')).toEqual(['the loader works'])
    expect(await texts('q=%25')).toEqual(['Which 100% day?'])
    expect(await texts('q=_')).toEqual(['a_b'])
    expect(await texts('q=loader+works')).toEqual(['the loader works'])
    expect(await texts('q=works+loader')).toEqual([])
    expect(await texts('since=2026-11-15T11:00:00Z&until=2026-11-15T12:00:00Z')).toEqual(['the loader works'])
    expect(await texts('kind=ask&q=loader')).toEqual([])
  })

  it.each([
    ...[
      'kind=rumour',
      'since=yesterday',
      'cursor=1',
      'cursor=x_y',
      'colour=red',
      'tag=a&tag=b',
      'q=%00',
      'q=%ED%A0%80%00',
    ],
  ])('refuses ?%s', async (query) => {
    await expectProblem(await ask('GET', `/api/updates?${query}`), 422, query.split('=')[0])
  })

  it('keeps private notes from everybody but their author', async () => {
    const ana = await author('Ana')
    const ben = await author('Ben')
    const response = await ask('POST', '/api/updates', 'I am tired #private', {
      token: ana.token,
      headers: plain,
    })
    const { id } = (await response.json()) as { id: string } // a post's answer
    for (const token of [owner, ben.token]) {
      await expectProblem(await ask('GET', `/api/updates/${id}`, undefined, { token }), 404)
      await expectProblem(await ask('PATCH', `/api/updates/${id}`, { kind: 'done' }, { token }), 404)
      await expectProblem(await ask('DELETE', `/api/updates/${id}`, undefined, { token }), 404)
      for (const query of ['', '?kind=private', '?q=tired']) {
        const list = await ask('GET', `/api/updates${query}`, undefined, { token })
        expect(await list.json()).toEqual({ updates: [], nextCursor: null })
      }
    }
    const own = await ask('GET', '/api/updates?q=tired', undefined, { token: ana.token })
    expect(await own.json()).toMatchObject({ updates: [{ id, kind: 'private' }] })
  })

  it('shows an author nobody else’s updates, and the owner all public ones', async () => {
    const ana = await author('Ana')
    const mine = await post('it works')
    await ask('POST', '/api/updates', 'it works for Ana', { token: ana.token, headers: plain })
    const hers = await ask('GET', '/api/updates', undefined, { token: ana.token })
    expect(((await hers.json()) as Page).updates.map(({ text }) => text)).toEqual(['it works for Ana'])
    await expectProblem(await ask('GET', `/api/updates/${mine}`, undefined, { token: ana.token }), 404)
    expect((await get<Page>('GET', '/api/updates')).updates).toHaveLength(2)
  })
})

describe('every answer', () => {
  it.each<[what: string, method: string, path: string, body: unknown, headers: Record<string, string>]>([
    ['a success', 'GET', '/api/settings', undefined, {}],
    ['a creation', 'POST', '/api/updates', { text: 'x' }, {}],
    ['a problem', 'POST', '/api/updates', {}, {}],
    ['a body too large', 'POST', '/api/updates', 'x', { ...plain, 'Content-Length': '99999999' }],
    [
      'a foreign page',
      'POST',
      '/api/updates',
      'text=x',
      { ...form, Cookie: 'a=b', Origin: 'https://evil.example' },
    ],
    ['an unknown address', 'GET', '/api/nothing', undefined, {}],
    ['an unknown page', 'GET', '/nothing', undefined, { Accept: 'text/html' }],
    ['an unknown letter', 'GET', '/l/1-inner-00000000000000000000000000000000', undefined, {}],
    ['an unknown unsubscription', 'POST', '/unsubscribe/00000000000000000000000000000000', undefined, {}],
    ['an address that is no UTF-8', 'GET', '/l/%ff%00', undefined, {}],
    ['the description of the interface', 'GET', '/openapi.json', undefined, {}],
  ])('carries the headers that protect: %s', async (_, method, path, body, headers) => {
    const response = await ask(method, path, body, { headers })
    expect(response.status).toBeLessThan(500)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-security-policy': expect.stringMatching(/^default-src 'none'; (?!.*unsafe)/u),
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'private, no-cache',
      'x-robots-tag': 'noindex',
    })
  })

  it('is described: /openapi.json lists every route of the table', async () => {
    const response = await ask('GET', '/openapi.json', undefined, { token: null })
    const { openapi, paths } = (await response.json()) as {
      openapi: string
      paths: Record<string, Record<string, Body>>
    }
    expect(openapi).toMatch(/^3\.1/u)
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { operationId }]) => [
        operationId,
        method.toUpperCase(),
        path,
      ]),
    )
    const table = Object.entries<Route>(routes).map(([name, { method, path }]) => [name, method, path])
    expect(described.sort()).toEqual(table.sort())
    expect(JSON.stringify(paths)).toContain('"maxLength"')
  })
})

import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { columnOf } from '../../src/store/columns.ts'
import { typesInOrder } from '../../src/store/lines.ts'
import { counting } from '../counting.ts'
import { strictDb } from '../strict-db.ts'
import { addRecipient, ask, friday, get, monday, post, setClock, setUp, tickAt } from '../world.ts'
import { exportAll, linesOf, linesOfType, textOf } from './parts.ts'

/** Tables that stay: ways in, which are asked for anew, mail that is too late elsewhere, and the index of search. */
const tablesLeftOut = [
  ...['sessions', 'sign_ins', 'accesses', 'notices'],
  ...['search', 'search_data', 'search_idx', 'search_content', 'search_config'],
] as const

beforeEach(() => setClock(monday))

describe('the export', () => {
  it('begins each part with what it is, then the project', async () => {
    const [part = ''] = await exportAll()
    const [head, project, owner, ...rest] = linesOf(part)
    expect(head).toEqual({ type: 'export', format: 1, project: project?.id, part: 1 })
    expect(project).toMatchObject({ type: 'project', since: '2026-11-16T09:00:00.000Z' })
    expect(owner).toMatchObject({ type: 'author', name: 'Owner', owner: true })
    expect(rest).toEqual([])
  })

  it('is JSON Lines, for the owner alone', async () => {
    const response = await ask('GET', '/api/export')
    expect(response.headers.get('Content-Type')).toBe('application/jsonl; charset=utf-8')
    expect(await textOf(response)).toMatch(/\}\n$/u)
    const { authors } = await get<{ authors: { id: string }[] }>('GET', '/api/authors')
    const { token } = await get<{ token: string }>('POST', `/api/authors/${authors[0]?.id}/tokens`, {
      name: 'phone',
    })
    expect((await ask('GET', '/api/export', undefined, { token })).status).toBe(403)
    expect((await ask('GET', '/api/export', undefined, { token: null })).status).toBe(401)
  })

  it('has no token, only its hash', async () => {
    const { id } = await get<{ id: string }>('POST', '/api/authors', { name: 'Co-author' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'phone' })
    const text = (await exportAll()).join('')
    expect(text).not.toContain(token)
    expect(linesOfType('token', text)).toMatchObject([{ author: id, name: 'phone', scope: 'post' }])
  })

  it('has the private notes of every author', async () => {
    const { id } = await get<{ id: string }>('POST', '/api/authors', { name: 'Co-author' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'phone' })
    await ask('POST', '/api/updates', { text: '#private Tired' }, { token })
    await post('#private Tired too')
    const notes = linesOfType('update', ...(await exportAll()))
    expect(notes.map(({ kind, text }) => [kind, text])).toEqual([
      ['private', 'Tired'],
      ['private', 'Tired too'],
    ])
  })

  it('stands in the order of dependence, the latest digest first', async () => {
    await setUp()
    await addRecipient('professor@example.edu')
    for (const week of [0, 1]) {
      await post(`Week ${week}`)
      const cutOff = friday + week * 7 * 86_400_000
      setClock(cutOff)
      await tickAt(cutOff)
    }
    const lines = linesOf(...(await exportAll()))
    const types = [...new Set(lines.slice(1).map(({ type }) => type))]
    expect(types).toEqual(typesInOrder.map(([name]) => name).filter((name) => types.includes(name)))
    expect(lines.filter(({ type }) => type === 'digest').map(({ number }) => number)).toEqual([2, 1])
  })

  it('has 500 lines a page, and no link on the last', async () => {
    await get('GET', '/api/settings')
    await fillDigests(1200)
    const parts = await exportAll()
    expect(parts.map((part) => linesOf(part).length)).toEqual([500, 500, 205])
    expect(linesOfType('export', ...parts).map(({ part }) => part)).toEqual([1, 2, 3])
    const numbers = linesOfType('digest', ...parts).map(({ number }) => number)
    expect(numbers).toEqual(Array.from({ length: 1200 }, (_, i) => 1200 - i))
  })

  it.each([
    [497, [500]],
    [498, [500, 2]],
    [499, [500, 3]],
  ])('loses nothing, and has no empty page, where one ends with %d digests', async (count, lines) => {
    await get('GET', '/api/settings')
    await fillDigests(count)
    const parts = await exportAll()
    expect(parts.map((part) => linesOf(part).length)).toEqual(lines) // with heads, project and owner
    expect(linesOfType('author', ...parts)).toHaveLength(1)
  })

  it('keeps a page within 10 MiB however much its lines hold', async () => {
    await setUp()
    for (let i = 0; i < 40; i++) await post(`${i} ${'A "quoted" <word> & more, "'.repeat(1200)}`)
    const parts = await exportAll()
    expect(parts.length).toBeGreaterThan(1)
    for (const part of parts) expect(new TextEncoder().encode(part).length).toBeLessThan(5 * 1024 * 1024)
    expect(linesOfType('update', ...parts)).toHaveLength(40)
    expect(linesOfType('post', ...parts)).toHaveLength(40)
    const { db, largestAnswer } = counting(env.DB)
    await ask('GET', '/api/export', undefined, { db })
    expect(largestAnswer()).toBeLessThan(5 * 1024 * 1024)
  })

  it('reads at most twice what it shows, with 10,000 digests', async () => {
    await get('GET', '/api/settings')
    await fillDigests(10_000)
    for (const path of ['/api/export', await pathOfSecond()]) {
      const { db, rowsRead } = counting(env.DB)
      const response = await ask('GET', path, undefined, { db })
      const lines = linesOf(await textOf(response)).length
      expect(rowsRead()).toBeLessThanOrEqual(2 * lines + 20)
    }
  })

  it.each([
    '',
    'x',
    'WzEsMl0',
    '!',
    btoa('[1,2,"nothing",3]'),
    btoa('[1,2,"update"]'),
    btoa('[1,2,"update",[]]'),
  ])('refuses a cursor that was not given out: %s', async (cursor) => {
    const response = await ask('GET', `/api/export?cursor=${encodeURIComponent(cursor)}`)
    expect(response.status).toBe(422)
  })

  it.each([
    ['a post', () => post('One more')],
    ['a period that closes', () => get('POST', '/api/digests', { number: 1 })],
    ['an author', () => get('POST', '/api/authors', { name: 'Co-author' })],
  ])('is refused once %s came between two pages', async (_, meanwhile) => {
    await post('One')
    await fillPosts(600)
    const path = await pathOfSecond()
    await meanwhile()
    const response = await ask('GET', path)
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('begin again') })
  })

  it('is refused when something changes while its last page is read', async () => {
    await post('One')
    for (const trip of [2, 9, 16]) {
      let trips = 0
      const { db } = strictDb(env.DB, async () => {
        trips += 1
        if (trips === trip) await post(`Another, at ${trip}`)
      })
      expect((await ask('GET', '/api/export', undefined, { db })).status).toBe(409)
    }
  })
})

describe('the table of what travels', () => {
  it('names every table, or says that it stays', async () => {
    const { results } = await env.DB.prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table'
       AND NOT name GLOB '_cf_*' AND NOT name GLOB 'sqlite_*' AND name <> 'd1_migrations'`,
    ).all<{ name: string }>()
    const known = [...typesInOrder.map(([, { table }]) => table), ...tablesLeftOut]
    expect(results.map(({ name }) => name).sort()).toEqual(known.sort())
  })

  it.each(typesInOrder.map(([name, type]) => [name, type] as const))(
    'names every column of a %s, or says that it stays',
    async (_, { table, columns, leftOut = [] }) => {
      const { results } = await env.DB.prepare(`PRAGMA table_info(${table})`).all<{
        name: string
        pk: number
      }>()
      const known = [...Object.entries(columns).map(([name, column]) => columnOf(name, column)), ...leftOut]
      expect(results.map(({ name }) => name).sort()).toEqual([...known].sort())
    },
  )

  it.each(typesInOrder.filter(([name]) => name !== 'project').map(([name, type]) => [name, type] as const))(
    'pages a %s by its primary key',
    async (_, { table, columns, key }) => {
      const { results } = await env.DB.prepare(`PRAGMA table_info(${table})`).all<{
        name: string
        pk: number
      }>()
      const primary = results.filter(({ pk }) => pk > 0).sort((one, other) => one.pk - other.pk)
      expect(key.map((name) => columnOf(name, columns[name] ?? { sort: 'text' }))).toEqual(
        primary.map(({ name }) => name),
      )
    },
  )
})

async function pathOfSecond(): Promise<string> {
  const first = await ask('GET', '/api/export')
  return /<(.+)>/u.exec(first.headers.get('Link') ?? '')?.[1] ?? ''
}

const numbers = (count: number) =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`

async function fillDigests(count: number): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO digests (number, slug, since, until, freeze, send_until, finished_at, delivery,
                          title, about, owner_name, locale, zone)
     ${numbers(count)} SELECT i, 'slug-' || i, i * 1e8, i * 1e8 + 1e8, 'f', 0, 1, 'direct', 'A term', '', '', 'en-GB', 'UTC' FROM n`,
  ).run()
}

async function fillPosts(count: number): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO posts (author, id, received_at, posted_at, given, status, nth)
     ${numbers(count)} SELECT (SELECT id FROM authors), printf('id-%06d', i), 1, 1, 'g', 201, 1 FROM n`,
  ).run()
}

/** Weeks and lists at the size that the budgets name, against the walls of the free plan: strictDb keeps them. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { strictDb } from '../strict-db.ts'
import {
  addReaders,
  addRecipient,
  ask,
  friday,
  get,
  minute,
  monday,
  post,
  resend,
  setClock,
  setUp,
  tickAt,
} from '../world.ts'

beforeEach(async () => {
  setClock(monday)
  await setUp()
})

/** The stored post `id` again and again, each copy with an id and a minute of its own. */
async function repeat(id: string, times: number): Promise<void> {
  const { results } = await env.DB.prepare("SELECT name FROM pragma_table_info('updates')").all<{
    name: string
  }>()
  const columns = results.map(({ name }) => name)
  const values = columns.map((name) =>
    name === 'id' ? `printf('00000000-0000-7000-8000-%012d', i)` : name === 'at' ? 'at + i' : name,
  )
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
     INSERT INTO updates (${columns.join(', ')}) SELECT ${values.join(', ')} FROM n, updates WHERE id = ?1`,
  )
    .bind(id, times)
    .run()
}

/** The run that closes: how many statements it made. */
async function close(): Promise<number> {
  setClock(friday)
  const strict = strictDb(env.DB)
  await tickAt(friday, friday, strict.db)
  return strict.statements()
}

const digest = () => get<{ number: number; documents: { html: string }[] }>('GET', '/api/digests/2026-11-20')

async function count(what: string): Promise<unknown> {
  const [row] = await env.DB.prepare(`SELECT ${what}`).raw()
  return row?.[0]
}

describe('a week closes within one run', () => {
  it.each([500, 2000])('of %i updates, each in a block', async (size) => {
    await addRecipient('professor@example.edu')
    await addRecipient('team@example.com', 'outer')
    await repeat(await post('#result auc=0.7889 baseline .781, three seeds: **enough** for now'), size - 1)
    expect(await close()).toBeLessThanOrEqual(50)
    expect(await count('count(*) FROM updates WHERE digest = 1')).toBe(size)
    expect(await count('count(*) FROM measurements')).toBe(size)
    expect(resend.sent).toHaveLength(2)
    for (const { html } of (await digest()).documents) expect(html.length).toBeLessThan(80_000)
  })

  it('of 100 updates as long as they may be, and of the shape that grows most', async () => {
    await addRecipient('professor@example.edu')
    await repeat(await post(`#done ${'|a'.repeat(8000)}|\n${'|-'.repeat(8000)}|`), 99)
    expect(await close()).toBeLessThanOrEqual(50)
    expect(await count('count(*) FROM updates WHERE digest = 1')).toBe(100)
    expect(await count('max(length(markdown) + length(letter) + length(page)) < 2000000 FROM blocks')).toBe(1)
    expect(resend.sent).toHaveLength(1)
  })

  it('of 500 results with as many numbers as one may say', async () => {
    await addRecipient('professor@example.edu')
    const numbers = Array.from({ length: 200 }, (_, i) => `metric${i}=${i}.25`).join(' ')
    await repeat(await post(`#result ${numbers}`), 499)
    const perUpdate = await count("json_array_length(said, '$.measurements') FROM updates LIMIT 1")
    expect(perUpdate).toBe(200)
    expect(await close()).toBeLessThanOrEqual(50)
    expect(await count('count(*) FROM measurements')).toBe(500 * 200)
    expect(resend.sent).toHaveLength(1)
  })

  it('for 10,000 readers, and each next run sends 40 letters', async () => {
    await addReaders(10_000)
    await post('One')
    expect(await close()).toBeLessThanOrEqual(50)
    expect(await count('count(*) FROM deliveries')).toBe(10_000)
    for (let runs = 1; runs < 5; runs++) await tickAt(friday + runs * 5 * minute)
    expect(resend.sent).toHaveLength(200)
    expect((await ask('GET', '/api/digests/2026-11-20')).status).toBe(200)
  })
})

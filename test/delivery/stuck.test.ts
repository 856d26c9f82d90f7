import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../resend/stand-in.ts'
import { strictDb } from '../strict-db.ts'
import {
  addReaders,
  day,
  friday,
  get,
  hour,
  minute,
  monday,
  post,
  resend,
  setClock,
  setUp,
  tickAt,
} from '../world.ts'

const slug = '2026-11-20'

beforeEach(async () => {
  setClock(monday)
  await setUp()
  await addReaders(1)
  await post('One')
  setClock(friday)
})

async function tickNow(now: number, db?: D1Database) {
  setClock(now)
  await tickAt(now, now, db)
}

const release = (now: number) => {
  setClock(now)
  return get('PATCH', `/api/digests/${slug}`, { release: true })
}

const ofLetters = (fault: Fault) =>
  resend.fault(({ tags }) => (tags.digest === undefined ? undefined : fault))

describe('nothing keeps a letter for ever', () => {
  it('not a month that the provider asks to wait, once the owner releases it', async () => {
    resend.script({ status: 429, name: 'rate_limit_exceeded', headers: { 'retry-after': '2600000' } })
    await tickNow(friday)
    await release(friday + day)
    await tickNow(friday + day)
    expect(resend.inbox('reader1@example.edu')).toHaveLength(1)
  })

  it('not notices that are refused: whatever is wrong with the owner’s address, letters go', async () => {
    await env.DB.prepare('DELETE FROM recipients').run()
    await addReaders(60)
    await env.DB.batch(
      [1, 2].map((n) =>
        env.DB.prepare(
          `INSERT INTO notices (kind, ref, recipient, subject, markdown, html, useful_until)
           VALUES ('lost', ?1, 'owner', 'A letter was lost', 'It was', '<p>It was</p>', ?2)`,
        ).bind(String(n), friday + day),
      ),
    )
    resend.fault(({ to }) =>
      to.includes('student@example.edu') ? { status: 422, name: 'validation_error' } : undefined,
    )
    for (let now = friday; now < friday + hour; now += 5 * minute) await tickNow(now)
    expect(resend.sent.filter(({ tags }) => tags.digest !== undefined)).toHaveLength(60)
  })

  it('not a run that died over its last repeat, a minute before the digest would fall asleep', async () => {
    ofLetters({ status: 401, name: 'invalid_api_key' })
    await tickNow(friday)
    const released = friday + 30 * hour
    await release(released)
    ofLetters('unreachable')
    const first = released + 20 * hour - minute
    await tickNow(first)
    const dying = strictDb(env.DB, async () => {
      const tried = await env.DB.prepare("SELECT 1 FROM deliveries WHERE state = 'trying'").first()
      if (tried !== null) throw new Error('killed')
    })
    await expect(tickNow(first + 20 * hour - minute, dying.db)).rejects.toThrow('killed')
    await tickNow(first + 20 * hour + 2 * minute)
    await tickNow(first + 20 * hour + 10 * minute)
    const { results } = await env.DB.prepare('SELECT state FROM deliveries').all()
    expect(results).toEqual([{ state: 'uncertain' }])
  })
})

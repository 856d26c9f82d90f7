import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { strictDb } from '../strict-db.ts'
import {
  addRecipient,
  ask,
  friday,
  get,
  hour,
  minute,
  monday,
  resend,
  runCron,
  setClock,
  setUp,
  tickAt,
} from '../world.ts'

type More = { token?: string; key?: string; db?: D1Database }

async function say(text: string, { token, key, db }: More = {}): Promise<string> {
  const response = await ask('POST', '/api/updates', text, {
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      Accept: 'text/plain',
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    },
    ...(token === undefined ? {} : { token }),
    ...(db === undefined ? {} : { db }),
  })
  const replayed = response.headers.get('Idempotent-Replayed') === null ? '' : ' (replayed)'
  return `${response.status} ${(await response.text()).trim()}${replayed}`
}

type Listed = { updates: { id: string; kind: string; text: string; inside: boolean }[] }

const all = async (token?: string) => {
  const response = await ask('GET', '/api/updates', undefined, token === undefined ? {} : { token })
  return (await response.json<Listed>()).updates
}

const briefly = async (token?: string) =>
  (await all(token)).map(({ kind, text }) => `${kind}: ${text}`).sort()

const milestones = async () => (await get<{ milestones: object[] }>('GET', '/api/milestones')).milestones

const letter = async () => JSON.stringify(await get('GET', '/api/digests/next'))

async function closeAt(cutOff: number): Promise<void> {
  setClock(cutOff)
  await runCron(cutOff)
  setClock(cutOff + minute)
}

async function newAuthor(): Promise<string> {
  const { id } = await get<{ id: string }>('POST', '/api/authors', { name: 'A labmate' })
  return (await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'phone' })).token
}

beforeEach(async () => {
  setClock(monday)
  await setUp()
  await addRecipient('professor@example.edu')
})

describe('#private', () => {
  it.each([
    '#summary A secret week.',
    '#status at risk: secret reason',
    '#milestone Secret talk due 5 Dec',
    '#answered kaggle split: secret answer',
    '1 partly, secret why',
    '#away secret trip till Wed',
  ])('takes back what a post settled and keeps its words: %s', async (text) => {
    await say('#next run the baseline')
    await say('#ask may we use the kaggle split?')
    await closeAt(friday)
    expect(await say(text)).toMatch(/^200 /u)
    expect(await say('#private')).toBe('200 Filed as private note · 0 this week, out Fri 27 Nov 16:00')
    expect(await briefly()).toContain(`private: ${text}`)
    const open = [await letter(), JSON.stringify([await milestones(), await get('GET', '/api/settings')])]
    expect(open.join()).not.toMatch(/secret/iu)
    const [note] = (await all()).filter(({ kind }) => kind === 'private')
    expect(await say('#private', { key: 'p' })).toMatch(/^422/u)
    expect(await say('#done', { key: 'k' })).toMatch(/^422/u)
    expect(await say('undo')).toMatch(/^200 Taken back: “/u)
    expect((await all()).map(({ id }) => id)).not.toContain(note?.id)
  })

  it('hides the updates of the same post too, and what it replaced stands again, once', async () => {
    await say('#summary The first.')
    await say('#done the loader\n#summary The second.')
    expect(await say('#private')).toBe('200 Filed as 2 private notes · 0 this week, out Fri 16:00')
    expect(await get('GET', '/api/digests/next')).toMatchObject({ summary: { text: 'The first.' } })
    expect(await briefly()).toEqual([
      'private: #done the loader\n#summary The second.',
      'private: the loader',
    ])
    await get('PATCH', '/api/digests/next', { summary: 'The third.' })
    await say('undo')
    expect(await get('GET', '/api/digests/next')).toMatchObject({ summary: { text: 'The third.' } })
    expect(await briefly()).toEqual([])
  })

  it('sent twice with one key keeps one note', async () => {
    await say('#summary A secret week.')
    const first = await say('#private', { key: 'p' })
    expect(await say('#private', { key: 'p' })).toBe(`${first} (replayed)`)
    expect(await briefly()).toEqual(['private: #summary A secret week.'])
  })
})

describe('a milestone of a post', () => {
  it('is inside where it was said so, and a later move keeps it there', async () => {
    await addRecipient('team@example.com', 'outer')
    await say('#done for all')
    await say('#milestone #inside Grant talk due 5 Dec')
    expect(await milestones()).toMatchObject([{ title: 'Grant talk', inside: true }])
    await say('#milestone Grant talk due 12 Dec because of the committee')
    expect(await milestones()).toMatchObject([{ due: '2026-12-12', inside: true }])
    await closeAt(friday)
    expect(resend.inbox('professor@example.edu').at(-1)?.text).toContain('Grant talk')
    expect(JSON.stringify(resend.inbox('team@example.com'))).not.toMatch(/grant|committee/iu)
  })

  it('is as it was after undo: date, state, since when, and circle', async () => {
    await say('#milestone #inside Grant talk due 5 Dec')
    const [made] = (await milestones()) as { id: string }[]
    await get('PATCH', `/api/milestones/${made?.id}`, { state: 'dropped' })
    const row = () => env.DB.prepare('SELECT * FROM milestones').first()
    const before = await row()
    setClock(monday + minute)
    await say('#milestone Grant talk due 12 Dec\n#milestone grant talk due 19 Dec')
    expect(await say('undo')).toMatch(
      /^200 Taken back: Milestone “Grant talk”: due Sat 12 Dec, Milestone “grant talk”: due Sat 19 Dec/u,
    )
    expect(await row()).toEqual(before)
    expect(await milestones()).toMatchObject([{ revisions: [] }])
  })

  it('that was moved since goes with the post that made it', async () => {
    await say('#milestone Talk due 5 Dec')
    const [made] = (await milestones()) as { id: string }[]
    await get('PATCH', `/api/milestones/${made?.id}`, { due: '2026-12-12' })
    expect(await say('undo')).toMatch(/^200/u)
    expect(await milestones()).toEqual([])
  })

  it('that a letter has named is not taken back', async () => {
    await say('#done something')
    setClock(friday - minute)
    await say('#milestone Talk due 5 Dec')
    await closeAt(friday)
    expect(await say('undo')).toMatch(/^422 .*comes too late/u)
    expect(await say('#private')).toMatch(/^422 .*comes too late/u)
    expect(await milestones()).toMatchObject([{ title: 'Talk' }])
  })
})

describe('undo', () => {
  it('says what was settled', async () => {
    await say('#next run the baseline')
    await closeAt(friday)
    await say('1 met')
    expect(await say('undo')).toMatch(/^200 Taken back: Plan 1 “[^”]+”: met ·/u)
    await say('#summary A good week.')
    expect(await say('undo', { key: 'u' })).toMatch(/^200 Taken back: Summary: “A good week.” ·/u)
  })

  it('touches nobody else’s post, though it is later', async () => {
    const token = await newAuthor()
    await say('#done mine')
    await say('#done the labmate’s', { token })
    await say('undo')
    expect(await briefly()).toEqual(['done: the labmate’s'])
    await say('#summary A good week.')
    await say('#private', { token })
    expect(await get('GET', '/api/digests/next')).toMatchObject({ summary: { text: 'A good week.' } })
    expect(await briefly(token)).toEqual(['private: the labmate’s'])
  })

  it('sent twice with one key takes one post back, and its post sent again makes nothing', async () => {
    await say('#done one')
    const first = await say('#done two', { key: 'p' })
    const undone = await say('undo', { key: 'u' })
    expect(await say('undo', { key: 'u' })).toBe(`${undone} (replayed)`)
    expect(await say('#done two', { key: 'p' })).toBe(`${first} (replayed)`)
    expect(await briefly()).toEqual(['done: one'])
    expect(await say('undo', { key: 'u2' })).toMatch(/^200 Taken back: “one” · 0 this week/u)
  })

  it('says how many it takes back', async () => {
    await say('#done one\n#ask two?\n#need three')
    expect(await say('undo')).toMatch(/^200 Taken back: “one” and 2 more/u)
    expect(await briefly()).toEqual([])
  })

  it('comes in time until the hour is over', async () => {
    await say('#done one')
    setClock(monday + hour)
    expect(await say('undo')).toMatch(/^422/u)
    setClock(monday + hour - 1)
    expect(await say('undo')).toMatch(/^200/u)
  })

  it('at the very end of the period takes back what no letter holds yet', async () => {
    setClock(friday - minute)
    await say('#done one')
    setClock(friday)
    expect(await say('undo', { key: 'u' })).toMatch(/^200/u)
    await say('#done two')
    await closeAt(friday)
    expect(await say('#plan')).toMatch(/^200/u)
    expect(await briefly()).toEqual(['next: two'])
  })

  it('takes back what is left of a post, as it was edited', async () => {
    await say('#done one\n#done two\n#done three')
    const [first, second] = await all()
    await get('PATCH', `/api/updates/${first?.id}`, { text: 'edited' })
    await ask('DELETE', `/api/updates/${second?.id}`)
    expect(await say('undo')).toMatch(/^200/u)
    expect(await briefly()).toEqual([])
    await say('#done four')
    const [fourth] = await all()
    await ask('DELETE', `/api/updates/${fourth?.id}`)
    expect(await say('undo', { key: 'again' })).toMatch(/^422/u)
  })

  it('follows a post that was filed anew, twice', async () => {
    await say('one')
    await say('#next')
    expect(await say('#ask')).toMatch(/^200 Filed as ask/u)
    expect(await briefly()).toEqual(['ask: one'])
    expect(await say('undo')).toMatch(/^200 Taken back: “one”/u)
    expect(await briefly()).toEqual([])
  })

  it.each(['undo', '#private', '#next'])('%s loses to a letter that closes meanwhile', async (text) => {
    for (const trip of [1, 2, 3, 4, 5, 6, 7, 8]) {
      await env.DB.prepare('DELETE FROM posts').run()
      const cutOff = friday + (trip - 1) * 7 * 24 * hour
      setClock(cutOff - minute)
      await say(`#done thing ${trip}\n#summary Week ${trip}.`)
      let trips = 0
      const { db } = strictDb(env.DB, async () => {
        trips += 1
        if (trips === trip) await tickAt(cutOff)
      })
      const line = await say(text, { db })
      if (trips < trip) await tickAt(cutOff)
      const told = resend.inbox('professor@example.edu').at(-1)?.text ?? ''
      expect([trip, line.slice(0, 3), told.includes(`Week ${trip}.`)]).toEqual([
        trip,
        ...(told.includes(`thing ${trip}`)
          ? [text === '#next' && line.startsWith('200') ? '200' : '422', true]
          : ['200', false]),
      ])
    }
  })
})

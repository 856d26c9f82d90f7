import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { strictDb } from '../strict-db.ts'
import {
  addRecipient,
  ask,
  emptyAll,
  friday,
  get,
  hour,
  monday,
  post,
  setClock,
  setUp,
  tickAt,
} from '../world.ts'
import { everything, exportAll, importAll, linesOf, linesOfType, send, written } from './parts.ts'

const head = { type: 'export', format: 1, project: 'project-1' }
const project = {
  ...{ type: 'project', id: 'project-1', since: '2026-11-13T16:00:00Z' },
  nextCutOff: '2026-11-20T16:00:00Z',
}
const uuid = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const at = { postedAt: '2026-11-16T10:00:00Z' }
const update = (n: number, more: object = {}) => ({
  type: 'update',
  id: uuid(n),
  text: `Update ${n}`,
  ...at,
  ...more,
})
const digest = (number: number, more: object = {}) => ({
  ...{ type: 'digest', number, slug: `2026-01-0${number}`, freeze: String(number).repeat(32) },
  ...{ since: '2026-11-13T16:00:00Z', until: '2026-11-13T16:00:01Z', sendUntil: '2026-11-14T12:00:00Z' },
  ...{ delivery: 'direct', title: '', about: '', ownerName: '', locale: 'en-GB', zone: 'UTC' },
  ...more,
})
const recipient = { type: 'recipient', id: uuid(7), email: 'Professor@example.edu', joinedAt: at.postedAt }

/** A part of a project, and the one that begins it. */
const part = (...lines: readonly object[]) => written([head, ...lines])
const begin = (...lines: readonly object[]) => part(project, ...lines)

/** That a part is refused, and changes nothing; what the answer says. */
async function refusal(text: string, db?: D1Database): Promise<Record<string, unknown>> {
  const before = await everything()
  const response = await send(text, db)
  expect(await everything()).toEqual(before)
  return { status: response.status, ...(await response.json<object>()) }
}

const stale = (detail: RegExp) => ({ status: 409, detail: expect.stringMatching(detail) })

beforeEach(() => setClock(monday))

describe('a part', () => {
  it('says what it read and what was new, and holds the period', async () => {
    const response = await send(begin(update(1), update(2)))
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      ...{ part: 1, held: true },
      lines: { project: { read: 1, added: 1 }, update: { read: 2, added: 2 } },
    })
    expect(await (await send(part(update(2), update(3)))).json()).toEqual({
      ...{ part: 1, held: true },
      lines: { update: { read: 2, added: 1 } },
    })
    expect(await get('GET', '/api/digests/next')).toMatchObject({
      held: true,
      cutOff: '2026-11-20T16:00:00.000Z',
    })
  })

  it('raises the version, and takes the lines in any order', async () => {
    const version = () => env.DB.prepare('SELECT version FROM project').first<number>('version')
    await importAll([begin()])
    const before = await version()
    const correction = { type: 'correction', id: uuid(9), update: uuid(1), text: 'Not so.', ...at }
    await importAll([part(correction, update(1))])
    expect(await version()).toBeGreaterThan(before ?? 0)
  })

  it('changes nothing when it comes again', async () => {
    const first = begin(update(1), recipient, { type: 'summary', id: uuid(5), text: 'A start.', ...at })
    await importAll([first, part(update(2))])
    const before = await everything()
    setClock(monday + hour)
    await importAll([first, part(update(2)), first])
    expect(await everything()).toEqual(before)
  })

  it('is taken as any of the types that JSON Lines go by, and as no other', async () => {
    for (const type of ['application/jsonl', 'application/x-ndjson', 'text/plain; charset=utf-8']) {
      const answer = await ask('POST', '/api/import', begin(), { headers: { 'Content-Type': type } })
      expect(answer.status).toBe(200)
    }
    const answer = await ask('POST', '/api/import', begin(), {
      headers: { 'Content-Type': 'application/json' },
    })
    expect(answer.status).toBe(415)
  })

  it('is for the owner alone', async () => {
    expect((await ask('POST', '/api/import', begin(), { token: 'wn_no' })).status).toBe(401)
  })

  it('may have blank lines, ends of Windows, and a mark at its beginning', async () => {
    await importAll([`\uFEFF${begin(update(1)).replaceAll('\n', '\r\n')}\r\n\n`])
    expect(await get('GET', `/api/updates/${uuid(1)}`)).toMatchObject({ text: 'Update 1' })
  })
})

describe('a line that is written by hand', () => {
  it('may leave out what a post would have made', async () => {
    const text = 'AUC **0.78** at last'
    await importAll([begin(update(1, { text, kind: 'result' }))])
    const posted = await post(text, { kind: 'result' })
    const [imported, made] = linesOfType('update', ...(await exportAll()))
    expect(made?.id).toBe(posted)
    for (const form of [
      'kind',
      'text',
      'fields',
      'tags',
      'inside',
      'author',
      'markdown',
      'letter',
      'page',
      'words',
    ]) {
      expect(imported?.[form]).toEqual(made?.[form])
    }
    expect(imported).toMatchObject({ post: uuid(1), at: '2026-11-16T10:00:00.000Z' })
  })

  it('is read as a post is where it gives no kind', async () => {
    const texts = [
      '#ask Which day suits? #meeting',
      'Tired #private',
      '#inside No answer yet',
      'Learned: less',
    ]
    await importAll([begin(...texts.map((text, n) => update(n, { text })))])
    expect(linesOfType('update', ...(await exportAll()))).toMatchObject([
      { kind: 'ask', text: 'Which day suits?', inside: false },
      { kind: 'private', text: 'Tired' },
      { kind: 'done', text: 'No answer yet', inside: true },
      { kind: 'surprise', text: 'less' },
    ])
  })

  it('makes a recipient as known as any other', async () => {
    await importAll([begin(recipient)])
    const { recipients } = await get<{ recipients: object[] }>('GET', '/api/recipients')
    expect(recipients).toMatchObject([{ email: 'Professor@example.edu', circle: 'inner', state: 'active' }])
    const again = await ask('POST', '/api/recipients', { email: 'professor@EXAMPLE.edu' })
    expect(again.status).toBe(409)
  })

  it('goes out like any other once its cut-off has come', async () => {
    await importAll([
      begin(recipient, update(1, { kind: 'ask' }), update(2, { text: 'Tired', kind: 'private' })),
    ])
    await setUp()
    await get('DELETE', '/api/digests/next/hold', { number: 1 })
    setClock(friday)
    await tickAt(friday)
    const letter = await get<{ documents: { markdown: string }[] }>('GET', '/api/digests/2026-11-20')
    expect(letter.documents[0]?.markdown).toContain('Update 1')
    expect(letter.documents[0]?.markdown).not.toContain('Tired')
  })
})

describe('a wrong line', () => {
  it.each<[string, string, string]>([
    ['no JSON', 'line 4', '{"type": "update"'],
    ['no object', 'line 4', '[]'],
    ['of no type', 'line 4.type', '{}'],
    ['of an unknown type', 'line 4.type', '{"type": "session"}'],
    ['of a type that is no word', 'line 4.type', '{"type": {"a": 1}}'],
    ['a second head', 'line 4.type', JSON.stringify(head)],
    ['a second project', 'line 4.type', JSON.stringify(project)],
    ['of an unknown kind', 'line 4.kind', JSON.stringify(update(2, { kind: 'gossip' }))],
    ['without a text', 'line 4.text', JSON.stringify({ ...update(2), text: undefined })],
    ['with a text of 33 KiB', 'line 4.text', JSON.stringify(update(2, { text: 'x'.repeat(33 * 1024) }))],
    ['with NUL', 'line 4.text', JSON.stringify(update(2, { text: 'a\0b' }))],
    ['with half a character', 'line 4.text', '{"type":"update","text":"\\ud800","id":"x"}'],
    [
      'with a day that is none',
      'line 4.postedAt',
      JSON.stringify(update(2, { postedAt: '2026-02-30T10:00:00Z' })),
    ],
    ['with an unknown field', 'line 4.colour', JSON.stringify(update(2, { colour: 'red' }))],
    ['with no UUID', 'line 4.id', JSON.stringify(update(2, { id: "1'; DROP TABLE updates" }))],
    ['of nothing but a marker', 'line 4.text', JSON.stringify(update(2, { text: '#ask' }))],
    ['with some forms', 'line 4.letter', JSON.stringify(update(2, { markdown: 'x' }))],
    [
      'that says it is private',
      'line 4.kind',
      JSON.stringify(update(2, { kind: 'done', text: 'Tired #private' })),
    ],
    [
      'that says it is inside',
      'line 4.inside',
      JSON.stringify(update(2, { kind: 'done', text: 'No answer #inside' })),
    ],
    [
      'with another owner',
      'line 4.owner',
      JSON.stringify({ type: 'author', id: uuid(1), name: 'I', owner: true, createdAt: at.postedAt }),
    ],
    [
      'nested without end',
      'line 4.envelope',
      `{"type":"delivery","envelope":${'{"a":'.repeat(99_999)}1${'}'.repeat(99_999)}}`,
    ],
    ['with a zone of nowhere', 'line 4.zone', JSON.stringify(digest(1, { zone: 'Nowhere/Land' }))],
    [
      'with a period that ends before it begins',
      'line 4.until',
      JSON.stringify(digest(1, { until: '2026-11-01T16:00:00Z' })),
    ],
    [
      'with a private summary',
      'line 4.text',
      JSON.stringify({ type: 'summary', id: uuid(1), text: '#private', ...at }),
    ],
  ])('(%s) is named, and nothing of its part is stored', async (_, field, line) => {
    const answer = await refusal(`${begin(update(1))}${line}\n${written([update(3)])}`)
    expect(answer).toMatchObject({ status: 422 })
    expect(answer.errors).toContainEqual({ field, message: expect.any(String) })
  })

  it.each<[string, string, string]>([
    ['nothing', 'body', ''],
    ['no head', 'line 1.type', written([project])],
    ['another format', 'line 1.format', written([{ ...head, format: 2 }, project])],
    ['another project', 'line 2.id', written([head, { ...project, id: 'project-2' }])],
    [
      'a project of settings that are none',
      'line 2.settings.title',
      begin().replace('"since"', '"settings":{"title":7},"since"'),
    ],
  ])('(%s) in a first part is named', async (_, field, text) => {
    const answer = await refusal(text)
    expect(answer).toMatchObject({ status: 422, errors: [{ field }] })
  })

  it('is not listed a hundred times', async () => {
    const { errors } = await refusal(begin(...Array.from({ length: 100 }, () => ({ type: 'update' }))))
    expect(errors).toHaveLength(20)
  })

  it('is refused with its part where that is longer than a page, or grows too large', async () => {
    const many = Array.from({ length: 499 }, (_, n) => update(n))
    expect(await refusal(begin(...many))).toMatchObject({ status: 413 })
    const vast = Array.from({ length: 300 }, (_, n) => update(n, { text: '"&<> '.repeat(6500) }))
    expect(await refusal(begin(...vast))).toMatchObject({ status: 413 })
    const line = { ...digest(1), about: 'x'.repeat(2_000_000) }
    expect(await refusal(begin(line))).toMatchObject({ status: 413 })
  })
})

describe('a part that must not come', () => {
  it('is refused where something would be lost', async () => {
    await post('One')
    expect(await refusal(begin(update(1)))).toMatchObject(stale(/another project/u))
    await emptyAll()
    await addRecipient('professor@example.edu')
    expect(await refusal(begin())).toMatchObject(stale(/another project/u))
    await emptyAll()
    await get('POST', '/api/authors', { name: 'Co-author' })
    expect(await refusal(begin())).toMatchObject(stale(/another project/u))
    await emptyAll()
    await get('PATCH', '/api/digests/next', { summary: 'A start.' })
    expect(await refusal(begin())).toMatchObject(stale(/another project/u))
  })

  it('is refused before the first, and in another project', async () => {
    expect(await refusal(part(update(1)))).toMatchObject(stale(/empty database/u))
    await get('GET', '/api/settings')
    expect(await refusal(part(update(1)))).toMatchObject(stale(/empty database/u))
    await importAll([begin(update(1))])
    const other = [
      { ...head, project: 'project-2' },
      { ...project, id: 'project-2' },
    ]
    expect(await refusal(written(other))).toMatchObject(stale(/another project/u))
    expect(await refusal(written([other[0] ?? {}, update(2)]))).toMatchObject(stale(/another project/u))
  })

  it('is refused once the hold is lifted, until it is held again', async () => {
    await importAll([begin(update(1))])
    await get('DELETE', '/api/digests/next/hold', { number: 1 })
    expect(await refusal(begin(update(1)))).toMatchObject(stale(/not held/u))
    expect(await refusal(part(update(2)))).toMatchObject(stale(/not held/u))
    await get('PUT', '/api/digests/next/hold', { number: 1 })
    await importAll([part(update(2))])
  })

  it('is refused with a digest that is not below the open number, or is another than the one here', async () => {
    await importAll([begin(digest(5), digest(4))])
    await importAll([part(digest(3), digest(4))])
    expect(await refusal(part(digest(6)))).toMatchObject(stale(/not below/u))
    expect(await refusal(part(digest(2), digest(4, { freeze: 'f'.repeat(32) })))).toMatchObject(
      stale(/not below/u),
    )
    expect(await refusal(begin(digest(7)))).toMatchObject(stale(/not below/u))
    expect(await get('GET', '/api/digests/next')).toMatchObject({ number: 6 })
  })

  it('is refused while a line needs one that is not here', async () => {
    const lost = [update(2, { digest: 4 }), update(2, { author: uuid(8) })]
    for (const line of lost) {
      expect(await refusal(begin(update(1), line))).toMatchObject(stale(/in their order/u))
    }
    const correction = { type: 'correction', id: uuid(9), update: uuid(1), text: 'Not so.', ...at }
    expect(await refusal(begin(correction))).toMatchObject(stale(/in their order/u))
  })

  it('is refused where a line is here under another id', async () => {
    await importAll([begin(recipient, { type: 'summary', id: uuid(5), text: 'A start.', ...at })])
    const lines = [
      { ...recipient, id: uuid(8) },
      { type: 'summary', id: uuid(6), text: 'Another.', ...at },
    ]
    for (const line of lines) {
      expect(await refusal(part(update(1), line))).toMatchObject(stale(/another id/u))
    }
  })
})

describe('a part that meets something else', () => {
  const first = begin(update(1), recipient)
  const other = written([{ ...head, project: 'project-2' }, { ...project, id: 'project-2' }, update(2)])

  it('leaves one project whole when two begin at once', async () => {
    const statuses = await Promise.all([first, other].map(async (text) => (await send(text)).status))
    expect(statuses.sort()).toEqual([200, 409])
    const lines = linesOf(...(await exportAll()))
    const ids = lines.filter(({ type }) => type === 'update').map(({ id }) => id)
    expect(ids).toEqual(lines[0]?.project === 'project-1' ? [uuid(1)] : [uuid(2)])
  })

  it('is stored once when it comes twice at once', async () => {
    const statuses = await Promise.all([first, first, first].map(async (text) => (await send(text)).status))
    expect(statuses).toEqual([200, 200, 200])
    expect(linesOfType('update', ...(await exportAll()))).toHaveLength(1)
  })

  it.each([
    ['an update is posted', () => post('One')],
    ['a reader is added', () => addRecipient('labmate@example.edu')],
  ])('is refused when %s just before', async (_, other) => {
    let done = false
    const { db } = strictDb(env.DB, async () => {
      if (!done) await other()
      done = true
    })
    expect((await send(first, db)).status).toBe(409)
    expect(linesOfType('update', ...(await exportAll())).map(({ id }) => id)).not.toContain(uuid(1))
  })

  it('closes no period that was being closed, nor passes its cut-off, when it comes in the middle', async () => {
    await get('GET', '/api/settings')
    for (const trip of [2, 3, 4, 5]) {
      await emptyAll()
      await get('GET', '/api/settings')
      let trips = 0
      const { db } = strictDb(env.DB, async () => {
        trips += 1
        if (trips === trip) await importAll([first])
      })
      setClock(friday)
      await tickAt(friday, friday, db)
      if (trips < trip) await importAll([first])
      const lines = linesOf(...(await exportAll()))
      expect(lines.filter(({ type }) => type === 'digest')).toEqual([])
      expect(lines.find(({ type }) => type === 'update')).not.toHaveProperty('digest')
      expect(await get('GET', '/api/digests/next')).toMatchObject({ held: true, number: 1 })
    }
  })

  it('is refused once the hold was lifted between two parts', async () => {
    await importAll([first])
    let done = false
    const { db } = strictDb(env.DB, async () => {
      if (!done) await get('DELETE', '/api/digests/next/hold', { number: 1 })
      done = true
    })
    expect((await send(part(update(3)), db)).status).toBe(409)
  })

  it('leaves nothing behind where a statement fails in the middle', async () => {
    const broken = { prepare: env.DB.prepare.bind(env.DB) }
    const db = new Proxy(env.DB, {
      get(target, name) {
        if (name !== 'batch') return Reflect.get(target, name)
        return (batch: D1PreparedStatement[]) =>
          target.batch([...batch.slice(0, 3), broken.prepare('SELECT json(?1)').bind('{'), ...batch.slice(3)])
      },
    })
    const before = await everything()
    expect((await send(first, db)).status).toBe(500)
    expect(await everything()).toEqual(before)
  })
})

import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  addRecipient,
  ask,
  day,
  friday,
  get,
  monday,
  owner,
  post,
  runCron,
  setClock,
  setUp,
} from '../world.ts'
import { type Fields, fieldsOf, outcome, signIn, unescaped, visitor } from './desk.ts'

let cookie = ''
const { look, send, follow } = visitor(() => cookie)

const answerIn = (html: string) => /role="status">([^<]*)</u.exec(html)?.[1] ?? null

type Shown = { id: string; kind: string; text: string; tags: string[]; inside: boolean; at: string }

const updates = async () => (await get<{ updates: Shown[] }>('GET', '/api/updates')).updates

async function addProfessor(): Promise<void> {
  const id = await addRecipient('professor@example.edu')
  await get('PATCH', `/api/recipients/${id}`, { name: 'Professor', handle: 'prof' })
}

beforeEach(async () => {
  setClock(monday)
  await setUp()
  cookie = await signIn(owner)
})

describe('the page for writing', () => {
  it('posts as every channel does, and answers with the line of it', async () => {
    const html = await follow(await send('/write', { text: '#ask Which day?\n#next the run', key: 'k1' }))
    expect(answerIn(html)).toBe('2 noted: ask, plan · 2 this week, out Fri 16:00')
    expect((await updates()).map(({ kind }) => kind).toSorted()).toEqual(['ask', 'next'])
  })

  it('notes once what is sent twice under one key, and nothing under a key that was another post’s', async () => {
    for (let i = 0; i < 2; i++) await follow(await send('/write', { text: 'The loader works', key: 'k1' }))
    const other = await send('/write', { text: 'Something else', key: 'k1' })
    expect(other.status).toBe(422)
    const html = await other.text()
    expect(html).toContain('This page was out of date')
    expect(html).toContain('Something else</textarea>')
    expect(/name="key" value="([^"]*)"/u.exec(html)?.[1]).not.toBe('k1')
    expect((await updates()).map(({ text }) => text)).toEqual(['The loader works'])
  })

  it('notes once what is sent twice on the day that was chosen, and what waited overnight when it was written', async () => {
    const fields = { text: 'The loader works', day: '2026-11-16', key: 'k1' }
    const written = '2026-11-16T08:00:00.000Z'
    for (const later of [0, 1000]) {
      setClock(monday + later)
      await follow(await send('/write', fields))
    }
    for (const later of [0, day]) {
      setClock(monday + later)
      await follow(await send('/write', { ...fields, text: 'It waited', key: 'k2', written }))
    }
    expect((await updates()).map(({ text, at }) => [text, at])).toEqual([
      ['The loader works', '2026-11-16T09:00:00.000Z'],
      ['It waited', written],
    ])
  })

  it('files by a chip, on another day, for the inner circle', async () => {
    await addRecipient('professor@example.edu')
    expect(await look('/write')).not.toContain('name="inside"')
    await addRecipient('team@example.com', 'outer')
    expect(await look('/write')).toContain('name="inside"')
    const fields = { text: 'They did not answer', kind: 'surprise', day: '2026-11-14', inside: 'true' }
    await follow(await send('/write', fields))
    expect(await updates()).toMatchObject([
      { kind: 'surprise', inside: true, at: '2026-11-14T12:00:00.000Z', text: 'They did not answer' },
    ])
  })

  it('keeps a private word private, whatever chip is chosen', async () => {
    await follow(await send('/write', { text: 'I am lost #private', kind: 'done' }))
    expect(await updates()).toMatchObject([{ kind: 'private' }])
  })

  it('says what would be understood, as a page and as a line, and keeps nothing', async () => {
    const fields = { text: '#need a pod', key: 'k1', act: 'check' }
    const html = await (await send('/write', fields)).text()
    expect(answerIn(html)).toBe('Would be need: “a pod” · 0 this week, out Fri 16:00')
    expect(html).not.toContain('class="answer"')
    expect(html).toContain('#need a pod</textarea>')
    expect(html).toContain('name="key" value="k1"')
    expect(await (await send('/write', fields, cookie, { headers: { Accept: 'text/plain' } })).text()).toBe(
      'Would be need: “a pod” · 0 this week, out Fri 16:00\n',
    )
    expect(await updates()).toEqual([])
  })

  it.for([
    ['#done a\n#ask b', 'Would be 2: done, ask · 0 this week, out Fri 16:00'],
    ['#private tired', 'Would be private: stays with you.'],
    ['#status at risk', 'Would be at risk · 0 this week, out Fri 16:00'],
    [
      '#ask @prof may I? due today',
      'Would be ask → Professor, due Mon 16 Nov: “@prof may I? due today” · due before the letter is read · 0 this week, out Fri 16:00',
    ],
  ])('says what %j would be, and not as if it were noted', async ([text = '', line]) => {
    await addProfessor()
    expect(answerIn(await (await send('/write', { text, act: 'check' })).text())).toBe(line)
  })

  it('links to a mail, in words, where an answer is due before the letter', async () => {
    await addProfessor()
    const html = await follow(await send('/write', { text: '#ask @prof may I? due today', key: 'k1' }))
    expect(html).toContain(
      'due before the letter is read: <a href="mailto:professor@example.edu">mail professor@example.edu</a> ·',
    )
  })

  it.for([
    ['#answered 3', 'Nothing open holds “3”. Nothing was noted yet'],
    ['#done x\n#solved pods', 'Nothing open holds “pods”; open: “a TPU slot”. Nothing was noted yet'],
    ['7 met', 'No plan 7 in the last letter, only 1. Nothing was noted yet'],
    ['#status fine I guess', '“#status” was not understood, say “on track”'],
  ])('asks before %j is kept as an update, and notes it by a second word', async ([text = '', why]) => {
    await post('#next the report')
    await get('POST', '/api/digests', { number: 1 })
    setClock(monday + day)
    if (text.includes('pods')) await post('#need a TPU slot')
    const before = await updates()
    const asked = await send('/write', { text, key: 'k1' })
    expect(asked.status).toBe(422)
    const html = await asked.text()
    expect(html).toContain(why)
    expect(unescaped(html)).toContain(`${text}</textarea>`)
    expect(await updates()).toEqual(before)
    const sure = { ...fieldsOf(html, '/write'), sure: 'true' }
    expect(html).toContain('name="sure"')
    expect(answerIn(await follow(await send('/write', sure)))).toContain('kept as an update')
    expect((await updates()).length).toBeGreaterThan(before.length)
  })

  it.for(['3 met with the group', '2 is not enough', 'answered the reviewers'])(
    'asks nothing of prose like %j',
    async (text) => {
      expect(answerIn(await follow(await send('/write', { text, key: 'k1' })))).toContain('Done: “')
    },
  )

  it('asks nothing where the same was sent before and settled it, nor of a device that sends what waited', async () => {
    await post('#need a TPU slot')
    const solved = () => send('/write', { text: '#solved TPU slot', key: 'k1' })
    for (let i = 0; i < 2; i++) expect(answerIn(await follow(await solved()))).toContain('Solved: “a TPU')
    const waited = { text: '#solved quota', key: 'k2' }
    const line = await send('/write', waited, cookie, { headers: { Accept: 'text/plain' } })
    expect([line.status, await line.text()]).toEqual([201, expect.stringContaining('kept as an update')])
  })

  it('shows again what was typed when it is refused, with the reason', async () => {
    for (const [fields, reason] of [
      [{ text: '#private' }, 'no post of the last hour'],
      [{ text: 'x', kind: 'nonsense' }, 'kind'],
      [{ text: 'x', day: '2026-13-01' }, 'is no day'],
      [{ text: 'x', day: '2027-01-01' }, 'lies in the future'],
      [{ text: ' ' }, 'is empty'],
    ] as const) {
      const refused = await send('/write', fields)
      const html = await refused.text()
      expect([fields, refused.status]).toEqual([fields, 422])
      expect(html).toContain(`${fields.text}</textarea>`)
      expect(html).toContain(reason)
      expect(html).toContain('role="alert"')
    }
    expect(await updates()).toEqual([])
  })

  it('takes back the whole post, once, and not from a stale page', async () => {
    await follow(await send('/write', { text: 'First', key: 'k1' }))
    const shown = await follow(await send('/write', { text: '#done a\n#done b', key: 'k2' }))
    expect(shown).toContain('action="/write/undo"')
    expect(answerIn(await follow(await send('/write/undo', { key: 'k1' })))).toContain(
      'Too late to take back',
    )
    for (let i = 0; i < 2; i++)
      expect(answerIn(await follow(await send('/write/undo', { key: 'k2' })))).toContain('Taken back: “a”')
    expect((await updates()).map(({ text }) => text)).toEqual(['First'])
    expect(await look('/write?posted=k2')).not.toContain('action="/write/undo"')
  })

  it('shows an author the own updates alone, and lets nobody change another’s', async () => {
    const id = await post('The owner’s')
    const { id: author } = await get<{ id: string }>('POST', '/api/authors', { name: 'A labmate' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${author}/tokens`, { name: 'x' })
    const as = await signIn(token)
    await send('/write', { text: 'The labmate’s' }, as)
    const html = await look('/write', as)
    expect(html).toContain('The labmate’s')
    expect(html).not.toContain('The owner’s')
    expect(html).not.toContain('/archive')
    expect((await send(`/write/${id}`, { text: 'changed' }, as)).status).toBe(404)
    await send(`/write/${id}/deleted`, {}, as)
    expect((await updates()).map(({ text }) => text).toSorted()).toEqual(['The labmate’s', 'The owner’s'])
  })
})

describe('the page for writing, filled in by another page', () => {
  const handed = (fields: Record<string, string>) => `/write?${new URLSearchParams(fields)}`
  const textIn = (html: string) => fieldsOf(html, '/write[^"]*').text
  const url = 'https://example.com/a_(b)?c=1&d'

  it('quotes the selection in one line with its link, and reads no marker out of it', async () => {
    for (const [fields, text] of [
      [
        { text: 'Results: it\nworks', title: 'A [b] *c*', url },
        '“Results: it works” [A \\[b\\] \\*c\\*](https://example.com/a_%28b%29?c=1&d)',
      ],
      [{ title: 'Ask: why?', url }, '[Ask: why?](https://example.com/a_%28b%29?c=1&d)'],
      [{ text: '', title: ' ', url: 'https://arxiv.org/abs/1906.00091' }, 'https://arxiv.org/abs/1906.00091'],
      [{ text: 'two\nlines' }, 'two\nlines'],
      [
        { title: 'A title', text: 'words', url: 'javascript:alert(1)' },
        'A title\nwords\njavascript:alert(1)',
      ],
    ] as const) {
      expect(textIn(await look(handed(fields)))).toBe(text)
    }
    const line = await send('/write', { text: textIn(await look(handed({ text: 'Results: 5', url }))) ?? '' })
    expect(answerIn(await follow(line))).toMatch(/^Done: “/u)
  })

  it('keeps nothing and raises nothing before its button is pressed', async () => {
    const stored = async () => [
      await updates(),
      await env.DB.prepare('SELECT * FROM project').first(),
      await env.DB.prepare('SELECT count(*) FROM posts').first(),
    ]
    const before = await stored()
    const html = await look(handed({ text: '#answered quota\nundo', title: 'x', url }))
    expect(html).toContain('Another page filled this in')
    expect(answerIn(html)).toBeNull()
    expect(await stored()).toEqual(before)
  })

  it('shows what was handed over as text, whatever it is', async () => {
    const text = '"></textarea><script>alert(1)</script>'
    for (const fields of [{ text }, { title: text, url }, { url: `https://example.com/${text}` }]) {
      const html = await look(handed(fields))
      expect(html).not.toContain('<script>alert')
      expect(html.match(/<\/textarea>/gu)).toHaveLength(1)
    }
    expect(await look(`/write?url=${encodeURIComponent('https://[')}`)).toContain('https://[</textarea>')
    expect(await look('/write')).not.toContain('Another page')
  })

  it('says so again when it is refused, and asks for a sign-in without losing it', async () => {
    const place = handed({ text: 'x', url })
    const refused = await send(place, { text: '#private' })
    expect(refused.status).toBe(422)
    expect(unescaped(await refused.text())).toContain(`action="${place}"`)
    const page = await look(place, null)
    expect(fieldsOf(page, '/session').to).toBe(place)
    const headers = { Cookie: '', Accept: 'text/html' }
    const again = await send('/session', { token: owner, to: place }, null, { headers })
    expect(again.headers.get('Location')).toBe(place)
  })

  it('is posted by our own pages alone', async () => {
    const place = handed({ text: 'x', url })
    const origin = 'https://evil.example'
    expect((await send(place, { text: 'x' }, cookie, { origin })).status).toBe(403)
    expect(await updates()).toEqual([])
  })
})

describe('what a post settles', () => {
  it('is not asked about where there are no plans that it could mean', async () => {
    await follow(await send('/write', { text: '12 done, 3 to go', key: 'k1' }))
    expect(await updates()).toMatchObject([{ text: '12 done, 3 to go', kind: 'done' }])
  })

  const settled = async () => {
    const [, rows = ''] = /<h2>Settled this week<\/h2>(.*?)<h2>/su.exec(await look('/write')) ?? []
    return [...rows.matchAll(/<p>([^<]*)</gu)].map(([, what]) => what)
  }

  it('is shown beneath one’s latest, until it is taken back or the week is closed', async () => {
    expect(await look('/write')).not.toContain('Settled this week')
    await addProfessor()
    const plan = await post('#next three seeds')
    setClock(friday)
    await runCron(friday)
    setClock(friday + day)
    await post('1 partly, the quota came late')
    await post('#status at risk: the quota')
    expect((await settled()).length).toBe(2)
    expect((await settled())[0]).toMatch(/At risk/u)
    expect((await settled())[1]).toMatch(/three seeds.*partly/u)
    await post('undo')
    expect((await settled()).length).toBe(1)
    await get('DELETE', `/api/updates/${plan}/outcome`)
    expect(await settled()).toEqual([])
    await post('1 met')
    expect((await settled()).length).toBe(1)
    setClock(friday + 7 * day)
    await runCron(friday + 7 * day)
    expect(await settled()).toEqual([])
  })
})

describe('an update on a page', () => {
  it('is changed in its words, kind and circle, and keeps its hashtags', async () => {
    const id = await post('The loader works #tpu #fast')
    expect(await look(`/write/${id}`)).toContain('The loader works #tpu #fast</textarea>')
    await follow(
      await send(`/write/${id}`, { text: 'It works #tpu', kind: 'surprise', was: 'done', inside: 'true' }),
    )
    expect(await updates()).toMatchObject([
      { text: 'It works', tags: ['tpu'], kind: 'surprise', inside: true },
    ])
    await follow(
      await send(`/write/${id}`, { text: 'It works', kind: 'surprise', was: 'surprise', wasInside: 'true' }),
    )
    expect(await updates()).toMatchObject([{ inside: false, tags: [] }])
  })

  it('keeps its kind where its words were left as they were, markers in them or not', async () => {
    const text = '#done the appendix\n#result loss 0.421 vs 0.433'
    const { id } = await get<{ id: string }>('POST', '/api/updates', { text, kind: 'surprise' })
    const before = await updates()
    const html = await look(`/write/${id}`)
    const shownText = unescaped(/<textarea id="text-[^>]*>\s*([^<]*)<\/textarea>/u.exec(html)?.[1] ?? '')
    const kind = before[0]?.kind ?? ''
    await follow(await send(`/write/${id}`, { text: shownText.replaceAll('\n', '\r\n'), kind, was: kind }))
    expect(await updates()).toEqual(before)
  })

  it('goes inside by `#inside` in its words, though the box was left as it was', async () => {
    const id = await post('The quota came late')
    const text = 'The quota came late, the team forgot us #inside'
    await follow(await send(`/write/${id}`, { text, kind: 'done', was: 'done' }))
    expect(await updates()).toMatchObject([{ text: text.replace(' #inside', ''), inside: true }])
  })

  it('stays a whole private note, whatever markers stand in it', async () => {
    const id = await post('#private my note')
    const text = 'my note\nNext: call them'
    await follow(await send(`/write/${id}`, { text, kind: 'private', was: 'private' }))
    expect(await updates()).toMatchObject([{ text, kind: 'private' }])
  })

  it('stays inside where a page from before saves other words', async () => {
    const id = await post('The quota came late')
    await get('PATCH', `/api/updates/${id}`, { inside: true })
    await follow(
      await send(`/write/${id}`, { text: 'The quota came', kind: 'done', was: 'done', wasInside: 'false' }),
    )
    expect(await updates()).toMatchObject([{ text: 'The quota came', inside: true }])
  })

  it('is refused with box and kind as they were left', async () => {
    await addProfessor()
    await addRecipient('team@example.com', 'outer')
    const id = await post('finished')
    const text = '#done finished\n#need a slot'
    const refused = await send(`/write/${id}`, { text, kind: 'surprise', was: 'done', inside: 'true' })
    expect(refused.status).toBe(422)
    const html = await refused.text()
    const form = html.slice(html.indexOf(`action="/write/${id}"`))
    expect(/<input [^>]*name="inside"[^>]*>/u.exec(form)?.[0]).toContain('checked')
    expect(form).toMatch(/<option value="surprise" selected/u)
  })

  it('takes no other one in: what would be two is refused, with what was typed', async () => {
    const id = await post('finished')
    const text = '#done finished the loader\n#need a TPU slot'
    const refused = await send(`/write/${id}`, { text, kind: 'done', was: 'done' })
    expect(refused.status).toBe(422)
    const html = unescaped(await refused.text())
    expect(html).toContain(`${text}</textarea>`)
    expect(html).toContain('this would be 2: done, need. Nothing was changed')
    expect(await updates()).toMatchObject([{ id, text: 'finished', kind: 'done' }])
    const one = { text: '#done finished the loader', kind: 'done', was: 'done' }
    expect(answerIn(await follow(await send(`/write/${id}`, one)))).toBe('Changed.')
  })

  it('says so where a marker in its words files it anew', async () => {
    const id = await post('the loader works')
    const edit = { text: 'the loader works, still #need a slot', kind: 'done', was: 'done' }
    expect(answerIn(await follow(await send(`/write/${id}`, edit)))).toContain('of another kind now')
    expect(await updates()).toMatchObject([{ kind: 'need' }])
  })

  it('that a program posted as one can be changed as one', async () => {
    const id = await post('#done one\n#next two')
    const edit = { text: 'the first\n#next two', kind: 'done', was: 'done' }
    expect(answerIn(await follow(await send(`/write/${id}`, edit)))).toBe('Changed.')
  })

  it('becomes private by the word, and by no form from before a public one', async () => {
    const id = await post('Slept badly')
    await follow(await send(`/write/${id}`, { text: 'Slept badly #private', kind: 'done', was: 'done' }))
    await follow(await send(`/write/${id}`, { text: 'Slept badly #private', kind: 'surprise', was: 'done' }))
    expect(await updates()).toMatchObject([{ kind: 'private' }])
    await follow(await send(`/write/${id}`, { text: 'Slept very badly', kind: 'done', was: 'done' }))
    expect(await updates()).toMatchObject([{ kind: 'private', text: 'Slept very badly' }])
    await follow(await send(`/write/${id}`, { text: 'Slept badly', kind: 'done', was: 'private' }))
    expect(await updates()).toMatchObject([{ kind: 'done' }])
  })

  it('is deleted, and gone once', async () => {
    const id = await post('The loader works #tpu', { kind: 'surprise', at: '2026-11-14T08:00:00Z' })
    const html = await (await send(`/write/${id}/deleted`, {})).text()
    expect(html).toContain('Deleted: “The loader works”.')
    expect(await updates()).toEqual([])
    expect(await (await send(`/write/${id}/deleted`, {})).text()).toContain('It is gone already.')
  })

  it('is corrected once it stands in a letter, once by two taps, and not by a form from before', async () => {
    await addRecipient('professor@example.edu')
    const id = await post('AUC was 0.78')
    setClock(friday)
    await runCron(friday)
    setClock(friday + day)
    const stale = await send(`/write/${id}`, {
      text: 'AUC was 0.79, and much more',
      kind: 'done',
      was: 'done',
    })
    expect(stale.status).toBe(409)
    const html = await stale.text()
    expect(html).toContain('AUC was 0.79, and much more</textarea>')
    expect(html).toContain('name="correction"')
    const correction = { text: 'It was 0.79', fact: 'true', correction: 'true' }
    const twice = await Promise.all([1, 2].map(() => send(`/write/${id}`, correction)))
    for (const corrected of twice)
      expect(answerIn(await follow(corrected))).toBe(
        'The correction stands beside it, and in the next letter that goes out.',
      )
    expect(await get('GET', `/api/updates/${id}`)).toMatchObject({
      text: 'AUC was 0.78',
      corrections: [{ text: 'It was 0.79', fact: true }],
    })
    expect((await send(`/write/${id}/deleted`, {})).status).toBe(409)
  })
})

describe('a correction', () => {
  it.each([
    ['#result speed 550k vs 498k', 'speed 550k vs 498k'],
    ['Result: 550k', '550k'],
    ['#speed is 550k', '#speed is 550k'],
    ['#summary is 550k', '#summary is 550k'],
    ['550k, a #result', '550k, a #result'],
  ])('is told without the kind that leads it, and whole else: %s', async (typed, told) => {
    await post('speed 498k')
    const [{ id } = { id: '' }] = await updates()
    await get('POST', '/api/digests', { number: 1 })
    expect(await get('PATCH', `/api/updates/${id}`, { text: typed })).toMatchObject({
      corrections: [{ text: told }],
    })
  })
})

describe('what is taken back too late', () => {
  it('can still be withdrawn, by a link of the page', async () => {
    await send('/write', { text: 'The loader works', key: 'k1' })
    const [{ id } = { id: '' }] = await updates()
    await get('POST', '/api/digests', { number: 1 })
    const html = await (await send('/write', { text: 'undo', key: 'k2' })).text()
    expect(html).toContain('comes too late: the post before it has gone out.<')
    expect(html).toMatch(new RegExp(`href="/desk/letters/[\\d-]+#u-${id}"`, 'u'))
    expect(html).not.toContain('PUT /api')
  })
})

describe('one’s own updates', () => {
  it('are all shown, further back with each page', async () => {
    for (let n = 1; n <= 64; n++) await post(`Thing ${n} of many`)
    const shown = (html: string) =>
      Array.from(html.matchAll(/<p class="typed">(Thing \d+) of/gu), ([, thing]) => thing)
    const first = await look('/write')
    expect(shown(first)).toHaveLength(12)
    const older = /href="(\/write\?older=[^"#]+)#yours"/u
    const second = await look(older.exec(first)?.[1] ?? '')
    expect(shown(second)).toHaveLength(50)
    const third = await look(older.exec(second)?.[1] ?? '')
    expect(shown(third)).toEqual(['Thing 2', 'Thing 1'])
    expect(third).not.toMatch(older)
    expect(third).toContain('href="/desk#letter"')
  })
})

describe('an update that was deleted', () => {
  const whole = (id: string) => get('GET', `/api/updates/${id}`)

  /** Deletes it, and gives what its page brings it back with. */
  async function remove(id: string, from = 'write', as = cookie): Promise<Fields> {
    const html = await (await send(`/write/${id}/deleted`, { from }, as)).text()
    return fieldsOf(html, '/write/restored')
  }

  const restore = (fields: Fields, as = cookie) => send('/write/restored', fields, as).then(outcome)

  const restored = (id: string) => `303 /write?did=restored#${id}`

  it.for<[string, string, object]>([
    [
      'its words, tags, fields and day',
      '',
      { kind: 'surprise', at: '2026-11-14T08:00:00Z', fields: { mood: 4 } },
    ],
    ['a line that would begin another', '#done this\n#ask and that?', {}],
    ['what it says of a number', '#result auc=0.788 baseline .781 runs=3 on=kaggle #tpu', {}],
    ['spaces and lines', '    indented\n\n- a\n- b', { inside: true }],
    ['a private note', '#private Slept badly', {}],
  ])('is brought back with %s, once', async ([, text, more]) => {
    const id = await post(text || 'The loader works #tpu #fast', more)
    const before = await whole(id)
    const fields = await remove(id)
    expect(await updates()).toEqual([])
    expect(await Promise.all([1, 2].map(() => restore(fields)))).toEqual([restored(id), restored(id)])
    expect(await restore(fields)).toBe(restored(id))
    expect(await updates()).toHaveLength(1)
    expect(await whole(id)).toEqual(before)
  })

  it('public by the owner’s word stays so', async () => {
    const id = await post('Slept badly #private')
    await get('PATCH', `/api/updates/${id}`, { kind: 'done' })
    await restore(await remove(id))
    expect(await whole(id)).toMatchObject({ kind: 'done', text: 'Slept badly' })
  })

  it('is brought back with what came of it, and what was said of it', async () => {
    const plan = await post('#next the report')
    await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'partly', why: 'no tables', inside: true })
    const asked = await post('#ask which split?')
    await get('PUT', `/api/updates/${asked}/answer`, { state: 'answered', answer: 'the last day' })
    const open = await post('#need a pod')
    await get('PUT', `/api/updates/${open}/answer`, { state: 'open' })
    for (const id of [plan, asked, open]) {
      const before = await whole(id)
      const fields = await remove(id, 'desk')
      expect(await restore(fields)).toBe(`303 /desk?did=restored#${id}`)
      expect(await whole(id)).toEqual(before)
      await get('DELETE', `/api/updates/${id}/${id === plan ? 'outcome' : 'answer'}`)
      const since = await whole(id)
      expect(await restore(fields)).toBe(`303 /desk?did=restored#${id}`)
      expect(await whole(id)).toEqual(since)
    }
  })

  it('is brought back with an answer that can still be taken back by whoever posted it', async () => {
    const asked = await post('#ask which split?')
    await post('#answered which split: the last day')
    await restore(await remove(asked))
    expect(await whole(asked)).toMatchObject({ answer: { state: 'answered', answer: 'the last day' } })
    await ask('POST', '/api/updates', { text: 'undo' })
    expect(await whole(asked)).not.toHaveProperty('answer')
  })

  it('stays its author’s where the owner brings it back, and is nobody else’s by what a form says', async () => {
    const { id: author } = await get<{ id: string }>('POST', '/api/authors', { name: 'A labmate' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${author}/tokens`, { name: 'phone' })
    const theirs = await signIn(token)
    await send('/write', { text: 'Theirs', key: 'k' }, theirs)
    const [{ id } = { id: '' }] = await updates()
    await restore(await remove(id, 'desk'))
    expect(await whole(id)).toMatchObject({ author })
    const mine = await post('Mine')
    const fields = await remove(mine)
    await restore(fields, theirs)
    expect(await whole(mine)).toMatchObject({ author })
  })

  it('comes into the open period where its own has closed', async () => {
    await addRecipient('professor@example.edu')
    await post('It is told')
    const id = await post('It waits')
    const fields = await remove(id)
    setClock(friday)
    await runCron(friday)
    await restore(fields)
    expect(await whole(id)).toMatchObject({ digest: null, postedAt: '2026-11-20T16:00:00.000Z' })
  })

  it('is not brought back by what no page of ours says', async () => {
    const { kept = '' } = await remove(await post('x'))
    const wrong = JSON.stringify({ ...JSON.parse(kept), text: ' ' })
    const nobodys = JSON.stringify({ ...JSON.parse(kept), author: crypto.randomUUID() })
    for (const said of ['', '{}', 'no JSON', '{"id":1}', wrong, nobodys])
      expect(await restore({ kept: said })).toMatch(/^422/u)
    expect(await updates()).toEqual([])
  })
})

import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { exportAll, importAll, moveHouse } from '../http/parts.ts'
import { begin, close, cutOff, letterTo, say } from '../letters/term.ts'
import { ask, get, minute, resend, setClock, tickAt } from '../world.ts'
import { columnsWith, everyPage, withdraw } from './words.ts'

/** The id of the one update that holds these words. */
async function idOf(words: string): Promise<string> {
  const found = await get<{ updates: { id: string }[] }>('GET', `/api/updates?q=${encodeURIComponent(words)}`)
  if (found.updates.length !== 1) throw new Error(`${found.updates.length} updates say ${words}`)
  return found.updates[0]?.id ?? ''
}

const markdownOf = async (slug: string) => {
  const { documents } = await get<{ documents: { circle: string; subject: string; markdown: string }[] }>(
    'GET',
    `/api/digests/${slug}`,
  )
  return Object.fromEntries(
    documents.map(({ circle, subject, markdown }) => [circle, `${subject}\n${markdown}`]),
  )
}

const first = '2026-11-20'
const second = '2026-11-27'
const third = '2026-12-04'

beforeEach(begin)

describe('a withdrawn update', () => {
  it.each([
    '#done zqword with **zqbold** and `zqcode`',
    '#done zqword #inside',
    '#surprise zqword\n\n- zqmore\n- zqmore',
    '#change zqword',
    '#blocked zqword @team',
    '#need zqword @professor due 27 Nov',
    '#ask @professor zqword? due 27 Nov',
    '#next zqword by 27 Nov',
    '#read zqword https://arxiv.org/abs/2401.01234',
    '#meeting zqword',
    '#result zqauc=0.9871 zqbaseline baseline .9771 runs=3 on=zqkaggle',
    '#done zqtag #zqtag',
  ])('is in no column, page or letter any more: %s', async (text) => {
    await get('POST', '/api/reports', { since: '2026-11-01T00:00:00Z', until: '2026-12-31T00:00:00Z' })
    await say(1, '#done something else', text)
    const id = await idOf('zq')
    await close(1)
    await say(2, '#done one more')
    if (text.startsWith('#next'))
      await get('PUT', `/api/updates/${id}/outcome`, { outcome: 'partly', why: 'zqwhy' })
    if (/^#(?:ask|need|blocked)/u.test(text))
      await get('PUT', `/api/updates/${id}/answer`, { state: 'answered', answer: 'zqanswer' })
    await get('PATCH', `/api/updates/${id}`, { text: 'zqcorrection', fact: true })
    await close(2)
    await get('PATCH', `/api/updates/${id}`, { text: 'zqlater', fact: true })
    if (text.startsWith('#next'))
      await get('PUT', `/api/updates/${id}/outcome`, { outcome: 'met', why: 'zqwhy' })
    if (/^#(?:ask|need|blocked)/u.test(text))
      await get('PUT', `/api/updates/${id}/answer`, { state: 'dropped', answer: 'zqanswer' })
    const { reports } = await get<{ reports: { id: string }[] }>('GET', '/api/reports')
    await get('PUT', `/api/reports/${reports[0]?.id}`, {
      paragraphs: {},
      ticks: {
        'metric:auc': true,
        ...(text.startsWith('#result') ? { 'metric:zqauc on zqkaggle': false } : {}),
      },
    })
    expect(await columnsWith(/zq|\.9[78]71/u)).not.toEqual([])
    expect(await everyPage()).toMatch(/zq/u)

    expect(await withdraw(id)).toMatchObject({ text: 'withdrawn 27 Nov', fields: {}, tags: [] })
    expect(await columnsWith(/zq|\.9[78]71/u)).toEqual([])
    expect(await everyPage()).not.toMatch(/zq|\.9[78]71/u)
    expect((await markdownOf(first)).inner).toContain('*withdrawn 27 Nov*')
    expect(await env.DB.prepare('SELECT ticks FROM reports').first('ticks')).toContain('"metric:auc":true')
    await say(3, '#done the last')
    await close(3)
    expect(letterTo('inner')).toMatch(/the last/u)
    expect(letterTo('inner')).not.toMatch(/zq|withdrawn/u)
  })

  it('says when, and why where that was said, in plain text', async () => {
    await say(1, '#done zqword', '#done another')
    await close(1)
    const id = await idOf('zqword')
    const { withdrawn } = await withdraw(id, { reason: 'It was <b>not</b> *ours*' })
    expect(withdrawn).toEqual({ at: '2026-11-20T16:01:00.000Z', reason: 'It was <b>not</b> *ours*' })
    const { inner } = await markdownOf(first)
    expect(inner).toContain('- *withdrawn 20 Nov – It was \\<b\\>not\\</b\\> \\*ours\\**')
    expect(await everyPage()).toContain('<em>withdrawn 20 Nov – It was &lt;b&gt;not&lt;/b&gt; *ours*</em>')
    expect(await everyPage()).not.toMatch(/zqword/u)
  })

  it('leaves all else in its letters as it was', async () => {
    await say(
      1,
      '#done zqword',
      '#result auc=0.71 baseline .70',
      '#ask @professor which split?',
      '#next the plots\n#next zqplan\n#next the text',
      '#done only for us #inside',
    )
    await close(1)
    const before = await markdownOf(first)
    await withdraw(await idOf('zqword'))
    await withdraw(await idOf('zqplan'))
    const after = await markdownOf(first)
    for (const circle of ['inner', 'outer']) {
      expect(after[circle]).toBe(
        before[circle]?.replace('zqword', '*withdrawn 20 Nov*').replace('zqplan', '*withdrawn 20 Nov*'),
      )
    }
  })

  it('leaves a long letter as it was: the same items in part, the same ones left to the page', async () => {
    const long = (name: string) => `#done ${name} begins.\n\n${'and goes on '.repeat(60)}end of ${name}`
    await say(1, ...Array.from({ length: 12 }, (_, i) => long(`thing ${i}`)), long('zqthing'))
    await say(1, ...Array.from({ length: 6 }, (_, i) => `#ask @professor question ${i}?`))
    await close(1)
    const before = await markdownOf(first)
    expect(before.inner).toMatch(/\[more\]/u)
    expect(before.inner).toMatch(/3 more\)/u)
    await withdraw(await idOf('zqthing'))
    const after = await markdownOf(first)
    expect(after.inner).toBe(
      before.inner?.replace('13 done', '12 done').replace(/^- zqthing begins.*$/mu, '- *withdrawn 20 Nov*'),
    )
    await withdraw(await idOf('question 0?'))
    expect((await markdownOf(first)).inner).not.toContain('question 0')
  })

  it.each([
    ['was not mailed is composed anew', true],
    ['was mailed is not mailed twice', false],
  ])('is in no preview of the next letter: one that %s', async (_, isRefused) => {
    await say(1, '#ask zqword?')
    await close(1)
    await say(2, '#done something new')
    const dayBefore = cutOff(2) - 24 * 60 * minute
    const tickLater = async (minutes: number) => {
      setClock(dayBefore + minutes * minute)
      await tickAt(dayBefore + minutes * minute)
    }
    if (isRefused)
      resend.fault(() => ({ status: 429, name: 'rate_limit_exceeded', headers: { 'retry-after': '60' } }))
    await tickLater(0)
    resend.fault()
    expect((await columnsWith(/zq/u)).join().includes('notices.markdown')).toBe(isRefused)
    await withdraw(await idOf('zqword'))
    expect(await columnsWith(/zq/u)).toEqual([])
    for (const minutes of [5, 10, 15]) await tickLater(minutes)
    const previews = resend.sent.flatMap(({ text }) => (text.includes('something new') ? [text] : []))
    expect(previews.map((text) => text.includes('zqword'))).toEqual([!isRefused])
  })

  it('that was inside changes nothing in the outer circle’s letter', async () => {
    await say(1, '#done for all', '#done zqword #inside')
    await close(1)
    const rows = () => env.DB.prepare(`SELECT * FROM documents WHERE circle = 'outer'`).first()
    const before = await rows()
    await withdraw(await idOf('zqword'))
    expect(await rows()).toEqual(before)
    expect((await markdownOf(first)).inner).toContain('withdrawn 20 Nov')
  })
})

describe('what later letters quoted of it', () => {
  it('is gone: an ask told again, in full and in one line with others', async () => {
    await say(
      1,
      '#ask @professor zqword?',
      '#need other things @team',
      '#blocked zqblock\n#blocked other trouble',
    )
    await close(1)
    for (const week of [2, 3, 4]) {
      await say(week, `#done week ${week}`)
      await close(week)
    }
    const { inner } = await markdownOf('2026-12-11')
    expect(inner).toContain('Also open: “zqword?”')
    expect(inner).toContain('Still blocked: “zqblock”')
    await withdraw(await idOf('zqword'))
    await withdraw(await idOf('zqblock'))
    expect(await columnsWith(/zq/u)).toEqual([])
    const after = await markdownOf('2026-12-11')
    expect(after.inner).toMatch(
      /Also open: \*withdrawn 11 Dec\* \(Professor, \d+ days\); “other things @team”/u,
    )
    expect(after.inner).toMatch(/Still blocked: \*withdrawn 11 Dec\* \(\d+ days\); “other trouble”/u)
    expect((await markdownOf(second)).inner).toContain('- *withdrawn 11 Dec*')
  })

  it('is gone: a plan and what came of it, by its number', async () => {
    await say(1, '#next the plots\n#next zqplan')
    await close(1)
    await say(2, '2 partly, zqwhy', '#done week 2')
    await close(2)
    expect((await markdownOf(second)).inner).toContain('zqwhy')
    await withdraw(await idOf('zqplan'))
    expect(await columnsWith(/zq/u)).toEqual([])
    const { inner } = await markdownOf(second)
    expect(inner).toMatch(/^1\. \*\*– no word yet:\*\* the plots\n2\. \*withdrawn 27 Nov\*$/mu)
  })

  it('is gone: a plan of the last letter is neither told nor settled by its number', async () => {
    await say(1, '#next the plots\n#next zqplan')
    await close(1)
    await withdraw(await idOf('zqplan'))
    await say(2, '2 partly, quota', '#done week 2')
    expect(JSON.stringify(await get('GET', '/api/digests/next'))).not.toMatch(
      /withdrawn|no word yet: \*\*with/u,
    )
    expect(await idOf('2 partly, quota')).not.toBe('')
  })

  it('is gone: a number as baseline, last value and change, and the subject that it made', async () => {
    await say(1, '#result auc=0.7123 baseline .7011')
    await close(1)
    await say(2, '#result auc=0.7222')
    await close(2)
    await say(3, '#result auc=0.7333 with a new sampler')
    await close(3)
    expect((await markdownOf(second)).inner).toContain(
      'auc 0.7222, +0.0211 vs baseline .7011, last time 0.7123',
    )
    await withdraw(await idOf('0.7123'))
    expect(await everyPage()).not.toMatch(/0\.7123|\.7011|0\.0211/u)
    expect(await columnsWith(/0\.7123|\.7011|0\.0211/u)).toEqual([])
    const after = await markdownOf(second)
    expect(after.inner).toContain('auc 0.7222 (DLRM on TPUs, letter 2)')
    expect(after.inner).toContain('**auc 0.7222 (single run, no baseline).**')
    expect((await markdownOf(third)).inner).toContain(
      '**auc 0.7333, last time 0.7222 (+0.0111) (single run, no baseline):**',
    )
    await withdraw(await idOf('0.7222'))
    expect((await markdownOf(third)).inner).toContain(
      '**auc 0.7333 (single run, no baseline):** with a new sampler',
    )
    expect(await everyPage()).not.toMatch(/0\.7222/u)
  })

  it('is gone: a number of the same letter, in the circle that saw it alone', async () => {
    await say(1, '#result auc=0.7123 #inside', '#result auc=0.7222', '#done more')
    await close(1)
    const before = await markdownOf(first)
    expect(before.inner).toContain('last time 0.7123')
    await withdraw(await idOf('0.7123'))
    const after = await markdownOf(first)
    expect(after.inner).not.toContain('0.7123')
    expect(after.outer).toBe(before.outer)
  })

  it('is gone: one of two notes on a paper, and the other stays', async () => {
    const link = 'https://arxiv.org/abs/2401.01234'
    await say(1, `#read zqone ${link}`, `#read the other ${link}`, '#done more')
    await close(1)
    await withdraw(await idOf('zqone'))
    expect(await columnsWith(/zq/u)).toEqual([])
    const { inner } = await markdownOf(first)
    expect(inner).toMatch(/- \*withdrawn 20 Nov\*\n\n {2}the other/u)
    await withdraw(await idOf('the other'))
    expect(await columnsWith(/the other/u)).toEqual([])
  })
})

describe('the posts that said it', () => {
  it('answer again without its words, those that made it and those that named it', async () => {
    const send = (text: string, key: string, accept = 'application/json') =>
      ask('POST', '/api/updates', text, {
        headers: { 'Content-Type': 'text/plain', 'Idempotency-Key': key, Accept: accept },
      })
    setClock(cutOff(1) - 60 * minute)
    const made = await send('#ask zqword about zqsplit?\n#done other\n#summary zqsummary is mine', 'made')
    const { updates } = await made.json<{ updates: { id: string }[] }>()
    await send('#need zqword as well', 'other')
    await close(1)
    setClock(cutOff(1) + 30 * minute)
    await send('#answered zqword: which?', 'several')
    await send('#answered zqsplit: zqyes', 'settled')
    await withdraw(updates[0]?.id ?? '')
    await withdraw(await idOf('zqword as well'))
    expect(await columnsWith(/zqsplit\?|zqyes|zqword as well/u)).toEqual([])
    for (const [text, key] of [
      ['#ask zqword about zqsplit?\n#done other\n#summary zqsummary is mine', 'made'],
      ['#answered zqword: which?', 'several'],
      ['#answered zqsplit: zqyes', 'settled'],
    ] as const) {
      const again = await send(text, key)
      expect(again.headers.get('Idempotent-Replayed')).toBe('true')
      const words = `${await again.text()} ${await (await send(text, key, 'text/plain')).text()}`
      expect(words).not.toMatch(/zqsplit\?|zqyes|as well/u)
    }
    const different = await send('#ask another', 'made')
    expect(different.status).toBe(422)
  })

  it('forget a plan of which a post said what came, and that it was taken back', async () => {
    const send = (text: string, key: string) =>
      ask('POST', '/api/updates', text, {
        headers: { 'Content-Type': 'text/plain', 'Idempotency-Key': key, Accept: 'text/plain' },
      })
    await say(1, '#next zqplan of mine')
    await close(1)
    setClock(cutOff(1) + 30 * minute)
    expect(await (await send('1 met', 'met')).text()).toMatch(/^Plan 1 “zqplan of mine”: met/u)
    expect(await (await send('undo', 'undo')).text()).toContain('zqplan of mine')
    await withdraw(await idOf('zqplan of mine'))
    expect(await columnsWith(/zqplan/u)).toEqual([])
    expect(await (await send('1 met', 'met')).text()).toMatch(/^Plan 1 “withdrawn[^”]*”: met/u)
    expect(await (await send('undo', 'undo')).text()).not.toContain('zqplan')
  })

  it('are told, when they are taken back too late, where to withdraw it', async () => {
    setClock(cutOff(1) - minute)
    const { id } = await get<{ id: string }>('POST', '/api/updates', { text: '#done zqword' })
    await close(1)
    for (const text of ['undo', '#private']) {
      const answer = await ask('POST', '/api/updates', text, { headers: { 'Content-Type': 'text/plain' } })
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain(
        `has gone out; withdraw it: /desk/letters/${first}#u-${id} (PUT /api/updates/${id}/withdrawal)`,
      )
    }
  })
})

describe('a withdrawal', () => {
  it('said again answers the same, and the first reason stays', async () => {
    await say(1, '#done zqword')
    await close(1)
    const id = await idOf('zqword')
    const one = await withdraw(id, { reason: 'the first' })
    setClock(cutOff(1) + 60 * minute)
    const before = await env.DB.prepare(
      'SELECT version, (SELECT revision FROM digests) AS r FROM project',
    ).first()
    expect(await withdraw(id, { reason: 'the second' })).toEqual(one)
    expect(
      await env.DB.prepare('SELECT version, (SELECT revision FROM digests) AS r FROM project').first(),
    ).toEqual(before)
  })

  it('is for the owner, of what has gone out', async () => {
    await say(1, '#done zqword', '#private zqnote')
    const id = await idOf('zqword')
    const put = async (token?: string, body: object = {}, of = id) =>
      (await ask('PUT', `/api/updates/${of}/withdrawal`, body, token === undefined ? {} : { token })).status
    expect(await put()).toBe(409)
    expect(await put(undefined, {}, await idOf('zqnote'))).toBe(409)
    expect(await put(undefined, {}, 'nothing')).toBe(404)
    await close(1)
    const { id: author } = await get<{ id: string }>('POST', '/api/authors', { name: 'A labmate' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${author}/tokens`, { name: 'phone' })
    expect(await put(token)).toBe(403)
    expect(await put('wn_no')).toBe(401)
    expect(await put(undefined, { reason: '#private thing' })).toBe(422)
    expect(await put(undefined, { reason: 'for us #inside' })).toBe(422)
    expect(await put(undefined, { reason: 'two\nlines' })).toBe(422)
    expect(await put(undefined, { why: 'no such field' })).toBe(422)
    expect(await put()).toBe(200)
  })

  it('is final: nothing is said of what was withdrawn any more', async () => {
    await say(1, '#next zqplan', '#ask zqask?')
    await close(1)
    const [plan, item] = [await idOf('zqplan'), await idOf('zqask')]
    await withdraw(plan)
    await withdraw(item)
    for (const [method, path, body] of [
      ['PATCH', `/api/updates/${plan}`, { text: 'It was zqplan', fact: true }],
      ['PUT', `/api/updates/${plan}/outcome`, { outcome: 'met' }],
      ['PUT', `/api/updates/${item}/answer`, { state: 'answered' }],
      ['DELETE', `/api/updates/${plan}`, undefined],
    ] as const)
      expect((await ask(method, path, body)).status).toBe(409)
    expect(await columnsWith(/zq/u)).toEqual([])
  })

  it('travels with export and import', async () => {
    await say(1, '#done zqword', '#done another')
    await close(1)
    const id = await idOf('zqword')
    await withdraw(id, { reason: 'by mistake' })
    const before = await get('GET', `/api/updates/${id}`)
    const pages = await markdownOf(first)
    await moveHouse()
    expect(await get('GET', `/api/updates/${id}`)).toEqual(before)
    expect(await markdownOf(first)).toEqual(pages)
    expect(await columnsWith(/zq/u)).toEqual([])
    await withdraw(await idOf('another'))
    expect((await markdownOf(first)).inner?.match(/withdrawn 20 Nov/gu)).toHaveLength(2)
  })

  it('is not undone by an older export that is imported again', async () => {
    await say(1, '#result zqauc=0.9871 baseline .9771', '#done another')
    await close(1)
    const id = await idOf('zq')
    await get('PATCH', `/api/updates/${id}`, { text: 'zqcorrection', fact: true })
    const older = await exportAll()
    await withdraw(id)
    await get('PUT', '/api/digests/next/hold', { number: 2 })
    await importAll(older)
    expect(await columnsWith(/zqcorrection|\.9[78]71/u)).toEqual([])
  })

  it('of a letter from before documents said what they show leaves nothing of it', async () => {
    await say(1, '#done zqword', '#done another')
    await close(1)
    const before = await markdownOf(first)
    await env.DB.prepare(`UPDATE documents SET items = '[]'`).run()
    await withdraw(await idOf('zqword'))
    expect((await markdownOf(first)).inner).toBe(
      before.inner?.replace('2 done', '1 done').replace('zqword', '*withdrawn 20 Nov*'),
    )
  })

  it('of what many letters named stays within a run', async () => {
    await say(1, '#ask @professor zqword?')
    for (let week = 1; week <= 25; week++) {
      await say(week, `#done week ${week}`)
      await close(week)
    }
    await withdraw(await idOf('zqword'))
    expect(await columnsWith(/zq/u)).toEqual([])
    expect(resend.inbox('professor@example.edu')).toHaveLength(25)
  })
})

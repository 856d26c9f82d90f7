import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  addRecipient,
  day,
  friday,
  get,
  hour,
  minute,
  monday,
  owner,
  post,
  resend,
  runCron,
  setClock,
  setUp,
  tickAt,
} from '../world.ts'
import { fieldsOf, outcome, plain, signIn, visitor } from './desk.ts'

let cookie = ''
const { request, look, send: sent } = visitor(() => cookie)
const send = async (...form: Parameters<typeof sent>) => outcome(await sent(...form))

const next = () => get<{ number: number; held: boolean }>('GET', '/api/digests/next')
const inbox = () => resend.inbox('student@example.edu')

beforeEach(async () => {
  setClock(monday)
  await setUp()
  cookie = await signIn(owner)
})

describe('the preview', () => {
  it('shows each circle’s letter with its subject, words and text, and says when it goes', async () => {
    await addRecipient('professor@example.edu')
    await addRecipient('team@example.com', 'outer')
    await post('The loader keeps up')
    await post('#inside The quota is nearly gone')
    const html = await look('/desk/preview')
    expect(html).toContain('Letter 1 goes out Fri 16:00 by itself')
    expect(html).toMatch(/<h2>To the inner circle, \d+ words<\/h2>/u)
    expect(html).toMatch(/<h2>To the outer circle, \d+ words<\/h2>/u)
    expect(html).toContain('No plan yet')
    expect(html).toContain('Subject: ')
    const outer = await look('/desk/preview/letter?circle=outer')
    expect(outer).toContain('The loader keeps up')
    expect(outer).not.toContain('quota')
    expect(await look('/desk/preview/letter?circle=inner')).toContain('The quota is nearly gone')
  })

  it('shows one letter where both circles read the same, or where only one is in use', async () => {
    await addRecipient('professor@example.edu')
    await post('The loader keeps up')
    expect((await look('/desk/preview')).match(/<iframe/gu)).toHaveLength(1)
    expect(await look('/desk/preview')).toMatch(/<h2>The letter, \d+ words<\/h2>/u)
    await addRecipient('team@example.com', 'outer')
    expect((await look('/desk/preview')).match(/<iframe/gu)).toHaveLength(1)
    expect(await look('/desk/preview')).toMatch(/<h2>To both circles, \d+ words<\/h2>/u)
  })

  it('lets the mail be framed by us alone, run nothing and send nothing; the other pages are not framed', async () => {
    await post('The loader keeps up')
    const mail = await request('/desk/preview/letter?circle=inner')
    expect(mail.headers.get('X-Frame-Options')).toBe('SAMEORIGIN')
    const policy = mail.headers.get('Content-Security-Policy') ?? ''
    for (const part of [
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      "frame-ancestors 'self'",
      "form-action 'none'",
      'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
    ])
      expect(policy).toContain(part)
    expect(policy).not.toContain('script')
    const page = await request('/desk/preview')
    expect(page.headers.get('X-Frame-Options')).toBe('DENY')
    const around = page.headers.get('Content-Security-Policy') ?? ''
    for (const part of [
      "frame-src 'self'",
      "frame-ancestors 'none'",
      "style-src 'self'",
      "script-src 'self'",
    ])
      expect(around).toContain(part)
    expect((await request('/desk')).headers.get('Content-Security-Policy')).toContain("frame-src 'none'")
    const refused = await request('/desk/preview/letter?circle=inner', '')
    expect(refused.headers.get('Content-Security-Policy')).toContain("style-src 'self'")
    const none = await request('/desk/preview/letter?circle=inner&of=1999-01-01')
    expect([none.status, none.headers.get('X-Frame-Options')]).toEqual([404, 'DENY'])
  })

  it('is the owner’s', async () => {
    const { id } = await get<{ id: string }>('POST', '/api/authors', { name: 'A labmate' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'phone' })
    const as = await signIn(token)
    for (const path of ['', '/letter?circle=inner', '/send', '/2026-11-20'])
      expect(await look(`/desk/preview${path}`, as)).toMatch(/^403/u)
    for (const path of ['/hold', '/lift', '/send', '/test', '/2026-11-20/forwarded'])
      expect(await send(`/desk/preview${path}`, { number: '1' }, as)).toMatch(/^403/u)
  })

  it('says what a silent week keeps for a later letter: a changed fact, a summary', async () => {
    await addRecipient('professor@example.edu')
    const id = await post('#result auc=0.7')
    await tickAt(friday)
    setClock(friday + hour)
    await get('PATCH', `/api/updates/${id}`, { text: 'it was 0.71', fact: true })
    await get('PATCH', `/api/updates/${id}`, { text: 'and over three runs', fact: true })
    const kept = 'Kept for the next letter that goes out: a correction of letter 1'
    expect(plain(await look('/desk'))).toContain(`Nothing to tell yet. ${kept}.`)
    await get('PATCH', '/api/digests/next', { summary: 'A slow week.' })
    expect(await look('/desk/preview')).toContain(`${kept}, your summary.`)
    await tickAt(friday + 6 * day)
    expect(inbox().at(-1)?.text).toContain(`${kept}, your summary.`)
    await post('The loader keeps up')
    for (const path of ['/desk', '/desk/preview']) expect(await look(path)).not.toContain('Kept for')
  })

  it('says what becomes of a held period, an away day, a silent week, an unready sender, and after the end', async () => {
    const says = async () =>
      /<p>(Letter|There|You|The last)[^<]*/u
        .exec(await look('/desk/preview'))?.[0]
        .slice(3)
        .trim()
    await addRecipient('professor@example.edu')
    expect(await says()).toBe(
      'There is nothing new to tell yet for letter 1. If nothing comes, it does not go out Fri 16:00.',
    )
    expect(await look('/desk/preview')).toContain('After a second week like this')
    expect(await look('/desk/preview')).not.toContain('Send it now')
    await post('The loader keeps up')
    await setUp({ away: [{ since: '2026-11-20', until: '2026-11-22', why: 'a wedding' }] })
    expect(await says()).toContain('You are away at the cut-off, Fri 16:00')
    await setUp({ away: [], ownerEmail: null })
    expect(await says()).toBe('Letter 1 is due Fri 16:00, but cannot go out as things are set:')
    expect(await look('/desk/preview')).toContain('No address of yours is set')
    await setUp({ ends: '2026-11-20' })
    expect(await says()).toBe(
      'Letter 1 goes out Fri 16:00 by itself, as it stands below. It is the last letter.',
    )
    await send('/desk/preview/hold', { number: '1' })
    expect(await says()).toBe(
      'Letter 1 is held: nothing goes out until you lift it. With the hold lifted: Letter 1 goes out Fri 16:00 by itself, as it stands below. It is the last letter.',
    )
    await send('/desk/preview/lift', { number: '1' })
    await runCron(friday)
    setClock(friday + hour)
    await post('One more thing')
    expect(await says()).toContain('The last letter has gone out.')
  })

  it('says what becomes of it where letters go by hand, with and without mail', async () => {
    await setUp({ sender: null })
    await post('The loader keeps up')
    expect(await look('/desk/preview')).toContain('Letter 1 comes to you Fri 16:00')
    await setUp({ sender: null, ownerEmail: null })
    expect(await look('/desk/preview')).toContain('Letter 1 is closed Fri 16:00, and waits here')
  })
})

describe('holding', () => {
  it('holds and lifts, twice as once, and a cut-off that came meanwhile sends nothing by that alone', async () => {
    await addRecipient('professor@example.edu')
    await post('The loader keeps up')
    for (let i = 0; i < 2; i++)
      expect(await send('/desk/preview/hold', { number: '1' })).toBe('303 /desk/preview?did=held')
    await runCron(friday)
    setClock(friday + hour)
    expect(await next()).toMatchObject({ number: 1, held: true })
    for (let i = 0; i < 2; i++)
      expect(await send('/desk/preview/lift', { number: '1' })).toBe('303 /desk/preview?did=lifted')
    await runCron(friday + hour)
    expect(await next()).toMatchObject({ number: 1, held: false })
    expect(await look('/desk/preview')).toContain(
      'No letter went out at the last cut-off: the period was held.',
    )
    expect(resend.inbox('professor@example.edu')).toEqual([])
  })

  it('is refused from a page of a period that is closed', async () => {
    await addRecipient('professor@example.edu')
    await post('The loader keeps up')
    await get('POST', '/api/digests', { number: 1 })
    for (const act of ['hold', 'lift', 'send', 'test'])
      expect(await send(`/desk/preview/${act}`, { number: '1' })).toBe(
        '409 That page was about letter 1, which is closed already. Nothing was done; this is letter 2.',
      )
    for (const number of ['', '0', 'one', '1.5'])
      expect(await send('/desk/preview/hold', { number })).toMatch(/^4(?:09|22) ./u)
    expect(await next()).toMatchObject({ number: 2, held: false })
    expect(inbox()).toEqual([])
  })
})

describe('sending now', () => {
  it('asks with the subject that the letter then has: what is due until the cut-off is not overdue yet', async () => {
    await addRecipient('professor@example.edu')
    await post('#ask @professor Which split? due Thursday')
    const question = await look('/desk/preview/send')
    await send('/desk/preview/send', fieldsOf(question, '/desk/preview/send'))
    await tickAt(monday + 5 * minute)
    const [letter] = resend.inbox('professor@example.edu')
    expect(letter?.subject).toContain('by Thu 19 Nov')
    expect(plain(question)).toContain(letter?.subject ?? 'none')
  })

  it('says to whom and how many, and then goes to them, once for two taps', async () => {
    for (const name of ['a', 'b', 'c']) await addRecipient(`${name}@example.edu`)
    for (const name of ['d', 'e']) await addRecipient(`${name}@example.com`, 'outer')
    const paused = await addRecipient('paused@example.edu')
    await get('PATCH', `/api/recipients/${paused}`, { state: 'paused' })
    await post('The loader keeps up')
    const question = await look('/desk/preview/send')
    expect(question).toContain('Letter 1 goes to 3 inner and 2 outer readers now.')
    expect(question).toContain('The next one is then due Fri 27 Nov; none goes out on Fri 20 Nov.')
    const fields = fieldsOf(question, '/desk/preview/send')
    const [first, second] = [
      await send('/desk/preview/send', fields),
      await send('/desk/preview/send', fields),
    ]
    expect(first).toBe('303 /desk/preview?did=sentNow')
    expect(second).toMatch(/^409 That page was about letter 1/u)
    await runCron(monday)
    await runCron(monday + 5 * minute)
    for (const to of ['a@example.edu', 'b@example.edu', 'c@example.edu', 'd@example.com', 'e@example.com'])
      expect(resend.inbox(to)).toHaveLength(1)
    expect(resend.inbox('paused@example.edu')).toEqual([])
    expect(await next()).toMatchObject({ number: 2 })
  })

  it('closes once when two taps come at the same time', async () => {
    await addRecipient('professor@example.edu')
    await post('The loader keeps up')
    const fields = fieldsOf(await look('/desk/preview/send'), '/desk/preview/send')
    const both = await Promise.all([send('/desk/preview/send', fields), send('/desk/preview/send', fields)])
    expect(both.toSorted()[0]).toBe('303 /desk/preview?did=sentNow')
    expect(both.toSorted()[1]).toMatch(/^409 That page was about letter 1/u)
    expect(await next()).toMatchObject({ number: 2 })
  })

  it('asks again when the letter or its readers have changed since the page', async () => {
    await addRecipient('professor@example.edu')
    await post('The loader keeps up')
    const before = fieldsOf(await look('/desk/preview/send'), '/desk/preview/send')
    await post('And more')
    expect(await send('/desk/preview/send', before)).toMatch(/^409 Something changed while you looked/u)
    const shown = await look('/desk/preview/send')
    expect(shown).toContain('Letter 1 goes to 1 reader now.')
    await addRecipient('second@example.edu')
    const fields = fieldsOf(shown, '/desk/preview/send')
    expect(await send('/desk/preview/send', fields)).toMatch(/^409 Something changed while you looked/u)
    expect(await next()).toMatchObject({ number: 1 })
  })

  it('is not offered where there is nothing to tell, something is missing, or nobody would get it', async () => {
    const lead = async () => /class="summary">([^<]*)</u.exec(await look('/desk/preview/send'))?.[1]
    const isOffered = async () => (await look('/desk/preview/send')).includes('name="seen"')
    expect([await lead(), await isOffered()]).toEqual([
      'There is nothing to tell yet, so there is no letter to send.',
      false,
    ])
    await post('#inside The loader keeps up')
    expect([await lead(), await isOffered()]).toEqual(['It cannot go out as things are set:', false])
    await addRecipient('team@example.com', 'outer')
    expect([await lead(), await isOffered()]).toEqual([
      'Nobody would get it: none of its readers is active.',
      false,
    ])
    await addRecipient('professor@example.edu')
    expect(await lead()).toBe('Letter 1 goes to 1 inner reader now.')
    expect(await look('/desk/preview/send')).toContain('It has nothing that the outer circle may see.')
  })
})

describe('a test to oneself', () => {
  const fields = async (circle = 'inner') => ({
    ...fieldsOf(await look('/desk/preview'), '/desk/preview/test'),
    circle,
  })

  it('mails the very letter, once for each page, and touches no delivery', async () => {
    await addRecipient('professor@example.edu')
    await setUp({ about: 'Recommendation models on TPUs.' })
    await post('The loader keeps up')
    const form = await fields()
    for (let i = 0; i < 2; i++)
      expect(await send('/desk/preview/test', form)).toBe('303 /desk/preview?did=tested')
    expect(inbox()).toHaveLength(1)
    const [test] = inbox()
    await send('/desk/preview/test', await fields())
    expect(inbox()).toHaveLength(2)
    expect(await env.DB.prepare('SELECT count(*) FROM deliveries').first('count(*)')).toBe(0)
    expect(await next()).toMatchObject({ number: 1 })

    await runCron(friday)
    const [letter] = resend.inbox('professor@example.edu')
    const general = (text = '') => text.replaceAll(/https:\/\/notes\.example\.edu\/[^\s"<)]*/gu, 'link')
    const first = 'This is a test, to you alone: letter 1 as its readers would get it on Fri 20 Nov.'
    expect(test?.subject).toBe(`Test: ${letter?.subject}`)
    expect(general(test?.text)).toBe(`${first}\n\n${general(letter?.text)}`)
    expect(general(test?.html).replace(/<p [^>]*>This is a test[^<]*<\/p>/u, '')).toBe(general(letter?.html))
    expect(test?.html).toContain(first)
    expect(test?.text).toContain('This letter on the web: https://notes.example.edu/desk/preview')
  })

  it('says for which circle it is, in a subject that fits', async () => {
    await addRecipient('professor@example.edu')
    await addRecipient('team@example.com', 'outer')
    await setUp({ title: 'Recommendation models of the largest kind on tensor processing units' })
    await post('#result auc=0.788 baseline .781 on=kaggle with the longest of names')
    await post('#ask @nobody which day?')
    await send('/desk/preview/test', await fields())
    expect(inbox().at(-1)?.subject).toMatch(/^Test, inner and outer circles: 1 ask/u)
    await post('#inside Only for us')
    await send('/desk/preview/test', await fields('outer'))
    expect(inbox().at(-1)?.subject).toMatch(/^Test, outer circle: /u)
    expect(inbox().at(-1)?.text).toMatch(/^This is a test, to you alone: letter 1 as the outer circle would/u)
    for (const { subject } of inbox()) expect(subject.length).toBeLessThanOrEqual(78)
  })

  it('mails one letter when two taps come at the same time', async () => {
    await post('The loader keeps up')
    const form = await fields()
    await Promise.all([send('/desk/preview/test', form), send('/desk/preview/test', form)])
    expect(inbox()).toHaveLength(1)
  })

  it('tells whoever taps again while it is being sent the same as at the first tap', async () => {
    await post('The loader keeps up')
    const form = await fields()
    let again = ''
    vi.stubGlobal('fetch', async (input: RequestInfo, init?: RequestInit) => {
      again = await send('/desk/preview/test', form)
      return resend.fetch(new Request(input, init))
    })
    expect(await send('/desk/preview/test', form)).toBe('303 /desk/preview?did=tested')
    expect(again).toBe('303 /desk/preview?did=tested')
    expect(inbox()).toHaveLength(1)
  })

  it('says what is missing for it, and needs no sender', async () => {
    await post('The loader keeps up')
    const form = await fields()
    await setUp({ ownerEmail: null })
    expect(await look('/desk/preview')).not.toContain('/desk/preview/test')
    expect(await look('/desk/preview')).toContain('A test to yourself cannot be mailed:')
    expect(await send('/desk/preview/test', form)).toMatch(/^422 No address of yours is set/u)
    await setUp({ sender: null })
    expect(await send('/desk/preview/test', form)).toBe('303 /desk/preview?did=tested')
    expect(inbox()[0]?.text).not.toContain('Stop these letters')
  })

  it('says when the provider refuses it, and that it waits while the provider is busy', async () => {
    await post('The loader keeps up')
    resend.script(
      ...Array.from({ length: 5 }, () => ({
        status: 429,
        name: 'rate_limit_exceeded',
        headers: { 'retry-after': '60' },
      })),
    )
    expect(await send('/desk/preview/test', await fields())).toBe('303 /desk/preview?did=testWaits')
    resend.reset()
    resend.script({ status: 422, name: 'validation_error' })
    expect(await send('/desk/preview/test', await fields())).toBe(
      '409 The mail provider refused it: validation_error.',
    )
    resend.script({ status: 403, name: 'invalid_api_key' })
    expect(await send('/desk/preview/test', await fields())).toBe(
      '409 The mail provider refused it: invalid_api_key.',
    )
    expect(inbox()).toEqual([])
  })

  it('is of an own circle’s letter alone', async () => {
    await post('The loader keeps up')
    expect(await send('/desk/preview/test', await fields('outer'))).toMatch(/^409 There is nothing to tell/u)
    expect(inbox()).toEqual([])
  })
})

describe('a letter by hand', () => {
  beforeEach(async () => {
    await setUp({ sender: null })
    await addRecipient('professor@example.edu')
    await post('The loader keeps up')
  })

  it('is closed for the owner to forward, shown to be copied, and marked, once', async () => {
    const question = await look('/desk/preview/send')
    expect(question).toContain('Letter 1 is closed now and comes to student@example.edu, for you to forward.')
    const fields = fieldsOf(question, '/desk/preview/send')
    expect(await send('/desk/preview/send', fields)).toBe('303 /desk/preview/2026-11-16?did=closedNow')
    expect(await look('/desk/preview')).toContain('Letter 1 waits for you to forward it')
    expect(await look('/desk/preview/2026-11-16')).toContain('It is on its way to your inbox, too.')
    await runCron(monday)
    const html = await look('/desk/preview/2026-11-16')
    expect(html).toContain('It was mailed to you, too.')
    const mail = await look('/desk/preview/letter?circle=inner&of=2026-11-16')
    expect(mail).toContain('The loader keeps up')
    expect(mail).not.toContain('waits for you to forward')
    const link = /https:\/\/notes\.example\.edu(\/l\/[^"]+)"/u.exec(mail)?.[1] ?? ''
    expect(await look(link, '')).toMatch(/^200 .*The loader keeps up/su)

    setClock(monday + day)
    for (let i = 0; i < 2; i++)
      expect(await send('/desk/preview/2026-11-16/forwarded')).toBe(
        '303 /desk/preview/2026-11-16?did=forwarded',
      )
    setClock(monday + 2 * day)
    await send('/desk/preview/2026-11-16/forwarded')
    const after = await look('/desk/preview/2026-11-16')
    expect(after).toContain('Forwarded on 17 Nov.')
    expect(after).not.toContain('/forwarded"')
    expect(await look('/desk/preview')).toContain('Letter 1 was forwarded on 17 Nov')
    expect(inbox()).toHaveLength(1)
  })

  it('waits at the desk where nothing mails it, with links that lead somewhere', async () => {
    await setUp({ sender: null, ownerEmail: null, publicUrl: null })
    expect(await look('/desk/preview/send')).toContain(
      'Letter 1 is closed now, for you to copy here and forward.',
    )
    await get('POST', '/api/digests', { number: 1 })
    const html = await look('/desk/preview/2026-11-16')
    expect(html).not.toContain('inbox')
    expect(html).toMatch(/This letter on the web: https:\/\/notes\.example\.edu\/l\/1-inner-/u)
  })
})

describe('a letter that went out by itself', () => {
  it('is copied with what was corrected since, for each circle what it may see', async () => {
    await addRecipient('professor@example.edu')
    await addRecipient('team@example.com', 'outer')
    const wrong = await post('#result auc=0.788 <1> of *three*')
    const inside = await post('#inside the quota is gone')
    await runCron(friday)
    setClock(friday + day)
    const copy = (circle: string) => look(`/desk/preview/letter?circle=${circle}&of=2026-11-20`)
    expect(await copy('inner')).not.toContain('Corrected since')
    await get('PATCH', `/api/updates/${wrong}`, { text: 'it was <0.778>', fact: true })
    await get('PATCH', `/api/updates/${inside}`, { text: 'it is nearly gone' })
    expect(await copy('inner')).toMatch(
      /Corrected since<\/h2>.*0\.788.*\(21 Nov\): it was &lt;0\.778&gt;.*quota is gone.*it is nearly gone/su,
    )
    expect(await copy('outer')).toContain('it was &lt;0.778&gt;')
    expect(await copy('outer')).not.toContain('nearly gone')
    const page = await look('/desk/preview/2026-11-20')
    expect(page).toContain('## Corrected since')
    expect(resend.inbox('professor@example.edu')[0]?.text).not.toContain('Corrected since')
  })

  it('can be copied, with a link to the archive, and is not marked as forwarded', async () => {
    await addRecipient('professor@example.edu')
    await post('The loader keeps up')
    await runCron(friday)
    setClock(friday + minute)
    const html = await look('/desk/preview/2026-11-20')
    expect(html).toContain('This letter on the web: https://notes.example.edu/archive/2026-11-20')
    expect(html).not.toContain('/forwarded"')
    expect(await look('/desk/preview/letter?circle=outer&of=2026-11-20')).toMatch(/^404/u)
    expect(await send('/desk/preview/2026-11-20/forwarded')).toMatch(/^409/u)
    expect(await look('/desk/preview/1999-01-01')).toMatch(/^404/u)
  })
})

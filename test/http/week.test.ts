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
import { plain, signIn, visitor } from './desk.ts'

let cookie = ''
const { look, send, follow } = visitor(() => cookie)
let plan = ''
let question = ''

/** What the letter will say, in Markdown. */
async function letter(): Promise<string> {
  const { documents } = await get<{ documents: { markdown: string }[] }>('GET', '/api/digests/next')
  return documents[0]?.markdown ?? ''
}

/** What is marked as chosen. */
function pressed(html: string): readonly (string | undefined)[] {
  return Array.from(html.matchAll(/value="(\w+)" aria-pressed="true"/gu)).map(([, value]) => value)
}

beforeEach(async () => {
  setClock(monday)
  await setUp()
  await addRecipient('professor@example.edu')
  plan = await post('#next three seeds of the baseline')
  question = await post('#ask is Thursday fine?')
  setClock(friday)
  await runCron(friday)
  setClock(friday + day)
  cookie = await signIn(owner)
})

describe('this week', () => {
  it('shows the letter so far by section, each open update to be changed, and what is missing', async () => {
    const id = await post('#done The loader **works**')
    const secret = await post('#private slept badly')
    const html = await look('/desk')
    expect(html).toContain('<h3>Planned and done</h3>')
    expect(html).toContain('The loader <strong>works</strong>')
    expect(html).toContain(`action="/write/${id}"`)
    expect(html.indexOf(secret)).toBeGreaterThan(html.indexOf('Stays with you'))
    expect(html).toContain(`No word yet <a href="#${plan}">what came of plan 1</a>`)
  })

  it('says by one tap what came of a plan, with a reason, and takes it back', async () => {
    const path = `/desk/plans/${plan}`
    const html = await follow(await send(path, { outcome: 'partly', why: 'the quota came only Thursday' }))
    expect(plain(html)).toMatch(
      /◐ partly: three seeds of the baseline – the quota came only Thursday Change/u,
    )
    expect(pressed(html)).toEqual(['partly'])
    expect(await letter()).toMatch(/◐ partly:.*three seeds.* the quota came only Thursday/u)
    await follow(await send(path, { outcome: 'met', why: '' }))
    expect(await letter()).toContain('✓ met')
    await follow(await send(path, { outcome: 'back' }))
    expect(await letter()).toContain('no word yet')
    expect(pressed(await look('/desk'))).toEqual([])
  })

  it('says of a plan or ask what can be settled once, above the letter so far', async () => {
    await post('#done The loader works')
    for (const path of [`/desk/plans/${plan}`, `/desk/items/${question}`]) {
      expect((await look('/desk')).split(`action="${path}"`)).toHaveLength(2)
      await send(path, { outcome: 'met', state: 'answered', answer: 'yes', why: 'in time' })
    }
    const [above = '', soFar = ''] = plain(await look('/desk')).split('Letter 2 so far')
    expect(above).toMatch(/✓ met: three seeds of the baseline – in time.*Answered: is Thursday fine\? – yes/u)
    expect(soFar).toContain('The loader works')
    expect(soFar).not.toMatch(/three seeds|Thursday/u)
    expect(await letter()).toMatch(/three seeds.*Thursday/su)
  })

  it('shows an ask that is answered in its own week in the letter alone, to be taken back there', async () => {
    const id = await post('#ask may I take the pod?')
    expect(await look('/desk')).not.toMatch(
      new RegExp(`action="/desk/items/${id}".*value="open".*</form>`, 'u'),
    )
    const html = await follow(await send(`/desk/items/${id}`, { state: 'answered', answer: 'yes' }))
    expect(html.split(`id="${id}"`)).toHaveLength(2)
    expect(pressed(html)).toEqual(['answered'])
    await follow(await send(`/desk/items/${id}`, { state: 'back' }))
    expect(await letter()).not.toContain('yes')
  })

  it('has a result that is told by its numbers alone once, to be changed where they stand', async () => {
    const id = await post('#result cost=12 dollars on=cluster')
    const html = await look('/desk')
    expect(plain(html)).toContain('cost 12 dollars on cluster')
    expect(html).not.toContain('Told together with others')
    expect(html.split(`id="${id}"`)).toHaveLength(2)
    expect(html.indexOf(`action="/write/${id}"`)).toBeGreaterThan(html.indexOf('<h3>Found</h3>'))
  })

  it('asks of each kind what closes it', async () => {
    await post('#need a quota of 32 cores')
    await post('#blocked waiting for the pod')
    const html = await look('/desk')
    for (const hint of ['Answer', 'What was given', 'What cleared it'])
      expect(html).toContain(`placeholder="${hint}, if you like"`)
  })

  it('folds private notes of earlier weeks, with their days', async () => {
    await post('#private slept badly')
    await post('#done something')
    await runCron(friday + 7 * day)
    setClock(friday + 8 * day)
    await post('#private slept well')
    const [open = '', folded = ''] = plain(await look('/desk')).split('Of earlier weeks: 1')
    expect(open).toMatch(/Stays with you slept well/u)
    expect(folded).toMatch(/slept badly 21 Nov/u)
  })

  it('shows plans of older letters until a letter has told what came of them', async () => {
    await post('#done something')
    setClock(friday + 7 * day)
    await runCron(friday + 7 * day)
    setClock(friday + 8 * day)
    expect(await look('/desk')).toContain('Older plans')
    const html = await follow(await send(`/desk/plans/${plan}`, { outcome: 'dropped' }))
    expect(html).toMatch(/Older plans.*✗ dropped:.*Take back/su)
    expect(await letter()).toContain('✗ dropped')
    await runCron(friday + 14 * day)
    setClock(friday + 15 * day)
    expect(await look('/desk')).not.toContain('Older plans')
  })

  it('confirms, answers and drops what is open, and takes it back', async () => {
    await post('#done something')
    const path = `/desk/items/${question}`
    expect(await look('/desk')).toContain('told once, not confirmed since')
    const confirmed = await follow(await send(path, { state: 'open', answer: '' }))
    expect(plain(confirmed)).toContain('Still open: is Thursday fine? – confirmed this week Change')
    expect(pressed(confirmed)).toEqual(['open'])
    expect(await follow(await send(path, { state: 'back' }))).toContain('told once, not confirmed since')
    const html = await follow(await send(path, { state: 'answered', answer: 'yes, at three' }))
    expect(plain(html)).toMatch(/dropped: 1 Answered: is Thursday fine\? – yes, at three Change/u)
    expect(pressed(html)).toEqual(['answered'])
    expect(await letter()).toContain('yes, at three')
    await follow(await send(path, { state: 'back' }))
    expect(await letter()).not.toContain('yes, at three')
    await follow(await send(path, { state: 'dropped' }))
    expect(await get('GET', `/api/updates/${question}`)).toMatchObject({ answer: { state: 'dropped' } })
  })

  it('keeps summary and status, and takes away what was emptied', async () => {
    await post('#done something')
    const fields = { summary: 'It trains,\r\nat last.', status: 'atRisk', reason: 'no quota' }
    await follow(await send('/desk/opening', fields))
    expect(await get('GET', '/api/digests/next')).toMatchObject({
      summary: { text: 'It trains, at last.' },
      status: { status: 'atRisk', reason: 'no quota' },
    })
    await follow(await send('/desk/opening', { summary: '', status: '', reason: 'left over' }))
    expect(await get('GET', '/api/digests/next')).toMatchObject({ summary: null, status: null })
  })

  it('shows again what was refused, in its form, and says why', async () => {
    for (const [path, fields, words] of [
      [
        '/desk/opening',
        { summary: 'Slept badly #private', status: '', reason: '' },
        'Slept badly #private</textarea>',
      ],
      [`/desk/plans/${plan}`, { outcome: 'not', why: 'I was ill #private' }, 'value="I was ill #private"'],
      [`/desk/items/${question}`, { state: 'answered', answer: 'no #private' }, 'value="no #private"'],
      [`/desk/plans/${plan}`, { outcome: 'nearly', why: 'typed' }, 'value="typed"'],
    ] as const) {
      const refused = await send(path, fields)
      const html = await refused.text()
      expect([path, refused.status]).toEqual([path, 422])
      expect(html).toContain(words)
      expect(html).toContain('role="alert"')
    }
    expect((await send(`/desk/plans/${question}`, { outcome: 'met' })).status).toBe(422)
    expect((await send('/desk/plans/none', { outcome: 'met' })).status).toBe(404)
  })

  it('finds updates by their words, and leads to where they stand', async () => {
    const id = await post('#done The loader is quick')
    const html = await look('/desk?q=LOADER')
    expect(html).toContain('1 with “LOADER”')
    expect(html).toContain(`href="#${id}"`)
    expect(await look('/desk?q=thursday')).toContain(`href="/archive/2026-11-20#${question}"`)
    for (const q of ['%', '"', "'; --", '<b>', '🙂'.repeat(50)])
      expect(await look(`/desk?q=${encodeURIComponent(q)}`)).toContain('0 with')
  })

  it('finds updates by all of the words, by phrases between quotes and by kind', async () => {
    const ids = {
      result: await post('#result The loader gave auc=0.788 on two GPUs'),
      done: await post('#done The loader runs on two machines; GPUs are next'),
      ask: await post('#ask Who says "kind:nonsense" of #results today?'),
    }
    const search = async (q: string) => {
      const html = await look(`/desk?q=${encodeURIComponent(q)}`)
      const found = html.slice(html.indexOf('id="search"'))
      return Object.entries(ids).flatMap(([name, id]) => (found.includes(`href="#${id}"`) ? [name] : []))
    }
    expect(await search('two gpu loader')).toEqual(['result', 'done'])
    expect(await search('"two gpu" loader')).toEqual(['result'])
    expect(await search('auc=0.78')).toEqual(['result'])
    expect(await search('kind:result')).toEqual(['result'])
    expect(await search('Kind:finished two')).toEqual(['done'])
    expect(await search('kind:result kind:question')).toEqual(['result', 'ask'])
    expect(await search('kind:ask loader')).toEqual([])
    expect(await search('"kind:nonsense"')).toEqual(['ask'])
    expect(await search('kind:nonsense')).toEqual(['ask'])
    expect(await search('""')).toEqual([])
  })

  it('says what of a search was looked for as words', async () => {
    await post('#done The loader works')
    expect(await look('/desk?q=kind:nonsense+loader+since:2026')).toContain(
      'Looked for as words: kind:nonsense since:2026',
    )
    expect(await look('/desk?q=kind:done+%23loader')).not.toContain('Looked for as words')
  })

  it('is shown after a deletion with what brings it back, to the owner alone', async () => {
    const id = await post('#done The loader works')
    const html = await (await send(`/write/${id}/deleted`, { from: 'desk' })).text()
    expect(html).toContain('<h1>This week</h1>')
    expect(html).toContain('Deleted: “The loader works”.')

    const { id: author } = await get<{ id: string }>('POST', '/api/authors', { name: 'A labmate' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${author}/tokens`, { name: 'x' })
    const as = await signIn(token)
    const { id: own } = await (await ask('POST', '/api/updates', { text: 'Mine' }, { token })).json<{
      id: string
    }>()
    const theirs = await (await send(`/write/${own}/deleted`, { from: 'desk' }, as)).text()
    expect(theirs).toContain('Deleted: “Mine”.')
    expect(theirs).not.toContain('three seeds')
    for (const path of ['/desk', '/desk?q=seeds'])
      expect(await look(path, as)).toContain('This page is not yours')
    for (const path of ['/desk/opening', `/desk/plans/${plan}`, `/desk/items/${question}`])
      expect((await send(path, { outcome: 'met', state: 'open', summary: 'x' }, as)).status).toBe(403)
  })
})

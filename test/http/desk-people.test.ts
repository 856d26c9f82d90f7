import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { strictDb } from '../strict-db.ts'
import {
  addRecipient,
  ask,
  day,
  friday,
  get,
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
import { signIn, told, visitor } from './desk.ts'

let cookie = ''
const { look, send } = visitor(() => cookie)

async function recipients(): Promise<readonly Record<string, unknown>[]> {
  return (await get<{ recipients: Record<string, unknown>[] }>('GET', '/api/recipients')).recipients
}

const add = (people: string, circle = 'inner') => send('/desk/people', { people, circle })

const fieldOf = (html: string) => /<textarea[^>]*>([^<]*)<\/textarea>/u.exec(html)?.[1]?.trim() ?? ''

beforeEach(async () => {
  setClock(monday)
  await setUp()
  cookie = await signIn(owner)
})

describe('people who are pasted', () => {
  it('are added to the circle that is chosen, as many as stand there', async () => {
    const people = 'Beta, Ada <a@example.edu>; Cid Gamma <c@example.edu>;'
    expect(await told(await add(people, 'outer'))).toBe('303 /desk/people?did=peopleAdded')
    expect(await recipients()).toMatchObject([
      { email: 'a@example.edu', name: 'Ada Beta', circle: 'outer', state: 'active' },
      { email: 'c@example.edu', name: 'Cid Gamma', circle: 'outer' },
    ])
    expect(await look('/desk/people?did=peopleAdded')).toMatch(
      /They are in the list now\..*2 get the letters.*Ada Beta/su,
    )
  })

  it('are added where they can be; the others are named, and come back in the field', async () => {
    await addRecipient('known@example.edu')
    setClock(monday + day)
    const response = await add(
      'a@example.edu\nBeta, Ada <a@example>\nknown@example.edu; A@example.edu\n<script>x</script>',
    )
    expect(response.status).toBe(422)
    const html = await response.text()
    expect(html).toContain('1 is in the list now.')
    expect(html).toContain('known@example.edu is known already.')
    expect(html).toContain('A@example.edu is in there twice.')
    expect(html).toContain('“Beta, Ada &lt;a@example&gt;” has no address that mail can go to')
    expect(fieldOf(html)).toBe('Beta, Ada &lt;a@example&gt;\n&lt;script&gt;x&lt;/script&gt;')
    expect((await recipients()).map(({ email }) => email)).toEqual(['known@example.edu', 'a@example.edu'])
  })

  it('are added once when the button is pressed twice, also at once, and both answers say it was done', async () => {
    const both = await Promise.all([add('a@example.edu, c@example.edu'), add('a@example.edu, c@example.edu')])
    for (const response of both) expect(await told(response)).toBe('303 /desk/people?did=peopleAdded')
    expect(await recipients()).toHaveLength(2)
    expect(await told(await add('a@example.edu', 'outer'))).toMatch(/^409 .*a@example\.edu is known already/u)
  })

  it('are 300 at once within what a run may ask of D1', async () => {
    const strict = strictDb(env.DB)
    const people = Array.from({ length: 300 }, (_, n) => `Person ${n} <p${n}@example.edu>`).join('\n')
    const response = await send('/desk/people', { people, circle: 'inner' }, cookie, { db: strict.db })
    expect(response.status).toBe(303)
    expect(await recipients()).toHaveLength(300)
    expect(strict.statements()).toBeLessThan(10)
  })

  it('are told apart from those who stopped the letters, who complained, and who were removed since', async () => {
    for (const name of ['stopped', 'complained', 'removed']) {
      const id = await addRecipient(`${name}@example.edu`)
      await env.DB.prepare(`UPDATE recipients SET state = 'unsubscribed', reason = ?2 WHERE id = ?1`)
        .bind(id, name === 'complained' ? 'complained' : 'unsubscribed')
        .run()
      if (name === 'removed') await get('DELETE', `/api/recipients/${id}`)
    }
    const said = await told(await add('Stopped@example.edu, complained@example.edu, removed@example.edu'))
    expect(said).toMatch(/^409 /u)
    expect(said).toContain('Stopped@example.edu has stopped the letters: only they can start them again')
    expect(said).toContain('complained@example.edu marked a letter as spam: nothing is sent there again')
    expect(said).toContain('removed@example.edu has stopped the letters: nothing is sent there again')
    expect(await recipients()).toHaveLength(2)
    const api = await ask('POST', '/api/recipients', { email: 'complained@example.edu' })
    expect([api.status, await api.text()]).toEqual([409, expect.stringContaining('marked a letter as spam')])
  })

  it('are refused as a whole where nobody is named, or too many are', async () => {
    expect(await told(await add(' ,;\n'))).toMatch(/^422 .*Nobody is named here/u)
    const many = Array.from({ length: 1001 }, (_, n) => `p${n}@example.edu`).join('\n')
    expect(await told(await add(many))).toMatch(/^422 .*More than 1000 people/u)
    expect(await recipients()).toEqual([])
  })

  it('are there again after signing in, where the session had ended meanwhile', async () => {
    const people = 'Ada <a@example.edu>\nc@example'
    const asked = await (await send('/desk/people', { people, circle: 'outer' }, '')).text()
    const pasted = /name="typed" value="([^"]*)"/u.exec(asked)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const shown = await (
      await send('/session', { token: owner, to: '/desk/people', typed: pasted }, '')
    ).text()
    expect(fieldOf(shown)).toBe('Ada &lt;a@example.edu&gt;\nc@example')
    expect(shown).toMatch(/action="\/desk\/people".*name="circle" value="outer"/su)
    expect(await recipients()).toEqual([])
  })

  it('are listed 100 a page', async () => {
    await add(Array.from({ length: 101 }, (_, n) => `p${n}@example.edu`).join('\n'))
    const first = await look('/desk/people')
    expect(first.match(/"row" href="\/desk\/people\/./gu)).toHaveLength(100)
    const next = /\/desk\/people\?after=[\da-f-]+/u.exec(first)?.[0] ?? ''
    const second = await look(next)
    expect(second.match(/"row" href="\/desk\/people\/./gu)).toHaveLength(1)
    expect(second).toContain('p100@example.edu')
    expect(second).not.toContain('?after=')
  })
})

describe('a recipient’s page', () => {
  const at = (id: string, rest = '') => `/desk/people/${id}${rest}`

  it('pauses and sends again, moves, renames, and says so', async () => {
    const id = await addRecipient('a@example.edu')
    expect(await told(await send(at(id), { state: 'paused' }))).toBe(`303 ${at(id)}?did=personPaused`)
    expect(await look(at(id))).toMatch(/paused.*Send letters again/su)
    expect(await told(await send(at(id), { state: 'active' }))).toBe(`303 ${at(id)}?did=personResumed`)
    expect(await told(await send(at(id), { circle: 'outer' }))).toBe(`303 ${at(id)}?did=personMoved`)
    const naming = { name: ' Ada Beta ', handle: '@ada' }
    expect(await told(await send(at(id), naming))).toBe(`303 ${at(id)}?did=personChanged`)
    const changed = { name: 'Ada Beta', handle: 'ada', circle: 'outer', state: 'active', reason: null }
    expect(await recipients()).toMatchObject([changed])
    await send(at(id), { name: '', handle: '' })
    expect(await recipients()).toMatchObject([{ name: null, handle: null }])
  })

  it('keeps what was typed beside what is wrong with it', async () => {
    const id = await addRecipient('a@example.edu')
    const response = await send(at(id), { name: 'Ada', handle: 'two words' })
    expect(response.status).toBe(422)
    const html = await response.text()
    expect(html).toContain('value="two words"')
    expect(html).toContain('value="Ada"')
    expect(html).toMatch(/id="handle-wrong">is no single word/u)
    expect(await recipients()).toMatchObject([{ name: null, handle: null }])
  })

  it('that is stale starts no letters again that were stopped meanwhile', async () => {
    const id = await addRecipient('a@example.edu')
    await env.DB.prepare(`UPDATE recipients SET state = 'unsubscribed', reason = 'unsubscribed'`).run()
    for (const state of ['active', 'paused'])
      expect(await told(await send(at(id), { state }))).toMatch(/^409 .*comes back only by their own hand/u)
    expect(await recipients()).toMatchObject([{ state: 'unsubscribed' }])
    expect(await look(at(id))).toContain('has stopped the letters, and alone can start them again')
  })

  it('removes once, however often it is pressed; whatever is pressed there later says so', async () => {
    const id = await addRecipient('a@example.edu')
    const answers = await Promise.all([send(at(id, '/removed')), send(at(id, '/removed'))])
    const places = await Promise.all(answers.map(told))
    expect(places.sort()).toEqual(['303 /desk/people?did=personGone', '303 /desk/people?did=personRemoved'])
    expect(await recipients()).toEqual([])
    for (const [path, fields] of [
      [at(id), { state: 'paused' }],
      [at(id), { name: 'Ada', handle: '' }],
      [at(id, '/way-in'), {}],
      [at(id, '/letter'), { slug: '2026-11-20' }],
    ] as const)
      expect(await told(await send(path, fields))).toBe('303 /desk/people?did=personGone')
    expect(await look(at(id))).toMatch(/^303 \/desk\/people\?did=personGone/u)
  })

  it('makes a way in by a POST alone, shows it once, and it opens that recipient’s archive for a week', async () => {
    const id = await addRecipient('a@example.edu')
    const countAccesses = () => env.DB.prepare('SELECT count(*) AS n FROM accesses').first('n')
    expect(await look(at(id, '/way-in'))).toMatch(/^404/u)
    await look(at(id))
    expect(await countAccesses()).toBe(0)
    const html = await (await send(at(id, '/way-in'))).text()
    const link = /value="(https:\/\/notes\.example\.edu\/r\/[\da-f]{32})"/u.exec(html)?.[1] ?? ''
    expect(await look(at(id))).not.toContain('/r/')
    const path = new URL(link).pathname
    const use = () => ask('POST', path, undefined, { token: null })
    setClock(monday + 7 * day - minute)
    const session = ((await use()).headers.get('Set-Cookie') ?? '').split(';')[0] ?? ''
    expect(await look('/archive', session)).toMatch(/^200/u)
    expect(await look('/desk/people', session)).toMatch(/^403/u)
    setClock(monday + 7 * day)
    expect((await use()).status).toBe(404)
  })
})

describe('the last letter', () => {
  const at = (id: string, rest = '') => `/desk/people/${id}${rest}`

  it('goes to a newcomer once, however often it is pressed, and its marks stand with the person', async () => {
    await addRecipient('first@example.edu')
    await post('Trained the baseline')
    await runCron(friday)
    setClock(friday + minute)
    const id = await addRecipient('late@example.edu')
    const page = await look(at(id))
    expect(page).toContain('Send letter 1, the last one')
    const slug = /name="slug" value="([^"]+)"/u.exec(page)?.[1] ?? ''
    const both = await Promise.all([send(at(id, '/letter'), { slug }), send(at(id, '/letter'), { slug })])
    for (const response of both) expect(await told(response)).toBe(`303 ${at(id)}?did=letterSent`)
    expect(await look(at(id))).toMatch(/◐.*Letter 1.*waits to be sent/su)
    await tickAt(friday + 5 * minute)
    await tickAt(friday + 10 * minute)
    expect(resend.inbox('late@example.edu')).toHaveLength(1)
    expect(await look('/desk/people')).toMatch(/late@example\.edu.*✓ Letter 1 sent/su)
    expect(await look(at(id))).not.toContain('the last one')
  })

  it('is not sent by a page that knows an older one, nor to whoever is paused', async () => {
    await addRecipient('first@example.edu')
    const id = await addRecipient('late@example.edu')
    await send(at(id), { state: 'paused' })
    await post('Trained the baseline')
    await runCron(friday)
    setClock(friday + minute)
    expect(await look(at(id))).not.toContain('the last one')
    const slug = '2026-11-20'
    expect(await told(await send(at(id, '/letter'), { slug }))).toMatch(/^409 .*who is paused/u)
    await send(at(id), { state: 'active' })
    await post('Trained it again')
    setClock(friday + 2 * minute)
    await get('POST', '/api/digests', { number: 2 })
    await env.DB.prepare('DELETE FROM deliveries WHERE recipient = ?1').bind(id).run()
    expect(await told(await send(at(id, '/letter'), { slug }))).toMatch(/^409 .*A newer letter has gone out/u)
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import { ask, day, get, monday, owner, setClock, setUp } from '../world.ts'
import { fieldsOf, outcome, signIn, visitor } from './desk.ts'

const page = '/desk/authors'

type Author = {
  readonly id: string
  readonly name: string
  readonly owner: boolean
  readonly tokens: readonly { readonly id: string; readonly name: string }[]
}

let cookie = ''
const { look, send } = visitor(() => cookie)

const authors = async () => (await get<{ authors: readonly Author[] }>('GET', '/api/authors')).authors

/** The key of the form that posts to `action`. */
const keyIn = (html: string, action: string) =>
  new RegExp(`action="${action}".*?name="key" value="([^"]+)"`, 'su').exec(html)?.[1] ?? ''

const tokenIn = (html: string) => /value="(wn_\w{49})"/u.exec(html)?.[1] ?? ''

/** Posts an update with a token: the status. */
const postWith = async (token: string) =>
  (await ask('POST', '/api/updates', { text: 'Trained it' }, { token })).status

async function addLabmate(): Promise<Author> {
  await send(page, { name: 'A labmate', key: keyIn(await look(page), page) })
  const [, added] = await authors()
  if (added === undefined) throw new Error('not added')
  return added
}

beforeEach(async () => {
  setClock(monday)
  await setUp()
  cookie = await signIn(owner)
})

describe('an author', () => {
  it('is added once, however often the button is pressed', async () => {
    const fields = { name: ' A labmate ', key: keyIn(await look(page), page) }
    for (const response of await Promise.all([send(page, fields), send(page, fields), send(page, fields)]))
      expect(response.headers.get('Location')).toBe('/desk/authors?did=authorAdded')
    expect(await authors()).toMatchObject([{ owner: true }, { name: 'A labmate', owner: false }])
  })

  it('of another name is not taken for the one before by a page that was used already', async () => {
    const key = keyIn(await look(page), page)
    await send(page, { name: 'A labmate', key })
    const again = await send(page, { name: 'Another', key })
    expect(again.status).toBe(409)
    const html = await again.text()
    expect(html).toContain('value="Another"')
    expect(keyIn(html, page)).not.toBe(key)
    await send(page, { name: 'Another', key: keyIn(html, page) })
    expect((await authors()).map(({ name }) => name)).toEqual([expect.any(String), 'A labmate', 'Another'])
  })

  it('without a name is refused beside the field', async () => {
    const refused = await send(page, { name: ' ', key: '' })
    expect([refused.status, await refused.text()]).toEqual([
      422,
      expect.stringMatching(/name-wrong">is empty/u),
    ])
    expect(await authors()).toHaveLength(1)
  })
})

describe('a token', () => {
  it('is shown once, posts, is listed by its device and the day of its use, and fails once ended', async () => {
    const { id } = await addLabmate()
    const action = `/desk/authors/${id}/tokens`
    const html = await (await send(action, { name: 'phone', key: keyIn(await look(page), action) })).text()
    const token = tokenIn(html)
    expect(html).toContain('The token for “phone” of A labmate')
    expect(await look(page)).toMatch(/phone .*not used yet/su)
    expect(await look(page)).not.toContain('wn_')

    setClock(monday + 2 * day)
    expect(await postWith(token)).toBe(201)
    const session = await signIn(token)
    expect(await look('/write', session)).toMatch(/^200/u)
    expect(await look(page)).toMatch(/phone .*last used 18 Nov/su)

    const end = `/desk/tokens/${(await authors())[1]?.tokens[0]?.id}/ended`
    for (const response of await Promise.all([send(end), send(end)]))
      expect(response.headers.get('Location')).toBe('/desk/authors?did=tokenEnded')
    expect(await postWith(token)).toBe(401)
    expect(await look('/write', session)).toMatch(/^401/u)
    expect(await signIn(token)).toBe('')
    expect((await authors())[1]?.tokens).toEqual([])
  })

  it('is one, however often the button is pressed: the one that was shown last', async () => {
    const { id } = await addLabmate()
    const action = `/desk/authors/${id}/tokens`
    const fields = { name: 'phone', key: keyIn(await look(page), action) }
    const first = tokenIn(await (await send(action, fields)).text())
    const second = tokenIn(await (await send(action, fields)).text())
    expect((await authors())[1]?.tokens).toHaveLength(1)
    expect([await postWith(first), await postWith(second)]).toEqual([401, 201])
    const late = await send(action, fields) // as a reload does it
    expect([late.status, await late.text()]).toEqual([409, expect.stringContaining('That token is made')])
    expect(await postWith(second)).toBe(201)
  })

  it('of another device is not put in the place of the one before by a page that was used already', async () => {
    const { id } = await addLabmate()
    const action = `/desk/authors/${id}/tokens`
    const key = keyIn(await look(page), action)
    const phone = tokenIn(await (await send(action, { name: 'phone', key })).text())
    const refused = await send(action, { name: 'laptop', key })
    expect(refused.status).toBe(409)
    const html = await refused.text()
    expect(html).toContain('value="laptop"')
    expect(await postWith(phone)).toBe(201)
    expect((await send(action, { name: 'laptop', key: keyIn(html, action) })).status).toBe(200)
    expect((await authors())[1]?.tokens.map(({ name }) => name)).toEqual(['phone', 'laptop'])
  })

  it('is made for nobody who is not there, and without a name for nobody', async () => {
    const nobody = '/desk/authors/00000000-0000-7000-8000-0000000000ff/tokens'
    expect((await send(nobody, { name: 'phone' })).headers.get('Location')).toBe(page)
    const { id } = await addLabmate()
    const refused = await send(`/desk/authors/${id}/tokens`, { name: '' })
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('is empty')])
    expect((await authors()).flatMap(({ tokens }) => tokens)).toEqual([])
  })
})

describe('an author’s session', () => {
  it('gets 403 from every page and form of people and authors, and changes nothing', async () => {
    const { id } = await addLabmate()
    const { token } = await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'phone' })
    const session = await signIn(token)
    const person = await get<{ id: string }>('POST', '/api/recipients', { email: 'a@example.edu' })
    const before = [await authors(), await get('GET', '/api/recipients')]
    for (const path of ['/desk/people', `/desk/people/${person.id}`, page])
      expect(await look(path, session), path).toMatch(/^403/u)
    for (const path of [
      ...['/desk/people', `/desk/people/${person.id}`, `/desk/people/${person.id}/removed`, page],
      ...[`/desk/people/${person.id}/way-in`, `/desk/people/${person.id}/letter`],
      ...[`/desk/authors/${id}/tokens`, `/desk/tokens/${(await authors())[1]?.tokens[0]?.id}/ended`],
    ]) {
      const fields = { people: 'b@example.edu', name: 'x', state: 'paused', slug: 'x' }
      expect((await send(path, fields, session)).status, path).toBe(403)
    }
    expect([await authors(), await get('GET', '/api/recipients')]).toEqual(before)
  })
})

describe('posting by mail', () => {
  const mailbox = async () =>
    (
      await get<{ authors: { id: string; mailbox: { address: string; senders: string[] } | null }[] }>(
        'GET',
        '/api/authors',
      )
    ).authors[0]

  it('leads to the settings while no address takes mail', async () => {
    expect(await look(page)).toMatch(/href="\/desk\/settings">\s*First set the address that takes your mail/u)
  })

  it('has an address that is shown, takes mail from those who are named, and is dead once nobody is', async () => {
    await get('PATCH', '/api/settings', { mailbox: 'weeknotes@notes.example.edu' })
    const form = `${page}/${(await mailbox())?.id}/mailbox`
    const proposed = fieldsOf(await look(page), form)
    expect(proposed.senders).toBe('student@example.edu')
    expect(await outcome(await send(form, { senders: 'Me@example.edu\nnobody, me@mail.example.com' }))).toBe(
      '422 nobody is no mail address',
    )
    await send(form, { senders: 'Me@example.edu\r\n me@mail.example.com' })
    const { address, senders } = (await mailbox())?.mailbox ?? { address: 'none', senders: [] }
    expect(senders).toEqual(['me@example.edu', 'me@mail.example.com'])
    expect(await look(page)).toContain(`mailto:${address}`)
    const { headers } = await send(form, { senders: ' ' })
    expect(headers.get('Location')).toBe('/desk/authors?did=mailboxEnded')
    expect((await mailbox())?.mailbox).toBeNull()
  })
})

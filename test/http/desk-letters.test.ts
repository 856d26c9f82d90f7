import { beforeEach, describe, expect, it } from 'vitest'
import {
  addReaders,
  addRecipient,
  ask,
  day,
  friday,
  get,
  hour,
  minute,
  monday,
  owner,
  post,
  resend,
  setClock,
  setUp,
  tickAt,
} from '../world.ts'
import { outcome, plain, signIn, visitor } from './desk.ts'

let cookie = ''
const { look, send: sent } = visitor(() => cookie)
const send = async (...form: Parameters<typeof sent>) => outcome(await sent(...form))

const letters = '/desk/letters'
const letter = `${letters}/2026-11-20`

let professor = ''

beforeEach(async () => {
  setClock(monday)
  await setUp()
  cookie = await signIn(owner)
  professor = await addRecipient('professor@example.edu')
})

describe('the list of letters', () => {
  it('says how each went, in words, the latest first, and nothing where none has closed', async () => {
    expect(await look(letters)).toContain('No letter has closed yet.')
    await post('The loader keeps up')
    await tickAt(friday)
    expect(await look(letters)).toMatch(/Letter 1, .*1 sent/su)
  })
})

describe('a letter that is late', () => {
  const release = (letters: number) => send(`${letter}/released`, { letters: String(letters) })

  beforeEach(async () => {
    await post('The loader keeps up')
    resend.fault(() => ({ status: 401, name: 'missing_api_key' }))
    await tickAt(friday)
  })

  it('waits for the owner’s word, which sends it, once', async () => {
    expect(await look(letter)).toContain(
      'The mail provider takes no mail from you at present (missing_api_key)',
    )
    setClock(friday + 21 * hour)
    expect(await look(letters)).toContain('late, and yours to decide')
    expect(await look(letter)).toContain('Send that letter now')
    resend.fault()
    await tickAt(friday + 21 * hour)
    expect(resend.inbox('professor@example.edu')).toHaveLength(0)
    for (const _ of [1, 2]) expect(await release(1)).toBe(`303 ${letter}?did=released`)
    await tickAt(friday + 21 * hour + minute)
    expect(await release(1)).toBe(`303 ${letter}?did=settledBefore`)
    await tickAt(friday + 21 * hour + 2 * minute)
    expect(resend.inbox('professor@example.edu')).toHaveLength(1)
    expect(await look(letters)).not.toContain('late')
  })

  const gone = () => ['professor', 'labmate'].flatMap((name) => resend.inbox(`${name}@example.edu`)).length

  it('goes to as many as the button said, else to nobody, and the page says so', async () => {
    setClock(friday + hour)
    await get('POST', '/api/digests/2026-11-20/deliveries', {
      recipient: await addRecipient('labmate@example.edu'),
    })
    resend.fault()
    setClock(friday + 20.5 * hour)
    expect(await look(letter)).toMatch(/name="letters" value="1".*Send that letter now/su)
    setClock(friday + 21.5 * hour)
    expect(await release(1)).toMatch(/^409 The number of late letters changed/u)
    await tickAt(friday + 21.5 * hour)
    expect(gone()).toBe(0)
    expect(await look(letter)).toMatch(/name="letters" value="2".*Send those 2 letters now/su)
    expect(await release(2)).toBe(`303 ${letter}?did=released`)
    await tickAt(friday + 21.5 * hour)
    await tickAt(friday + 21.5 * hour + minute)
    expect(gone()).toBe(2)
  })

  it('is none while the word that it goes out again holds for it, and is one after that', async () => {
    await tickAt(friday + 21 * hour)
    resend.fault(() => ({ status: 422, name: 'bad_address' }))
    setClock(friday + 21 * hour)
    await release(1)
    await tickAt(friday + 21 * hour)
    setClock(friday + 40 * hour)
    resend.fault(() => ({ status: 401, name: 'missing_api_key' }))
    await send(`${letter}/readers/${professor}`, { state: 'waiting', n: '1' })
    await tickAt(friday + 40 * hour)
    setClock(friday + 42 * hour)
    expect(await look(letters)).not.toContain('late')
    expect(await look(letter)).toContain('The mail provider takes no mail from you at present')
    setClock(friday + 60 * hour)
    expect(await look(letters)).toContain('late, and yours to decide')
    expect(await look(letter)).toContain('Send that letter now')
  })

  it('is not sent by a page that only asked to try again', async () => {
    expect(await look(letter)).toMatch(/name="letters" value="0".*Try again now/su)
    resend.fault()
    setClock(friday + 21 * hour)
    expect(await release(0)).toMatch(/^409 The number of late letters changed/u)
    await tickAt(friday + 21 * hour)
    expect(gone()).toBe(0)
  })
})

describe('a letter that may have arrived', () => {
  const reader = () => `${letter}/readers/${professor}`

  beforeEach(async () => {
    await post('The loader keeps up')
    resend.script({ status: 409, name: 'invalid_idempotent_request' })
    await tickAt(friday)
    setClock(friday + hour)
  })

  it('is settled by the owner, and a second tap changes nothing', async () => {
    expect(await look(letter)).toMatch(/May have arrived<\/h2>.*professor@example\.edu/su)
    expect(await send(reader(), { state: 'accepted', n: '1' })).toBe(`303 ${letter}?did=settled`)
    expect(await send(reader(), { state: 'accepted', n: '1' })).toBe(`303 ${letter}?did=settled`)
    expect(await send(reader(), { state: 'waiting', n: '1' })).toBe(`303 ${letter}?did=settledBefore`)
    await tickAt(friday + 2 * hour)
    expect(resend.calls).toHaveLength(1)
    expect(await look(letter)).not.toContain('May have arrived</h2>')
  })

  it('goes out again by the owner’s word, once, though it is said twice at once', async () => {
    const both = [1, 2].map(() => send(reader(), { state: 'waiting', n: '1' }))
    expect(await Promise.all(both)).toEqual([`303 ${letter}?did=again`, `303 ${letter}?did=again`])
    await tickAt(friday + 2 * hour)
    expect(await send(reader(), { state: 'waiting', n: '1' })).toBe(`303 ${letter}?did=settledBefore`)
    await tickAt(friday + 3 * hour)
    expect(resend.inbox('professor@example.edu')).toHaveLength(1)
  })

  it('that became uncertain anew is neither sent nor settled by a page from before', async () => {
    await send(reader(), { state: 'waiting', n: '1' })
    resend.script({ status: 409, name: 'invalid_idempotent_request' })
    await tickAt(friday + 2 * hour)
    for (const state of ['waiting', 'accepted'])
      expect(await send(reader(), { state, n: '1' })).toBe(`303 ${letter}?did=settledBefore`)
    await tickAt(friday + 3 * hour)
    expect(resend.calls).toHaveLength(2)
    expect(await look(letter)).toMatch(/May have arrived<\/h2>.*name="n" value="2"/su)
  })

  it('is not offered again for somebody who gets no letters now', async () => {
    await get('PATCH', `/api/recipients/${professor}`, { state: 'paused' })
    const page = await look(letter)
    expect(page).toMatch(/professor@example\.edu .*gets no letters now/su)
    expect(page).toContain('It arrived')
    expect(page).not.toContain('Send it again')
  })

  it('is settled by the API without a try, or of the one that it names', async () => {
    const api = `/api/digests/2026-11-20/deliveries/${professor}`
    expect((await ask('PATCH', api, { state: 'waiting', n: 2 })).status).toBe(409)
    expect(await get('PATCH', api, { state: 'waiting', n: 1 })).toMatchObject({ state: 'waiting', n: 2 })
    resend.script({ status: 409, name: 'invalid_idempotent_request' })
    await tickAt(friday + 2 * hour)
    expect(await get('PATCH', api, { state: 'accepted' })).toMatchObject({ state: 'accepted', n: 2 })
  })
})

describe('what a letter told', () => {
  it('is shown as readers see it, not as it was typed', async () => {
    const id = await post('#done The loader **works**:\n\n```\nmake data\n```\n<b>raw</b>')
    await tickAt(friday)
    for (const path of [letter, `${letter}/updates/${id}`]) {
      const page = await look(path)
      expect(page).toContain('The loader <strong>works</strong>')
      expect(page).toContain('<pre tabindex="0">make data</pre>')
      expect(page).not.toContain('**')
      expect(page).not.toContain('<b>')
    }
  })

  it('is withdrawn with a reason, and only once', async () => {
    const id = await post('The secret recipe')
    await tickAt(friday)
    expect(await look(letter)).toContain(`id="u-${id}"`)
    const path = `${letter}/updates/${id}/withdrawn`
    expect(await look(letter)).toContain(`href="${letter}/updates/${id}"`)
    expect(plain(await look(`${letter}/updates/${id}`))).toContain('It stands in letter 1, sent to 1 person.')
    expect(await send(path, { reason: 'not ours to tell' })).toBe(`303 ${letter}?did=withdrawn#u-${id}`)
    const page = await look(letter)
    expect(page).not.toContain('secret recipe')
    expect(page).toMatch(/Withdrawn .*: not ours to tell/u)
    expect(await send(path)).toBe(`303 ${letter}?did=withdrawn#u-${id}`)
    expect(await look(`${letter}/updates/${id}`)).toBe(`303 ${letter}#u-${id}`)
    expect(await look('/archive/2026-11-20')).not.toContain('secret recipe')
  })

  it('is asked about with all the letters that told it, and the people who got one', async () => {
    await addRecipient('labmate@example.edu')
    const id = await post('#blocked waiting for the quota')
    await tickAt(friday)
    setClock(friday + day)
    await get('DELETE', `/api/recipients/${professor}`)
    await addRecipient('another@example.edu')
    await post('On it goes')
    await tickAt(friday + 7 * day)
    expect(plain(await look(`${letter}/updates/${id}`))).toContain(
      'It stands in letters 1 and 2, sent to 3 people.',
    )
    const open = await post('Not yet told')
    expect(await look(`${letter}/updates/${open}`)).toBe('303 /desk')
  })

  it('stays where the reason cannot stand in a letter, which is typed again', async () => {
    const id = await post('The secret recipe')
    await tickAt(friday)
    const path = `${letter}/updates/${id}/withdrawn`
    expect(await send(path, { reason: '#private the reviewer asked' })).toBe(
      '422 is private; it stands in a letter',
    )
    expect(await look(letter)).toContain('secret recipe')
  })

  it('leads on to an address that a header can hold, whatever path it was sent to', async () => {
    const id = await post('The secret recipe')
    await tickAt(friday)
    const path = `${letters}/a%0D%0ASet-Cookie:%20%E2%82%AC/updates/${id}/withdrawn`
    expect(await send(path)).toMatch(/^303 \/desk\/letters\/[\x21-\x7e]+$/u)
  })

  it('leads to its correction, which leads back to where it stands beside it', async () => {
    const id = await post('It is done')
    await tickAt(friday)
    const address = `/write/${id}?from=letter`
    expect(await look(letter)).toContain(`href="${address}"`)
    expect(await look(address)).toContain('name="from" value="letter"')
    const fields = { correction: 'true', from: 'letter' }
    const refused = await sent(`/write/${id}`, { ...fields, text: ' ' })
    expect(`${refused.status} ${await refused.text()}`).toMatch(/^422.*name="from" value="letter"/su)
    expect(await send(`/write/${id}`, { ...fields, text: 'It is half done' })).toBe(
      `303 ${letter}?did=corrected#u-${id}`,
    )
    expect(await look(letter)).toMatch(/It is done.*Corrected .*: It is half done/su)
  })
})

describe('the readers of a letter', () => {
  it('are shown with how it went, 50 a page', async () => {
    await addReaders(60)
    await post('The loader keeps up')
    await tickAt(friday)
    const page = await look(letter)
    const after = /href="(\/desk\/letters\/2026-11-20\?after=[^"]+)"/u.exec(page)?.[1] ?? ''
    expect(page.match(/✓ sent|◐ waits to be sent/gu)).toHaveLength(50)
    expect((await look(after)).match(/✓ sent|◐ waits to be sent/gu)).toHaveLength(11)
  })

  it('are named with why the provider refused', async () => {
    await addRecipient('typo@example.edu')
    await post('The loader keeps up')
    resend.fault((message) =>
      message.to.includes('typo@example.edu') ? { status: 422, name: 'validation_error' } : undefined,
    )
    await tickAt(friday)
    expect(await look(letter)).toMatch(/Refused<\/h2>.*typo@example\.edu.*validation_error/su)
  })
})

describe('the pages of letters', () => {
  it('are the owner’s, and know no letter that is none', async () => {
    const { id } = await get<{ id: string }>('POST', '/api/authors', { name: 'A labmate' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'phone' })
    await post('The loader keeps up')
    await tickAt(friday)
    const as = await signIn(token)
    for (const path of [letters, letter]) expect(await look(path, as)).toMatch(/^403/u)
    for (const path of ['/released', `/readers/${professor}`, '/updates/1/withdrawn'])
      expect(await send(`${letter}${path}`, { state: 'accepted' }, as)).toMatch(/^403/u)
    expect(await look(`${letters}/1999-01-01`)).toMatch(/^404/u)
    expect(await send(`${letters}/1999-01-01/released`)).toMatch(/^404/u)
    expect(await send(`${letter}/readers/nobody`, { state: 'accepted', n: '1' })).toMatch(/^404/u)
    expect(await send(`${letter}/updates/none/withdrawn`)).toMatch(/^404/u)
  })
})

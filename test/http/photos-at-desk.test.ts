import { beforeEach, describe, expect, it } from 'vitest'
import * as p from '../photos.ts'
import { formOf, isStored, photo, postPhoto, postWith, statusOf } from '../posting-photos.ts'
import { ask, friday, get, hour, monday, owner, post, setClock, setUp } from '../world.ts'
import { home, signIn, unescaped, visitor } from './desk.ts'

let cookie = ''
const { look, send, follow } = visitor(() => cookie)

type Shown = { id: string; text: string; photos?: { name: string; description: string }[] }

const updates = async () => (await get<{ updates: Shown[] }>('GET', '/api/updates')).updates

/** The form of the page for writing, as a browser sends it with a file. */
function write(fields: Record<string, string>, ...files: Uint8Array[]): Promise<Response> {
  const headers = { Accept: 'text/html', Origin: home, Cookie: cookie }
  return ask('POST', '/write', formOf(fields, ...files), { token: null, headers })
}

beforeEach(async () => {
  setClock(monday)
  await setUp()
  cookie = await signIn(owner)
})

describe('the page for writing', () => {
  it('takes a photo, says that it did, and shows it beside its update', async () => {
    const html = await follow(await write({ text: 'The loss falls', description: 'Loss', key: 'k1' }, photo))
    expect(html).toContain('role="status">Done: “The loss falls” · 1 this week, out Fri 16:00 · 1 photo<')
    const [update] = await updates()
    expect(update?.photos).toMatchObject([{ description: 'Loss' }])
    expect(html).toContain(`<img src="/files/${update?.photos?.[0]?.name}" alt="Loss"`)
  })

  it('says what of a photo was not kept', async () => {
    const html = await follow(await write({ text: 'The loss falls', key: 'k1' }, p.heic))
    expect(html).toContain('it is HEIC')
    expect(await updates()).toMatchObject([{ text: 'The loss falls' }])
  })

  it.each([
    ['', ''],
    ['Loss', 'Loss'],
  ])(
    'shows the form again where a photo is all there is and cannot be kept: %s',
    async (description, typed) => {
      const response = await write({ text: '', description, key: 'k1' }, p.heic)
      expect([response.status, await response.text()]).toEqual([
        ...[422, expect.stringMatching(new RegExp(`${typed}</textarea>.*it is HEIC`, 'u'))],
      ])
      expect(await updates()).toEqual([])
    },
  )

  it('says that a photo is to be chosen again where something else was wrong', async () => {
    const response = await write({ text: 'it works', day: 'never', key: 'k1' }, photo)
    expect([response.status, await response.text()]).toEqual([
      422,
      expect.stringContaining('choose it again'),
    ])
  })

  it('keeps no file where it is only asked what would be understood', async () => {
    const html = await (await write({ text: '#ask Which?', key: 'k1', act: 'check' }, photo)).text()
    expect(html).toContain('choose it again')
    expect(html).toContain('Would be ask: “Which?”')
    expect(await updates()).toEqual([])
  })

  it('keeps the words of whoever was signed out meanwhile, and says that the photo is lost', async () => {
    cookie = ''
    const asked = unescaped(await (await write({ text: 'The loss falls', key: 'k1' }, photo)).text())
    expect(asked).toContain('text=The+loss+falls&key=k1&photo=lost')
  })
})

describe('an update with photos', () => {
  it('shows them at the desk, whether the letter quotes it or not', async () => {
    const quoted = await postPhoto('The loss falls')
    const secret = await postPhoto('#private Me')
    const html = await look('/desk')
    expect(html).toContain(`<img src="/files/${quoted.name}"`)
    expect(html).toContain(`<img src="/files/${secret.name}"`)
  })

  it('loses one alone, and another gets a description, in its form', async () => {
    const { id, photos = [] } = await postWith({ text: 'Two' }, [p.png, p.gif])
    const [one, two] = photos.map(({ name }) => name)
    const fields = { text: 'Two', kind: 'done', was: 'done', from: 'desk' }
    const changed = await send(`/write/${id}`, {
      ...fields,
      ...{ [`photo-${one}`]: '', [`drop-${one}`]: 'true', [`photo-${two}`]: 'The sky' },
    })
    expect(changed.status).toBe(200)
    const html = await changed.text()
    expect(html).not.toContain(`/files/${one}`)
    expect(html).toContain('<figcaption>The sky</figcaption>')
    // A page from before knows nothing of a description since.
    await follow(await send(`/write/${id}`, { ...fields, text: 'Two plots' }))
    expect(await updates()).toMatchObject([
      { text: 'Two plots', photos: [{ name: two, description: 'The sky' }] },
    ])
  })

  it.each(['write', 'desk'])(
    'has one that was taken out on the page %s put back, in its place',
    async (from) => {
      const { id, photos = [] } = await postWith({ text: 'Two' }, [p.png, p.gif])
      const [one, two] = photos.map(({ name }) => name)
      const fields = { text: 'Two plots', kind: 'done', was: 'done', from, [`drop-${one}`]: 'true' }
      const html = await (await send(`/write/${id}`, fields)).text()
      const back = unescaped(/name="photos" value="([^"]*)"/u.exec(html)?.[1] ?? '')
      expect(await follow(await send(`/write/${id}`, { from, photos: back }))).toContain('It is there again.')
      expect(await updates()).toMatchObject([{ text: 'Two plots', photos: [{ name: one }, { name: two }] }])
    },
  )

  it('says what is wrong with a description', async () => {
    const { id, name } = await postPhoto('One')
    const fields = { text: 'One', kind: 'done', was: 'done', [`photo-${name}`]: 'all of us #private' }
    const response = await send(`/write/${id}`, fields)
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('who may see it')])
  })

  it.each(['write', 'desk'])('comes back with them when it was deleted on the page %s', async (from) => {
    const { id, name } = await postPhoto('The loss falls', { description: 'Loss' })
    const html = await (await send(`/write/${id}/deleted`, { from })).text()
    expect(await statusOf(`/files/${name}`, cookie)).toBe(404)
    const kept = unescaped(/name="kept" value="([^"]*)"/u.exec(html)?.[1] ?? '')
    expect(await follow(await send('/write/restored', { from, kept }))).toContain(`/files/${name}`)
    expect(await updates()).toMatchObject([{ photos: [{ name, description: 'Loss' }] }])
    expect(await statusOf(`/files/${name}`, cookie)).toBe(200)
  })

  it('comes back without them once a closing has cleared their files', async () => {
    const { id, name } = await postPhoto('The loss falls')
    const html = await (await send(`/write/${id}/deleted`, {})).text()
    await post('it works')
    setClock(friday + hour)
    await get('POST', '/api/digests', { number: 1 })
    expect(await isStored(name)).toBe(false)
    const kept = unescaped(/name="kept" value="([^"]*)"/u.exec(html)?.[1] ?? '')
    await follow(await send('/write/restored', { kept }))
    expect((await updates()).map(({ text, photos }) => [text, photos])).toContainEqual([
      'The loss falls',
      undefined,
    ])
  })
})

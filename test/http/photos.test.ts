import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import * as p from '../photos.ts'
import {
  bytesOf,
  countRows,
  formOf,
  isStored,
  look,
  photo,
  postPhoto,
  postWith,
  sessionOf,
  statusOf,
} from '../posting-photos.ts'
import {
  addRecipient,
  ask,
  friday,
  get,
  hour,
  monday,
  owner as ownersToken,
  post,
  setClock,
  setUp,
} from '../world.ts'

beforeEach(() => setClock(monday))

const line = { headers: { Accept: 'text/plain' } }

describe('a photo that is posted', () => {
  it('belongs to its update and is shown without what it tells beside the picture', async () => {
    const { id, photos } = await postWith({ text: '#result The loss falls', description: 'Loss over  steps' })
    const [kept] = photos ?? []
    expect(kept).toEqual({
      name: expect.stringMatching(/^[\da-f]{32}\.jpg$/u),
      ...{ type: 'image/jpeg', width: 16, height: 8, description: 'Loss over steps' },
    })
    expect(await get('GET', `/api/updates/${id}`)).toMatchObject({ kind: 'result', photos })
    const shown = await look(`/files/${kept?.name}`, await sessionOf(null))
    expect(shown.status).toBe(200)
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      ...{ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' },
      'cache-control': 'private, no-cache',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    })
    expect(await bytesOf(shown)).toEqual(p.jpeg)
  })

  it('is asked for again only to be told that it is the same', async () => {
    const { name } = await postPhoto('The loss falls')
    const cookie = await sessionOf(null)
    const etag = (await look(`/files/${name}`, cookie)).headers.get('ETag') ?? ''
    const again = await ask('GET', `/files/${name}`, undefined, {
      ...{ token: null, headers: { Cookie: cookie, 'If-None-Match': etag } },
    })
    expect([again.status, (await bytesOf(again)).length]).toEqual([304, 0])
  })

  it('may be one of several, each with its description', async () => {
    const { photos } = await postWith({ text: 'Plots', description: ['the loss', '', 'the sky'] }, [
      p.jpeg,
      p.png,
      p.webp,
      p.gif,
    ])
    expect(photos?.map(({ type, description }) => [type, description])).toEqual([
      ['image/jpeg', 'the loss'],
      ['image/png', ''],
      ['image/webp', 'the sky'],
      ['image/gif', ''],
    ])
  })

  it('belongs to the first of several updates', async () => {
    const { updates } = await postWith({ text: '#done the loader\n#ask which split?' })
    expect(updates?.map(({ photos = [] }) => photos.length)).toEqual([1, 0])
  })

  it('needs no text', async () => {
    expect(await postWith({})).toMatchObject({ text: 'Photo', kind: 'done', photos: [{ description: '' }] })
    const described = await postWith({ text: ' ', description: 'The loss falls' }, [p.png])
    expect(described).toMatchObject({ text: 'The loss falls', photos: [{ description: '' }] })
  })

  it('is none where a browser sends the empty file of a form in which none was chosen', async () => {
    const form = formOf({ text: 'it works' })
    form.append('photo', new File([], ''))
    const response = await ask('POST', '/api/updates', form)
    const update = await response.json()
    expect(update).not.toHaveProperty('photos')
    expect(update).not.toHaveProperty('warnings')
  })

  it('is private where its description says so, and for the inner circle where it says that', async () => {
    expect(await postWith({ text: 'Us', description: 'all of us #private' })).toMatchObject({
      kind: 'private',
    })
    expect(await postWith({ text: 'Ours', description: 'numbers #inside' })).toMatchObject({ inside: true })
  })
})

describe('a photo that cannot be kept', () => {
  it.each([
    ['HEIC', p.heic, /it is HEIC/u],
    ['a file of another kind', p.joined('%PDF-1.7'), /no JPEG, PNG, WebP or GIF/u],
    ['a damaged file', p.jpeg.subarray(0, 100), /damaged/u],
    ['one over 8 MiB', p.joined(p.jpeg, new Uint8Array(8 * 1024 * 1024)), /over 8 MiB/u],
  ])('leaves its text and a word why: %s', async (_, bytes, why) => {
    const { text, photos, warnings } = await postWith({ text: 'it works' }, [bytes])
    expect([text, photos, warnings]).toEqual(['it works', undefined, [expect.stringMatching(why)]])
    expect(await countRows()).toBe(0)
    const said = await ask('POST', '/api/updates', formOf({ text: 'it works still' }, bytes), line)
    expect(await said.text()).toMatch(why)
  })

  it('without a text is refused: there is nothing to keep', async () => {
    const response = await ask('POST', '/api/updates', formOf({}, p.heic))
    expect([response.status, await response.json()]).toMatchObject([
      422,
      { errors: [{ field: 'photo', message: expect.stringContaining('HEIC') }] },
    ])
  })

  it('leaves the others of its post', async () => {
    const { photos, warnings } = await postWith({ text: 'Two' }, [p.heic, p.png])
    expect(photos).toMatchObject([{ type: 'image/png' }])
    expect(warnings).toHaveLength(1)
  })

  it('is one too many behind ten', async () => {
    const { photos, warnings } = await postWith({ text: 'Many' }, Array(12).fill(p.png))
    expect([photos?.length, warnings?.length]).toEqual([10, 1])
  })

  it('is any where a Worker has no bucket', async () => {
    const asked = { files: null }
    const { text, photos, warnings } = await postWith({ text: 'it works' }, [p.png], asked)
    expect([text, photos]).toEqual(['it works', undefined])
    expect(warnings).toEqual([expect.stringContaining('FILES')])
    expect(await statusOf('/files/0.png', await sessionOf(null))).toBe(404)
  })

  it('is one that the storage does not take', async () => {
    const files = { put: () => Promise.reject(new Error('storage')) } as unknown as R2Bucket // nothing else is asked
    const { text, photos, warnings } = await postWith({ text: 'it works' }, [p.png], { files })
    expect([text, photos, warnings]).toEqual([
      'it works',
      undefined,
      [expect.stringContaining('Send it again')],
    ])
  })

  it('is one of a post that makes no update', async () => {
    await post('#summary One')
    const response = await ask('POST', '/api/updates', formOf({ text: '#summary Another' }, p.png))
    expect(await response.json()).toMatchObject({
      updates: [],
      warnings: [expect.stringContaining('no update')],
    })
    expect(await countRows()).toBe(0)
  })
})

describe('a post with a photo that is sent again', () => {
  const keyed = { headers: { 'Idempotency-Key': 'k1' } }

  it('is the same post, with the same photo, kept once', async () => {
    const first = await postWith({ text: 'it works' }, [photo], keyed)
    expect(await postWith({ text: 'it works' }, [photo], keyed)).toEqual(first)
    expect(await postWith({ text: 'no key' })).toEqual(await postWith({ text: 'no key' }))
    expect(await countRows()).toBe(2)
  })

  it('with another photo, or another description, is another post', async () => {
    await postWith({ text: 'it works' }, [photo], keyed)
    for (const [fields, file] of [
      [{ text: 'it works' }, p.png],
      [{ text: 'it works', description: 'the loss' }, photo],
    ] as const) {
      const response = await ask('POST', '/api/updates', formOf(fields, file), keyed)
      expect(response.status).toBe(422)
    }
    expect(await countRows()).toBe(1)
  })
})

describe('a photo of an open update', () => {
  it('is for its author and the owner, and nobody learns of one that is not for them', async () => {
    await setUp()
    const professor = await sessionOf(await addRecipient('professor@example.edu'))
    const { id } = await get<{ id: string }>('POST', '/api/authors', { name: 'Co-author' })
    const device = await get<{ id: string; token: string }>('POST', `/api/authors/${id}/tokens`, {
      name: 'phone',
    })
    const coauthor = await sessionOf(null, device.id)
    const owner = await sessionOf(null)
    const { name } = await postPhoto('Mine')
    const theirs = await postWith({ text: 'Theirs' }, [photo], { token: device.token })
    const secret = await postWith({ text: '#private Theirs' }, [p.png], { token: device.token })
    const seen = (cookie: string | null) =>
      Promise.all(
        [name, theirs.photos?.[0]?.name, secret.photos?.[0]?.name, '0.jpg'].map((each) =>
          statusOf(`/files/${each}`, cookie),
        ),
      )
    expect(await seen(owner)).toEqual([200, 200, 404, 404])
    expect(await seen(coauthor)).toEqual([404, 200, 200, 404])
    expect(await seen(professor)).toEqual([404, 404, 404, 404])
    expect(await seen(null)).toEqual([401, 401, 401, 401])
    const byToken = async (token: string | null) =>
      (await ask('GET', `/api/files/${theirs.photos?.[0]?.name}`, undefined, { token })).status
    expect([await byToken(device.token), await byToken(ownersToken), await byToken(null)]).toEqual([
      200, 200, 401,
    ])
    expect((await ask('GET', `/api/files/${name}`, undefined, { token: device.token })).status).toBe(404)
  })

  it('stays when its text is changed, and can be taken out, described and put back', async () => {
    const { id, photos = [] } = await postWith({ text: 'Two' }, [p.png, p.gif])
    const [one, two] = photos
    const edit = (body: object) => get<{ photos?: object[] }>('PATCH', `/api/updates/${id}`, body)
    expect((await edit({ text: 'Two plots' })).photos).toEqual(photos)
    const described = { ...two, description: 'the sky' }
    expect((await edit({ photos: [{ name: two?.name, description: 'the sky' }] })).photos).toEqual([
      described,
    ])
    expect(await statusOf(`/files/${one?.name}`, await sessionOf(null))).toBe(404)
    expect((await edit({ photos: [{ name: two?.name }, { name: one?.name }] })).photos).toEqual([
      described,
      one,
    ])
    expect(await get('GET', `/api/updates/${id}`)).toMatchObject({ photos: [described, one] })
    expect((await edit({ photos: [] })).photos).toBeUndefined()
  })

  it.each([
    ['one that is not there', (name: string) => [{ name }, { name: '0.png' }], 'photos'],
    ['one twice', (name: string) => [{ name }, { name }], 'photos'],
    ['one that is private', (name: string) => [{ name, description: '#private' }], 'photos.0.description'],
  ])('cannot be changed to %s', async (_, photos, field) => {
    const { id, name } = await postPhoto('One')
    const response = await ask('PATCH', `/api/updates/${id}`, { photos: photos(name) })
    expect([response.status, await response.json()]).toMatchObject([422, { errors: [{ field }] }])
  })

  it('cannot be taken from another update', async () => {
    const { name } = await postPhoto('One')
    const id = await post('Another')
    expect((await ask('PATCH', `/api/updates/${id}`, { photos: [{ name }] })).status).toBe(422)
  })

  it('loses its file at the next closing once its update is deleted, or taken back', async () => {
    await setUp()
    const { id, name } = await postPhoto('Deleted')
    await get('DELETE', `/api/updates/${id}`)
    const undone = await postPhoto('Undone')
    await post('undo')
    const kept = await postPhoto('Kept')
    expect(await statusOf(`/files/${name}`, await sessionOf(null))).toBe(404)
    expect([await isStored(name), await isStored(undone.name)]).toEqual([true, true])
    setClock(friday + hour)
    await get('POST', '/api/digests', { number: 1 })
    expect([await isStored(name), await isStored(undone.name), await isStored(kept.name)]).toEqual([
      ...[false, false, true],
    ])
    expect(await countRows()).toBe(1)
  })

  it('loses none where the storage does not answer, and loses it at the closing after that', async () => {
    await setUp()
    const { id, name } = await postPhoto('Deleted')
    await get('DELETE', `/api/updates/${id}`)
    await post('it works')
    setClock(friday + hour)
    const files = { delete: () => Promise.reject(new Error('storage')) } as unknown as R2Bucket // nothing else is asked
    expect((await ask('POST', '/api/digests', { number: 1 }, { files })).status).toBe(201)
    expect([await isStored(name), await countRows()]).toEqual([true, 1])
    await post('it works again')
    await get('POST', '/api/digests', { number: 2 })
    expect([await isStored(name), await countRows()]).toEqual([false, 0])
  })
})

describe('a post whose photo was noted and never shown', () => {
  it('is forgotten, but not while it may still be coming', async () => {
    await setUp()
    await post('it works')
    const note = (name: string, at: number) =>
      env.DB.prepare(
        `INSERT INTO photos (name, author, position, type, width, height, made_at)
         SELECT ?1, id, 0, 'image/png', 1, 1, ?2 FROM authors`,
      )
        .bind(name, at)
        .run()
    setClock(friday)
    await note('old.png', friday - 2 * hour)
    await note('new.png', friday)
    await get('POST', '/api/digests', { number: 1 })
    const { results } = await env.DB.prepare('SELECT name FROM photos').all()
    expect(results).toEqual([{ name: 'new.png' }])
  })
})

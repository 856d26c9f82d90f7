import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import * as p from '../photos.ts'
import {
  bytesOf,
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
  day,
  friday,
  get,
  monday,
  post,
  resend,
  setClock,
  setUp,
  tickAt,
} from '../world.ts'
import { exportAll, linesOfType, moveHouse } from './parts.ts'

const week = 7 * day
let professor = ''
let team = ''

beforeEach(async () => {
  setClock(monday)
  await setUp()
  professor = await addRecipient('professor@example.edu')
  team = await addRecipient('team@example.com', 'outer')
})

async function close(at = friday): Promise<void> {
  setClock(at)
  await tickAt(at)
}

/** The letter that went last to an address. */
function letterTo(address: string) {
  const mail = resend.inbox(address).at(-1)
  if (mail === undefined) throw new Error(`no letter for ${address}`)
  return { html: mail.html ?? '', text: mail.text ?? '' }
}

/** The address of a letter's own page, without the host. */
function pageOf({ text }: ReturnType<typeof letterTo>): string {
  return /This letter on the web: https:\/\/notes\.example\.edu(\/l\/\S+)/u.exec(text)?.[1] ?? ''
}

const page = async (path: string, cookie: string | null = null) => (await look(path, cookie)).text()

describe('a photo in a letter', () => {
  it('is a link with its description in both forms, and shown on the letter’s own page to whoever has that', async () => {
    const { name } = await postPhoto('#result The loss falls', { description: 'Loss & steps' })
    await close()
    const letter = letterTo('professor@example.edu')
    const path = pageOf(letter)
    const address = `https://notes.example.edu${path}/files/${name}`
    expect(letter.html).toContain(`href="${address}">Photo: Loss &amp; steps</a>`)
    expect(letter.html).not.toContain('<img')
    expect(letter.text).toContain(`[Photo: Loss \\& steps](${address})`)
    const shown = await page(path)
    expect(shown).toContain(
      `<img src="${path}/files/${name}" alt="Photo" width="16" height="8" loading="lazy">`,
    )
    expect(shown).toContain('<figcaption>Loss &amp; steps</figcaption>')
    const file = await look(`${path}/files/${name}`)
    expect([file.status, file.headers.get('Content-Type')]).toEqual([200, 'image/jpeg'])
    expect(await bytesOf(file)).toEqual(p.jpeg)
  })

  it('is left out of the first words of a letter, which lists and inboxes show', async () => {
    await postWith({ text: 'The loss falls', description: ['a [plot]', 'another'] }, [photo, p.png])
    await close()
    const list = await page('/archive', await sessionOf(professor))
    expect(list).toContain('The loss falls')
    expect(list).not.toContain('plot')
  })

  it('shows a description as it was typed, whatever it is', async () => {
    const description = '"><script>alert(1)</script> ](https://example.org) $& **bold**'
    await postPhoto('The loss falls', { description })
    await close()
    const escaped = '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; ](https://example.org) $&amp; **bold**'
    const letter = letterTo('professor@example.edu')
    expect(letter.html).toContain(`>Photo: ${escaped}</a>`)
    expect(letter.text).toContain(
      'Photo: "\\>\\<script\\>alert(1)\\</script\\> \\](https://example.org) $\\& \\*\\*bold\\*\\*](',
    )
    expect(await page(pageOf(letter))).toContain(`<figcaption>${escaped}</figcaption>`)
  })

  it('stands in the archive, in its Markdown, and among what was read', async () => {
    const { name } = await postPhoto('#read https://arxiv.org/abs/1906.00091 has this plot', {
      description: 'a plot',
    })
    await close()
    const cookie = await sessionOf(professor)
    const address = `https://notes.example.edu/files/${name}`
    expect(await page('/archive/2026-11-20', cookie)).toContain(`<img src="/files/${name}"`)
    expect(await page('/archive/reading', cookie)).toContain(`<img src="/files/${name}"`)
    for (const path of ['/archive/2026-11-20.md', '/archive/all.md']) {
      expect(await page(path, cookie)).toContain(`[Photo: a plot](${address})`)
    }
    expect(await page('/archive/search?q=plot', cookie)).toContain('Photo: a')
    expect(await page('/archive/search?q=jpg', cookie)).not.toMatch(/[\ufdd0-\ufdef]/u)
    expect(await statusOf(`/files/${name}`, cookie)).toBe(200)
  })

  it('is seen by its author before it goes out: at the desk, in the preview and over the API', async () => {
    const { name } = await postPhoto('#result The loss falls', { description: 'a plot' })
    const cookie = await sessionOf(null)
    expect(await page('/desk', cookie)).toContain(`<img src="/files/${name}"`)
    const { documents } = await get<{ documents: { markdown: string; html: string }[] }>(
      'GET',
      '/api/digests/next',
    )
    expect(documents[0]?.markdown).toContain(`[Photo: a plot](/files/${name})`)
    setClock(friday - day)
    await tickAt(friday - day)
    const preview = letterTo('student@example.edu')
    expect(preview.text).toContain(`[Photo: a plot](https://notes.example.edu/files/${name})`)
    expect(preview.html).toContain(`href="https://notes.example.edu/files/${name}"`)
  })

  it('opens from a letter that is forwarded by hand, for whoever gets it', async () => {
    await get('PATCH', '/api/settings', { delivery: 'byHand' })
    const { name } = await postPhoto('The loss falls', { description: 'a plot' })
    await close()
    const html = await page('/desk/preview/2026-11-20', await sessionOf(null))
    const [, path = ''] =
      new RegExp(`https://notes\\.example\\.edu(/l/[^"]*/files/${name})`, 'u').exec(html) ?? []
    expect(await bytesOf(await look(path))).toEqual(p.jpeg)
  })

  it('is shown in the letter that tells of it again', async () => {
    const { name } = await postPhoto('#ask @professor which of these?')
    await close()
    setClock(friday + day)
    await post('it works')
    await close(friday + week)
    const path = pageOf(letterTo('professor@example.edu'))
    expect(await page(path)).toContain(`${path}/files/${name}`)
    expect(await statusOf(`${path}/files/${name}`)).toBe(200)
  })

  it('says no more of a letter that is cut to first paragraphs than that there is more', async () => {
    const { name } = await postPhoto(`First\n\n${'many words '.repeat(250)}`)
    await close()
    const { text } = letterTo('professor@example.edu')
    expect(text).toContain('First [more]')
    expect(text).not.toContain(name)
    expect(await page(pageOf(letterTo('professor@example.edu')))).toContain(name)
  })
})

describe('a photo that is not for all', () => {
  it('is in no letter of the outer circle, and opens by no address of theirs, where it is inside', async () => {
    const inside = await postPhoto('#inside Our numbers')
    const open = await postPhoto('The loader')
    const secret = await postPhoto('#private Me')
    await close()
    const cookies = [await sessionOf(professor), await sessionOf(team)]
    const paths = ['professor@example.edu', 'team@example.com'].map((to) => pageOf(letterTo(to)))
    const seen = (name: string) =>
      Promise.all([
        ...cookies.map((cookie) => statusOf(`/files/${name}`, cookie)),
        ...paths.map((path) => statusOf(`${path}/files/${name}`)),
      ])
    expect(await seen(open.name)).toEqual([200, 200, 200, 200])
    expect(await seen(inside.name)).toEqual([200, 404, 200, 404])
    expect(await seen(secret.name)).toEqual([404, 404, 404, 404])
    expect(letterTo('team@example.com').html).not.toContain(inside.name)
    expect(await statusOf(`/files/${secret.name}`, await sessionOf(null))).toBe(200)
    // Who types an address opens nothing by it.
    setClock(friday + day)
    await post(`See /files/${inside.name}`)
    await close(friday + week)
    expect(await seen(inside.name)).toEqual([200, 404, 404, 404].with(2, 200))
  })

  it('is only in its own letter: another one’s address shows nothing of it', async () => {
    const { name } = await postPhoto('The first')
    await close()
    setClock(friday + day)
    const later = await postPhoto('The second')
    await close(friday + week)
    const path = pageOf(letterTo('professor@example.edu'))
    expect(await statusOf(`${path}/files/${name}`)).toBe(404)
    expect(await statusOf(`${path}/files/${later.name}`)).toBe(200)
    expect(await statusOf(`${path.slice(0, -1)}/files/${later.name}`)).toBe(404)
  })

  it('from before they joined is not for the outer circle', async () => {
    const { name } = await postPhoto('Before')
    await close()
    setClock(friday + day)
    const newcomer = await sessionOf(await addRecipient('new@example.com', 'outer'))
    expect(await statusOf(`/files/${name}`, newcomer)).toBe(404)
  })

  it('opens for nobody whose recipient was deleted', async () => {
    const { name } = await postPhoto('The loader')
    await close()
    const path = pageOf(letterTo('team@example.com'))
    expect(await statusOf(`${path}/files/${name}`)).toBe(200)
    await get('DELETE', `/api/recipients/${team}`)
    expect(await statusOf(`${path}/files/${name}`)).toBe(404)
  })
})

describe('a withdrawal', () => {
  it('takes the photos as well: their links, their files, their descriptions', async () => {
    const key = { headers: { 'Idempotency-Key': 'k' } }
    const fields = { text: 'Wrong plot', description: 'zqword' }
    const { id, photos } = await postWith(fields, [photo], key)
    const name = photos?.[0]?.name ?? ''
    await close()
    const path = pageOf(letterTo('professor@example.edu'))
    const withdrawn = await get('PUT', `/api/updates/${id}/withdrawal`, {})
    expect(withdrawn).not.toHaveProperty('photos')
    expect(await isStored(name)).toBe(false)
    const owner = await sessionOf(null)
    const all = [
      await page(path),
      await page('/archive/2026-11-20', owner),
      await page('/archive/all.md', owner),
      await page('/archive/search?q=zqword', await sessionOf(professor)),
      JSON.stringify(await get('GET', `/api/updates/${id}`)),
      JSON.stringify(await get('GET', '/api/digests/2026-11-20')),
      JSON.stringify(await postWith(fields, [photo], key)),
      (await exportAll()).join(''),
    ]
    expect(
      all.filter((each) => each.includes(name) || each.replaceAll('q=zqword', '').includes('zqword</')),
    ).toEqual([])
    expect(all.filter((each) => /Photo: zqword/u.test(each))).toEqual([])
    expect([await statusOf(`${path}/files/${name}`), await statusOf(`/files/${name}`, owner)]).toEqual([
      404, 404,
    ])
  })

  it('holds where the storage does not answer, and nobody can put the photo back', async () => {
    const { id, name } = await postPhoto('Wrong plot', { description: 'zqword' })
    await close()
    const files = { delete: () => Promise.reject(new Error('storage')) } as unknown as R2Bucket // nothing else is asked
    expect((await ask('PUT', `/api/updates/${id}/withdrawal`, {}, { files })).status).toBe(200)
    expect(await statusOf(`${pageOf(letterTo('professor@example.edu'))}/files/${name}`)).toBe(404)
    expect((await exportAll()).join('')).not.toContain(name)
    const other = await post('Another')
    expect((await ask('PATCH', `/api/updates/${other}`, { photos: [{ name }] })).status).toBe(422)
    setClock(friday + day)
    await get('POST', '/api/digests', { number: 2 })
    expect(await isStored(name)).toBe(false)
  })
})

describe('the file of a photo that moves house', () => {
  const send = (name: string, body: Uint8Array, files?: R2Bucket | null) =>
    ask('PUT', `/api/import/files/${name}`, body, files === undefined ? {} : { files })

  it('is taken once, clean, and only as what its row says', async () => {
    const { name } = await postPhoto('#private Me')
    await env.FILES?.delete(name)
    expect((await ask('GET', `/api/export/files/${name}`)).status).toBe(404)
    expect((await send(name, p.png)).status).toBe(422)
    expect((await send(name, p.heic)).status).toBe(422)
    expect((await send('0.jpg', photo)).status).toBe(404)
    expect((await send(name, photo, null)).status).toBe(409)
    for (const each of [photo, p.jpegWith(p.told.comment)]) expect((await send(name, each)).status).toBe(204)
    expect(await bytesOf(await ask('GET', `/api/export/files/${name}`))).toEqual(p.jpeg)
  })

  it('is the owner’s to save and to send, whoever’s it is', async () => {
    const { id } = await get<{ id: string }>('POST', '/api/authors', { name: 'Co-author' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'phone' })
    const { photos } = await postWith({ text: '#private Theirs' }, [photo], { token })
    const path = `files/${photos?.[0]?.name}`
    expect((await ask('GET', `/api/export/${path}`)).status).toBe(200)
    expect((await ask('GET', `/api/export/${path}`, undefined, { token })).status).toBe(403)
    expect((await ask('PUT', `/api/import/${path}`, photo, { token })).status).toBe(403)
  })
})

describe('a photo that moves house', () => {
  it('travels as a row, and is shown once its file is copied', async () => {
    const frozen = await postPhoto('Frozen', { description: 'a plot' })
    await close()
    setClock(friday + day)
    const open = await postPhoto('Open')
    const gone = await postPhoto('Gone')
    await get('DELETE', `/api/updates/${gone.id}`)
    const parts = await moveHouse()
    expect(
      linesOfType('photo', ...parts)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([frozen.name, open.name].sort())
    const owner = await sessionOf(null)
    expect([
      await statusOf(`/files/${frozen.name}`, owner),
      await statusOf(`/files/${open.name}`, owner),
    ]).toEqual([200, 200])
    expect(await page('/archive/2026-11-20', owner)).toContain(`<img src="/files/${frozen.name}"`)
    expect(await get('GET', `/api/updates/${open.id}`)).toMatchObject({ photos: [{ name: open.name }] })
    expect(linesOfType('photo', ...(await exportAll()))).toEqual(linesOfType('photo', ...parts))
  })
})

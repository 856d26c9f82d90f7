import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import * as p from '../photos.ts'
import { postPhotos } from './photos-pages.ts'
import { it, scripts } from './visit.ts'
import { api, openAsOwner } from './ways.ts'

type Shown = { readonly id: string }

const fileOf = (bytes: Uint8Array) => ({
  name: 'IMG_0042.JPG',
  mimeType: 'image/jpeg',
  buffer: Buffer.from(bytes),
})

/** The sizes in which the browser shows the pictures of an element, once all are there. */
function sizesOf(page: Page, place: string): Promise<readonly string[]> {
  return page.locator(`${place} img`).evaluateAll((images) =>
    Promise.all(
      images.map(async (image) => {
        if (!(image instanceof HTMLImageElement)) return ''
        image.loading = 'eager'
        await image.decode()
        return `${image.naturalWidth}x${image.naturalHeight}`
      }),
    ),
  )
}

describe('a photo', () => {
  it.for(scripts)(
    'is chosen on the page for writing, shown, described and taken out, %s',
    async ([, javaScriptEnabled], { visit }) => {
      const page = await openAsOwner(visit, '/write', { javaScriptEnabled })
      const word = `plot ${randomUUID()}`
      await page.getByLabel('What just happened?').fill(word)
      await page.locator('#write summary', { hasText: 'Photo' }).click()
      await page.getByLabel('Photo or plot').setInputFiles(fileOf(p.jpegWith(p.told.exif)))
      await page.getByLabel('What it shows').first().fill('Loss over steps')
      await page.getByRole('button', { name: 'Note it' }).click()
      expect(await page.getByRole('status').innerText()).toMatch(/ · 1 photo$/u)

      const row = page.getByRole('listitem').filter({ hasText: word })
      await row.locator('summary').click()
      expect(await row.getByLabel('What it shows').inputValue()).toBe('Loss over steps')
      await row.getByLabel('What it shows').fill('Loss, three seeds')
      await row.getByRole('button', { name: 'Save' }).click()
      expect(await row.getByRole('img', { name: 'Loss, three seeds' }).count()).toBeGreaterThan(0)

      await row.locator('summary').click()
      await row.getByLabel('Take it out').check()
      await row.getByRole('button', { name: 'Save' }).click()
      expect(await page.getByRole('listitem').filter({ hasText: word }).locator('img').count()).toBe(0)
    },
  )

  it('needs no words on a device that says so with a script', async ({ visit }) => {
    const page = await openAsOwner(visit, '/write')
    await page.locator('#write summary', { hasText: 'Photo' }).click()
    await page.getByLabel('Photo or plot').setInputFiles(fileOf(p.png))
    await page.getByRole('button', { name: 'Note it' }).click()
    expect(await page.getByRole('status').innerText()).toMatch(/^Done: “Photo” .* 1 photo$/u)
  })

  it('of each kind is shown as it was, without what it told beside the picture', async ({ visit }) => {
    const kinds = [
      p.jpegWith(...Object.values(p.told)),
      p.jpegWith(p.segment(0xe1, p.exifOf(6))),
      p.pngWith(p.pngChunk('eXIf', p.exifOf(6))),
      p.joined(p.webp, p.secret),
      p.gifWith(p.joined([0x21, 0xfe, p.secret.length], p.secret, [0])),
    ]
    const { id } = await postPhotos(`Kinds ${randomUUID()}`, '', ...kinds)
    const page = await openAsOwner(visit, '/write')
    expect(await sizesOf(page, `[id="${id}"] > .photos`)).toEqual(['16x8', '8x16', '16x8', '16x8', '1x1'])
  })

  it('is shown at the desk within the letter, and by its address to the owner alone', async ({ visit }) => {
    const { id, photos = [] } = await postPhotos(`#surprise The loss ${randomUUID()}`, '', p.jpeg)
    const page = await openAsOwner(visit, '/desk')
    expect(await sizesOf(page, `[id="${id}"] figure`)).toEqual(['16x8'])
    await page.locator(`[id="${id}"] figure a`).click()
    await page.waitForURL(`**/files/${photos[0]?.name}`)
    const stranger = await visit()
    await stranger.goto(`/files/${photos[0]?.name}`)
    expect(await stranger.getByLabel('Token').count()).toBe(1)
  })

  it('is refused in words where it is HEIC, and the text is kept', async ({ visit }) => {
    const page = await openAsOwner(visit, '/write')
    const word = `heic ${randomUUID()}`
    await page.getByLabel('What just happened?').fill(word)
    await page.locator('#write summary', { hasText: 'Photo' }).click()
    await page.getByLabel('Photo or plot').setInputFiles(fileOf(p.heic))
    await page.getByRole('button', { name: 'Note it' }).click()
    expect(await page.getByRole('status').innerText()).toContain('it is HEIC')
    const { updates } = await api.get<{ updates: readonly Shown[] }>(
      `/api/updates?q=${encodeURIComponent(word)}`,
    )
    expect(updates).toHaveLength(1)
  })
})

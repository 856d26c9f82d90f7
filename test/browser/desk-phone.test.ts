import jsQR from 'jsqr'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { it, scripts, world } from './visit.ts'
import { api, openAsOwner } from './ways.ts'

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).innerText()

/** What a camera reads in the code on the page; null if nothing. */
async function scan(page: Page): Promise<string | null> {
  const { data, size } = await page.locator('svg.qr').evaluate(async (svg) => {
    const size = 4 * Number(svg.getAttribute('viewBox')?.split(' ')[2])
    const image = new Image(size, size)
    const copy = svg.cloneNode(true) as SVGElement // of what was found
    copy.setAttribute('width', String(size))
    copy.setAttribute('height', String(size))
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size })
    const context = canvas.getContext('2d')
    context?.drawImage(image, 0, 0, size, size)
    return { size, data: Array.from(context?.getImageData(0, 0, size, size).data ?? []) }
  })
  return jsQR(new Uint8ClampedArray(data), size, size)?.data ?? null
}

describe('the owner with a phone', () => {
  it.for(scripts)(
    'signs it in by the code, once, and writes, %s',
    async ([, javaScriptEnabled], { visit }) => {
      const page = await openAsOwner(visit, '/write')
      await page.getByRole('link', { name: 'Your phone' }).click()
      expect(await heading(page)).toBe('Your phone')
      await page.getByRole('button', { name: 'Show the code' }).click()
      const link = await scan(page)
      expect(link).toBe(await page.getByLabel('Or open this there').inputValue())
      expect(link).toMatch(new RegExp(`^${world.url}/session/[\\da-f]{32}$`, 'u'))

      const there = await visit({ javaScriptEnabled, viewport: { width: 390, height: 844 } })
      await there.goto(link ?? '')
      await there.reload()
      await there.getByRole('button', { name: 'Sign in' }).click()
      expect(await heading(there)).toBe('Write')
      await there.getByLabel('What just happened?').fill('from the phone')
      await there.getByRole('button', { name: 'Note it' }).click()
      expect(await there.getByRole('status').innerText()).toContain('Done: “from the phone”')

      const late = await visit({ javaScriptEnabled })
      await late.goto(link ?? '')
      expect(await heading(late)).toBe('This link has ended')
      await there.goto(link ?? '')
      await there.getByRole('link', { name: 'To your pages' }).click()
      expect(await heading(there)).toBe('This week')
    },
  )

  it('copies address and authorization into a shortcut that posts', async ({ visit }) => {
    const page = await openAsOwner(visit, '/desk/phone')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const copied = async (label: string) => {
      await page.getByLabel(label, { exact: true }).locator('+ button').click()
      return page.evaluate(() => navigator.clipboard.readText())
    }
    await page.getByRole('button', { name: 'Make a token for the phone' }).click()
    const [address, authorization] = [await copied('Address'), await copied('Authorization')]
    const body = new FormData()
    body.set('text', 'Ask: which day suits?')
    const answer = await fetch(address, {
      method: 'POST',
      body,
      headers: { authorization, accept: 'text/plain' },
    })
    expect(await answer.text()).toMatch(/^Ask: “which day suits\?” · /u)
    const { authors } = await api.get<{ authors: readonly { tokens: readonly { name: string }[] }[] }>(
      '/api/authors',
    )
    expect(authors[0]?.tokens.map(({ name }) => name)).toContain('iPhone')
  })
})

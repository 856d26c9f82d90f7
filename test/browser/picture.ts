/** Pictures of a page to look at: on a phone and on a desk, in light and dark. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Where they go; empty: none are asked for. */
const folder = process.env.PICTURES ?? ''

export async function takePictures(page: Page, name: string): Promise<void> {
  if (folder === '') return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      const file = `${name.replaceAll(/[^a-z\d]+/giu, '-')}-${width}-${colorScheme}.png`
      await page.screenshot({ path: join(folder, file), fullPage: true })
    }
  }
}

/** A visitor with a keyboard and no mouse. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** More stops than any page has. */
const most = 60

/** Goes on by Tab until the focus is on `target`; at every stop it can be seen where it is. */
async function tabTo(target: Locator): Promise<void> {
  const page = target.page()
  for (let stops = 0; stops < most; stops += 1) {
    await page.keyboard.press('Tab')
    expect(await invisibleFocus(page)).toBeNull()
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`Tab never reaches ${target}`)
}

/** Goes there, types what a field is to have, presses Enter, and waits for the next page. */
export async function enter(target: Locator, text = ''): Promise<void> {
  const page = target.page()
  await tabTo(target)
  await page.keyboard.type(text)
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')])
}

/** What has the focus without showing it; null if it shows. */
function invisibleFocus(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return 'nothing has the focus'
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element)
    const isDrawn = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
    const isClear = /^rgba\(.*, 0\)$/u.test(outlineColor)
    const { top, bottom, left, right } = element.getBoundingClientRect()
    const isInWindow = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth
    return isDrawn && !isClear && isInWindow ? null : element.outerHTML
  })
}

/** What axe finds wrong with a page, in light and dark, on a phone and on a desk. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import axe, { type Result } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Every rule, best practices and experiments too; what the laxer rule of contrast finds, the stricter one does. */
const rules = axe
  .getRules()
  .filter(({ tags, ruleId }) => !tags.includes('deprecated') && ruleId !== 'color-contrast')

/** All of them in light; in dark those that see a difference. */
const rulesIn = {
  light: rules.map(({ ruleId }) => ruleId),
  dark: rules.filter(({ tags }) => tags.includes('cat.color')).map(({ ruleId }) => ruleId),
}

/** The strictest rule of contrast asks for 7 : 1; here for what the look has promised, of large text too. */
const contrast = { expected: 5.8, minThreshold: 0 }
const look = {
  checks: [
    { id: 'color-contrast-enhanced', options: { contrastRatio: { normal: contrast, large: contrast } } },
  ],
}

export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(source)
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of [390, 1100]) {
      await page.setViewportSize({ width, height: 800 })
      const results = await page.evaluate(runAxe, { rules: rulesIn[colorScheme], look })
      found.push(...results.map((result) => `${colorScheme}, ${width} px: ${result}`))
    }
  }
  return found
}

/**
 * Runs in the page. What axe cannot decide counts where it is about contrast, but for what is scrolled away, for
 * text in a chart (axe does not look behind SVG text), and for a lone sign such as ∑.
 */
async function runAxe(given: { rules: string[]; look: typeof look }): Promise<readonly string[]> {
  const page = window as unknown as { axe: typeof axe } // its source was evaluated there
  page.axe.configure(given.look)
  const { violations, incomplete } = await page.axe.run(document, { runOnly: given.rules })
  const unclear = incomplete.filter(({ id }) => id.startsWith('color-contrast'))
  return [...violations, ...unclear].flatMap(({ id, nodes }: Result) =>
    nodes
      .filter(({ any, html }) => {
        const reason = any[0]?.data?.messageKey
        if (reason === 'imgNode') return !html.startsWith('<text')
        if (reason === 'nonBmp') return !html.startsWith('<mo')
        return reason !== 'elmPartiallyObscured'
      })
      .map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  )
}

/** What reaches beyond the window, at each width; what scrolls inside its own box does not. */
export async function overflows(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const width of [320, 390, 1100, 1600]) {
    await page.setViewportSize({ width, height: 800 })
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return { scrollWidth, clientWidth }
    })
    if (scrollWidth > clientWidth) found.push(`${scrollWidth} px wide in a window of ${clientWidth}`)
  }
  return found
}

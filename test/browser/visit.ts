/** Visitors of the pages: each is watched for what no page may do. */
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Shared } from './setup.ts'

const answer = await fetch(`${inject('sharing')}/${process.env.VITEST_POOL_ID}`)
if (!answer.ok) throw new Error(await answer.text())

export const world = (await answer.json()) as Shared // as `setup.ts` gives it

/** The page of somebody new, without a session. */
export type Visit = (options?: BrowserContextOptions) => Promise<Page>

/** Nothing here may need a script: `javaScriptEnabled` of a visit. */
export const scripts = [
  ['with scripts', true],
  ['without scripts', false],
] as const

let browser: Browser

beforeAll(async () => {
  browser = await chromium.connect(world.browser)
})

afterAll(() => browser.close())

/**
 * A test with visitors. It fails, too, when a page of theirs logged an error, broke the content security policy,
 * or asked another origin for anything.
 */
export const it = test.extend<{ visit: Visit }>({
  visit: async ({ onTestFinished }, use) => {
    const faults: string[] = []
    const contexts: BrowserContext[] = []
    onTestFinished(async () => {
      for (const context of contexts) await context.close()
      expect(faults).toEqual([])
    })
    await use(async (options) => {
      const context = await browser.newContext({ baseURL: world.url, ...options })
      contexts.push(context)
      watch(context, new URL(options?.baseURL ?? world.url).origin, (fault) => faults.push(fault))
      return context.newPage()
    })
  },
})

function watch(context: BrowserContext, own: string, tell: (fault: string) => void): void {
  context.on('console', (message) => {
    // The browser's own note of a status like 401, which such a page has to have.
    const isStatus = /^Failed to load resource: the server responded with a status of 4/u.test(message.text())
    if (message.type() === 'error' && !isStatus) tell(message.text())
  })
  context.on('weberror', (error) => tell(String(error.error())))
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== own && protocol !== 'data:') tell(`asked for ${request.url()}`)
  })
  context.on('response', (response) => {
    const request = response.request()
    // A service worker asks in the place of a page.
    const isPage = request.isNavigationRequest() || request.serviceWorker() !== null
    if (response.status() >= (isPage ? 500 : 400)) tell(`${response.status()} ${response.url()}`)
  })
}

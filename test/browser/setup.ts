/** Starts once what all tests in the browser share, and ends it after the last. */
import type { TestProject } from 'vitest/node'
import { startChromium } from './chromium.ts'
import { startWorld, type World } from './world.ts'

/** Plain data: it goes to the process of the tests. */
export type Shared = World & {
  /** Where the browser listens to Playwright. */
  readonly browser: string
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Or why there is none: the tests here fail with it, and all others run. */
    readonly shared: Shared | { readonly failed: string }
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const stop = new AbortController()
  const starting = Promise.allSettled([startWorld(stop.signal), startChromium()])
  const end = async () => {
    const [world, browser] = await starting
    if (browser.status === 'fulfilled') await browser.value.close()
    if (world.status === 'fulfilled') await world.value[Symbol.asyncDispose]()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort())
  const [world, browser] = await starting
  if (world.status === 'fulfilled' && browser.status === 'fulfilled') {
    const { url, inbox, token, letters } = world.value
    project.provide('shared', { url, inbox, token, letters, browser: browser.value.wsEndpoint() })
  } else {
    const failures = [world, browser].flatMap((part) =>
      part.status === 'rejected' ? [String(part.reason)] : [],
    )
    project.provide('shared', { failed: failures.join('\n') })
  }
  return end
}

/**
 * What tests in the browser look at, and with: one for each of Vitest's workers, so that files run side by side. It is
 * started when the worker's first file asks for it, and ends after the last.
 */
import { createServer } from 'node:http'
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
    /** Answers with a worker's Shared at `/<its number>`, or with why there is none: the tests here fail with it. */
    readonly sharing: string
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort())
  const started = new Map<string, Promise<Shared & AsyncDisposable>>()
  const server = createServer((request, response) => {
    const worker = request.url ?? ''
    const starting = started.get(worker) ?? start(stop.signal)
    started.set(worker, starting)
    starting.then(
      (shared) => response.end(JSON.stringify(shared)),
      (error) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address === 'object') project.provide('sharing', `http://127.0.0.1:${address?.port}`)
  return async () => {
    server.close()
    for (const each of await Promise.allSettled(started.values()))
      if (each.status === 'fulfilled') await each.value[Symbol.asyncDispose]()
  }
}

async function start(stop: AbortSignal): Promise<Shared & AsyncDisposable> {
  await using starting = new AsyncDisposableStack()
  const [world, browser] = await Promise.allSettled([startWorld(stop), startChromium()])
  if (world.status === 'fulfilled') starting.use(world.value)
  if (browser.status === 'fulfilled') starting.defer(() => browser.value.close())
  if (world.status === 'rejected' || browser.status === 'rejected') {
    const reasons = [world, browser].flatMap((part) => (part.status === 'rejected' ? [part.reason] : []))
    throw new Error(reasons.join('\n'))
  }
  const open = starting.move()
  return {
    ...world.value,
    browser: browser.value.wsEndpoint(),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

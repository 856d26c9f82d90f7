/** Before each test: an empty database, an empty inbox, the real clock, no way to the network but the stand-in. */
import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { emptyAll, resend } from './world.ts'

beforeAll(() => applyD1Migrations(env.DB, env.MIGRATIONS))

beforeEach(async () => {
  await emptyAll()
  vi.stubGlobal('fetch', (input: RequestInfo, init?: RequestInit) => resend.fetch(new Request(input, init)))
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

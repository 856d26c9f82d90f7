/** Before each test: an empty database, an empty inbox, the real clock, no way to the network but the stand-in. */
import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, vi } from 'vitest'
import { resend } from './world.ts'

const tables = [
  ...['notices', 'deliveries', 'documents', 'blocks', 'corrections', 'summaries', 'statuses', 'updates'],
  ...['posts', 'tokens', 'authors', 'recipients', 'digests', 'project'],
]

beforeEach(async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  await env.DB.batch(tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`)))
  resend.reset()
  vi.stubGlobal('fetch', (input: RequestInfo, init?: RequestInit) => resend.fetch(new Request(input, init)))
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

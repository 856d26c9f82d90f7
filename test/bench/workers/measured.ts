/**
 * The built Worker with its trips to D1 recorded: every answer tells their counts. Beside it, what it is held
 * against.
 *
 * The clock of a Worker moves only when it waits, so a wait of no length comes before and after what is timed.
 */
import type { D1Database } from '@cloudflare/workers-types/experimental'
import { marked } from 'marked'
import weeknotes from 'weeknotes'
import { runSending } from './sending.ts'
import { recorded, replayed, type Trip } from './trips.ts'

export type Env = { readonly DB: D1Database }

/** Nobody is slowed down here. */
const POST_LIMIT = { limit: async () => ({ success: true }) }

export default {
  async fetch(request: Request, env: Env, context: object): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname === '/bench/tick') return runTick(request, env)
    if (pathname === '/bench/sending') return runSending(request, env)
    if (pathname === '/bench/marked') return runMarked(request)
    const trips: Trip[] = []
    const response = await weeknotes.fetch(
      request,
      { ...env, DB: recorded(env.DB, trips), POST_LIMIT },
      context,
    )
    return withCounts(response, trips)
  },
}

type Tick = { readonly due: number; readonly key?: string; readonly times: number }

/**
 * One run of the cron, with or without a key for the provider: its counts and its milliseconds. Then the same
 * run `times` times from its record, in milliseconds each: all that it does but wait for D1, whose client's part
 * (JSON to and from D1) is left out too.
 */
async function runTick(request: Request, env: Env): Promise<Response> {
  const { due, key, times } = (await request.json()) as Tick // only the bench asks
  const trips: Trip[] = []
  const run = (DB: object) => weeknotes.scheduled({ scheduledTime: due }, { ...env, DB, RESEND_API_KEY: key })
  const ms = await timed(1, () => run(recorded(env.DB, trips)))
  const ownMs = await timed(times, async () => {
    const rest = trips.values()
    await run(replayed(rest))
    if (!rest.next().done) throw new Error('the replayed run asks less than the recorded one')
  })
  return withCounts(Response.json({ ms, ownMs }), trips)
}

/** What `marked` alone takes for all texts, in milliseconds: the mean of `times`. */
async function runMarked(request: Request): Promise<Response> {
  const { texts, times } = (await request.json()) as { texts: string[]; times: number } // only the bench asks
  const ms = await timed(times, () => {
    for (const text of texts) marked.parse(text)
  })
  return Response.json({ ms })
}

/** The mean of `times`, in milliseconds. */
async function timed(times: number, work: () => unknown): Promise<number> {
  await wait()
  const started = performance.now()
  for (let time = 0; time < times; time += 1) await work()
  await wait()
  return (performance.now() - started) / times
}

function wait(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

function withCounts(response: Response, trips: readonly Trip[]): Response {
  const metas = trips.flatMap(({ answered }) => answered.map(({ meta }) => meta))
  const counts = {
    queries: metas.length,
    trips: trips.length,
    rowsRead: metas.reduce((sum, meta) => sum + meta.rows_read, 0),
    rowsWritten: metas.reduce((sum, meta) => sum + meta.rows_written, 0),
  }
  const headers = new Headers(response.headers)
  headers.set('Bench-Counts', JSON.stringify(counts))
  return new Response(response.body, { status: response.status, headers })
}

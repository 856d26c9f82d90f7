/**
 * A run of the cron on a clock that only waiting moves: for the provider's pace, for the answer of a call, for D1.
 * How long a run lasts is then what its waits add up to, and 10,000 letters take no half hour.
 */
import weeknotes from 'weeknotes'
import type { Env } from './measured.ts'
import { counted } from './trips.ts'

/** How long a trip to D1 and a call of the provider take. */
const tripMs = 10
const callMs = 150

/** When the run begins, on which plan, and where the stand-in listens. */
export type Sending = { readonly now: number; readonly plan: 'free' | 'paid'; readonly provider: string }

/** What the run took, by its clock, and what it asked. */
export type SendingRun = {
  readonly ended: number
  readonly calls: number
  readonly queries: number
  readonly rowsRead: number
  readonly rowsWritten: number
  /** Of these, rows of letters. */
  readonly lettersWritten: number
}

/** In workerd; the browser's, which the types here know, does not wait. */
const waiting = scheduler as unknown as { wait(ms: number): Promise<void> }

export async function runSending(request: Request, env: Env): Promise<Response> {
  const { now, plan, provider } = (await request.json()) as Sending // only the bench asks
  const run = { ended: now, calls: 0, queries: 0, rowsRead: 0, rowsWritten: 0, lettersWritten: 0 }
  const DB = counted(
    env.DB,
    (sql, meta) => {
      run.queries += 1
      run.rowsRead += meta.rows_read
      run.rowsWritten += meta.rows_written
      if (/^\s*(INSERT INTO|UPDATE) deliveries/u.test(sql)) run.lettersWritten += meta.rows_written
    },
    () => {
      run.ended += tripMs
    },
  )
  const real = { now: Date.now, wait: waiting.wait, fetch: globalThis.fetch.bind(globalThis) }
  Date.now = () => run.ended
  waiting.wait = async (ms) => {
    run.ended += ms
  }
  globalThis.fetch = async (input, init) => {
    const called = new Request(input, init)
    called.headers.set('Bench-Clock', String(run.ended))
    run.calls += 1
    run.ended += callMs
    return real.fetch(called)
  }
  try {
    const secrets = { RESEND_API_KEY: 're_bench', RESEND_BASE_URL: provider, WORKERS_PLAN: plan }
    await weeknotes.scheduled({ scheduledTime: now }, { ...env, ...secrets, DB })
  } finally {
    Date.now = real.now
    waiting.wait = real.wait
    globalThis.fetch = real.fetch
  }
  return Response.json(run)
}

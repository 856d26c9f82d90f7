/** One letter to 10,000 readers: how often each gets it, what it asks of D1, how fast it goes, how much memory stays. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { serveResend } from '../resend/server.ts'
import { createResend, type Resend } from '../resend/stand-in.ts'
import { ask } from './load.ts'
import { grouped, type Measured, type Measurement } from './measurement.ts'
import type { Sending, SendingRun } from './workers/sending.ts'
import { type Running, webhookSecret } from './world.ts'

const readers = 10_000
const perSecond = 5
const everyMs = 5 * 60_000

export const sending: Measurement = {
  name: 'A letter to 10,000 readers',

  async measure({ sending: worker }) {
    let clock = Date.now()
    const resend = createResend({ clock: () => clock, perSecond, secret: webhookSecret })
    const provider = await serveResend({
      ...resend,
      fetch(request) {
        clock = Number(request.headers.get('Bench-Clock'))
        return resend.fetch(request)
      },
    })
    try {
      await settle(worker)
      const runs = await sendAll(worker, provider.url)
      clock = Date.now()
      const receipts = await tellAll(worker, resend)
      return report(resend, runs, receipts)
    } finally {
      await provider.close()
    }
  },
}

async function settle(worker: Running): Promise<void> {
  await ask(worker, '/api/updates', { text: 'One' })
  const settings = {
    ...{ title: 'A term', sender: 'A term <notes@mail.example.edu>' },
    ...{ ownerEmail: 'student@example.edu', publicUrl: 'https://notes.example.edu' },
  }
  await worker.sql(
    `UPDATE project SET settings = '${JSON.stringify(settings)}'`,
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${readers})
     INSERT INTO recipients (id, email, circle, unsubscribe, joined_at)
     SELECT printf('00000000-0000-7000-8000-%012d', i), 'reader' || i || '@example.edu', 'inner', 'stop' || i, 0 FROM n`,
  )
}

type Run = SendingRun & { readonly began: number; readonly memory: number | null }

/** Runs of the cron on a paid plan, every five minutes from the cut-off on, until one has nothing left to send. */
async function sendAll(worker: Running, provider: string): Promise<readonly Run[]> {
  const { json } = await ask<{ cutOff: string }>(worker, '/api/digests/next')
  const runs: Run[] = []
  for (let now = Date.parse(json.cutOff); runs.at(-1)?.calls !== 0; now += everyMs) {
    const began = Math.max(now, runs.at(-1)?.ended ?? 0)
    const sending: Sending = { now: began, plan: 'paid', provider }
    const { json: run } = await ask<SendingRun>(worker, '/bench/sending', sending)
    runs.push({ ...run, began, memory: await memoryOfWorkers() })
  }
  return runs.slice(0, -1)
}

/** The provider says of mail that it was sent, then that it arrived: of one in ten, and the rows that this writes ten times. */
async function tellAll(worker: Running, resend: Resend): Promise<number> {
  let rows = 0
  const mails = resend.sent.filter((_, place) => place % 10 === 0).values()
  const tell = async () => {
    for (const { id } of mails) {
      for (const type of ['email.sent', 'email.delivered'] as const) {
        const { headers, body } = await resend.event(type, id)
        const { counts } = await ask(worker, '/webhooks/resend', body, headers)
        rows += counts.rowsWritten
      }
    }
  }
  await Promise.all(Array.from({ length: 4 }, tell))
  return rows * 10
}

function report({ sent, calls }: Resend, runs: readonly Run[], receipts: number): Measured {
  const inboxes = new Set(sent.flatMap(({ to }) => to)).size
  const sum = (of: (run: Run) => number) => runs.reduce((total, run) => total + of(run), 0)
  const rows = sum(({ lettersWritten }) => lettersWritten) + receipts
  const [first, last] = [runs[0], runs.at(-1)]
  const seconds = ((last?.ended ?? 0) - (first?.began ?? 0)) / 1000
  const speed = readers / seconds
  const most = (of: (run: Run) => number) => grouped(Math.max(...runs.map(of)))
  return {
    rows: [
      {
        what: 'readers without exactly one letter',
        figure: `${readers - inboxes + sent.length - inboxes}`,
        value: readers - inboxes + sent.length - inboxes,
        budget: { atMost: 0 },
      },
      {
        what: 'calls for a letter',
        figure: grouped(calls.length),
        baseline: grouped(readers),
        value: calls.length / readers,
        budget: { atMost: 1 },
      },
      {
        what: 'rows written for a letter, receipts included',
        figure: (rows / readers).toFixed(2),
        value: rows / readers,
        budget: { atMost: 4 },
      },
      {
        what: 'letters a second on a paid plan',
        figure: speed.toFixed(2),
        baseline: `${perSecond} allowed`,
        value: speed / perSecond,
        budget: { atLeast: 0.85 },
      },
    ],
    notes: [
      `resident memory of all Workers here after each run, in MB: ${runs.map(({ memory }) => memory ?? 'not known').join(', ')}`,
      `${runs.length} runs for ${grouped(readers)} letters, each of at most ${most(({ calls }) => calls)} calls, ${most(({ queries }) => queries)} queries, ${most(({ rowsRead }) => rowsRead)} rows read, ${most(({ ended, began }) => (ended - began) / 1000)} s`,
      `all rows written: ${grouped(sum(({ rowsWritten }) => rowsWritten) + receipts)}, of these ${grouped(receipts)} by two receipts a letter; rows read: ${grouped(sum(({ rowsRead }) => rowsRead))}`,
    ],
  }
}

/**
 * Resident megabytes of every workerd of this process; null where `ps` cannot tell. They rise, since V8 collects all
 * only now and then: by the inspector, over 24,000 letters of one Worker, its heap rose to 53 MB, was 17 MB after that,
 * and its process stayed at 620 MB from the 18,000th on.
 */
async function memoryOfWorkers(): Promise<number | null> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'ppid=,rss=,comm='])
    const own = stdout.split('\n').map((line) => line.trim().split(/\s+/u))
    const sizes = own.filter(
      ([parent, , name]) => Number(parent) === process.pid && name?.includes('workerd'),
    )
    const kilobytes = sizes.reduce((sum, [, size]) => sum + Number(size), 0)
    return kilobytes === 0 ? null : Math.round(kilobytes / 1024)
  } catch {
    return null
  }
}

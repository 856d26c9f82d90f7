/**
 * The real process: `wrangler dev` with its D1 on disk, shot with all its children while it sends, and started again.
 * The stand-in shoots, at a call, so that no kill depends on how fast a machine is.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { type Api, createApi } from '../demo/api.ts'
import { restartWorker, startWorker, type Worker } from '../demo/worker.ts'
import { serveResend } from '../resend/server.ts'
import { createResend } from '../resend/stand-in.ts'

/** Before the provider has a letter, when it has it, and when it has said so. */
type Moment = 'asked' | 'taken' | 'answered'

type Kill = { readonly call: number; readonly moment: Moment }

/**
 * Letter by letter of the weeks, at which call of its run each kill comes. After each death a run claims half as many:
 * 40, 20, 10, 5, 2. It writes down what came of ten at a time. None is killed after the last answer that a run waits
 * for: it may come to its end first.
 */
const weeks: readonly (readonly Kill[])[] = [
  kills('asked 1', 'taken 1', 'answered 1', 'taken 3', 'answered 1'),
  kills('taken 10', 'answered 10', 'asked 9', 'answered 4', 'taken 2'),
  kills('answered 12', 'asked 11', 'taken 7', 'asked 4', 'asked 2'),
  kills('taken 25', 'taken 4', 'answered 9', 'taken 5', 'answered 1'),
]

function kills(...plans: readonly `${Moment} ${number}`[]): readonly Kill[] {
  return plans.map((plan) => {
    const [moment, call] = plan.split(' ') as [Moment, string] // by the type of a plan
    return { moment, call: Number(call) }
  })
}

const readers = Array.from({ length: 30 }, (_, i) => `reader-${i + 1}@example.edu`)
const token = 'owner-of-the-killed-worker'
const stop = new AbortController().signal

it('is killed 20 times while it sends, and each reader has each letter once', async () => {
  await using open = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'weeknotes-killed-'))
  open.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const provider = await shootingProvider()
  open.defer(() => provider.close())
  const secrets = { OWNER_TOKEN: token, RESEND_API_KEY: 're_test', RESEND_BASE_URL: provider.url }
  const place = { folder, secrets, port: 0 }

  let worker = await startWorker(place, stop)
  open.defer(() => worker[Symbol.asyncDispose]())
  let api = createApi(worker.url, token, stop)
  await settle(api)

  for (const [i, week] of weeks.entries()) {
    const number = i + 1
    await api.say({ by: 'plain', text: `#done Week ${number}`, inside: false, key: `week-${number}` })
    await api.post('/api/digests', { number })
    for (const kill of week) {
      await shotAt(provider, kill, worker, api)
      await passLeases(folder)
      worker = await restartWorker(place, stop)
      api = createApi(worker.url, token, stop)
    }
    await sendRest(api)
    expect(await states(api), `week ${number}`).toEqual({ accepted: readers.length })
  }

  expect(provider.shots).toBe(weeks.flat().length)
  const expected = readers.flatMap((reader) => weeks.map((_, i) => `${reader} ${i + 1}`))
  const arrived = provider.sent.map(({ to, tags }) => `${to.join()} ${tags.digest}`)
  expect(arrived.toSorted()).toEqual(expected.toSorted())
  // Called again were those that the provider had, or may have had: with the same bytes, or they were refused.
  expect(provider.calls.length).toBeGreaterThan(arrived.length)
  expect(provider.calls.filter(({ status }) => status !== 200)).toEqual([])
}, 240_000)

/** A stand-in that kills who calls it. */
async function shootingProvider() {
  const resend = createResend({ apiKey: 're_test', perSecond: 1000 })
  let aim: (Kill & { readonly kill: () => void }) | null = null
  let calls = 0
  let shots = 0
  const shoot = (moment: Moment): boolean => {
    if (aim === null || aim.call !== calls || aim.moment !== moment) return false
    aim.kill()
    aim = null
    shots += 1
    return true
  }
  const server = await serveResend({
    ...resend,
    async fetch(request) {
      calls += 1
      if (shoot('asked')) throw new TypeError('nobody is left to be answered')
      const response = await resend.fetch(request)
      if (shoot('taken')) throw new TypeError('nobody is left to be answered')
      setImmediate(shoot, 'answered')
      return response
    },
  })
  return {
    ...server,
    sent: resend.sent,
    calls: resend.calls,
    get shots() {
      return shots
    },
    /** Kills at the call so many from now. */
    aimAt(next: Kill, kill: () => void) {
      aim = { ...next, kill }
      calls = 0
    },
  }
}

/** Runs the cron until the shot falls, and nothing of the Worker is left. */
async function shotAt(
  provider: Awaited<ReturnType<typeof shootingProvider>>,
  kill: Kill,
  worker: Worker,
  api: Api,
): Promise<void> {
  const dead = Promise.withResolvers<void>()
  provider.aimAt(kill, () => dead.resolve(worker.kill()))
  const ticked = api.tick(Date.now()).then(
    () => 'came to its end',
    () => 'died',
  )
  expect(await ticked, `the run that is killed at ${kill.moment} ${kill.call}`).toBe('died')
  await dead.promise
}

async function settle(api: Api): Promise<void> {
  await api.patch('/api/settings', {
    ...{ title: 'A term', ownerName: 'The student', ownerEmail: 'student@example.edu' },
    ...{ sender: 'A term <notes@mail.example.edu>', publicUrl: 'https://notes.example.edu' },
  })
  for (const email of readers) await api.post('/api/recipients', { email })
}

/**
 * Nobody else may touch what a dead run had claimed for five minutes. That they pass is said to the database, since
 * the clock of this machine cannot be turned.
 */
async function passLeases(folder: string): Promise<void> {
  const objects = join(folder, 'state/v3/d1/miniflare-D1DatabaseObject')
  const files = (await readdir(objects)).filter((name) => /^[\da-f]+\.sqlite$/u.test(name))
  expect(files).toHaveLength(1)
  // Its lock falls when the last of the killed is gone.
  using database = new DatabaseSync(join(objects, files[0] ?? ''), { timeout: 30_000 })
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
  database.exec(
    'UPDATE deliveries SET lease_until = lease_until - 300000, unsettled_since = unsettled_since - 300000',
  )
}

async function sendRest(api: Api): Promise<void> {
  for (let runs = 0; runs < 20; runs += 1) {
    await api.tick(Date.now())
    const { waiting = 0, trying = 0 } = await states(api)
    if (waiting + trying === 0) return
  }
}

async function states(api: Api): Promise<Readonly<Record<string, number>>> {
  const { digests } = await api.get<{ digests: { slug: string }[] }>('/api/digests')
  const { deliveries } = await api.get<{ deliveries: Record<string, number> }>(
    `/api/digests/${digests[0]?.slug}`,
  )
  return deliveries
}

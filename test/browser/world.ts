/** What the tests in the browser look at: the real Worker on its own database, and an inbox, on free ports. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Api, createApi } from '../demo/api.ts'
import { startWorker } from '../demo/worker.ts'
import { serveResend } from '../resend/server.ts'
import { createResend } from '../resend/stand-in.ts'
import { seed } from './seed.ts'

/** Plain data: it goes to another process. */
export type World = {
  /** The Worker's origin. */
  readonly url: string
  /** The stand-in's; `/mail.json` has what it took. */
  readonly inbox: string
  /** Where the Worker has its database. */
  readonly folder: string
  /** The owner's. */
  readonly token: string
  /** The slugs of the letters that went out, the first first. */
  readonly letters: readonly string[]
}

/** Writes the letters of a world; gives their slugs. */
type Fill = (api: Api, publicUrl: string) => Promise<readonly string[]>

/** Disposing of it ends all processes and removes all files. Throws what failed. */
export async function startWorld(stop: AbortSignal, fill: Fill = seed): Promise<World & AsyncDisposable> {
  await using starting = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'weeknotes-browser-'))
  const clear = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  process.once('exit', clear) // after a signal there may be no time for more
  starting.defer(clear)
  const key = `re_${randomBytes(12).toString('hex')}`
  const token = randomBytes(16).toString('hex')
  const inbox = await serveResend(createResend({ apiKey: key }))
  starting.defer(() => inbox.close())
  const secrets = { OWNER_TOKEN: token, RESEND_API_KEY: key, RESEND_BASE_URL: inbox.url }
  const worker = starting.use(await startWorker({ folder, secrets, port: 0 }, stop))
  const letters = await fill(createApi(worker.url, token, stop), worker.url)
  const open = starting.move()
  return {
    ...{ url: worker.url, inbox: inbox.url, folder, token, letters },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

/** The Worker on this machine: its secrets, its database, `wrangler dev`. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Failed, startWrangler } from './wrangler.ts'

export type Worker = AsyncDisposable & {
  readonly url: string
  /** Rejects when it ends by itself. */
  readonly ended: Promise<never>
  /** Ends its processes at once, without a word to them. */
  kill(): Promise<void>
}

type Place = {
  /** A fresh folder for everything that is written. */
  readonly folder: string
  readonly secrets: Readonly<Record<string, string>>
  /** Tried first; if it is taken, any free one. */
  readonly port: number
}

/** Makes the database and starts the Worker on it. Throws Failed. */
export async function startWorker(place: Place, stop: AbortSignal): Promise<Worker> {
  const lines = Object.entries(place.secrets).map(([name, value]) => `${name}=${value}\n`)
  await writeFile(join(place.folder, 'secrets.env'), lines.join(''), { mode: 0o600 })
  await migrate(place.folder, stop)
  return restartWorker(place, stop)
}

/** Starts the Worker on the database that an earlier one left. Throws Failed. */
export async function restartWorker({ folder, port }: Place, stop: AbortSignal): Promise<Worker> {
  try {
    return await listen(folder, port, stop)
  } catch (error) {
    const taken = error instanceof Failed && /address already in use/i.test(error.output)
    if (!taken) throw error
    return listen(folder, 0, stop)
  }
}

const migrations = fileURLToPath(new URL('../../src/store/migrations', import.meta.url))

/** All of them at once: `wrangler d1 migrations apply` starts a Worker for each, half a second long. */
async function migrate(folder: string, stop: AbortSignal): Promise<void> {
  const names = (await readdir(migrations)).toSorted()
  const sql = await Promise.all(names.map((name) => readFile(join(migrations, name), 'utf8')))
  const file = join(folder, 'migrations.sql')
  await writeFile(file, sql.join('\n'))
  await using wrangler = startWrangler(['d1', 'execute', 'DB', '--yes', '--file', file], folder, stop)
  const code = await wrangler.exited
  if (code !== 0) throw new Failed('The local database could not be made.', wrangler.output())
}

async function listen(folder: string, port: number, stop: AbortSignal): Promise<Worker> {
  const args = ['dev', '--ip', '127.0.0.1', '--port', String(port), '--inspector-port', '0']
  const wrangler = startWrangler(args, folder, stop)
  try {
    const late = sleep(120_000, null, { ref: false })
    const url = await Promise.race([wrangler.ready, wrangler.exited, late])
    if (typeof url !== 'string') throw new Failed('The Worker did not start.', wrangler.output())
    const ended = wrangler.exited.then((): never => {
      throw new Failed('The Worker ended by itself.', wrangler.output())
    })
    ended.catch(() => {}) // whoever waits for it hears of it
    return { url, ended, kill: wrangler.kill, [Symbol.asyncDispose]: () => wrangler[Symbol.asyncDispose]() }
  } catch (error) {
    await wrangler[Symbol.asyncDispose]()
    throw error
  }
}

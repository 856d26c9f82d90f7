/** The Workers of the bench in workerd, each on a D1 of its own that ends with it: built, bare, measured. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createTestHarness } from 'wrangler'

export type World = AsyncDisposable & {
  /** The Worker as it is built, bundled and minified. */
  readonly real: Running
  /** One D1 insert a request. */
  readonly bare: Running
  /** The built Worker again; it counts what it asks of D1, see workers/measured.ts. */
  readonly measured: Running
  /** The same on a database of its own, for letters. */
  readonly sending: Running
  /** Where the build lies: index.js and bundle-meta.json, which esbuild wrote. */
  readonly built: string
}

export type Running = {
  readonly url: URL
  /** Runs SQL, all or nothing. */
  sql(...statements: readonly string[]): Promise<void>
}

export const ownerToken = 'the-owner-of-the-bench'
export const webhookSecret = 'whsec_dGhlLWJlbmNo'

const project = fileURLToPath(new URL('../..', import.meta.url))

export async function openWorld(): Promise<World> {
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false' // else Miniflare asks the network where it is
  process.env.WRANGLER_LOG = 'warn'
  await using open = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'weeknotes-bench-'))
  open.defer(() => rm(folder, { recursive: true }))
  const built = join(folder, 'built')
  await build(built)
  const start = async (worker: Worker): Promise<Running> => {
    const harness = createTestHarness({ root: folder, workers: [worker] })
    open.defer(() => harness.close())
    const { url } = await harness.listen()
    const { DB } = await harness.getWorker<{ DB: Database }>().getEnv()
    if (worker !== bare) await harness.getWorker().applyD1Migrations('DB')
    return {
      url,
      async sql(...statements) {
        await DB.batch(statements.map((statement) => DB.prepare(statement)))
      },
    }
  }
  const world = {
    real: await start(realIn(built)),
    bare: await start(bare),
    measured: await start(measuredIn(built, 'measured')),
    sending: await start(measuredIn(built, 'sending')),
    built,
  }
  await world.bare.sql(
    'CREATE TABLE notes (id TEXT PRIMARY KEY, text TEXT NOT NULL, posted_at INTEGER NOT NULL)',
  )
  const running = open.move()
  return { ...world, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

type Database = {
  prepare(sql: string): object
  batch(statements: object[]): Promise<unknown>
}

type Worker = NonNullable<Parameters<typeof createTestHarness>[0]>['workers'][number]

const compatibility_date = '2026-10-20'
const database = { binding: 'DB', database_name: 'bench', database_id: 'bench' }

/** Without its assets, as the bare one: the local router that serves them is no part of the Worker. */
const realIn = (built: string): Worker => ({
  config: {
    name: 'real',
    main: join(built, 'index.js'),
    compatibility_date,
    d1_databases: [{ ...database, migrations_dir: join(project, 'src/store/migrations') }],
    vars: { OWNER_TOKEN: ownerToken },
  },
})

const bare: Worker = {
  config: {
    name: 'bare',
    main: join(project, 'test/bench/workers/bare.ts'),
    compatibility_date,
    d1_databases: [database],
  },
}

const measuredIn = (built: string, name: string): Worker => ({
  config: {
    name,
    main: join(project, 'test/bench/workers/measured.ts'),
    compatibility_date,
    alias: { weeknotes: join(built, 'index.js') },
    d1_databases: [{ ...database, migrations_dir: join(project, 'src/store/migrations') }],
    vars: { OWNER_TOKEN: ownerToken, RESEND_WEBHOOK_SECRET: webhookSecret },
  },
})

/** As `npm run deploy` builds it, but for the upload. */
async function build(built: string): Promise<void> {
  const wrangler = join(project, 'node_modules/wrangler/bin/wrangler.js')
  const args = ['deploy', '--dry-run', '--outdir', built, '--metafile']
  // The build in wrangler.toml runs `node`: the one that runs this.
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter)
  const quiet = { WRANGLER_HIDE_BANNER: 'true', WRANGLER_SEND_METRICS: 'false', WRANGLER_WRITE_LOGS: 'false' }
  const env = { ...process.env, ...quiet, PATH: path }
  await promisify(execFile)(process.execPath, [wrangler, ...args], { cwd: project, env })
}

/** Wrangler as a child process: its state in one folder, the developer's own secrets unread, nothing left behind. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

/** Something did not start: why, in one line, and what the child said last. */
export class Failed extends Error {
  readonly output: string
  constructor(why: string, output: string) {
    super(why)
    this.output = output
  }
}

export type Wrangler = AsyncDisposable & {
  /** The exit code. Rejects with an AbortError when `stop` is raised first. */
  readonly exited: Promise<number | null>
  /** Where `wrangler dev` answers; never settles for other commands. */
  readonly ready: Promise<string>
  /** The last lines that it wrote. */
  output(): string
  /** Ends it and its children at once, as a machine that loses power does. */
  kill(): Promise<void>
}

/**
 * Starts `wrangler <args>` for this project.
 *
 * Given `--env-file`, Wrangler 4 reads neither `.dev.vars` nor `.env`
 * (https://developers.cloudflare.com/workers/local-development/environment-variables).
 */
export function startWrangler(args: readonly string[], folder: string, stop: AbortSignal): Wrangler {
  const child = spawn(
    process.execPath,
    [
      join(project, 'node_modules/wrangler/bin/wrangler.js'),
      ...args,
      ...['--local', '--persist-to', join(folder, 'state'), '--env-file', join(folder, 'secrets.env')],
    ],
    {
      cwd: project,
      env: { ...process.env, ...alone, ...within(folder), PATH: withThisNode },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: hasGroups,
      signal: stop,
    },
  )
  const exited = new Promise<number | null>((resolve, reject) => {
    child.on('exit', resolve).on('error', reject)
  })
  exited.catch(() => {}) // whoever waits for it hears of it
  const ready = new Promise<string>((resolve) => {
    child.once('message', (message) => {
      const { ip, port } = JSON.parse(String(message)) as { ip: string; port: number } // its only message
      resolve(`http://${ip}:${port}`)
    })
  })
  return {
    exited,
    ready,
    output: lastLines(child),
    async kill() {
      kill(child, 'SIGKILL')
      await exited
    },
    [Symbol.asyncDispose]: () => end(child),
  }
}

const project = fileURLToPath(new URL('../..', import.meta.url))

/** Where there are process groups, workerd and the build end with their parent. */
const hasGroups = process.platform !== 'win32'

/** The build in wrangler.toml runs `node`: the one that runs this. */
const withThisNode = [dirname(process.execPath), process.env.PATH].join(delimiter)

/** Nothing from the developer's environment, nothing into the home directory. */
const alone = {
  CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: 'true',
  CLOUDFLARE_INCLUDE_PROCESS_ENV: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false', // else Miniflare asks the network where it is
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_WRITE_LOGS: 'false',
}

/** What it keeps between two starts. */
const within = (folder: string) => ({
  WRANGLER_REGISTRY_PATH: join(folder, 'registry'),
  NODE_COMPILE_CACHE: join(folder, 'compiled'),
})

function lastLines(child: ChildProcess): () => string {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-8000)
    })
  }
  return () =>
    stripVTControlCharacters(output)
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(-15)
      .join('\n')
}

async function end(child: ChildProcess): Promise<void> {
  const ended = child.exitCode !== null || child.signalCode !== null
  if (!ended) {
    kill(child, 'SIGTERM')
    await Promise.race([
      new Promise((resolve) => child.once('close', resolve)),
      sleep(5000, undefined, { ref: false }),
    ])
  }
  kill(child, 'SIGKILL')
}

function kill(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return
  if (!hasGroups) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'])
    return
  }
  try {
    process.kill(-child.pid, signal)
  } catch {
    // Nobody of the group is left.
  }
}

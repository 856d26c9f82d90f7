/** What the search for a browser needs to know of a computer, so that a test can make one up. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

export type Machine = {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly isRoot: boolean
  exists(path: string): boolean
  /** A new folder that is removed when this process ends. */
  newFolder(): string
  /** Runs a command; gives what it printed. Throws with what it said last when it fails or takes too long. */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<string>
}

export type RunOptions = { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> }

export function thisMachine(): Machine {
  return {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    isRoot: process.getuid?.() === 0,
    exists: existsSync,
    newFolder,
    run,
  }
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weeknotes-chromium-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

const longest = 5 * 60_000

function run(command: string, args: readonly string[], { cwd, env }: RunOptions = {}): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, timeout: longest, maxBuffer: 2 ** 26 }
  return new Promise((resolve, reject) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout)
      const late = error.killed ? `took more than ${longest / 60_000} minutes` : ''
      reject(new Error(late || lastLines(stderr || stdout) || error.message))
    })
  })
}

/** Without stacks and details, which are indented. */
function lastLines(text: string): string {
  const lines = text.split('\n').filter((line) => /^[^\s{}]/u.test(line))
  return [...new Set(lines)].slice(-3).join('\n')
}

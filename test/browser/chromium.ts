/** A Chromium for the tests: one that is here, else one that is fetched. Nothing is skipped when there is none. */
import { type BrowserServer, chromium } from 'playwright-core'
import { type Binary, fetchedByApt, fetchedByNpm, fetchedByPlaywright } from './fetched.ts'
import { type Machine, thisMachine } from './machine.ts'

export type Candidate = {
  readonly name: string
  /** Fetches it if need be. Throws why it is not to be had. */
  find(): Promise<Binary>
}

/** Starts the first that works, in the order of `candidatesOn`. Throws NoChromium. */
export async function startChromium(machine = thisMachine()): Promise<BrowserServer> {
  return firstThatStarts(candidatesOn(machine), start)
}

export class NoChromium extends Error {
  override readonly name = 'NoChromium'
}

/** Tries one after the other: what is not to be had, or does not start, leaves its turn to the next. */
export async function firstThatStarts<Started>(
  candidates: Iterable<Candidate>,
  start: (binary: Binary) => Promise<Started>,
): Promise<Started> {
  const failures: string[] = []
  for (const { name, find } of candidates) {
    try {
      return await start(await find())
    } catch (error) {
      failures.push(`  ${name}: ${reasonOf(error)}`)
    }
  }
  throw new NoChromium(
    ['No Chromium starts here. Install Chrome, or set CHROME_PATH. Tried:', ...failures].join('\n'),
  )
}

/** The one that was asked for, those that are installed, then what can be fetched, the cheapest first. */
export function* candidatesOn(machine: Machine): Generator<Candidate> {
  const asked = machine.env.CHROME_PATH
  if (asked) yield { name: `CHROME_PATH, ${asked}`, find: async () => ({ path: asked }) }
  const installed = usualPlaces(machine).filter((path) => machine.exists(path))
  for (const path of installed) yield { name: path, find: async () => ({ path }) }
  if (installed.length === 0) yield { name: 'the usual places', find: async () => nothing(machine) }
  yield { name: 'Playwright’s own', find: () => fetchedByPlaywright(machine) }
  yield { name: 'the Debian package', find: () => fetchedByApt(machine) }
  yield { name: 'the npm package @sparticuz/chromium', find: () => fetchedByNpm(machine) }
}

/** Where installers put Chrome, Chromium and Edge; first those without windows, which need a third less of a machine. */
function usualPlaces({ platform, env, home }: Machine): readonly string[] {
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((app) =>
      ['', home].map((root) => `${root}/Applications/${app}.app/Contents/MacOS/${app}`),
    )
  }
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root)
    return [
      'Google\\Chrome\\Application\\chrome',
      'Chromium\\Application\\chrome',
      'Microsoft\\Edge\\Application\\msedge',
    ].flatMap((app) => roots.map((root) => `${root}\\${app}.exe`))
  }
  const folders = new Set([...(env.PATH ?? '').split(':'), '/usr/local/bin', '/usr/bin', '/snap/bin'])
  const shells = ['chrome-headless-shell', 'chromium-headless-shell']
  const windowed = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge']
  const apps = ['/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge']
  const named = [...shells, ...windowed].flatMap((name) =>
    Array.from(folders, (folder) => `${folder}/${name}`),
  )
  return [...named, ...apps]
}

function nothing({ platform }: Machine): never {
  throw new Error(`no Chrome, Chromium or Edge where ${platform} has them`)
}

/** Chromium, and proof that it opens a page: some start, and cannot. */
async function start(binary: Binary): Promise<BrowserServer> {
  const server = await launchWithout(unseen, binary)
  try {
    const browser = await chromium.connect(server.wsEndpoint(), { timeout: 30_000 })
    await (await browser.newPage()).close()
    await browser.close()
    return server
  } catch (error) {
    await server.kill()
    throw error
  }
}

/** What a Chrome with windows keeps ready for whoever types: two more processes at each page that is opened. */
const unseen = ['SpareRendererForSitePerProcess', 'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup']

/** Of two such switches the last one counts, and Playwright has one: what it says is said again. */
async function launchWithout(features: readonly string[], binary: Binary): Promise<BrowserServer> {
  const plain = await launch(binary)
  const disabled = plain.process().spawnargs.find((arg) => arg.startsWith('--disable-features='))
  await plain.close()
  return launch(binary, [disabled ?? '--disable-features=', ...features].join(','))
}

function launch({ path, env }: Binary, ...more: readonly string[]): Promise<BrowserServer> {
  return chromium.launchServer({
    ...(path !== undefined && { executablePath: path }),
    env: { ...process.env, ...env },
    args: ['--disable-gpu', '--disable-quic', '--disable-sync', ...more],
    timeout: 30_000,
    // Whoever started it ends it, after what still needs it.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
}

/** What the browser itself said, where it spoke, or how it ended; else the error's first line. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const said = Array.from(text.matchAll(/\[err\] (.+)/gu), ([, line]) => line)
  const ended = /process did exit: [^>]+/u.exec(text)?.[0]
  const reasons = said.length > 0 ? said : [ended ?? text.trim()]
  return reasons.slice(0, 3).join(' ').replace(/\s+/gu, ' ').slice(0, 400)
}

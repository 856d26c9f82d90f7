import { describe, expect, it } from 'vitest'
import { type Candidate, candidatesOn, firstThatStarts, NoChromium } from './chromium.ts'
import type { Machine } from './machine.ts'

/** A computer with these files, on which every command succeeds and is written down. */
function machine(files: readonly string[], more: Partial<Machine> = {}) {
  const ran: string[] = []
  const made: Machine = {
    platform: 'linux',
    env: { PATH: '/usr/bin' },
    home: '/home/ada',
    isRoot: false,
    exists: (path) => files.includes(path),
    newFolder: () => '/tmp/new',
    async run(command, args) {
      ran.push([command, ...args].join(' '))
      return '/where/it/lies\n'
    },
    ...more,
  }
  return { made, ran }
}

/** Starts only what has this path. */
const starting = (wanted: string) => async (binary: { readonly path?: string }) => {
  if (binary.path === wanted) return wanted
  throw new Error(`${binary.path} is a stub`)
}

const refuse = async () => {
  throw new Error('does not start')
}

const names = (candidates: Iterable<Candidate>) => Array.from(candidates, ({ name }) => name)

const fetched = ['Playwright’s own', 'the Debian package', 'the npm package @sparticuz/chromium']

describe('the search for a browser', () => {
  it('takes the one that was asked for, then installed ones, those without windows first, then what can be fetched', () => {
    const { made } = machine(
      ['/snap/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-headless-shell'],
      {
        env: { PATH: '/usr/bin', CHROME_PATH: '/my/chrome' },
      },
    )
    const found = [
      'CHROME_PATH, /my/chrome',
      '/usr/bin/chromium-headless-shell',
      '/usr/bin/google-chrome',
      '/snap/bin/chromium',
    ]
    expect(names(candidatesOn(made))).toEqual([...found, ...fetched])
  })

  it.each([
    ['darwin', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['darwin', '/home/ada/Applications/Chromium.app/Contents/MacOS/Chromium'],
    ['win32', 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
    ['linux', '/opt/google/chrome/chrome'],
  ] as const)('knows on %s where %s lies', (platform, path) => {
    const env = { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' }
    expect(names(candidatesOn(machine([path], { platform, env }).made))).toEqual([path, ...fetched])
  })

  it('goes on where one that was found does not start', async () => {
    const { made, ran } = machine(['/usr/bin/chromium', '/usr/bin/chromium-browser'])
    const started = await firstThatStarts(candidatesOn(made), starting('/usr/bin/chromium-browser'))
    expect(started).toBe('/usr/bin/chromium-browser')
    expect(ran).toEqual([])
  })

  it('fetches nothing further once something starts', async () => {
    const { made, ran } = machine([])
    await firstThatStarts(candidatesOn(made), async () => 'started')
    expect(ran).toEqual([expect.stringMatching(/playwright-core.cli\.js install --only-shell chromium$/u)])
  })

  it('installs the Debian package as root alone, after its lists were updated', async () => {
    const debian = machine(['/usr/bin/apt-get'], { isRoot: true })
    await firstThatStarts(candidatesOn(debian.made), starting('/usr/bin/chromium-headless-shell'))
    expect(debian.ran.slice(1)).toEqual([
      'apt-get update',
      'apt-get install --yes --no-install-recommends chromium-headless-shell',
    ])
    const user = machine(['/usr/bin/apt-get'])
    await firstThatStarts(candidatesOn(user.made), starting('/where/it/lies'))
    expect(user.ran.join()).not.toContain('apt-get')
    expect(user.ran.join()).toContain('@sparticuz/chromium@')
  })

  it('fails with every attempt and its reason when nothing starts', async () => {
    const { made } = machine(['/usr/bin/chromium'], { env: { PATH: '/usr/bin', CHROME_PATH: '/my/chrome' } })
    const failure = await firstThatStarts(candidatesOn(made), refuse).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(NoChromium)
    expect((failure as Error).message.split('\n')).toEqual([
      'No Chromium starts here. Install Chrome, or set CHROME_PATH. Tried:',
      '  CHROME_PATH, /my/chrome: does not start',
      '  /usr/bin/chromium: does not start',
      '  Playwright’s own: does not start',
      '  the Debian package: no apt-get here',
      '  the npm package @sparticuz/chromium: does not start',
    ])
  })

  it('says that nothing is installed, and what the commands said', async () => {
    const { made } = machine(['/usr/bin/apt-get'], {
      isRoot: true,
      run: async () => {
        throw new Error('no network')
      },
    })
    await expect(firstThatStarts(candidatesOn(made), refuse)).rejects.toThrow(
      /the usual places: no Chrome.*\n.*own: no network\n.*package: no network\n.*sparticuz\/chromium: no network$/u,
    )
  })

  it('shortens what a browser said to the lines that say why', async () => {
    const candidate = { name: 'a', find: async () => ({}) }
    const start = async () => {
      throw new Error(
        'browserType.launch: closed\n<launching>\n[pid=1][err] libnss3.so: not found\n  - [pid=1] <exit>',
      )
    }
    await expect(firstThatStarts([candidate], start)).rejects.toThrow(/ {2}a: libnss3\.so: not found$/u)
  })
})

/** Browsers that are fetched where none is installed. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Machine } from './machine.ts'

/** What to start; without a path Playwright's own. `env` is added to the environment. */
export type Binary = { readonly path?: string; readonly env?: Readonly<Record<string, string>> }

/** Into Playwright's usual cache, once; the headless shell is enough. */
export async function fetchedByPlaywright({ run }: Machine): Promise<Binary> {
  const cli = fileURLToPath(new URL('../../node_modules/playwright-core/cli.js', import.meta.url))
  await run(process.execPath, [cli, 'install', '--only-shell', 'chromium'])
  return {}
}

/** Where whoever runs the tests may install: containers, mostly. The headless shell is enough here, too. */
export async function fetchedByApt({ platform, isRoot, exists, run }: Machine): Promise<Binary> {
  if (platform !== 'linux' || !exists('/usr/bin/apt-get')) throw new Error('no apt-get here')
  if (!isRoot) throw new Error('apt-get needs root')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const shell = 'chromium-headless-shell'
  await run('apt-get', ['update'], { env })
  await run('apt-get', ['install', '--yes', '--no-install-recommends', shell], { env })
  return { path: `/usr/bin/${shell}` }
}

/**
 * The last resort, where no server but npm's can be reached: 75 MB, fetched into a folder that lives as long as
 * this process, so that nobody else downloads it with `npm ci`.
 *
 * The package brings the libraries that a bare image lacks, but unpacks them on AWS Lambda alone; so it is told
 * that it is there (https://github.com/Sparticuz/chromium).
 */
export async function fetchedByNpm({ platform, newFolder, run }: Machine): Promise<Binary> {
  if (platform !== 'linux') throw new Error('made for Linux')
  const folder = newFolder()
  const flags = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund']
  await run('npm', ['install', ...flags, '--prefix', folder, '@sparticuz/chromium@153.0.0'])
  const script = `
    const { default: chromium } = await import('@sparticuz/chromium')
    console.log(await chromium.executablePath())`
  const path = await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: folder,
    env: { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
  })
  return {
    path: path.trim(),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_PATH: join(folder, 'fonts') },
  }
}

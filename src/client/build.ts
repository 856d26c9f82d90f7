/** Builds what ASSETS serves into .wrangler/client, a folder that is never deleted while a Worker runs on it. */
import { createHash } from 'node:crypto'
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'

const source = new URL('./', import.meta.url)
const target = new URL('../../.wrangler/client/', import.meta.url)
const assets = new URL('assets/', target)

const options = {
  absWorkingDir: fileURLToPath(source),
  outdir: fileURLToPath(assets),
  bundle: true,
  minify: true,
  target: 'es2022',
  logLevel: 'warning',
} as const satisfies BuildOptions

await mkdir(assets, { recursive: true })
const icons = ['icon.svg', 'icon-180.png', 'icon-192.png', 'icon-512.png', 'icon-maskable.png']
for (const name of ['style.css', 'weeknotes.webmanifest', ...icons])
  await copyFile(new URL(name, source), new URL(name, assets))
for (const name of ['_headers', 'weeknotes.sh']) await copyFile(new URL(name, source), new URL(name, target))

/** Each page's script, by the file that it is written in. */
const pages = ['write', 'copy', 'forward', 'report', 'settings', 'preview', 'signed-out']
await build({ ...options, entryPoints: pages.map((name) => `${name}.ts`), format: 'esm' })

/** What a device keeps of the page for writing, under a name that changes with it. */
const files = ['style.css', 'write.js', 'icon.svg', 'weeknotes.webmanifest']
const hash = createHash('sha256')
for (const name of files) hash.update(await readFile(new URL(name, assets)))
const shell = {
  name: `shell ${hash.digest('hex').slice(0, 16)}`,
  page: '/write/offline',
  files: files.map((name) => `/assets/${name}`),
}
await build({
  ...options,
  entryPoints: ['service-worker.ts'],
  format: 'iife',
  define: { SHELL: JSON.stringify(shell) },
})

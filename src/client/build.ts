/** Builds what ASSETS serves into .wrangler/client, a folder that is never deleted while a Worker runs on it. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'

const source = new URL('./', import.meta.url)
const target = new URL('../../.wrangler/client/', import.meta.url)

await mkdir(new URL('assets/', target), { recursive: true })
await copyFile(new URL('style.css', source), new URL('assets/style.css', target))
/** Each page's script, by the file that it is written in, and what they share. */
for (const name of ['write', 'copy', 'forward', 'report', 'buttons', 'settings', 'frames', 'preview']) {
  const script = stripTypeScriptTypes(await readFile(new URL(`${name}.ts`, source), 'utf8'))
  const asServed = script.replaceAll(/(?<=^import .* from '\.\/\w+)\.ts(?=')/gmu, '.js')
  await writeFile(new URL(`assets/${name}.js`, target), asServed)
}
for (const name of ['_headers', 'weeknotes.sh']) await copyFile(new URL(name, source), new URL(name, target))

/** Builds what ASSETS serves into .wrangler/client, a folder that is never deleted while a Worker runs on it. */
import { copyFile, mkdir } from 'node:fs/promises'

const source = new URL('./', import.meta.url)
const target = new URL('../../.wrangler/client/', import.meta.url)

await mkdir(new URL('assets/', target), { recursive: true })
await copyFile(new URL('style.css', source), new URL('assets/style.css', target))
await copyFile(new URL('_headers', source), new URL('_headers', target))

/** Builds what ASSETS serves into .wrangler/client, a folder that is never deleted while a Worker runs on it. */
import { copyFile, mkdir } from 'node:fs/promises'

const source = new URL('./', import.meta.url)
const target = new URL('../../.wrangler/client/', import.meta.url)

await mkdir(target, { recursive: true })
for (const file of ['style.css', '_headers']) await copyFile(new URL(file, source), new URL(file, target))

/** An export in its parts, as a client reads and sends them. */
import { env } from 'cloudflare:workers'
import { strictDb } from '../strict-db.ts'
import { ask, emptyAll } from '../world.ts'

export type Line = { readonly type: string } & Readonly<Record<string, unknown>>

/** All pages of an export, as text. */
export async function exportAll(): Promise<readonly string[]> {
  const parts: string[] = []
  for (let path: string | undefined = '/api/export'; path !== undefined; ) {
    const response: Response = await ask('GET', path)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    parts.push(await textOf(response))
    path = /<(.+)>; rel="next"/u.exec(response.headers.get('Link') ?? '')?.[1]
  }
  return parts
}

/** The runtime warns of `text()` where a type does not begin with `text/`. */
export async function textOf(response: Response): Promise<string> {
  return new TextDecoder().decode(await response.arrayBuffer())
}

export function linesOf(...parts: readonly string[]): readonly Line[] {
  return parts.flatMap((part) => part.trim().split('\n')).map((line) => JSON.parse(line))
}

/** The lines of one type. */
export function linesOfType(type: string, ...parts: readonly string[]): readonly Line[] {
  return linesOf(...parts).filter((line) => line.type === type)
}

export function written(lines: readonly object[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}

export function send(part: string, db = strictDb(env.DB).db): Promise<Response> {
  return ask('POST', '/api/import', part, { db, headers: { 'Content-Type': 'application/jsonl' } })
}

/** Sends parts that must all be taken. */
export async function importAll(parts: readonly string[]): Promise<void> {
  for (const part of parts) {
    const response = await send(part)
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  }
}

/** Into an emptied database, as into a new one; what travelled. */
export async function moveHouse(): Promise<readonly string[]> {
  const parts = await exportAll()
  await emptyAll()
  await importAll(parts)
  return parts
}

/** Every row of every table but the project's version, to see whether anything changed. */
export async function everything(): Promise<object> {
  const tables = await env.DB.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT GLOB 'sqlite*'`,
  ).all<{ name: string }>()
  const rows = tables.results.map(async ({ name }) => {
    const { results } = await env.DB.prepare(`SELECT * FROM ${name}`).all()
    return [name, results.map((row) => ({ ...row, version: null }))]
  })
  return Object.fromEntries(await Promise.all(rows))
}

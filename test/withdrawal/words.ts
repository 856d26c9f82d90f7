/** Where words of an update stand: every column of every table, and every page. */
import { env } from 'cloudflare:workers'
import { exportAll } from '../http/parts.ts'
import { ask, get, owner } from '../world.ts'

/** Tables and columns of which some row holds a word of `pattern`. */
export async function columnsWith(pattern: RegExp): Promise<readonly string[]> {
  const { results: tables } = await env.DB.prepare(
    `SELECT name FROM sqlite_master
     WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT GLOB 'sqlite*'`,
  ).all<{ name: string }>()
  const all = await env.DB.batch<Row>(tables.map(({ name }) => env.DB.prepare(`SELECT * FROM ${name}`)))
  return all.flatMap(({ results }, place) =>
    results.flatMap((row) =>
      Object.entries(row).flatMap(([column, value]) =>
        pattern.test(String(value))
          ? [`${tables[place]?.name}.${column}: ${String(value).slice(0, 200)}`]
          : [],
      ),
    ),
  )
}

type Row = Readonly<Record<string, unknown>>

/** Signs the owner in; the cookie. */
export async function signIn(): Promise<string> {
  const response = await ask('POST', '/session', new URLSearchParams({ token: owner }).toString(), {
    token: null,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  })
  return (response.headers.get('Set-Cookie') ?? '').split(';')[0] ?? ''
}

/** A page of the archive as its owner sees it. */
export async function pageAt(path: string, cookie: string): Promise<string> {
  const response = await ask('GET', path, undefined, { token: null, headers: { Cookie: cookie } })
  return `${path} ${response.status}\n${await response.text()}`
}

/** All that can be read of the project, by name. */
export async function everyPage(): Promise<string> {
  const cookie = await signIn()
  const { digests } = await get<{ digests: { slug: string }[] }>('GET', '/api/digests')
  const { results: deliveries } = await env.DB.prepare(
    `SELECT digest || '-' || replace(recipient, '-', '') || '-' || token AS name FROM deliveries`,
  ).all<{ name: string }>()
  const { reports } = await get<{ reports: { id: string }[] }>('GET', '/api/reports')
  const pages = [
    ...['/archive', '/archive/all.md', '/archive/results', '/archive/reading', '/archive/milestones'],
    ...digests.flatMap(({ slug }) => [`/archive/${slug}`, `/archive/${slug}.md`]),
    ...deliveries.map(({ name }) => `/l/${name}`),
  ]
  const routes = [
    ...['/api/updates', '/api/digests/next', '/api/milestones', '/api/settings'],
    ...digests.flatMap(({ slug }) => [`/api/digests/${slug}`, `/api/digests/${slug}/deliveries`]),
    ...reports.map(({ id }) => `/api/reports/${id}`),
  ]
  const shown = [
    ...(await Promise.all(pages.map((path) => pageAt(path, cookie)))),
    ...(await Promise.all(routes.map(async (path) => `${path}\n${JSON.stringify(await get('GET', path))}`))),
    ...(await exportAll()),
  ]
  return shown.join('\n')
}

/** `PUT …/withdrawal` as the owner. */
export async function withdraw(id: string, body: object = {}) {
  return get<{ text: string; withdrawn: { at: string; reason: string | null }; warnings?: string[] }>(
    'PUT',
    `/api/updates/${id}/withdrawal`,
    body,
  )
}

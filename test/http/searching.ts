/** Weeks to search in, and looking into the archive as somebody. */
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { beginSession } from '../../src/http/session.ts'
import { ask, day, friday, setClock, tickAt } from '../world.ts'

/** Closes the week with this number, from 0, and goes on a day later. */
export async function close(week: number): Promise<void> {
  setClock(friday + 7 * week * day)
  await tickAt(friday + 7 * week * day)
  setClock(friday + (7 * week + 1) * day)
}

/** The cookie of a session of the owner (null) or of a recipient. */
export async function sessionOf(recipient: string | null): Promise<string> {
  const url = new URL('https://notes.example.edu')
  const visit = { env, db: env.DB, now: Date.now(), url, headers: new Headers() }
  return (await beginSession(visit, recipient)).split(';')[0] ?? ''
}

export function look(path: string, cookie: string, db?: D1Database): Promise<Response> {
  const headers = { Accept: 'text/html', Cookie: cookie }
  return ask('GET', path, undefined, { token: null, headers, ...(db === undefined ? {} : { db }) })
}

export const addressOf = (q: string) => `/archive/search?${new URLSearchParams({ q })}`

/** The page of a search. */
export async function search(q: string, cookie: string): Promise<string> {
  const response = await look(addressOf(q), cookie)
  expect(response.status).toBe(200)
  return response.text()
}

/** The extracts of a page in their order, what was found in square brackets. */
export function findsIn(html: string): readonly string[] {
  return Array.from(html.matchAll(/<li><p>(.*?)<\/p>/gu), ([, extract = '']) =>
    extract.replaceAll('<mark>', '[').replaceAll('</mark>', ']'),
  )
}

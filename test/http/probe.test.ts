import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Route, routes } from '../../src/http/routes.ts'
import { keepWorld } from '../boundaries.ts'
import {
  addRecipient,
  ask,
  day,
  friday,
  get,
  monday,
  owner,
  post,
  resend,
  runCron,
  setClock,
  setUp,
} from '../world.ts'
import { type Asked, askedOf, type Operation, operations, unsaid } from './document.ts'
import { textOf } from './parts.ts'

/** Somebody who knocks at every door, and what they must never read. */
type Visitor = {
  readonly who: string
  readonly token: string | null
  readonly cookie: string | null
  readonly never: readonly string[]
}

/** What stands behind the doors. */
type World = { readonly visitors: readonly Visitor[]; readonly there: readonly string[] }

const words = {
  first: 'Firstletterword',
  second: 'Secondletterword',
  inside: 'Insideword',
  ownersPrivate: 'Ownerprivateword',
  authorsPrivate: 'Authorprivateword',
  authors: 'Authorsownword',
  summary: 'Insidesummaryword',
} as const

const addresses = ['professor@example.edu', 'team@example.com', 'late@example.com', 'student@example.edu']

let world: World
let knocks = 0

beforeEach(async () => {
  setClock(monday)
  await setUp()
  const professor = await addRecipient('professor@example.edu')
  await addRecipient('team@example.com', 'outer')
  const { id: author } = await get<{ id: string }>('POST', '/api/authors', { name: 'A labmate' })
  const device = await get<{ id: string; token: string }>('POST', `/api/authors/${author}/tokens`, {
    name: 'x',
  })
  const cron = await get<{ token: string }>('POST', `/api/authors/${author}/tokens`, {
    name: 'y',
    scope: 'tick',
  })
  const first = await post(`#done ${words.first}`)
  const inside = await post(`#done ${words.inside}`, { inside: true })
  const ownersPrivate = await post(`#private ${words.ownersPrivate}`)
  await get('PATCH', '/api/digests/next', { summary: words.summary, inside: true })
  for (const text of [`#private ${words.authorsPrivate}`, `#done ${words.authors}`])
    await ask('POST', '/api/updates', { text }, { token: device.token })
  await closeAt(friday)
  setClock(friday + day)
  const late = await addRecipient('late@example.com', 'outer')
  await post(`#done ${words.second}`)
  await closeAt(friday + 7 * day)

  const { results: deliveries } = await env.DB.prepare('SELECT token FROM deliveries').all<{
    token: string
  }>()
  const { results: stops } = await env.DB.prepare('SELECT unsubscribe AS token FROM recipients').all<{
    token: string
  }>()
  const tokens = [...deliveries, ...stops].map(({ token }) => token)
  const secrets = [...addresses, ...tokens, words.ownersPrivate, device.token]
  const letters = [
    words.first,
    words.second,
    words.inside,
    words.authors,
    words.summary,
    'DLRM on TPUs',
    '2026-11-20',
  ]
  const expired = await sessionOf('professor@example.edu')
  await env.DB.prepare('UPDATE sessions SET ends_at = ?1').bind(friday).run()
  world = {
    there: [
      '2026-11-20',
      '2026-11-27',
      '2026-11-20.md',
      first,
      inside,
      ownersPrivate,
      professor,
      late,
      author,
      device.id,
      'next',
      '1',
    ],
    visitors: [
      stranger('nobody', null, null),
      stranger('somebody with a wrong token', 'wn_wrong', null),
      stranger('a reader whose session has ended', null, expired),
      {
        ...{ who: 'an outer reader', token: null, cookie: await sessionOf('team@example.com') },
        never: [...secrets, words.authorsPrivate, words.inside, words.summary],
      },
      {
        ...{
          who: 'an outer reader who joined later',
          token: null,
          cookie: await sessionOf('late@example.com'),
        },
        never: [
          ...secrets,
          words.authorsPrivate,
          words.first,
          words.inside,
          words.summary,
          words.authors,
          '2026-11-20',
        ],
      },
      {
        ...{ who: 'an author', token: device.token, cookie: null },
        never: [...secrets, words.first, words.second, words.inside, words.summary],
      },
      {
        ...{ who: 'an author in a browser', token: null, cookie: await authorsSession(device.token) },
        never: [...secrets, words.first, words.second, words.inside, words.summary],
      },
      {
        ...{ who: 'a device that may only tick', token: cron.token, cookie: null },
        never: [...secrets, ...letters.filter((word) => word !== '2026-11-20'), words.authorsPrivate],
      },
    ],
  }
  function stranger(who: string, token: string | null, cookie: string | null): Visitor {
    return { who, token, cookie, never: [...secrets, ...letters, words.authorsPrivate] }
  }
})

async function closeAt(cutOff: number): Promise<void> {
  setClock(cutOff)
  await runCron(cutOff)
}

async function sessionOf(email: string): Promise<string> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const form = `email=${encodeURIComponent(email)}`
  await ask('POST', '/archive/access', form, { token: null, headers, limit: open })
  const path = /\/r\/[\da-f]{32}/u.exec(resend.inbox(email).at(-1)?.text ?? '')?.[0] ?? ''
  const used = await ask('POST', path, undefined, { token: null, limit: open })
  return (used.headers.get('Set-Cookie') ?? '').split(';')[0] ?? ''
}

async function authorsSession(token: string): Promise<string> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const begun = await ask('POST', '/session', `token=${token}`, { token: null, headers })
  return (begun.headers.get('Set-Cookie') ?? '').split(';')[0] ?? ''
}

/** How often one may knock is another test's matter. */
const open: RateLimit = { limit: async () => ({ success: true }) }

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** Something that each body's schema may take, so that more than validation is asked. */
const bodies = [
  {},
  { number: 3 },
  { release: true },
  { state: 'accepted' },
  { name: 'Mallory' },
  { text: 'Words of somebody else' },
  { email: 'mallory@example.com' },
]

async function knock(visitor: Visitor, method: string, path: string, accept: string, body?: object) {
  knocks += 1
  const headers: Record<string, string> = { Accept: accept }
  if (visitor.cookie !== null)
    Object.assign(headers, { Cookie: visitor.cookie, Origin: 'https://notes.example.edu' })
  const response = await ask(method, path, body, { token: visitor.token, headers, limit: open })
  const text = await response.text()
  const said = `${response.status} ${JSON.stringify([...response.headers])} ${text}`
  return { status: response.status, text, said }
}

const table = Object.values<Route>(routes)
const paths = [...new Set(table.map(({ path }) => path))]
const fill = (path: string, value: string) =>
  path.replace(/\{(?!token)\w+\}/gu, value).replace('{token}', '0'.repeat(32))
/** What may stand in a path that is there; one of the other sort is asked for, too. */
function valuesFor(path: string): readonly string[] {
  if (!/\{(?!token)/u.test(path)) return ['']
  const isDay = (value: string) => /^\d{4}-|^next$|^1$/u.test(value)
  const [days, ids] = [world.there.filter(isDay), world.there.filter((value) => !isDay(value))]
  return path.includes('{slug}') ? [...days, ...ids.slice(0, 1)] : [...ids, ...days.slice(0, 1)]
}

const mine = (route: Route | undefined, who: string) =>
  route?.who === 'anyone' ||
  (who === 'an author' && route?.who === 'author') ||
  (who === 'an author in a browser' && route?.who === 'writer') ||
  (who.includes('tick') && route?.who === 'tick')

// Some thirty thousand requests.
describe('whoever knocks at every door of the table', { timeout: 240_000 }, () => {
  it('is let in where it is theirs', async () => {
    const statuses: Record<string, number> = {}
    for (const visitor of world.visitors) {
      const { status } = await knock(
        visitor,
        'GET',
        visitor.token === null ? '/archive' : '/api/updates',
        '*/*',
      )
      statuses[visitor.who] = status
    }
    expect(statuses).toEqual({
      nobody: 401,
      'somebody with a wrong token': 401,
      'a reader whose session has ended': 401,
      'an outer reader': 200,
      'an outer reader who joined later': 200,
      'an author': 200,
      'an author in a browser': 403, // the archive is its readers’
      'a device that may only tick': 403,
    })
  })

  it('reads no byte that is not theirs', async () => {
    for (const visitor of world.visitors) {
      for (const path of paths) {
        for (const method of methods) {
          const route = table.find((each) => each.path === path && each.method === method)
          // A change that is theirs to make would make the world another one.
          if (method !== 'GET' && mine(route, visitor.who)) continue
          for (const value of valuesFor(path)) {
            const body = ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method)
              ? (bodies[knocks % bodies.length] ?? {})
              : undefined
            const accept = knocks % 2 === 0 ? 'text/html' : 'application/json'
            const where = `${visitor.who}: ${method} ${fill(path, value)}`
            const { said, status } = await knock(visitor, method, fill(path, value), accept, body)
            expect(status, where).toBeLessThan(500)
            // What they asked for themselves may stand in an answer's address.
            const found = visitor.never.filter((word) =>
              said.replaceAll(fill(path, value), '').includes(word),
            )
            expect(found, `${where} ${said.slice(0, 300)}`).toEqual([])
          }
        }
      }
    }
  })

  it('cannot tell what may not be seen from what is not', async () => {
    for (const visitor of world.visitors) {
      for (const path of paths.filter((each) => each.includes('{'))) {
        for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
          for (const accept of ['text/html', 'application/json', 'text/markdown']) {
            const body = method === 'GET' ? undefined : {}
            const absent = await knock(visitor, method, fill(path, '2031-01-03'), accept, body)
            for (const value of hiddenFrom(visitor, path)) {
              const hidden = await knock(visitor, method, fill(path, value), accept, body)
              const where = `${visitor.who}: ${method} ${fill(path, value)}`
              expect(unnamed(hidden.said, value), where).toBe(unnamed(absent.said, '2031-01-03'))
            }
          }
        }
      }
    }
  })
})

/**
 * How often a route is asked: as often as FUZZ says, or less where nothing but an Accept can be another, and at pages,
 * which take longer.
 */
function runsOf({ parameters, requestBody, path }: Operation): number {
  if (env.FUZZ !== '') return Number(env.FUZZ)
  if (parameters === undefined && requestBody === undefined) return 30
  return path.startsWith('/api/') ? 500 : 60
}

describe('whoever may ask, and asks anything', { timeout: 900_000 }, () => {
  it('is answered as the OpenAPI document says, and never with an error of ours', async () => {
    const putBack = await keepWorld()
    for (const operation of operations) {
      await putBack()
      const check = await asker(operation)
      const property = fc.asyncProperty(askedOf(operation), check)
      await fc.assert(property, { numRuns: runsOf(operation), seed: 1, endOnFailure: true })
    }
  })
})

/** Sends requests for an operation as the owner, and holds the answers against the document. */
async function asker(operation: Operation): Promise<(asked: Asked) => Promise<void>> {
  const { path, method, security, operationId } = operation
  const isPage = security !== undefined && security.length > 0
  let cookie = await authorsSession(owner)
  /** What stands in the place of an id, the latest last. */
  const known = world.there.filter((value) => value !== 'next') // which has a route of its own
  return async ({ params, query, headers, body }) => {
    const place = path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
      const given = params[name] ?? ''
      return typeof given === 'string' ? given : (known[given.known % known.length] ?? '')
    })
    const response = await ask(method, query === '' ? place : `${place}?${query}`, body, {
      token: security === undefined ? owner : null,
      headers: { ...headers, ...(isPage && { Cookie: cookie, Origin: 'https://notes.example.edu' }) },
      limit: open,
    })
    const text = await textOf(response)
    const where = `${operationId}: ${response.status} ${text.slice(0, 300)}`
    expect(unsaid(operation, response, text), where).toBe('')
    // Of what has not gone out, health tells by a 503.
    if (operationId !== 'getHealth') expect(response.status, where).toBeLessThan(500)
    if (response.status === 401) cookie = await authorsSession(owner)
    known.push(...(text.slice(0, 4000).match(ids) ?? []))
    if (known.length > 100) known.splice(11, known.length - 100)
  }
}

const ids = /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/gu

/** What is there, but not for this visitor at this path. */
function hiddenFrom({ who }: Visitor, path: string): readonly string[] {
  const [slug1 = '', slug2 = '', , first = '', inside = '', ownersPrivate = '', recipient = ''] = world.there
  if (path.includes('{slug}') && path.startsWith('/archive')) {
    if (who === 'an outer reader who joined later') return [slug1]
    if (who === 'an outer reader') return []
    return [slug1, slug2]
  }
  return [slug1, first, inside, ownersPrivate, recipient]
}

/** The request's own words may stand in an answer. */
function unnamed(said: string, value: string): string {
  return said.replaceAll(value, '…')
}

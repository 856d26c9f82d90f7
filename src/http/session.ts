import { parse, serialize } from 'hono/utils/cookie'
import { browserOf } from '../core/browser.ts'
import { newSecret, sha256 } from '../core/secret.ts'
import { deleteSession, findSession, insertSession, renewSession, type SignedIn } from '../store/sessions.ts'
import type { Env } from './env.ts'

const day = 24 * 3_600_000
/** How long a session lasts without use. */
export const lifeMs = { owner: 90 * day, author: 90 * day, recipient: 180 * day } as const
/** Browsers keep a cookie 400 days at most; the session itself decides. */
const cookieSeconds = 400 * 24 * 3600

/** What a session needs of a request. */
export type Visit = {
  readonly env: Env
  readonly db: D1Database
  readonly now: number
  readonly url: URL
  readonly headers: Headers
}

/**
 * Begins a session of a recipient, of an author with the id of a device's token, or of the owner with neither; the
 * value of Set-Cookie. Its token is always a new one, and a session that the browser had ends: none can be planted.
 */
export async function beginSession(
  visit: Visit,
  recipient: string | null,
  device: string | null = null,
): Promise<string> {
  const { env, db, now, url, headers } = visit
  await endSession(visit)
  const token = newSecret()
  const isOwner = recipient === null && device === null
  await insertSession(db, {
    ...{ hash: await sha256(token), recipient, token: device },
    ownerHash: isOwner ? await ownerHashOf(env) : null,
    browser: browserOf(headers.get('User-Agent') ?? ''),
    endsAt: now + (recipient === null ? lifeMs.owner : lifeMs.recipient),
  })
  return cookie(url, token, cookieSeconds)
}

/** What the owner's sessions are bound to; null without a token, when there can be none. */
export async function ownerHashOf({ OWNER_TOKEN }: Env): Promise<string | null> {
  return OWNER_TOKEN ? sha256(OWNER_TOKEN) : null
}

/** The name of the session that a request carries, whether it lasts or not; null if none. */
export async function sessionHash({ url, headers }: Pick<Visit, 'url' | 'headers'>): Promise<string | null> {
  const token = tokenOf(url, headers)
  return token === null ? null : sha256(token)
}

/** Whose session a request carries, renewed by this use; null if none. */
export async function visitorOf({ env, db, now, url, headers }: Visit): Promise<SignedIn | null> {
  const hash = await sessionHash({ url, headers })
  if (hash === null) return null
  const session = await findSession(db, hash, await ownerHashOf(env), now)
  if (session === null) return null
  const endsAt = now + lifeMs[session.visitor.is]
  // A write a day is enough.
  if (session.endsAt < endsAt - day) await renewSession(db, hash, endsAt)
  return session.visitor
}

/** Ends the session of a request; the value of Set-Cookie that takes the cookie away. */
export async function endSession({ db, url, headers }: Visit): Promise<string> {
  const hash = await sessionHash({ url, headers })
  if (hash !== null) await deleteSession(db, hash)
  return cookie(url, '', 0)
}

/** With a session's end: what it showed must not come back by the browser's Back. */
export const forgetPages = { 'Clear-Site-Data': '"cache"' } as const

function tokenOf(url: URL, headers: Headers): string | null {
  const value = parse(headers.get('Cookie') ?? '', nameOf(url))[nameOf(url)]
  return value !== undefined && /^[\da-f]{32}$/u.test(value) ? value : null
}

/** The prefix binds a cookie to this host and to https; on a plain http://localhost there is none. */
function nameOf(url: URL): string {
  return url.protocol === 'https:' ? '__Host-weeknotes' : 'weeknotes'
}

function cookie(url: URL, value: string, maxAge: number): string {
  const options = { path: '/', httpOnly: true, sameSite: 'Lax', maxAge } as const
  return serialize(nameOf(url), value, { ...options, secure: url.protocol === 'https:' })
}

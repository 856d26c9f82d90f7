import { parse, serialize } from 'hono/utils/cookie'
import { newSecret, sha256 } from '../core/secret.ts'
import { deleteSession, findSession, insertSession, renewSession, type Visitor } from '../store/sessions.ts'
import type { Env } from './env.ts'

const day = 24 * 3_600_000
/** How long a session lasts without use. */
const lifeMs = { owner: 90 * day, recipient: 180 * day } as const
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

/** Begins a session, the owner's or a recipient's; the value of Set-Cookie. */
export async function beginSession(visit: Visit, recipient: string | null): Promise<string> {
  const { env, db, now, url } = visit
  const token = newSecret()
  const isOwner = recipient === null
  await insertSession(db, {
    hash: await sha256(token),
    recipient,
    ownerHash: isOwner ? await sha256(env.OWNER_TOKEN ?? '') : null,
    endsAt: now + (isOwner ? lifeMs.owner : lifeMs.recipient),
  })
  return cookie(url, token, cookieSeconds)
}

/** Whose session a request carries, renewed by this use; null if none. */
export async function visitorOf({ env, db, now, url, headers }: Visit): Promise<Visitor | null> {
  const token = tokenOf(url, headers)
  if (token === null) return null
  const hash = await sha256(token)
  const ownerHash = env.OWNER_TOKEN ? await sha256(env.OWNER_TOKEN) : null
  const session = await findSession(db, hash, ownerHash, now)
  if (session === null) return null
  const endsAt = now + lifeMs[session.visitor.is]
  // A write a day is enough.
  if (session.endsAt < endsAt - day) await renewSession(db, hash, endsAt)
  return session.visitor
}

/** Ends the session of a request; the value of Set-Cookie that takes the cookie away. */
export async function endSession({ db, url, headers }: Visit): Promise<string> {
  const token = tokenOf(url, headers)
  if (token !== null) await deleteSession(db, await sha256(token))
  return cookie(url, '', 0)
}

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

import { fail, ok, type Result } from '../core/result.ts'
import { isToken, sha256 } from '../core/secret.ts'
import { findByToken, owner } from '../store/authors.ts'
import type { Caller } from './call.ts'
import type { Env } from './env.ts'
import type { Who } from './routes.ts'

/** Lets a request in: who calls it, if the route is theirs. 401 without a valid token, 403 with another's. */
export async function authorize(
  env: Env,
  who: Who,
  request: Request,
  now: number,
): Promise<Result<Caller | null>> {
  if (who === 'anyone') return ok(null)
  const caller = await callerOf(env, request.headers.get('Authorization'), now)
  if (caller === null) return fail((await isTooFast(env, request)) ?? { reason: 'unauthorized' })
  return mayCall(who, caller) ? ok(caller) : fail({ reason: 'forbidden' })
}

async function callerOf(env: Env, header: string | null, now: number): Promise<Caller | null> {
  const token = /^Bearer +(\S+) *$/iu.exec(header ?? '')?.[1]
  if (token === undefined) return null
  if (env.OWNER_TOKEN && (await isSame(token, env.OWNER_TOKEN))) return { author: owner, scope: 'owner' }
  if (!isToken(token)) return null
  return findByToken(env.DB, await sha256(token), new Date(now).toISOString().slice(0, 10))
}

function mayCall(who: Who, { scope }: Caller): boolean {
  if (scope === 'owner') return true
  return scope === 'tick' ? who === 'tick' : who === 'author'
}

/** In constant time: hashes have one length, whatever the texts. */
async function isSame(one: string, other: string): Promise<boolean> {
  const digest = (text: string) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return crypto.subtle.timingSafeEqual(await digest(one), await digest(other))
}

/** Counts requests without a valid credential, by address and route. */
async function isTooFast(env: Env, request: Request) {
  const address = request.headers.get('CF-Connecting-IP') ?? ''
  const route = new URL(request.url).pathname.split('/').slice(0, 3).join('/')
  const { success } = await env.POST_LIMIT.limit({ key: `${network(address)} ${route}` })
  return success ? null : ({ reason: 'slowDown', seconds: 60 } as const)
}

/** An IPv6 customer has a /64 at least. */
function network(address: string): string {
  return address.includes(':') ? address.split(':').slice(0, 4).join(':') : address
}

import { fail, ok, type Problem, type Result } from '../core/result.ts'
import { isSame, isToken, sha256 } from '../core/secret.ts'
import { findByToken } from '../store/authors.ts'
import { owner } from '../store/project.ts'
import type { SignedIn, Visitor } from '../store/sessions.ts'
import type { Caller } from './call.ts'
import type { Env } from './env.ts'
import type { Route, Who } from './routes.ts'
import { visitorOf } from './session.ts'

/** Lets a request in: who calls it, if the route is theirs. 401 without a valid credential, 403 with another's. */
export async function authorize(
  env: Env,
  route: Route,
  request: Request,
  now: number,
): Promise<Result<Caller | Visitor | null>> {
  if (route.who === 'anyone') return ok(null)
  if (route.who === 'reader' || route.who === 'writer' || route.who === 'desk') {
    const { headers } = request
    const signedIn = await visitorOf({ env, db: env.DB, now, url: new URL(request.url), headers })
    return signedIn === null ? fail({ reason: 'unauthorized' }) : admit(route.who, signedIn)
  }
  const caller = await callerOf(env, request.headers.get('Authorization'), now)
  if (caller === null) return fail((await countWrong(env, route, request)) ?? { reason: 'unauthorized' })
  return mayCall(route.who, caller) ? ok(caller) : fail({ reason: 'forbidden' })
}

/** Whether a page is theirs: what is done there is done as over the API. */
function admit(who: 'reader' | 'writer' | 'desk', signedIn: SignedIn): Result<Caller | Visitor> {
  if (who === 'reader') return signedIn.is === 'author' ? fail({ reason: 'forbidden' }) : ok(signedIn)
  if (signedIn.is === 'owner') return ok({ author: owner, scope: 'owner' })
  const isAuthor = signedIn.is === 'author' && who === 'writer'
  return isAuthor ? ok({ author: signedIn.author, scope: 'post' }) : fail({ reason: 'forbidden' })
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

/** Counts a request without a valid credential, by address and route; a problem once there are too many. */
export async function countWrong(env: Env, route: Route, request: Request): Promise<Problem | null> {
  const address = request.headers.get('CF-Connecting-IP') ?? ''
  const { success } = await env.POST_LIMIT.limit({ key: `${network(address)} ${route.path}` })
  return success ? null : { reason: 'slowDown', seconds: 60 }
}

/** An IPv6 customer has a /64 at least. */
function network(address: string): string {
  return address.includes(':') ? address.split(':').slice(0, 4).join(':') : address
}

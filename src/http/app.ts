/** The HTTP side of the Worker: every route of the table behind the same door. */
import { bodyLimit } from 'hono/body-limit'
import { etag } from 'hono/etag'
import { HonoBase } from 'hono/hono-base'
import { TrieRouter } from 'hono/router/trie-router'
import { fail, ok, type Result } from '../core/result.ts'
import { accessHandlers } from './access.ts'
import { archiveHandlers } from './archive.ts'
import { authorize, countWrong } from './auth.ts'
import { authorHandlers } from './authors.ts'
import { maxBodyBytes, readBody } from './body.ts'
import { type Call, type Handler, type Handlers, nothingBeside, type Reply } from './call.ts'
import { deliveryHandlers } from './deliveries.ts'
import { deskHandlers } from './desk/handlers.ts'
import { digestHandlers } from './digests.ts'
import type { Env } from './env.ts'
import { exportHandlers } from './export.ts'
import { healthHandlers } from './health.ts'
import { homeHandlers } from './home.ts'
import { importHandlers } from './import.ts'
import { letterHandlers } from './letters.ts'
import { mailboxHandlers } from './mailboxes.ts'
import { milestoneHandlers } from './milestones.ts'
import { openApiHandlers } from './openapi.ts'
import { photoFileHandlers } from './photo-files.ts'
import { photoHandlers } from './photos.ts'
import { wantsText } from './posted.ts'
import { isDatabaseTrouble, unexpectedResponse } from './problem.ts'
import { readingHandlers } from './reading.ts'
import { receiptHandlers } from './receipts.ts'
import { recipientHandlers } from './recipients.ts'
import { refuse } from './refused.ts'
import { send } from './reply.ts'
import { reportHandlers } from './reports.ts'
import { resultHandlers } from './results.ts'
import { type Route, type Routes, routes } from './routes.ts'
import { searchHandlers } from './search.ts'
import { secure } from './secure.ts'
import { settingsHandlers } from './settings.ts'
import { settledHandlers } from './settled.ts'
import { signInHandlers } from './sign-ins.ts'
import { tickHandlers } from './tick.ts'
import { unsubscribeHandlers } from './unsubscribe.ts'
import { updateHandlers } from './updates.ts'
import { validate } from './validate.ts'
import { withdrawalHandlers } from './withdrawal.ts'

const handlers: Handlers<keyof Routes> = {
  ...updateHandlers,
  ...digestHandlers,
  ...deliveryHandlers,
  ...receiptHandlers,
  ...healthHandlers,
  ...recipientHandlers,
  ...authorHandlers,
  ...mailboxHandlers,
  ...settingsHandlers,
  ...tickHandlers,
  ...exportHandlers,
  ...importHandlers,
  ...openApiHandlers,
  ...letterHandlers,
  ...photoHandlers,
  ...photoFileHandlers,
  ...unsubscribeHandlers,
  ...homeHandlers,
  ...archiveHandlers,
  ...readingHandlers,
  ...resultHandlers,
  ...searchHandlers,
  ...accessHandlers,
  ...signInHandlers,
  ...settledHandlers,
  ...withdrawalHandlers,
  ...milestoneHandlers,
  ...reportHandlers,
  ...deskHandlers,
}

/** The one router that can take these routes: Hono's own choice, which brings another to try first. */
export const app = new HonoBase<{ Bindings: Env }>({ router: new TrieRouter() })

app.use(secure)

app.use(async function keepPrivate(c, next) {
  await next()
  c.header('Cache-Control', 'private, no-cache')
  c.header('X-Robots-Tag', 'noindex')
})

app.get('*', etag())

/** A change that a cookie vouches for, and a sign-in from a page, must come from our own pages. */
app.use(async function guardCookies(c, next) {
  if (/^(GET|HEAD|OPTIONS)$/u.test(c.req.method)) return next()
  const origin = c.req.header('Origin')
  const isSignIn = origin !== undefined && /^\/(?:session|write|desk)\b/u.test(c.req.path)
  if (c.req.header('Cookie') === undefined && !isSignIn) return next()
  const isOurs = origin === new URL(c.req.url).origin || c.req.header('Sec-Fetch-Site') === 'same-origin'
  return isOurs ? next() : refuse({ reason: 'forbidden' }, c.req.raw)
})

app.use(
  bodyLimit({
    maxSize: maxBodyBytes,
    onError: (c) => refuse({ reason: 'tooLarge', detail: 'the body is longer than 10 MiB' }, c.req.raw),
  }),
)

for (const [name, route] of Object.entries<Route>(routes)) {
  // Object.entries forgets which handler belongs to which route; the type of `handlers` has checked it.
  const handler = handlers[name as keyof Routes] as Handler<Route>
  app.on(route.method, route.path.replaceAll(/\{(\w+)\}/gu, ':$1'), async (c) => {
    const answered = await answer(route, handler, c.req.raw, c.req.param(), c.env, (work) =>
      c.executionCtx.waitUntil(work),
    )
    return answered.ok ? send(answered.value) : refuse(answered.problem, c.req.raw)
  })
}

app.notFound((c) => refuse({ reason: 'notFound' }, c.req.raw))

app.onError((error, c) => {
  if (isDatabaseTrouble(error)) return refuse({ reason: 'unavailable', seconds: 10 }, c.req.raw)
  console.error(JSON.stringify({ error: error.name, route: c.req.routePath }))
  return unexpectedResponse(wantsText(c.req.raw.headers))
})

/** The way of every request: who calls, what is asked, what is given; then the handler. */
async function answer(
  route: Route,
  handler: Handler<Route>,
  request: Request,
  params: Readonly<Record<string, string>>,
  env: Env,
  later: Call['later'],
): Promise<Result<Reply>> {
  const now = Date.now()
  const refused = route.isCounted ? await countWrong(env, route, request) : null
  if (refused !== null) return fail(refused)
  const caller = await authorize(env, route, request, now)
  if (!caller.ok) return caller
  const url = new URL(request.url)
  const query = checkQuery(route, url.searchParams)
  if (!query.ok) return query
  const body = await checkBody(route, request)
  if (!body.ok) return body
  const call: Call = {
    ...{ env, db: env.DB, now, params, url, headers: request.headers, later },
    ...{ query: query.value, body: body.value.value, extra: body.value.extra },
    caller: caller.value as Call['caller'], // null for open routes alone, as `authorize` says
  }
  const reply = await handler(call)
  // A token in the path, or in a form, is a credential too.
  const isWrongPath = route.path.includes('{token}') && reply.ok && reply.value.status === 404
  const isWrongToken = isWrongPath || (reply.ok && reply.value.status === 401)
  const tooFast = isWrongToken ? await countWrong(env, route, request) : null
  return tooFast === null ? reply : fail(tooFast)
}

function checkQuery(route: Route, given: URLSearchParams): Result<unknown> {
  if (route.query === undefined) return ok(undefined)
  const twice = [...given.keys()].find((name) => given.getAll(name).length > 1)
  if (twice !== undefined) {
    return fail({ reason: 'invalid', errors: [{ field: twice.slice(0, 60), message: 'is given twice' }] })
  }
  return validate(route.query, Object.fromEntries(given))
}

async function checkBody(route: Route, request: Request) {
  if (route.body === undefined) return ok({ value: undefined as unknown, extra: nothingBeside })
  const parsed = await readBody(request, route.takes ?? ['json'])
  if (!parsed.ok) return parsed
  const checked = validate(route.body, parsed.value.value)
  return checked.ok ? ok({ value: checked.value as unknown, extra: parsed.value.extra }) : checked
}

/** The security headers of every answer. */
import type { Context, Next } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { type Route, routes } from './routes.ts'

const secured = {
  // With no-referrer, forms would be posted with `Origin: null`.
  referrerPolicy: 'same-origin',
  strictTransportSecurity: 'max-age=31536000', // of this host alone; others of its domain are not ours
}

const securePage = secureHeaders({
  ...secured,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: [sourceOfScripts],
    connectSrc: [sourceOfScripts],
    styleSrc: ["'self'"],
    manifestSrc: [(c) => ourselves(installed, c)],
    imgSrc: ["'self'", 'data:'],
    frameSrc: [(c) => ourselves(framing, c)],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
  xFrameOptions: 'DENY',
})

/** A mail can be looked at, and its links open elsewhere; whatever it holds, it runs and sends nothing. */
const secureMail = secureHeaders({
  ...secured,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'unsafe-inline'"],
    formAction: ["'none'"],
    frameAncestors: ["'self'"],
    baseUri: ["'none'"],
    // The page around it measures how high it is.
    sandbox: ['allow-same-origin', 'allow-popups', 'allow-popups-to-escape-sandbox'],
  },
  xFrameOptions: 'SAMEORIGIN',
})

/** A browser shows a picture that is opened by its address in a page of its own, with styles of its own. */
const secureFile = secureHeaders({
  ...secured,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'unsafe-inline'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
})

/** What a browser may do with an answer: the strictest policy that its route can do with. */
export async function secure(c: Context, next: Next): Promise<void> {
  await next()
  const own = matches(mails, c) ? secureMail : matches(files, c) ? secureFile : securePage
  await (c.res.status < 400 ? own : securePage)(c, async () => {})
}

const scripted = pathsOf(({ hasScript }) => hasScript)
const installed = pathsOf(({ isApp }) => isApp)
const framing = pathsOf(({ hasFrame }) => hasFrame)
const mails = pathsOf(({ isMail }) => isMail)
const files = pathsOf(({ isFile }) => isFile)

function pathsOf(has: (route: Route) => true | undefined): readonly RegExp[] {
  return Object.values<Route>(routes)
    .filter(has)
    .map(({ path }) => new RegExp(`^${path.replaceAll(/\{\w+\}/gu, '[^/]+')}$`, 'u'))
}

function matches(paths: readonly RegExp[], c: Context): boolean {
  return paths.some((path) => path.test(c.req.path))
}

/** Scripts run on the pages that have one, and ask nobody but us. */
function sourceOfScripts(c: Context): string {
  return ourselves(scripted, c)
}

function ourselves(paths: readonly RegExp[], c: Context): string {
  return matches(paths, c) ? "'self'" : "'none'"
}

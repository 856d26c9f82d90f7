import type { Problem } from '../core/result.ts'
import { problemWords } from '../core/words.ts'

type Wire = { readonly status: number; readonly detail?: string; readonly retryAfter?: number }

/** An expected problem on the wire: `application/problem+json` (RFC 9457), or one line of text. */
export function problemResponse(problem: Problem, asText: boolean): Response {
  const { status, detail, retryAfter } = wireOf(problem)
  const title = problemWords[problem.reason]
  const errors = problem.reason === 'invalid' ? problem.errors : undefined
  const headers = new Headers(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) })
  if (status === 401) headers.set('WWW-Authenticate', 'Bearer')
  if (asText) {
    const details = errors?.map(({ field, message }) => `${field} ${message}`).join('; ') ?? detail
    headers.set('Content-Type', 'text/plain; charset=utf-8')
    return new Response(`${title}${details === undefined ? '.' : `: ${details}`}\n`, { status, headers })
  }
  headers.set('Content-Type', 'application/problem+json')
  return new Response(JSON.stringify({ type: 'about:blank', title, status, detail, errors }), {
    status,
    headers,
  })
}

/** What nobody expected: told without a stack, a query or a secret. */
export function unexpectedResponse(asText: boolean): Response {
  const title = problemWords.unexpected
  const headers = { 'Content-Type': asText ? 'text/plain; charset=utf-8' : 'application/problem+json' }
  const body = asText ? `${title}.\n` : JSON.stringify({ type: 'about:blank', title, status: 500 })
  return new Response(body, { status: 500, headers })
}

/** Whether an error says that D1 is in trouble, which passes, or not set up yet. */
export function isDatabaseTrouble(error: unknown): boolean {
  return error instanceof Error && troubles.test(error.message)
}

/** https://developers.cloudflare.com/d1/observability/debug-d1/ */
const troubles =
  /network connection lost|storage caused object to be reset|reset because its code was updated|overloaded|timed? ?out|no such table|limit and was reset|transient issue|replica disconnected|internal error; reference|D1_UNAVAILABLE/iu

/** How a problem is told. */
export function wireOf(problem: Problem): Wire {
  switch (problem.reason) {
    case 'unparseable':
      return { status: 400, detail: problem.detail }
    case 'unauthorized':
      return { status: 401 }
    case 'forbidden':
      return { status: 403 }
    case 'notFound':
      return { status: 404 }
    case 'frozen':
    case 'stale':
      return { status: 409, detail: problem.detail }
    case 'tooLarge':
      return { status: 413, detail: problem.detail }
    case 'unsupported':
      return { status: 415, detail: problem.detail }
    case 'invalid':
      return { status: 422 }
    case 'slowDown':
      return { status: 429, retryAfter: problem.seconds }
    case 'unavailable':
      return { status: 503, retryAfter: problem.seconds }
  }
}

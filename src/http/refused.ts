/** Problems as those who browse see them: pages, where a program gets `application/problem+json`. */
import type { Problem } from '../core/result.ts'
import { photoWords, problemWords } from '../core/words.ts'
import { notFoundPage } from '../render/pages/not-found.tsx'
import { problemPage } from '../render/pages/problem.tsx'
import { signInPage } from '../render/pages/sign-in.tsx'
import { readBody } from './body.ts'
import { wantsText } from './posted.ts'
import { problemResponse, wireOf } from './problem.ts'

/**
 * Whoever browses without a session is asked to sign in, wherever it was, the same words in every place; what was
 * typed into a form goes along, in that page alone.
 */
export async function refuse(problem: Problem, request: Request): Promise<Response> {
  if (!isForPeople(request)) return problemResponse(problem, wantsText(request.headers))
  const { status, detail, retryAfter } = wireOf(problem)
  const headers = new Headers({ 'Content-Type': 'text/html; charset=utf-8' })
  if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter))
  return new Response(await pageOf(problem, detail, request), { status, headers })
}

export function isForPeople(request: Request): boolean {
  return (
    /text\/html/u.test(request.headers.get('Accept') ?? '') &&
    !new URL(request.url).pathname.startsWith('/api/')
  )
}

async function pageOf(problem: Problem, detail: string | undefined, request: Request): Promise<string> {
  const { pathname, search } = new URL(request.url)
  if (problem.reason === 'notFound') return notFoundPage()
  const isForm = request.method === 'POST'
  const to = pathname === '/' ? undefined : pathname + search
  if (problem.reason === 'unauthorized')
    return signInPage({ to, typed: isForm ? await typedIn(request) : undefined })
  if (problem.reason === 'forbidden' && !isForm) return signInPage({ to, isNotTheirs: true })
  const errors = problem.reason === 'invalid' ? problem.errors : []
  const wrong = errors.map(({ field, message }) => `${field} ${message}`).join('; ')
  return problemPage(problemWords[problem.reason], detail ?? (wrong || undefined))
}

/** The fields of a posted form, URL-encoded; undefined if it has none that can be read. */
async function typedIn(request: Request): Promise<string | undefined> {
  if (request.bodyUsed) return undefined
  const body = await readBody(request, ['form', 'multipart'])
  if (!body.ok) return undefined
  const { value, extra } = body.value
  const fields = Object.entries(Object(value)).filter(([name]) => name !== 'text' || !extra.isUntitled)
  const texts = fields.map(([name, text]) => [
    name,
    typeof text === 'object' ? JSON.stringify(text) : String(text),
  ])
  if (extra.key !== null) texts.push(['key', extra.key])
  if (extra.photos.length > 0) texts.push(['photo', photoWords.again]) // a file cannot wait in a page
  return texts.length === 0 ? undefined : String(new URLSearchParams(texts))
}

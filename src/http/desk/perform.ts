/** Forms of the desk do what the API does: the same schema, the same handler, the same answer or problem. */
import type { FieldError, Problem, Result } from '../../core/result.ts'
import { problemWords } from '../../core/words.ts'
import type { Call, Caller, Handlers, Reply } from '../call.ts'
import { wireOf } from '../problem.ts'
import { type Route, type Routes, routes } from '../routes.ts'
import { validate } from '../validate.ts'

/** A posted form: names and what was typed. */
export type Form = Readonly<Record<string, unknown>>

export async function perform<Name extends keyof Routes>(
  name: Name,
  handlers: Pick<Handlers<Name>, Name>,
  call: Omit<Call, 'caller' | 'query' | 'body'> & { readonly caller: Caller },
  body?: Form,
): Promise<Result<Reply>> {
  const { body: schema }: Route = routes[name]
  const checked = schema === undefined ? null : validate(schema, body)
  if (checked?.ok === false) return checked
  // What the route's own schema has let through is its body; whoever comes to the desk may call it.
  return handlers[name]({ ...call, query: undefined, body: checked?.value } as unknown as Call<Routes[Name]>)
}

/** What was typed into a field; empty if there was none. */
export function typed(form: Form, name: string): string {
  const text = form[name]
  return typeof text === 'string' ? text : ''
}

/** As text is kept: forms end lines with CRLF. */
export function unixLines(text: string): string {
  return text.replaceAll('\r\n', '\n')
}

/** What is wrong with which field; what concerns no field stands under \`\`. */
export function errorsOf(problem: Problem): readonly FieldError[] {
  if (problem.reason === 'invalid') return problem.errors
  return [{ field: '', message: 'detail' in problem ? problem.detail : problemWords[problem.reason] }]
}

/** The status of a page that shows a form again. */
export function statusOf(problem: Problem): 404 | 409 | 413 | 422 | 503 {
  const { status } = wireOf(problem)
  return status === 404 || status === 409 || status === 413 || status === 503 ? status : 422
}

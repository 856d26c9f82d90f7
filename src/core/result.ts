/** Expected problems as values (PURE): one tagged union, mapped to the wire by one switch in http/problem.ts. */

export type FieldError = { readonly field: string; readonly message: string }

export type Problem =
  | { readonly reason: 'unparseable'; readonly detail: string }
  | { readonly reason: 'unauthorized' }
  | { readonly reason: 'forbidden' }
  | { readonly reason: 'notFound' }
  | { readonly reason: 'frozen'; readonly detail: string }
  | { readonly reason: 'stale'; readonly detail: string }
  | { readonly reason: 'tooLarge'; readonly detail: string }
  | { readonly reason: 'unsupported'; readonly detail: string }
  | { readonly reason: 'invalid'; readonly errors: readonly FieldError[] }
  | { readonly reason: 'slowDown'; readonly seconds: number }
  | { readonly reason: 'unavailable'; readonly seconds: number }

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem }

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function fail(problem: Problem): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem }
}

/** The problem of one field of the input. */
export function invalid(field: string, message: string): { readonly ok: false; readonly problem: Problem } {
  return fail({ reason: 'invalid', errors: [{ field, message }] })
}

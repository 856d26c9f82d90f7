import * as v from 'valibot'
import { type FieldError, fail, ok, type Result } from '../core/result.ts'

/** Checks input against its schema; every wrong field is named. */
export function validate<S extends v.GenericSchema>(schema: S, input: unknown): Result<v.InferOutput<S>> {
  const result = v.safeParse(schema, input)
  return result.success ? ok(result.output) : fail({ reason: 'invalid', errors: result.issues.map(toError) })
}

function toError(issue: v.BaseIssue<unknown>): FieldError {
  const field = v.getDotPath(issue) ?? 'body'
  return { field: shown(field), message: messageOf(issue) }
}

/** A field's name comes from the request: it is not repeated at length. */
function shown(field: string): string {
  return field.length > 60 ? `${field.slice(0, 59)}…` : field
}

function messageOf(issue: v.BaseIssue<unknown>): string {
  if (issue.expected === 'never') return 'is not known here'
  if (issue.received === 'undefined') return 'is missing'
  if (issue.kind === 'schema') return `must be ${issue.expected ?? 'something else'}`
  return issue.message
}

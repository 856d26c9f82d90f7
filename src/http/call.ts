import type * as v from 'valibot'
import type { Result } from '../core/result.ts'
import { ok } from '../core/result.ts'
import type { Author, Scope } from '../store/authors.ts'
import type { Visitor } from '../store/sessions.ts'
import type { Env } from './env.ts'
import type { Route, Routes } from './routes.ts'

/** Who calls: an author with a valid token. The owner's token may do everything. */
export type Caller = { readonly author: Author; readonly scope: Scope | 'owner' }

/** A request that passed the door: known caller, valid input. */
export type Call<R extends Route = Route> = {
  readonly env: Env
  readonly db: D1Database
  readonly now: number
  /** Whoever the route asks for; only open routes have none. */
  readonly caller: R['who'] extends 'anyone' ? null : R['who'] extends 'reader' ? Visitor : Caller
  readonly url: URL
  readonly params: Readonly<Record<string, string>>
  readonly query: Output<R['query']>
  readonly body: Output<R['body']>
  /** What came beside the body's fields. */
  readonly extra: Extra
  readonly headers: Headers
  /** Work that goes on after the answer. */
  readonly later: (work: Promise<unknown>) => void
}

export type Extra = {
  /** The form field `key`. */
  readonly key: string | null
  /** When it was written, where that is told by a device that was offline: no part of what is compared. */
  readonly written?: number | null
  readonly photos: readonly GivenPhoto[]
  /** The text stands for a photo that came without one. */
  readonly isUntitled: boolean
  /** Whether somebody can be asked first who means to settle something that is not there. */
  readonly asks?: boolean
  /** A program's body, which means what it says; people's texts are split. */
  readonly isJson: boolean
}

/** A file as it came in, whatever it is. */
export type GivenPhoto = {
  readonly bytes: Uint8Array
  /** SHA-256. */
  readonly hash: string
  /** Plain text on one line; may be empty. */
  readonly description: string
}

/** Of a request that has nothing beside its body. */
export const nothingBeside: Extra = { key: null, photos: [], isUntitled: false, isJson: true }

type Output<S> = S extends v.GenericSchema ? v.InferOutput<S> : undefined

/** The answer of a handler. */
export type Reply = {
  readonly status: 200 | 201 | 204 | 303 | 401 | 404 | 409 | 413 | 422 | 503
  readonly body:
    | { readonly json: unknown }
    | { readonly text: string }
    | { readonly html: string }
    | { readonly markdown: string }
    | { readonly lines: string }
    | { readonly file: ReadableStream; readonly type: string }
    | null
  readonly headers?: Readonly<Record<string, string>>
}

export type Handler<R extends Route> = (call: Call<R>) => Promise<Result<Reply>>

/** A handler for each route of a resource, by the route's name. */
export type Handlers<Name extends keyof Routes> = { readonly [N in Name]: Handler<Routes[N]> }

export function json(
  status: 200 | 201 | 503,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Result<Reply> {
  return ok({ status, body: { json: body }, headers })
}

export function page(
  status: 200 | 401 | 404 | 409 | 413 | 422 | 503,
  html: string,
  headers: Readonly<Record<string, string>> = {},
): Result<Reply> {
  return ok({ status, body: { html }, headers })
}

export function markdown(text: string): Result<Reply> {
  return ok({ status: 200, body: { markdown: text } })
}

/** JSON Lines (https://jsonlines.org). */
export function lines(text: string, headers: Readonly<Record<string, string>>): Result<Reply> {
  return ok({ status: 200, body: { lines: text }, headers })
}

/** To another page of ours, after a form was posted; what stands in its path may have come with the request. */
export function redirect(to: string, headers: Readonly<Record<string, string>> = {}): Result<Reply> {
  const { pathname, search, hash } = new URL(to, 'https://ours.invalid')
  return ok({ status: 303, body: null, headers: { ...headers, Location: pathname + search + hash } })
}

export function none(): Result<Reply> {
  return ok({ status: 204, body: null })
}

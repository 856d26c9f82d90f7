// What can go wrong with a call, scripted by a test.
import type { Message } from './message.ts'

export type Fault =
  | 'ok'
  /** Taken, then the connection breaks. */
  | 'lost'
  /** Not taken: the connection breaks first. */
  | 'unreachable'
  /** Taken, answered 200 with HTML. */
  | 'garbage'
  /** Taken, answered 200 with nothing. */
  | 'empty'
  /** Taken, answered after so many milliseconds of real time, or given up when the caller aborts. */
  | { readonly slow: number }
  | Refusal

/** Not taken: this answer instead. */
type Refusal = {
  readonly status: number
  readonly name?: string
  readonly message?: string
  readonly headers?: Readonly<Record<string, string>>
  /** A string goes out as it is, anything else as JSON; without it, the provider's error object. */
  readonly body?: unknown
}

/** A fault of some mails, by what is in them. */
export type FaultOf = (message: Message) => Fault | undefined

/** The answer to a call that the stand-in took, unless the answer gets lost. */
export const answer = async (fault: Fault, taken: Response, signal: AbortSignal): Promise<Response> => {
  if (fault === 'lost') throw brokenConnection()
  if (!taken.ok) return taken
  if (fault === 'garbage') return new Response('<!doctype html><title>Welcome</title>', { headers: htmlType })
  if (fault === 'empty') return new Response('')
  if (typeof fault === 'object' && 'slow' in fault) await pause(fault.slow, signal)
  return taken
}

export const refusal = ({ status, headers = {}, ...fault }: Refusal): Response => {
  const { name = 'application_error', message = name } = fault
  const body = 'body' in fault ? fault.body : { statusCode: status, name, message }
  return typeof body === 'string'
    ? new Response(body, { status, headers: { ...htmlType, ...headers } })
    : Response.json(body, { status, headers })
}

/** What `fetch` throws when there was no answer. */
export const brokenConnection = (): TypeError => new TypeError('fetch failed')

const htmlType = { 'content-type': 'text/html; charset=utf-8' }

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const giveUp = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', giveUp)
      resolve()
    }, ms)
    signal.addEventListener('abort', giveUp)
    if (signal.aborted) giveUp()
  })

import { setTimeout as sleep } from 'node:timers/promises'

/** What a person can mend: told in one line, without a stack. */
export class Failed extends Error {}

/** A request was not possible as things stand (409). */
export class Refused extends Failed {}

/** There is nothing at that address (404). */
export class Missing extends Failed {}

export type Connection = {
  get(path: string): Promise<Response>
  /** Bytes; null where there are none. */
  find(path: string): Promise<Uint8Array | null>
  put(path: string, body: Uint8Array<ArrayBuffer>): Promise<Response>
  /** Sends JSON Lines; the same again changes nothing. */
  post(path: string, body: string): Promise<Response>
}

const tries = 6
/** An address at which nobody answers is soon known to be wrong. */
const triesUnanswered = 3
const requestMs = 120_000
/** A longer wait than this is not asked for by anything that passes. */
const longestWait = 300

/** The Worker at `origin`, asked with the owner's token; whatever passes by itself is waited for. */
export function connect(origin: string, token: string): Connection {
  const ask = async (path: string, request: RequestInit): Promise<Response> => {
    for (let attempt = 1; ; attempt++) {
      const answer = await answerOf(new URL(path, origin), token, request)
      if (answer instanceof Response && answer.ok) return answer
      const wait = secondsToWait(answer, attempt)
      if (wait === null) throw answer instanceof Response ? await failure(answer) : answer
      const happened = answer instanceof Response ? `The Worker answered ${answer.status}` : answer.message
      console.error(`${happened}; trying again in ${wait} s.`)
      await sleep(wait * 1000)
    }
  }
  return {
    get: (path) => ask(path, {}),
    async find(path) {
      try {
        return new Uint8Array(await (await ask(path, {})).arrayBuffer())
      } catch (error) {
        if (error instanceof Missing) return null
        throw error
      }
    },
    put: (path, body) =>
      ask(path, { method: 'PUT', body, headers: { 'Content-Type': 'application/octet-stream' } }),
    post: (path, body) =>
      ask(path, { method: 'POST', body, headers: { 'Content-Type': 'application/jsonl' } }),
  }
}

/** The token goes to this address alone: no redirect is followed. */
async function answerOf(url: URL, token: string, request: RequestInit): Promise<Response | Failed> {
  const headers = { ...request.headers, Authorization: `Bearer ${token}` }
  try {
    const signal = AbortSignal.timeout(requestMs)
    return await fetch(url, { ...request, headers, redirect: 'manual', signal })
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return new Failed(`No answer from ${url.origin} (${cause instanceof Error ? cause.message : cause})`)
  }
}

/** null if waiting would not help. */
function secondsToWait(answer: Response | Failed, attempt: number): number | null {
  const growing = 2 ** attempt
  if (answer instanceof Failed) return attempt < triesUnanswered ? growing : null
  if (attempt === tries || (answer.status !== 429 && answer.status < 500)) return null
  const asked = Number(answer.headers.get('Retry-After') ?? Number.NaN)
  return Math.min(Number.isFinite(asked) ? asked : growing, longestWait)
}

async function failure(response: Response): Promise<Failed> {
  const { status } = response
  if (status === 401)
    return new Failed('The Worker does not know this token: WEEKNOTES_TOKEN must be its OWNER_TOKEN.')
  if (status === 403) return new Failed('This is a token of a device; it takes the OWNER_TOKEN.')
  if (status >= 300 && status < 400) {
    return new Failed(`It answered ${status}, to ${response.headers.get('Location')}: give that address.`)
  }
  const said = whatItSaid(await response.text())
  const words = `It answered ${status}${said === '' ? '' : `: ${said}`}.`
  if (status === 404) return new Missing(words)
  return status === 409 ? new Refused(words) : new Failed(words)
}

/** The details of a problem (RFC 9457), else the beginning of the text. */
function whatItSaid(text: string): string {
  try {
    const { title, detail, errors } = JSON.parse(text) as Problem // read only as far as it is one
    const wrong = errors?.map(({ field, message }) => `${field} ${message}`).join('; ')
    return String(detail ?? wrong ?? title ?? '')
  } catch {
    return text.trim().slice(0, 200)
  }
}

type Problem = {
  readonly title?: string
  readonly detail?: string
  readonly errors?: readonly { readonly field: string; readonly message: string }[]
}

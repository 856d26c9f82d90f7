/** The one place that speaks to the mail provider: the Resend SDK makes the request, its answer is read here. */
import { type CreateEmailOptions, Resend } from 'resend'
import { type Answer, callMs } from '../core/delivery.ts'
import { sha256 } from '../core/secret.ts'

export type Mailer = {
  /** The request that sends `mail`, not yet made: its bytes are known before anybody claims it. */
  readonly prepare: (mail: Mail) => Promise<Prepared>
  /** Makes the request once, under an idempotency key, within 30 seconds. Never throws. */
  readonly call: (prepared: Prepared, key: string) => Promise<MailerAnswer>
}

export type Mail = CreateEmailOptions

export type Prepared = { readonly url: string; readonly init: RequestInit; readonly sha256: string }

/** The answer, and how many calls a second the provider allows, where it said so. */
export type MailerAnswer = Answer & { readonly perSecond: number | null }

/** What a mailer is made with; `baseUrl` only in tests and the demo. */
export type MailerOptions = { readonly key: string; readonly baseUrl?: string | undefined }

export function createMailer({ key, baseUrl }: MailerOptions): Mailer {
  let sdk: Resend | null = null // most runs send nothing, and need none
  return {
    async prepare(mail) {
      sdk ??= requestOnly(key, baseUrl)
      const { data, error } = await sdk.emails.send(mail)
      const request: unknown = data // what requestOnly returned
      if (error !== null || !isRequest(request)) throw new Error(`no request was made: ${error?.name}`)
      return { ...request, sha256: await sha256(String(request.init.body)) }
    },
    async call({ url, init }, idempotencyKey) {
      const headers = new Headers(init.headers)
      headers.set('Idempotency-Key', idempotencyKey)
      try {
        const signal = AbortSignal.timeout(callMs)
        return await readAnswer(await fetch(url, { ...init, headers, signal, redirect: 'manual' }))
      } catch {
        return { status: null, id: null, name: null, retryAfter: null, perSecond: null }
      }
    },
  }
}

/**
 * The SDK neither throws nor times out, and hides the HTTP status: a 503 with the body `null` comes back as
 * no data and no error. So it only makes requests here; status, time limit and bytes stay ours.
 */
function requestOnly(key: string, baseUrl: string | undefined): Resend {
  const sdk = new Resend(key, baseUrl === undefined ? {} : { baseUrl })
  sdk.fetchRequest = async <T>(path: string, init: RequestInit = {}) => {
    const request: unknown = { url: `${sdk.baseUrl}${path}`, init }
    return { data: request as T & {}, error: null, headers: null } // T is the SDK's answer; prepare() looks again
  }
  return sdk
}

function isRequest(value: unknown): value is { readonly url: string; readonly init: RequestInit } {
  return typeof value === 'object' && value !== null && 'url' in value && 'init' in value
}

async function readAnswer(response: Response): Promise<MailerAnswer> {
  const body = parse(await response.text())
  return {
    status: response.status,
    id: typeof body.id === 'string' && body.id !== '' ? body.id : null,
    name: typeof body.name === 'string' ? body.name : null,
    retryAfter: waitOf(response.headers),
    perSecond: positive(response.headers.get('ratelimit-limit')),
  }
}

function parse(text: string): { readonly id?: unknown; readonly name?: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** How long to wait: in seconds or until a date (RFC 9110, 10.2.3), else until the limit is counted anew. */
function waitOf(headers: Headers): number | null {
  const retryAfter = headers.get('retry-after')
  const until = Date.parse(retryAfter ?? '') - Date.parse(headers.get('date') ?? '')
  return seconds(retryAfter) ?? (until >= 0 ? until : seconds(headers.get('ratelimit-reset')))
}

function seconds(header: string | null): number | null {
  return header !== null && /^\d{1,9}(\.\d+)?$/u.test(header.trim()) ? Number(header) * 1000 : null
}

function positive(header: string | null): number | null {
  const value = Number(header)
  return Number.isFinite(value) && value > 0 ? value : null
}

/** Mails as they come in: built as the common programs build them, and handed to the Worker as Email Routing does. */
import { env } from 'cloudflare:workers'
import worker from '../src/index.ts'

export const student = 'student@example.edu'

export type Mail = {
  readonly from?: string
  /** The sender on the envelope; else that of the head. */
  readonly envelope?: string
  readonly subject?: string
  readonly headers?: Readonly<Record<string, string>>
  /** The body with its own heads in front of it; else `text` as plain text. */
  readonly body?: string | Uint8Array
  readonly text?: string
}

/** Why a mail was refused; null if it was not. */
export async function mailIn(to: string, mail: Mail): Promise<string | null> {
  const from = mail.from ?? `The Student <${student}>`
  const heads = {
    From: from,
    To: to,
    Subject: mail.subject ?? 'An update',
    'Message-ID': `<${crypto.randomUUID()}@mail.example.edu>`,
    'MIME-Version': '1.0',
    ...mail.headers,
  }
  const head = Object.entries(heads).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]))
  const body = mail.body ?? plain(mail.text ?? '')
  const bytes = joined(`${head.join('\r\n')}\r\n`, body)
  let refused: string | null = null
  const message = {
    from: mail.envelope ?? /<(.*)>/u.exec(from)?.[1] ?? from,
    to,
    headers: new Headers(Object.entries(heads).filter(([, value]) => value !== '')),
    raw: new Response(bytes).body as ReadableStream<Uint8Array>, // of bytes, so not null
    rawSize: bytes.length,
    setReject: (reason: string) => {
      refused = reason
    },
  }
  await worker.email(message as unknown as ForwardableEmailMessage, env) // all that the Worker asks of one
  return refused
}

export function plain(text: string): string {
  return `Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`
}

export function html(text: string): string {
  return `Content-Type: text/html; charset=utf-8\r\n\r\n${text}`
}

/** Parts of one mail, each with its own heads. */
export function multipart(kind: string, ...parts: readonly string[]): string {
  const boundary = `b${crypto.randomUUID()}`
  const all = parts.map((part) => `--${boundary}\r\n${part}\r\n`)
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${all.join('')}--${boundary}--\r\n`
}

function joined(head: string, body: string | Uint8Array): Uint8Array {
  const encoder = new TextEncoder()
  const parts = [encoder.encode(head), typeof body === 'string' ? encoder.encode(body) : body]
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

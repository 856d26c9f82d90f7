// A mail the stand-in took, and how the provider shows it. Pure.
import type { Payload } from './contract.ts'

export type Message = {
  readonly id: string
  /** The Idempotency-Key it came with. */
  readonly key: string | null
  /** UTC milliseconds, by the stand-in's clock. */
  readonly at: number
  readonly from: string
  readonly to: readonly string[]
  readonly replyTo: readonly string[]
  readonly subject: string
  /** Empty when the call had no such part. */
  readonly html: string
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
  /** The body of the call, byte for byte. */
  readonly body: string
}

export const toMessage = (payload: Payload, key: string | null, body: string, at: number): Message => ({
  id: crypto.randomUUID(),
  key,
  at,
  from: payload.from,
  to: payload.to,
  replyTo: payload.reply_to ?? [],
  subject: payload.subject,
  html: payload.html ?? '',
  text: payload.text ?? '',
  headers: payload.headers ?? {},
  tags: Object.fromEntries((payload.tags ?? []).map((tag) => [tag.name, tag.value])),
  body,
})

export const messageId = (message: Message): string => `<${message.id}@resend.test>`

/** `ada@uni.test` of `Ada <Ada@uni.test>`. */
export const bareAddress = (address: string): string =>
  (/<([^<>]*)>$/.exec(address)?.[1] ?? address).toLowerCase()

/** The answer to `GET /emails/:id`. */
export const toEmail = (message: Message, lastEvent: string) => ({
  object: 'email',
  id: message.id,
  message_id: messageId(message),
  created_at: new Date(message.at).toISOString(),
  from: message.from,
  to: message.to,
  cc: null,
  bcc: null,
  reply_to: message.replyTo.length > 0 ? message.replyTo : null,
  subject: message.subject,
  html: message.html || null,
  text: message.text || null,
  tags: Object.entries(message.tags).map(([name, value]) => ({ name, value })),
  scheduled_at: null,
  last_event: lastEvent,
})

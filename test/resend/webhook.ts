// The provider's receipts, signed as Svix signs: https://docs.svix.com/receiving/verifying-payloads/how-manual
import { type Message, messageId } from './message.ts'

export type EventType =
  | 'email.sent'
  | 'email.delivered'
  | 'email.delivery_delayed'
  | 'email.bounced'
  | 'email.complained'
  | 'email.failed'
  | 'email.suppressed'

/** A POST to the webhook; posted twice, it is the provider's repetition. */
export type Receipt = {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What an event says beyond the mail it is about. */
const details: { readonly [type in EventType]?: object } = {
  'email.bounced': {
    bounce: {
      type: 'Permanent',
      subType: 'General',
      message: 'The mailbox does not exist.',
      diagnosticCode: ['smtp; 550 5.1.1 user unknown'],
    },
  },
  'email.failed': { failed: { reason: 'reached_daily_quota' } },
  'email.suppressed': {
    suppressed: {
      type: 'OnAccountSuppressionList',
      reason: 'previous_bounce',
      message: 'The address bounced before.',
      diagnosticCode: [],
    },
  },
}

/** `extra` adds to `data` or replaces in it; without `message` the event is about a mail nobody sent here. */
export const eventBody = (
  type: EventType,
  emailId: string,
  message: Message | undefined,
  extra: object,
  now: number,
): string =>
  JSON.stringify({
    type,
    created_at: new Date(now).toISOString(),
    data: {
      email_id: emailId,
      ...(message && {
        created_at: new Date(message.at).toISOString(),
        message_id: messageId(message),
        from: message.from,
        to: message.to,
        subject: message.subject,
        tags: message.tags,
      }),
      ...details[type],
      ...extra,
    },
  })

/** `secret` is `whsec_` and the key in base64. */
export const signReceipt = async (body: string, secret: string, now: number): Promise<Receipt> => {
  const id = `msg_${crypto.randomUUID()}`
  const timestamp = String(Math.floor(now / 1000))
  const bytes = Uint8Array.from(atob(secret.replace(/^whsec_/, '')), (char) => char.charCodeAt(0))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, signed))
  return {
    headers: {
      'content-type': 'application/json',
      'svix-id': id,
      'svix-timestamp': timestamp,
      'svix-signature': `v1,${btoa(String.fromCharCode(...signature))}`,
    },
    body,
  }
}

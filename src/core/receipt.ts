/** Receipts (PURE): what the provider reports of mail that it took, reduced to what is kept. */

/** The lowest first; `bounced`, `failed` and `suppressed` stand on one step. */
export const receipts = [
  'sent',
  'delayed',
  'delivered',
  'bounced',
  'failed',
  'suppressed',
  'complained',
] as const

export type ReceiptName = (typeof receipts)[number]

/** Hard: the address takes no mail. Soft: it took none this time. */
export const bounces = ['hard', 'soft'] as const

export type Receipt = {
  readonly name: ReceiptName
  readonly bounce: (typeof bounces)[number] | null
  /** What the other side said, one short line. */
  readonly why: string
  /** The provider's id of the mail, and the tags that it was sent with. */
  readonly providerId: string
  readonly tags: Readonly<Record<string, string>>
}

/** An event as the provider sends it, and what is asked of it; all else is ignored. */
export type ProviderEvent = {
  readonly type: string
  readonly data: {
    readonly email_id: string
    readonly tags?: Readonly<Record<string, string>> | undefined
    readonly bounce?:
      | { readonly type?: string | undefined; readonly message?: string | undefined }
      | undefined
    readonly failed?: { readonly reason?: string | undefined } | undefined
    readonly suppressed?: { readonly reason?: string | undefined } | undefined
  }
}

const names: Readonly<Record<string, ReceiptName>> = {
  'email.sent': 'sent',
  'email.delivery_delayed': 'delayed',
  'email.delivered': 'delivered',
  'email.bounced': 'bounced',
  'email.failed': 'failed',
  'email.suppressed': 'suppressed',
  'email.complained': 'complained',
}

/** null for an event that is no receipt. The provider suppresses who once bounced hard, or complained. */
export function receiptOf({ type, data }: ProviderEvent): Receipt | null {
  const name = names[type]
  if (name === undefined) return null
  const { bounce, failed, suppressed } = data
  const isComplaint = name === 'complained' || suppressed?.reason === 'previous_complaint'
  const isHard = (name === 'bounced' && bounce?.type === 'Permanent') || name === 'suppressed'
  return {
    name: isComplaint ? 'complained' : name,
    bounce: isComplaint ? null : isHard ? 'hard' : name === 'bounced' ? 'soft' : null,
    why: oneLine(bounce?.message ?? failed?.reason ?? suppressed?.reason ?? ''),
    providerId: data.email_id,
    tags: data.tags ?? {},
  }
}

function oneLine(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 200)
}

/** Whether mail with this receipt did not arrive. */
export function isLost({ name }: Receipt): boolean {
  return name === 'bounced' || name === 'failed' || name === 'suppressed'
}

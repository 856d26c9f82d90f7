/** Receipts: the provider's signed word of what became of mail that it took. */
import { Resend } from 'resend'
import { alertWords } from '../core/alert-words.ts'
import type { Settings } from '../core/project.ts'
import { isLost, type ProviderEvent, receiptOf } from '../core/receipt.ts'
import { bounceNotice, lostNotice } from '../render/notices.tsx'
import { openProject } from '../store/project.ts'
import { endComplained, keepNoticeReceipt, keepReceipt, pauseBounced, tellOfLoss } from '../store/receipts.ts'
import { findRecipient } from '../store/recipients.ts'
import type { OwnersNotice } from '../store/watch.ts'

const week = 7 * 24 * 3_600_000

export type Signed = {
  readonly payload: string
  readonly id: string
  readonly timestamp: string
  readonly signature: string
}

/** What a signed body says; null unless the provider signed it, byte for byte, within five minutes of now. */
export function openSigned(webhookSecret: string, { payload, ...headers }: Signed): unknown {
  try {
    return new Resend('none, to verify').webhooks.verify({ payload, webhookSecret, headers })
  } catch {
    return null
  }
}

/** Keeps what an event says; false if it is about mail that is not ours, or says nothing that is kept. */
export async function takeReceipt(db: D1Database, event: ProviderEvent, now: number): Promise<boolean> {
  const receipt = receiptOf(event)
  if (receipt === null) return false
  const project = await openProject(db, now)
  const { tags } = receipt
  if (tags.project !== project.id) return false
  if (tags.notice !== undefined) {
    await keepNoticeReceipt(db, tags.notice, tags.ref ?? '', tags.recipient ?? '', receipt).run()
    return true
  }
  const [digest, recipient] = [Number(tags.digest), tags.recipient]
  if (!Number.isSafeInteger(digest) || recipient === undefined) return false
  const statements = [keepReceipt(db, digest, recipient, receipt)]
  if (receipt.name === 'complained') statements.push(endComplained(db, digest, recipient))
  const reason = receipt.bounce === null ? '' : alertWords.bounced(receipt.bounce, receipt.why)
  if (receipt.bounce !== null) statements.push(pauseBounced(db, digest, recipient, receipt, reason))
  if (isLost(receipt)) {
    const told = await noticesOf(db, project.settings, digest, recipient, reason, receipt.why, now)
    if (told !== null) statements.push(...tellOfLoss(db, digest, recipient, ...told))
  }
  await db.batch(statements)
  return true
}

/** Of a pause, and of a loss without one; null where no mail can tell the owner, or the recipient is gone. */
async function noticesOf(
  db: D1Database,
  settings: Settings,
  digest: number,
  recipient: string,
  reason: string,
  why: string,
  now: number,
): Promise<readonly [OwnersNotice, OwnersNotice] | null> {
  const found = await findRecipient(db, recipient)
  if (found === null || settings.publicUrl === null || settings.ownerEmail === null) return null
  const href = `${settings.publicUrl}/desk/people/${recipient}`
  const ref = `${recipient}-${digest}`
  const noticeOf = (kind: string, { subject, text, html }: ReturnType<typeof lostNotice>) => ({
    ...{ kind, ref, subject, markdown: text, html, usefulUntil: now + week },
  })
  return [
    noticeOf('bounce', bounceNotice(settings, href, { email: found.email, reason })),
    noticeOf('lost', lostNotice(settings, href, found.email, why)),
  ]
}

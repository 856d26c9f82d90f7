import { sendMs } from '../core/delivery.ts'
import { fail, invalid } from '../core/result.ts'
import {
  type Delivery,
  findDelivery,
  insertDelivery,
  listDeliveries,
  sendAgain,
  settleByOwner,
} from '../store/deliveries.ts'
import { findDigest } from '../store/digests.ts'
import { findRecipient } from '../store/recipients.ts'
import { type Handlers, json } from './call.ts'

const pageSize = 50

export const deliveryHandlers: Handlers<'listDeliveries' | 'addDelivery' | 'editDelivery'> = {
  async listDeliveries({ db, params, query }) {
    const digest = await findDigest(db, params.slug ?? '')
    if (digest === null) return fail({ reason: 'notFound' })
    const after = query.cursor ?? ''
    const found = await listDeliveries(db, digest.number, query.state ?? null, after, pageSize + 1)
    const deliveries = found.slice(0, pageSize)
    const nextCursor = found.length > pageSize ? (deliveries.at(-1)?.recipient ?? null) : null
    return json(200, { deliveries: deliveries.map(shown), nextCursor })
  },

  async addDelivery({ db, params, body, now }) {
    const digest = await findDigest(db, params.slug ?? '')
    if (digest === null) return fail({ reason: 'notFound' })
    const recipient = await findRecipient(db, body.recipient)
    if (recipient === null) return invalid('recipient', 'is not known')
    if (!(await insertDelivery(db, digest.number, recipient.id, now + sendMs))) {
      return fail({ reason: 'stale', detail: 'there is a delivery already, or the recipient is not active' })
    }
    const made = await findDelivery(db, digest.number, recipient.id)
    return made === null ? fail({ reason: 'notFound' }) : json(201, shown(made))
  },

  async editDelivery({ db, params, body, now }) {
    const digest = await findDigest(db, params.slug ?? '')
    const recipient = params.recipient ?? ''
    const before = digest === null ? null : await findDelivery(db, digest.number, recipient)
    if (digest === null || before === null) return fail({ reason: 'notFound' })
    const { state, n = null } = body
    if (before.state !== state) {
      if (state === 'accepted') await settleByOwner(db, digest.number, recipient, n)
      else await sendAgain(db, digest.number, recipient, n, now + sendMs)
    }
    const after = await findDelivery(db, digest.number, recipient)
    if (after === null) return fail({ reason: 'notFound' })
    // Said twice at once, it is done as well.
    if (after.state !== state) return fail({ reason: 'stale', detail: `try ${after.n} is ${after.state}` })
    return json(200, shown(after))
  },
}

function shown({ recipient, email, circle, state, n, reason, receipt, providerId }: Delivery) {
  return { recipient, email, circle, state, n, reason, receipt, providerId }
}

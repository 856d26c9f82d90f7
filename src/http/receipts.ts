import * as v from 'valibot'
import { fail } from '../core/result.ts'
import { openSigned, takeReceipt } from '../delivery/receipts.ts'
import { type Handlers, json } from './call.ts'
import { providerEvent } from './receipt-schemas.ts'

export const receiptHandlers: Handlers<'takeReceipt'> = {
  async takeReceipt({ db, env, now, body, headers }) {
    // Without the secret there is nothing here; the provider asks again for hours.
    if (!env.RESEND_WEBHOOK_SECRET) return fail({ reason: 'notFound' })
    const said = (name: string) => headers.get(`svix-${name}`) ?? ''
    const signed = { id: said('id'), timestamp: said('timestamp'), signature: said('signature') }
    const event = openSigned(env.RESEND_WEBHOOK_SECRET, { payload: body, ...signed })
    if (event === null) return fail({ reason: 'unauthorized' })
    const known = v.safeParse(providerEvent, event)
    return json(200, { taken: known.success && (await takeReceipt(db, known.output, now)) })
  },
}

import { formatInstant } from '../core/period.ts'
import type { Recipient } from '../core/recipient.ts'
import { fail } from '../core/result.ts'
import { newId, newSecret, sha256 } from '../core/secret.ts'
import {
  deleteRecipient,
  editRecipient,
  findRecipient,
  insertRecipient,
  listRecipients,
} from '../store/recipients.ts'
import { type Handlers, json, none } from './call.ts'

type Names = 'listRecipients' | 'addRecipient' | 'editRecipient' | 'deleteRecipient'

export const recipientHandlers: Handlers<Names> = {
  async listRecipients({ db }) {
    const recipients = await listRecipients(db)
    return json(200, { recipients: recipients.map(shown) })
  },

  async addRecipient({ db, body, now }) {
    const { email, name = null, handle = null, circle = 'inner' } = body
    const rest = { state: 'active', reason: null, joinedAt: now } as const
    const recipient = { id: newId(now), email, name, handle, circle, ...rest }
    const hash = await sha256(email.toLowerCase())
    if (!(await insertRecipient(db, recipient, hash, newSecret()))) {
      return fail({ reason: 'stale', detail: 'this address is known, or has unsubscribed' })
    }
    return json(201, shown(recipient))
  },

  async editRecipient({ db, params, body }) {
    const before = await findRecipient(db, params.id ?? '')
    if (before === null) return fail({ reason: 'notFound' })
    const state = body.state ?? before.state
    const reason = body.reason ?? (state === before.state ? before.reason : null)
    const edit = {
      name: body.name === undefined ? before.name : body.name,
      handle: body.handle === undefined ? before.handle : body.handle,
      circle: body.circle ?? before.circle,
      state,
      reason: state === 'active' ? null : reason,
    }
    if (!(await editRecipient(db, before.id, edit))) {
      return fail({ reason: 'stale', detail: 'who unsubscribed comes back only by the own hand' })
    }
    return json(200, shown({ ...before, ...edit }))
  },

  async deleteRecipient({ db, params, now }) {
    return (await deleteRecipient(db, params.id ?? '', now)) ? none() : fail({ reason: 'notFound' })
  },
}

function shown({ joinedAt, ...recipient }: Recipient) {
  return { ...recipient, joinedAt: formatInstant(joinedAt) }
}

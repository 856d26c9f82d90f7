import { knownWords } from '../core/desk-words-people.ts'
import { formatInstant } from '../core/period.ts'
import type { Recipient } from '../core/recipient.ts'
import { fail } from '../core/result.ts'
import { newId, newSecret, sha256 } from '../core/secret.ts'
import {
  deleteRecipient,
  editRecipient,
  findRecipient,
  insertRecipients,
  listRecipients,
  type Newcomer,
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
    const newcomer = await newcomerOf({ email, name, handle, circle }, now)
    const [known] = await insertRecipients(db, [newcomer])
    if (known !== undefined) return fail({ reason: 'stale', detail: `this address ${knownWords(known)}` })
    const { addressHash, unsubscribe, ...recipient } = newcomer
    return json(201, shown({ ...recipient, state: 'active', reason: null }))
  },

  async editRecipient({ db, params, body }) {
    const id = params.id ?? ''
    if ((await findRecipient(db, id)) === null) return fail({ reason: 'notFound' })
    // A reason belongs to the state that it explains.
    const isNewState = body.state !== undefined && body.reason === undefined
    const { name, handle, circle, state, reason } = isNewState ? { ...body, reason: null } : body
    const edited = await editRecipient(db, id, given({ name, handle, circle, state, reason }))
    if (edited === null)
      return fail({ reason: 'stale', detail: 'whoever unsubscribed comes back only by their own hand' })
    return json(200, shown(edited))
  },

  async deleteRecipient({ db, params, now }) {
    return (await deleteRecipient(db, params.id ?? '', now)) ? none() : fail({ reason: 'notFound' })
  },
}

/** What is kept of somebody who is added now. */
export async function newcomerOf(
  given: Pick<Recipient, 'email' | 'name' | 'handle' | 'circle'>,
  now: number,
): Promise<Newcomer> {
  const addressHash = await sha256(given.email.toLowerCase())
  return { ...given, id: newId(now), addressHash, unsubscribe: newSecret(), joinedAt: now }
}

function shown({ joinedAt, ...recipient }: Recipient) {
  return { ...recipient, joinedAt: formatInstant(joinedAt) }
}

/** Without what was not given. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return JSON.parse(JSON.stringify(fields)) // JSON leaves out what is undefined
}

/** Where authors post by mail. */
import { mailboxAddress } from '../core/mailbox.ts'
import { fail } from '../core/result.ts'
import { newSecret } from '../core/secret.ts'
import { deleteMailbox, type Mailbox, putMailbox } from '../store/mailboxes.ts'
import { openProject } from '../store/project.ts'
import { type Handlers, json, none } from './call.ts'

export const mailboxHandlers: Handlers<'putMailbox' | 'deleteMailbox'> = {
  async putMailbox({ db, params, body, now }) {
    const { settings } = await openProject(db, now) // the owner's row is made with it
    const senders = [...new Set(body.senders.map((sender) => sender.toLowerCase()))]
    const mailbox = await putMailbox(db, params.id ?? '', senders, newSecret())
    return mailbox === null
      ? fail({ reason: 'notFound' })
      : json(200, shownMailbox(mailbox, settings.mailbox))
  },

  async deleteMailbox({ db, params }) {
    return (await deleteMailbox(db, params.id ?? '')) ? none() : fail({ reason: 'notFound' })
  },
}

/** `mailbox` is the project's own address; without one no mail arrives. */
export function shownMailbox({ secret, senders, usedOn }: Mailbox, mailbox: string | null) {
  return { address: mailbox === null ? null : mailboxAddress(mailbox, secret), senders, usedOn }
}

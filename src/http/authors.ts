import { formatInstant } from '../core/period.ts'
import { fail } from '../core/result.ts'
import { idFrom, newToken, sha256 } from '../core/secret.ts'
import { deleteToken, insertAuthor, insertToken, listAuthors, type Token } from '../store/authors.ts'
import { listMailboxes } from '../store/mailboxes.ts'
import { openProject } from '../store/project.ts'
import { type Handlers, json, none } from './call.ts'
import { shownMailbox } from './mailboxes.ts'

export const authorHandlers: Handlers<'listAuthors' | 'addAuthor' | 'addToken' | 'deleteToken'> = {
  async listAuthors({ db, now }) {
    const { settings } = await openProject(db, now) // the owner's row is made with it
    const [authors, mailboxes] = await Promise.all([listAuthors(db), listMailboxes(db)])
    const shownOf = (id: string) => {
      const mailbox = mailboxes.get(id)
      return mailbox === undefined ? null : shownMailbox(mailbox, settings.mailbox)
    }
    return json(200, {
      authors: authors.map(({ id, name, isOwner, tokens }) => {
        return { id, name, owner: isOwner, tokens: tokens.map(shown), mailbox: shownOf(id) }
      }),
    })
  },

  async addAuthor({ db, body, extra, now }) {
    const author = await insertAuthor(db, idFrom(extra.key, now), body.name, now)
    if (author === null) return fail({ reason: 'stale', detail: 'another author was added by this form' })
    const { id, name } = author
    return json(201, { id, name, owner: false, tokens: [], mailbox: null })
  },

  async addToken({ db, params, body, extra, now }) {
    await openProject(db, now)
    const token = newToken()
    const device = { name: body.name, scope: body.scope ?? 'post', hash: await sha256(token) }
    const made = await insertToken(db, idFrom(extra.key, now), params.id ?? '', device, now)
    return made === null ? fail({ reason: 'notFound' }) : json(201, { ...shown(made), token })
  },

  async deleteToken({ db, params }) {
    return (await deleteToken(db, params.id ?? '')) ? none() : fail({ reason: 'notFound' })
  },
}

function shown({ createdAt, ...token }: Token) {
  return { ...token, createdAt: formatInstant(createdAt) }
}

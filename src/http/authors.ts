import { formatInstant } from '../core/period.ts'
import { fail } from '../core/result.ts'
import { newToken, sha256 } from '../core/secret.ts'
import { deleteToken, insertAuthor, insertToken, listAuthors, type Token } from '../store/authors.ts'
import { openProject } from '../store/project.ts'
import { type Handlers, json, none } from './call.ts'

export const authorHandlers: Handlers<'listAuthors' | 'addAuthor' | 'addToken' | 'deleteToken'> = {
  async listAuthors({ db, now }) {
    await openProject(db, now) // the owner's row is made with it
    const authors = await listAuthors(db)
    return json(200, {
      authors: authors.map(({ id, name, isOwner, tokens }) => {
        return { id, name, owner: isOwner, tokens: tokens.map(shown) }
      }),
    })
  },

  async addAuthor({ db, body, now }) {
    const { id, name } = await insertAuthor(db, body.name, now)
    return json(201, { id, name, owner: false, tokens: [] })
  },

  async addToken({ db, params, body, now }) {
    await openProject(db, now)
    const token = newToken()
    const device = { name: body.name, scope: body.scope ?? 'post', hash: await sha256(token) }
    const made = await insertToken(db, params.id ?? '', device, now)
    return made === null ? fail({ reason: 'notFound' }) : json(201, { ...shown(made), token })
  },

  async deleteToken({ db, params }) {
    return (await deleteToken(db, params.id ?? '')) ? none() : fail({ reason: 'notFound' })
  },
}

function shown({ createdAt, ...token }: Token) {
  return { ...token, createdAt: formatInstant(createdAt) }
}

import { deskWords } from '../../core/desk-words.ts'
import { authorWords as words } from '../../core/desk-words-people.ts'
import { dayInWords } from '../../core/period.ts'
import type { Settings } from '../../core/project.ts'
import type { FieldError } from '../../core/result.ts'
import { newId } from '../../core/secret.ts'
import { type Authors, authorsPage } from '../../render/pages/desk/authors.tsx'
import { type Author, listAuthors } from '../../store/authors.ts'
import { listMailboxes, type Mailbox } from '../../store/mailboxes.ts'
import { openProject } from '../../store/project.ts'
import { authorHandlers } from '../authors.ts'
import { type Call, type Caller, type Handlers, page, redirect } from '../call.ts'
import { mailboxHandlers, shownMailbox } from '../mailboxes.ts'
import { errorsOf, perform, statusOf, typed } from './perform.ts'
import { viewerOf } from './viewer.ts'

type Names = 'showAuthors' | 'addAuthorHere' | 'makeToken' | 'endToken' | 'saveMailbox'

export const authorPageHandlers: Handlers<Names> = {
  async showAuthors(call) {
    return page(200, await showAuthors(call, { did: call.query.did }))
  },

  async addAuthorHere(call) {
    const name = typed(call.body, 'name')
    const done = await perform('addAuthor', authorHandlers, call, { name })
    if (done.ok) return redirect('/desk/authors?did=authorAdded')
    const errors: readonly FieldError[] =
      done.problem.reason === 'stale' ? [{ field: 'name', message: deskWords.stale }] : errorsOf(done.problem)
    return page(statusOf(done.problem), await showAuthors(call, { adding: { name, errors } }))
  },

  async makeToken(call) {
    const { db, params, body: form } = call
    const author = (await listAuthors(db)).find(({ id }) => id === params.id)
    if (author === undefined) return redirect('/desk/authors')
    const name = typed(form, 'name')
    const done = await perform('addToken', authorHandlers, call, { name })
    if (done.ok) {
      const made = { name: name.trim(), author: author.name, token: tokenOf(done.value.body) }
      return page(200, await showAuthors(call, { made }))
    }
    const isMade = done.problem.reason === 'notFound'
    const errors = isMade ? [{ field: 'name', message: words.madeAlready }] : errorsOf(done.problem)
    const making = { author: author.id, name, errors }
    return page(isMade ? 409 : statusOf(done.problem), await showAuthors(call, { making }))
  },

  async saveMailbox(call) {
    const { params, body: form } = call
    const text = typed(form, 'senders')
    const senders = text.split(/[\s,;]+/u).filter(Boolean)
    if (senders.length === 0) {
      await perform('deleteMailbox', mailboxHandlers, call) // one that is dead already stays dead
      return redirect('/desk/authors?did=mailboxEnded')
    }
    const done = await perform('putMailbox', mailboxHandlers, call, { senders })
    if (done.ok) return redirect('/desk/authors?did=mailboxSaved')
    if (done.problem.reason === 'notFound') return redirect('/desk/authors')
    const errors = errorsOf(done.problem).map(({ field, message }) => {
      const which = senders[Number(/^senders\.(\d+)$/u.exec(field)?.[1])]
      return { field: 'senders', message: which === undefined ? message : `${which} ${message}` }
    })
    const mailing = { author: params.id ?? '', senders: text, errors }
    return page(statusOf(done.problem), await showAuthors(call, { mailing }))
  },

  async endToken(call) {
    await perform('deleteToken', authorHandlers, call) // one that is ended already stays ended
    return redirect('/desk/authors?did=tokenEnded')
  },
}

/** The token in the API's answer. */
export function tokenOf(body: unknown): string {
  const { json } = body as { readonly json: { readonly token: string } } // as `addToken` gives it
  return json.token
}

/** Before there is one, the owner's own address is proposed. */
function mailboxOf({ isOwner }: Author, mailbox: Mailbox | undefined, settings: Settings) {
  if (mailbox === undefined) return { address: null, senders: (isOwner && settings.ownerEmail) || '' }
  const { address, senders } = shownMailbox(mailbox, settings.mailbox)
  return { address, senders: senders.join('\n') }
}

async function showAuthors(
  call: Pick<Call, 'db' | 'now'> & { readonly caller: Caller },
  shown: Partial<Pick<Authors, 'did' | 'made' | 'making' | 'mailing' | 'adding'>>,
): Promise<string> {
  const viewer = await viewerOf(call)
  const { settings } = await openProject(call.db, call.now)
  const [authors, mailboxes] = await Promise.all([listAuthors(call.db), listMailboxes(call.db)])
  return authorsPage(viewer, {
    ...{ did: undefined, made: null, making: null, mailing: null, adding: { name: '', errors: [] } },
    ...shown,
    key: newId(call.now),
    hasMailbox: settings.mailbox !== null,
    authors: authors.map(({ tokens, ...author }) => ({
      ...author,
      key: newId(call.now),
      ...mailboxOf(author, mailboxes.get(author.id), settings),
      tokens: tokens.map(({ id, name, scope, usedOn }) => ({
        ...{ id, name, isTick: scope === 'tick' },
        usedOn: usedOn === null ? null : dayInWords('UTC', viewer.locale, Date.parse(usedOn)),
      })),
    })),
  })
}

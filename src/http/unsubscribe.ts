import type { Recipient } from '../core/recipient.ts'
import { notFoundPage } from '../render/pages/not-found.tsx'
import { askToStop, resumed, stopped } from '../render/pages/unsubscribe.tsx'
import { openProject } from '../store/project.ts'
import { findByUnsubscribeToken, resubscribe, unsubscribe } from '../store/recipients.ts'
import { type Call, type Handlers, page } from './call.ts'

export const unsubscribeHandlers: Handlers<'showUnsubscribe' | 'unsubscribe' | 'undoUnsubscribe'> = {
  async showUnsubscribe(call) {
    return show(call, await findByUnsubscribeToken(call.db, call.params.token ?? ''))
  },

  async unsubscribe(call) {
    return show(call, await unsubscribe(call.db, call.params.token ?? ''))
  },

  async undoUnsubscribe(call) {
    const recipient = await resubscribe(call.db, call.params.token ?? '')
    if (recipient === null || recipient.state !== 'active') return show(call, recipient)
    return page(200, resumed(await factsOf(call, recipient)))
  },
}

async function show(call: Pick<Call, 'db' | 'now' | 'params'>, recipient: Recipient | null) {
  if (recipient === null) return page(404, notFoundPage())
  const facts = await factsOf(call, recipient)
  if (recipient.state !== 'unsubscribed') return page(200, askToStop(facts))
  return page(200, stopped({ ...facts, mayUndo: recipient.reason === 'unsubscribed' }))
}

async function factsOf({ db, now, params }: Pick<Call, 'db' | 'now' | 'params'>, recipient: Recipient) {
  const { settings } = await openProject(db, now)
  const path = `/unsubscribe/${params.token}`
  return { project: settings.title, locale: settings.locale, email: recipient.email, path }
}

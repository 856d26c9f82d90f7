import { newSecret, sha256 } from '../core/secret.ts'
import { senderOf } from '../delivery/mail.ts'
import { sendAtOnce } from '../delivery/notices.ts'
import { wayIn } from '../render/notices.tsx'
import { wayInEndedPage, wayInPage, wayInSentPage } from '../render/pages/sign-in.tsx'
import { findAccess, insertAccess } from '../store/accesses.ts'
import { openProject } from '../store/project.ts'
import { type Handlers, page, redirect } from './call.ts'
import { mailerOf, realTime } from './env.ts'
import { beginSession } from './session.ts'

const minute = 60_000
/** How long a way in works. */
const lifeMs = 60 * minute
/** Asking again within this brings no second mail: the first is on its way. */
const slotMs = 5 * minute
/** Whoever asked waits for the mail; the cron tries again. */
const sendMs = 20_000

export const accessHandlers: Handlers<'askForAccess' | 'showAccess' | 'useAccess'> = {
  async askForAccess({ db, env, now, body, later }) {
    const project = await openProject(db, now)
    const mailer = mailerOf(env)
    const sender = senderOf(project.settings, 'direct')
    if (mailer === null || sender === null) return page(200, wayInSentPage(false))
    const token = newSecret()
    const { subject, text, html } = wayIn(project.settings, `${sender.publicUrl}/r/${token}`)
    const mail = await insertAccess(db, await sha256(body.email.toLowerCase()), {
      hash: await sha256(token),
      slot: String(Math.floor(now / slotMs)),
      endsAt: now + lifeMs,
      usefulUntil: now + lifeMs / 2,
      ...{ subject, markdown: text, html },
    })
    // Not waited for: the answer must not take longer for an address that is known.
    if (mail !== null) later(sendAtOnce(db, mailer, project, mail, realTime, now + sendMs))
    return page(200, wayInSentPage(true))
  },

  async showAccess({ db, now, params, url }) {
    const recipient = await findAccess(db, await sha256(params.token ?? ''), now)
    if (recipient === null) return page(404, wayInEndedPage())
    return page(200, wayInPage((await openProject(db, now)).settings, url.pathname))
  },

  async useAccess(call) {
    const recipient = await findAccess(call.db, await sha256(call.params.token ?? ''), call.now)
    if (recipient === null) return page(404, wayInEndedPage())
    return redirect('/archive', { 'Set-Cookie': await beginSession(call, recipient) })
  },
}

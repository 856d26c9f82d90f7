/** What can be done about the next letter: hold it, lift the hold, have it mailed to oneself as a test. */

import { previewWords as words } from '../../core/desk-words-preview.ts'
import { circles } from '../../core/recipient.ts'
import type { Result } from '../../core/result.ts'
import { newSecret } from '../../core/secret.ts'
import { missingWords } from '../../core/words.ts'
import { sendAtOnce } from '../../delivery/notices.ts'
import { noticeState } from '../../store/notices.ts'
import { openProject } from '../../store/project.ts'
import { tellOwner } from '../../store/watch.ts'
import { type Handlers, page, type Reply, redirect } from '../call.ts'
import { digestHandlers, readNext } from '../digests.ts'
import { mailerOf, realTime } from '../env.ts'
import { asMailed, lettersOf } from './mails.ts'
import { errorsOf, type Form, perform, statusOf, typed } from './perform.ts'
import { type DeskCall, showPreview, testLacks } from './preview.ts'

const hour = 3_600_000
/** Whoever asked waits for the mail to be taken; the cron tries again. */
const waitMs = 10_000

export const previewFormHandlers: Handlers<'holdNext' | 'liftNext' | 'mailTest'> = {
  async holdNext(call) {
    const number = numberOf(call.body)
    const done = await perform('holdDigest', digestHandlers, call, { number })
    return done.ok ? redirect('/desk/preview?did=held') : refused(call, number, done)
  },

  /** Sending what was held is asked about first, on a page of its own: lifting alone sends nothing at once. */
  async liftNext(call) {
    const number = numberOf(call.body)
    const done = await perform('liftHold', digestHandlers, call, { number, close: false })
    return done.ok ? redirect('/desk/preview?did=lifted') : refused(call, number, done)
  },

  async mailTest(call) {
    const { db, env, now, url, body, extra } = call
    const { project, documents, circles: inUse, day } = await readNext(call)
    if (project.number !== numberOf(body)) return movedOn(call, numberOf(body), project.number)
    const mailer = mailerOf(env)
    const [lack] = testLacks(project.settings, mailer !== null)
    if (mailer === null || lack !== undefined) return told(call, 422, missingWords[lack ?? 'key'])
    const circle = circles.find((name) => name === typed(body, 'circle'))
    const letter = lettersOf(documents, inUse).find((each) => each.document.circle === circle)
    if (letter === undefined) return told(call, 409, words.nothing)
    const { document, shared } = letter
    const key = /^[\da-f]{32}$/u.test(extra.key ?? '') ? extra.key : newSecret()
    const ref = `${project.number}-${circle}-${key}`
    const first = words.testFirst(project.number, shared, day)
    const { subject, text, html } = asMailed(project, document, url, first)
    const notice = {
      ...{ kind: 'test', ref, subject: words.testSubject(shared, subject), markdown: text, html },
      usefulUntil: now + hour,
    }
    await tellOwner(db, notice).run()
    const id = `test/${ref}/owner`
    await sendAtOnce(db, mailer, project, id, realTime, now + waitMs)
    const came = await noticeState(db, id)
    // What is being tried is in the hands of the same tap, made a moment earlier.
    if (came?.state === 'accepted' || came?.state === 'trying') return redirect('/desk/preview?did=tested')
    const { halt } = await openProject(db, now)
    const reason = came?.state === 'rejected' ? came.reason : halt?.reason
    return reason ? told(call, 409, words.refused(reason)) : redirect('/desk/preview?did=testWaits')
  },
}

export function numberOf(form: Form): number {
  return Number(typed(form, 'number'))
}

/** The page again, with what is wrong; a page of a period that is closed says so in its own words. */
export async function refused(
  call: DeskCall,
  number: number,
  { problem }: Extract<Result<unknown>, { ok: false }>,
): Promise<Result<Reply>> {
  const open = (await openProject(call.db, call.now)).number
  if (Number.isInteger(number) && number !== open) return movedOn(call, number, open)
  return page(statusOf(problem), await showPreview(call, { errors: errorsOf(problem) }))
}

export function movedOn(call: DeskCall, number: number, open: number): Promise<Result<Reply>> {
  return told(call, 409, words.moved(number, open))
}

async function told(call: DeskCall, status: 409 | 422, message: string): Promise<Result<Reply>> {
  return page(status, await showPreview(call, { errors: [{ field: '', message }] }))
}

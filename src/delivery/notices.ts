/** Sending the system's other mail, claimed and settled as letters are. */
import { noticesAtOnce } from '../core/delivery.ts'
import { mailboxAddress } from '../core/mailbox.ts'
import type { Project } from '../core/project.ts'
import {
  claimNotices,
  endUseless,
  markNoticeChanged,
  type Notice,
  type NoticeEnvelope,
  nextTry,
  pendingNotices,
  settleNotices,
} from '../store/notices.ts'
import { upToDate } from './ahead.ts'
import { automatic, senderOf } from './mail.ts'
import type { Mail, Mailer } from './mailer.ts'
import {
  type Line,
  makeReady,
  nothingSent,
  type Outbox,
  openLine,
  type Ready,
  type Sent,
  sendReady,
  type Time,
} from './outbox.ts'

/** Tries a few of the notices that wait, over `line`, and drops those past their use. */
export async function sendNotices(
  db: D1Database,
  mailer: Mailer,
  project: Project,
  time: Time,
  line: Line,
  only: string | null = null,
): Promise<Sent> {
  const pending = await pendingNotices(db, time.clock(), {
    id: only,
    reachesReaders: senderOf(project.settings, 'direct') !== null,
    limit: project.halt === null ? noticesAtOnce : 1,
  })
  if (pending.length === 0) return nothingSent
  await endUseless(db, time.clock())
  const ready: Ready<NoticeEnvelope>[] = []
  for (const waiting of pending) {
    const notice = await upToDate(db, project, waiting, time.clock())
    const envelope = notice && (notice.unsettled ?? envelopeOf(project, notice))
    if (notice === null || envelope === null) continue
    const made = await makeReady(mailer, notice, envelope, mailOf(project, notice, envelope))
    if (made === null) await markNoticeChanged(db, notice)
    else ready.push(made)
  }
  return sendReady(db, mailer, project, noticesOf(db, project), ready, time, line)
}

/** How often a notice for which somebody waits is tried before it is left to the cron: queries are counted. */
const triesAtOnce = 5

/** Tries one notice, by its id, again and again while the provider is only busy; starts no call at or after `stopAt`. */
export async function sendAtOnce(
  db: D1Database,
  mailer: Mailer,
  project: Project,
  id: string,
  time: Time,
  stopAt: number,
): Promise<void> {
  const line = openLine(stopAt)
  for (let tries = 0; tries < triesAtOnce; tries++) {
    const { halted } = await sendNotices(db, mailer, project, time, line, id)
    const again = halted === null ? await nextTry(db, id) : null
    if (again === null || again >= stopAt) return
    await time.wait(Math.max(again - time.clock(), 0))
  }
}

function noticesOf(db: D1Database, project: Project): Outbox<NoticeEnvelope> {
  return {
    isOfLetters: false,
    keyOf: (id, n) => `wn/${project.id}/${id}/${n}`,
    claim: (lease, claims, now) => claimNotices(db, lease, claims, now),
    settle: (lease, settlements) => settleNotices(db, lease, settlements),
  }
}

/** null while a setting for it is missing; only the owner is reached without a mail domain. */
function envelopeOf({ settings }: Project, { id, email, mailbox }: Notice): NoticeEnvelope | null {
  const isOwners = id.endsWith('/owner')
  const sender = senderOf(settings, isOwners ? 'byHand' : 'direct')
  const to = isOwners ? settings.ownerEmail : email
  if (sender === null || to === null) return null
  const answers =
    mailbox !== null && settings.mailbox !== null ? mailboxAddress(settings.mailbox, mailbox) : null
  return { from: sender.from, replyTo: answers ?? sender.replyTo, to }
}

function mailOf(project: Project, notice: Notice, { from, replyTo, to }: NoticeEnvelope): Mail {
  return {
    from,
    to: [to],
    replyTo: [replyTo],
    subject: notice.subject,
    text: notice.markdown,
    html: notice.html,
    headers: { ...automatic, 'X-Entity-Ref-ID': `${project.id}/${notice.id}` },
    tags: [
      { name: 'project', value: project.id },
      { name: 'notice', value: notice.kind },
      { name: 'ref', value: notice.ref },
      { name: 'recipient', value: notice.recipient },
    ],
  }
}

/** The other mails of the system (PURE): one function a mail. */

import { alertWords as alert } from '../core/alert-words.ts'
import { dayInWords } from '../core/period.ts'
import { noticeWords as words } from '../core/words.ts'
import { plainForms } from './escape.ts'
import type { Letter } from './letter.tsx'
import { link, MailFrame, mailHtml, soft } from './mail-frame.tsx'

/** A way into the archive, for whoever asked for one. */
export function wayIn(project: { readonly title: string; readonly locale: string }, href: string): Letter {
  const subject = words.wayIn(project.title)
  const html = (
    <MailFrame locale={project.locale} title={subject} preheader={words.wayInFor}>
      <p>
        <a style={link} href={href}>
          {words.wayInLink(project.title)}
        </a>
      </p>
      <p class="soft" style={soft}>
        {words.wayInFor} {words.notYou}
      </p>
    </MailFrame>
  )
  const text = `${plainForms(words.wayInLink(project.title)).markdown}: ${href}\n\n${words.wayInFor} ${words.notYou}\n`
  return { subject, html: mailHtml(html), text }
}

type Named = { readonly title: string; readonly locale: string }

/** A recipient was paused because mail came back. */
export function bounceNotice(
  project: Named,
  href: string,
  { email, reason }: { readonly email: string; readonly reason: string },
): Letter {
  return ownersNotice(project, alert.bounce(email), alert.bounceWhy(email, reason), alert.recipients, href)
}

/** A sentence or two, and where to go. */
export function ownersNotice(project: Named, what: string, why: string, where: string, href: string): Letter {
  const subject = `${what} (${project.title})`
  const html = (
    <MailFrame locale={project.locale} title={subject} preheader={why}>
      <p>{why}</p>
      <p>
        <a style={link} href={href}>
          {where}
        </a>
      </p>
    </MailFrame>
  )
  return { subject, html: mailHtml(html), text: `${plainForms(why).markdown}\n\n${where}: ${href}\n` }
}

/** A letter to somebody who stays a recipient did not arrive. */
export function lostNotice(project: Named, href: string, email: string, why: string): Letter {
  return ownersNotice(project, alert.lost(email), alert.lostWhy(email, why), alert.recipients, href)
}

type Missing = Readonly<Record<'number' | 'letters' | 'waiting' | 'rejected' | 'uncertain', number>>

/** A digest has not gone out in full; `reason` if the provider refuses all mail. */
export function alarmNotice(project: Named, href: string, missing: Missing, reason: string | null): Letter {
  const { number, letters } = missing
  const why = alert.alarmWhy(letters, missing) + (reason === null ? '' : alert.refused(reason))
  return ownersNotice(project, alert.alarm(number), why, alert.digest, href)
}

/** A period whose closing fails in every run. */
export function brokenNotice(project: Named, href: string, number: number): Letter {
  return ownersNotice(project, alert.broken(number), alert.brokenWhy, alert.desk, href)
}

/** The period is held, lest it be forgotten. */
export function holdNotice(
  project: Named & { readonly schedule: { readonly zone: string } },
  href: string,
  number: number,
  heldAt: number,
): Letter {
  const since = dayInWords(project.schedule.zone, project.locale, heldAt)
  return ownersNotice(project, alert.hold(number), alert.holdWhy(number, since), alert.desk, href)
}

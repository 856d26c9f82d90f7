/** The other mails of the system (PURE): one function a mail. */
import { alertWords as alert, noticeWords as words } from '../core/words.ts'
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
function ownersNotice(project: Named, what: string, why: string, where: string, href: string): Letter {
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

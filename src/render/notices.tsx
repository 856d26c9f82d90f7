/** The other mails of the system (PURE): one function a mail. */
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

/** The letters that the system sends (PURE): one function a letter. */
import { raw } from 'hono/html'
import type { Envelope } from '../core/delivery.ts'
import type { Document } from '../core/digest.ts'
import { letterWords } from '../core/letter-words.ts'
import { pagePlaceholder } from './document.ts'
import { escapeMarkdown, plainForms } from './escape.ts'
import { link, MailFrame, mailHtml, rule, soft } from './mail-frame.tsx'

export type Letter = { readonly subject: string; readonly html: string; readonly text: string }

/** Settings that a letter shows, as they were when its period closed. */
export type Frame = {
  readonly title: string
  readonly about: string
  readonly ownerName: string
  readonly locale: string
}

/** The addresses that belong to one recipient; `stop` is null in a letter made to be forwarded. */
export type Links = { readonly page: string; readonly stop: string | null }

/** A digest's document as mailed to one recipient. */
export function weeklyLetter(document: Document, frame: Frame, envelope: Envelope, links: Links): Letter {
  const about = envelope.isNewcomer && frame.about !== '' ? frame.about : null
  const why = envelope.byHand ? letterWords.forward : letterWords.whyYou(frame.ownerName, frame.title)
  const body = document.html.replaceAll(pagePlaceholder, links.page)
  const html = (
    <MailFrame locale={frame.locale} title={document.subject} preheader={document.preheader}>
      {about !== null && (
        <p class="soft" style={soft}>
          {about}
        </p>
      )}
      {raw(body)}
      <hr style={rule} />
      <p class="soft" style={soft}>
        {why}
        <br />
        <a style={link} href={links.page}>
          {letterWords.page}
        </a>
        {links.stop !== null && (
          <>
            {' · '}
            <a style={link} href={links.stop}>
              {letterWords.stop}
            </a>
          </>
        )}
      </p>
    </MailFrame>
  )
  return {
    subject: document.subject,
    html: mailHtml(html),
    text: textOf(document, about, why, links),
  }
}

function textOf(document: Document, about: string | null, why: string, { page, stop }: Links): string {
  const before = about === null ? '' : `${plainForms(about).markdown}\n\n`
  const footer = [
    escapeMarkdown(why),
    `${letterWords.page}: ${page}`,
    ...(stop === null ? [] : [`${letterWords.stop}: ${stop}`]),
  ]
  return `${before}${document.markdown.replaceAll(pagePlaceholder, page)}\n---\n\n${footer.join('\n\n')}\n`
}

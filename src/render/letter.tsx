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
export function weeklyLetter(document: Document, frame: Frame, envelope: Reader, links: Links): Letter {
  const why = envelope.byHand ? letterWords.forward : letterWords.whyYou(frame.ownerName, frame.title)
  return framed(document, frame, envelope.isNewcomer, why, links)
}

type Reader = Pick<Envelope, 'isNewcomer' | 'byHand'>

/** As `weeklyLetter` before it is one: what belongs to its recipient leads to the desk at `url`. */
export function draftLetter(document: Document, frame: Frame, reader: Reader, url: string): Letter {
  const desk = `${url}/desk/preview`
  return weeklyLetter(document, frame, reader, { page: desk, stop: reader.byHand ? null : desk })
}

/** To be pasted into a mail of one's own: it says nothing of why it came. */
export function pastedLetter(document: Document, frame: Frame, isNewcomer: boolean, page: string): Letter {
  return framed(document, frame, isNewcomer, null, { page, stop: null })
}

function framed(
  document: Document,
  frame: Frame,
  isNewcomer: boolean,
  why: string | null,
  links: Links,
): Letter {
  const about = isNewcomer && frame.about !== '' ? frame.about : null
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
        {why !== null && <br />}
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

function textOf(document: Document, about: string | null, why: string | null, { page, stop }: Links): string {
  const before = about === null ? '' : `${plainForms(about).markdown}\n\n`
  const footer = [
    ...(why === null ? [] : [escapeMarkdown(why)]),
    `${letterWords.page}: ${page}`,
    ...(stop === null ? [] : [`${letterWords.stop}: ${stop}`]),
  ]
  return `${before}${document.markdown.replaceAll(pagePlaceholder, page)}\n---\n\n${footer.join('\n\n')}\n`
}

/** The letters that the system sends (PURE): one function a letter. */
import { raw } from 'hono/html'
import type { Envelope } from '../core/delivery.ts'
import type { Document } from '../core/digest.ts'
import { letterWords } from '../core/letter-words.ts'
import { appended, pagePlaceholder } from './document.ts'
import { escapeMarkdown, plainForms } from './escape.ts'
import { link, MailFrame, mailHtml, rule, soft } from './mail-frame.tsx'
import { filesPath, withFiles } from './photos.ts'

export type Letter = { readonly subject: string; readonly html: string; readonly text: string }

/** Settings that a letter shows, as they were when its period closed. */
export type Frame = {
  readonly title: string
  readonly about: string
  readonly ownerName: string
  readonly locale: string
}

/**
 * The addresses that belong to one recipient: the letter's page, what the names of its photos stand behind, and where it
 * is stopped; that is null in a letter made to be forwarded.
 */
export type Links = { readonly page: string; readonly files: string; readonly stop: string | null }

/** A digest's document as mailed to one recipient. */
export function weeklyLetter(document: Document, frame: Frame, envelope: Reader, links: Links): Letter {
  return framed(document, frame, envelope.isNewcomer, whyOf(frame, envelope), links)
}

function whyOf({ ownerName, title }: Frame, { byHand }: Reader): string {
  return byHand ? letterWords.forward : letterWords.whyYou(ownerName, title)
}

type Reader = Pick<Envelope, 'isNewcomer' | 'byHand'>

/**
 * As `weeklyLetter` before it is one: what belongs to its recipient leads to the desk at `url`. `first` is a line of
 * ours above it, if there is one.
 */
export function draftLetter(
  document: Document,
  frame: Frame,
  reader: Reader,
  url: string,
  first: string | null,
): Letter {
  const desk = `${url}/desk/preview`
  const files = url + filesPath
  const links = { page: desk, files, stop: reader.byHand ? null : desk }
  return framed(document, frame, reader.isNewcomer, whyOf(frame, reader), links, first)
}

/** To be pasted into a mail of one's own: it says nothing of why it came, and what was corrected since stands below. */
export function pastedLetter(
  document: Document,
  frame: Frame,
  isNewcomer: boolean,
  links: Omit<Links, 'stop'>,
  corrections: readonly string[],
): Letter {
  const { markdown, html } = appended(letterWords.correctedSince, corrections)
  const whole = { ...document, markdown: document.markdown + markdown, html: document.html + html }
  return framed(whole, frame, isNewcomer, null, { ...links, stop: null })
}

function framed(
  document: Document,
  frame: Frame,
  isNewcomer: boolean,
  why: string | null,
  links: Links,
  first: string | null = null,
): Letter {
  const about = isNewcomer && frame.about !== '' ? frame.about : null
  const lead = [first, about].filter((line) => line !== null)
  const body = linked(document.html, links)
  const html = (
    <MailFrame locale={frame.locale} title={document.subject} preheader={document.preheader}>
      {lead.map((line) => (
        <p class="soft" style={soft}>
          {line}
        </p>
      ))}
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
    text: textOf(document, lead, why, links),
  }
}

function textOf(document: Document, lead: readonly string[], why: string | null, links: Links): string {
  const { page, stop } = links
  const before = lead.map((line) => `${plainForms(line).markdown}\n\n`).join('')
  const footer = [
    ...(why === null ? [] : [escapeMarkdown(why)]),
    `${letterWords.page}: ${page}`,
    ...(stop === null ? [] : [`${letterWords.stop}: ${stop}`]),
  ]
  return `${before}${linked(document.markdown, links)}\n---\n\n${footer.join('\n\n')}\n`
}

function linked(form: string, { page, files }: Links): string {
  return withFiles(form.replaceAll(pagePlaceholder, page), files)
}

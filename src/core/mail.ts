/** What somebody said in a mail (PURE): without what it answers, what it passes on, and its signature. */

import { readMarker } from './grammar/marker.ts'
import { isInside, isPrivate } from './grammar/privacy.ts'
import { lineEnds } from './grammar/text.ts'

/** A mail's own words; or those that it only passes on. `isAbove`: its own stand above another that it passes on. */
export type MailText = { readonly text: string; readonly isPassedOn: boolean; readonly isAbove: boolean }

/**
 * The post in a mail. The subject belongs to it if it says what the post is (a marker, `#private`, `#inside`), or if
 * there is nothing else. Somebody else's words that are passed on without one of one's own are kept, and told apart:
 * they may be for no other eyes.
 */
export function readMail(subject: string, body: string): MailText {
  const isAnswer = answerMark.test(subject)
  const title = subject.replace(anyMark, '').trim()
  const isFresh = title === subject.trim()
  const { own, rest } = ownWords(body, isFresh)
  const passedOn = isAnswer ? '' : rest
  const says =
    isPrivate(title) || isInside(title) || (isFresh && (own + passedOn === '' || readMarker(title) !== null))
  const text = [says ? title : '', own].filter(Boolean).join('\n\n')
  const isPassedOn = own === '' && passedOn !== ''
  return isPassedOn
    ? { text: [text, passedOn].filter(Boolean).join('\n\n'), isPassedOn, isAbove: false }
    : { text, isPassedOn, isAbove: passedOn !== '' }
}

/** "Re:", "AW:", "RE[2]:" and their like. */
const answerMark = /^\s*(?:re|aw|sv|vs|antw|res)(?:\[\d+\])?\s*:/iu
/** These, and "Fwd:" and its like, one or many. */
const anyMark = /^(?:\s*(?:re|aw|sv|vs|antw|res|fwd?|wg|tr|rv|enc|doorst|vb)(?:\[\d+\])?\s*:)+/iu

/** A mail's text without what it quotes; what it passes on, or answers whole, is the rest. */
function ownWords(body: string, isFresh: boolean): { readonly own: string; readonly rest: string } {
  const lines = body.replace(lineEnds, '\n').split('\n')
  const end = lines.findIndex((line, i) => original.test(line) || isHead(lines, i))
  const mine = withoutQuotes(end === -1 ? lines : lines.slice(0, end), isFresh)
  const signature = mine.findIndex((line) => /^--\s?$/u.test(line))
  const said = (signature === -1 ? mine : mine.slice(0, signature)).join('\n').trim()
  return { own: said.replace(ownAd, '').trim(), rest: end === -1 ? '' : lines.slice(end).join('\n').trim() }
}

/** Above a mail that is passed on or answered whole, as common programs put it. */
const original =
  /^\s*(?:-{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|message d['’]origine|message transféré|mensaje original|messaggio originale|oorspronkelijk bericht|original meddelelse|ursprungligt meddelande)\s*-*|begin forwarded message:|_{30,})\s*$/iu

/** Whether a mail's head is set down there as text: "From: …", "Sent: …" and so on, as common programs put it. */
function isHead(lines: readonly string[], start: number): boolean {
  const [first = '', ...next] = lines.slice(start, start + 3).map((line) => line.replace(/[*_]/gu, '').trim())
  return sender.test(first) && next.length === 2 && next.every((line) => headLine.test(line))
}

const sender = /^(?:from|von|de|da|van|från|fra|od|от|发件人|差出人)\s*[:：]/iu
const headLine = /^\p{L}[\p{L} -]{0,19}\s*[:：]/u

/**
 * Quoted lines go, and the line or two above them that say whose they are; what is said between them stays. A mail that
 * answers nothing may quote something as its own words: there they go from where somebody is named above them.
 */
function withoutQuotes(lines: readonly string[], isFresh: boolean): readonly string[] {
  const kept: string[] = []
  let answers = !isFresh
  let wasQuote = false
  for (const line of lines) {
    const isQuote = line.startsWith('>')
    if (isQuote && !wasQuote) {
      const end = endOfOwn(kept)
      answers ||= end < kept.length
      if (answers) kept.length = end
    }
    if (!isQuote || !answers) kept.push(line)
    wasQuote = isQuote
  }
  return kept
}

/** How many of the lines above a quote are one's own: not those that say "On Fri, 20 Nov 2026 … wrote:". */
function endOfOwn(lines: readonly string[]): number {
  const end = lines.findLastIndex((line) => line.trim() !== '') + 1
  const from = [1, 2, 3].map((count) => end - count).filter((start) => start >= 0)
  const reads = from.filter((start) => attribution.test(lines.slice(start, end).join(' ')))
  return reads.find((start) => opening.test(lines[start] ?? '')) ?? reads[0] ?? lines.length
}

/** A time, a year or an address, and a colon at the end: what is the same in all languages. */
const attribution = /^(?=.*(?:\d{1,2}[:.]\d{2}|\d{4}|@)).{10,300}[:：]\s*$/u
const opening = /^\s*(?:\d|(?:on|am|le|el|il|em|op|den|på|w dniu|dnia|\p{L}{2,4}[.,])\s)/iu

/** What a phone or a program puts below a mail by itself; "sent with three plots" may be one's own words. */
const sent =
  'sent (?:from|with|via)|gesendet (?:von|mit)|envoyé (?:de|depuis)|enviado (?:desde|do)|inviato dal?|verzonden (?:vanaf|met)|verstuurd vanaf|skickat från|sendt fra'
const mine = '(?:my|meine[mr]|mon|ma|mi|mio|mijn|min|meu)(?: [\\p{L}\\d-]+){1,3}'
const program =
  '(?:(?:the|der|dem) )?(?:iphone|ipad|android|samsung|galaxy|blackberry|mail|outlook|gmail|yahoo|proton ?mail|thunderbird|gmx|web\\.de|t-online|k-9|fairemail|superhuman|spark)'
const beside = '(?: (?:mail|app|mobile|smartphone|galaxy|secure email|\\p{L}?\\d+\\p{L}*|for \\p{L}+))*'
const ownAd = new RegExp(
  `(?:^|\\n)(?:get outlook for [^\\n]{0,80}|von meinem [^\\n]{0,40} gesendet|(?:${sent}) (?:${mine}|${program}${beside}(?:, an? [^\\n,;:!?]{0,40})?)\\.?)$`,
  'iu',
)

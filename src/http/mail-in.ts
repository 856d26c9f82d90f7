/**
 * Posting by mail: Email Routing hands each mail to the Worker, which takes it, drops it without a word, or refuses it
 * with a reason that the sender's own server tells them (https://developers.cloudflare.com/email-routing/email-workers/).
 */
import PostalMime, { type Email } from 'postal-mime'
import { mailWords as words } from '../core/alert-words.ts'
import { readMail } from '../core/mail.ts'
import { domainOf, secretOf } from '../core/mailbox.ts'
import { fail, type Problem, type Result } from '../core/result.ts'
import { newSecret, sha256 } from '../core/secret.ts'
import { photoWords, problemWords } from '../core/words.ts'
import type { Author } from '../store/authors.ts'
import { findMailbox, type Mailbox, noteMail } from '../store/mailboxes.ts'
import { tooLong } from './body.ts'
import type { Reply } from './call.ts'
import type { Env } from './env.ts'
import { photosIn } from './mail-photos.ts'
import { dayMs, postUpdate } from './posting.ts'
import { routes } from './routes.ts'
import { validate } from './validate.ts'

const maxMailBytes = 12 * 1024 * 1024

/** Takes a mail as a post of whose mailbox it came to; D1 in trouble throws, and the sender's server tries again. */
export async function receiveMail(message: ForwardableEmailMessage, env: Env, now: number): Promise<void> {
  const refused = await takeMail(message, env, now)
  if (refused !== null) message.setReject(refused)
}

/** null: taken, or dropped; else why it is refused. */
async function takeMail(message: ForwardableEmailMessage, env: Env, now: number): Promise<string | null> {
  if (isAutomatic(message)) return null
  const secret = secretOf(message.to)
  const mailbox = secret === null ? null : await findMailbox(env.DB, secret)
  if (mailbox === null) return words.nobody
  if (!mailbox.senders.some((sender) => domainOf(sender) === domainOf(message.from)))
    return words.stranger(message.from)
  if (message.rawSize > maxMailBytes) return words.tooLarge
  const email = await parse(message.raw)
  if (email === null) return words.unreadable
  const from = email.from?.address?.toLowerCase() ?? ''
  if (!mailbox.senders.includes(from)) return words.stranger(from)
  const posted = await postMail(email, mailbox, env, now)
  if (!posted.ok) return reasonOf(posted.problem)
  await noteMail(env.DB, mailbox, new Date(now).toISOString().slice(0, 10))
  return null
}

/** Out-of-office notes, bounces and lists (RFC 3834): an answer would only make more of them. */
function isAutomatic({ from, headers }: ForwardableEmailMessage): boolean {
  const submitted = headers.get('Auto-Submitted') ?? 'no'
  const precedence = headers.get('Precedence') ?? ''
  const isSaid = ['X-Autoreply', 'X-Autorespond', 'List-Id', 'X-Failed-Recipients'].some((name) =>
    headers.has(name),
  )
  const isBounce = from === '' || from === '<>' || /^(?:mailer-daemon|postmaster)@/iu.test(from)
  return isSaid || isBounce || !/^\s*no\b/iu.test(submitted) || /bulk|junk|list|auto/iu.test(precedence)
}

/** Mails attached to it are not read: their words are somebody else's. null if it is nested or headed beyond all measure. */
async function parse(raw: ReadableStream<Uint8Array>): Promise<Email | null> {
  return PostalMime.parse(raw, { maxNestingDepth: 20, forceRfc822Attachments: true }).catch(() => null)
}

async function postMail(
  email: Email,
  { author }: Mailbox & { readonly author: Author },
  env: Env,
  now: number,
): Promise<Result<Reply>> {
  const { text, isPassedOn, isAbove } = readMail(email.subject ?? '', await textOf(email))
  const photos = isAbove ? [] : await photosIn(email)
  const isUntitled = photos.length > 0 && text === ''
  const sent = Date.parse(email.date ?? '')
  const at = sent <= now && sent > now - 7 * dayMs ? new Date(sent).toISOString() : undefined
  const problem = tooLong(text)
  if (problem !== null) return fail(problem)
  const body = validate(routes.postUpdate.body, {
    text: isUntitled ? photoWords.untitled : text,
    ...(at === undefined ? {} : { at }),
    ...(isPassedOn ? { kind: 'private' } : {}),
  })
  if (!body.ok) return body
  const id = email.messageId?.trim() ?? ''
  const key = id === '' ? null : id.length <= 255 ? id : await sha256(id)
  return postUpdate({
    ...{
      env,
      db: env.DB,
      now,
      body: body.value,
      caller: { author, scope: author.isOwner ? 'owner' : 'post' },
    },
    ...{ url: new URL('https://mail.invalid/api/updates'), params: {}, query: undefined },
    ...{ headers: new Headers(), extra: { key, photos, isUntitled, isJson: false }, later: () => {} },
  })
}

/** The plain text; of a mail whose words are only in its HTML the text of that, without what it quotes and is signed with. */
async function textOf({ html = '', text }: Email): Promise<string> {
  if (text !== undefined && (text.trim() !== '' || html === '')) return text
  const own = new HTMLRewriter()
    .on(quotesAndSignatures, { element: (element) => void element.remove() })
    .on('li', { element: (element) => void element.before('\n') })
    .on('a[href]', shownLinks())
    .transform(new Response(html))
  return asText(await own.text())
}

/** As Gmail, Outlook, Apple Mail and Thunderbird mark them. */
const quotesAndSignatures =
  'blockquote, .gmail_quote, .gmail_signature, .gmail_attr, #Signature, #ms-outlook-mobile-signature, .moz-cite-prefix, .moz-signature, title, style, hr'

/** The parser makes text of HTML where a mail has parts of both kinds. */
async function asText(html: string): Promise<string> {
  const boundary = newSecret()
  const part = (type: string, content: string) =>
    `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${content}\r\n`
  const { text = '' } = await PostalMime.parse(
    `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n${part('text/plain', '')}${part('text/html', html)}--${boundary}--`,
  )
  return text.replace(/[ \t]+$/gmu, '')
}

/** A link whose text is not its address gets that behind it, as plain text has it. */
function shownLinks(): HTMLRewriterElementContentHandlers {
  let said = ''
  return {
    element(element) {
      const href = element.getAttribute('href') ?? ''
      said = ''
      element.onEndTag((end) => {
        if (/^https?:/iu.test(href) && !/^\s*(?:https?:|www\.)/iu.test(said)) end.after(` (${href})`)
      })
      element.removeAndKeepContent()
    },
    text({ text }) {
      said += text
    },
  }
}

function reasonOf(problem: Problem): string {
  const errors = problem.reason === 'invalid' ? problem.errors : []
  const whys = errors.map(({ field, message }) => `${field} ${message}`)
  const why = 'detail' in problem ? problem.detail : problemWords[problem.reason]
  return words.wrong(whys.join('; ') || why)
}

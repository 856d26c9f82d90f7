// The pages that show a person the mail the stand-in took. Pure; all that a mail says is escaped or sandboxed.
import { html, raw } from 'hono/html'
import type { Message } from './message.ts'

type Html = ReturnType<typeof html>

export const inboxPage = (sent: readonly Message[]): Html =>
  page(
    'Inbox',
    html`<h1>Inbox</h1>
      <p class="quiet">${sent.length === 0 ? 'No mail yet.' : `Mails: ${sent.length}, newest first.`}</p>
      <ul>
        ${sent.toReversed().map(
          (message) => html`<li>
            <a href="/mail/${message.id}">${message.subject}</a>
            <p class="quiet">${message.to.join(', ')} · ${time(message)}</p>
            ${tags(message)}
          </li>`,
        )}
      </ul>`,
  )

export const mailPage = (message: Message): Html =>
  page(
    message.subject,
    html`<p><a href="/">Inbox</a></p>
      <h1>${message.subject}</h1>
      <dl>
        ${Object.entries(headersOf(message)).map(
          ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
        )}
        <div><dt>Received</dt><dd>${time(message)}</dd></div>
      </dl>
      ${tags(message)}
      <h2>HTML <a href="/mail/${message.id}/html">alone</a></h2>
      <iframe title="The mail as HTML" src="/mail/${message.id}/html" sandbox="${SANDBOX}"></iframe>
      <h2>Text <a href="/mail/${message.id}/text">alone</a></h2>
      <pre>${message.text}</pre>`,
  )

/** The mail's own HTML. Its links open in a new tab: the base is last, as a document may start with anything. */
export const mailFrame = (message: Message): string => `${message.html}<base target="_blank">`

const SANDBOX = 'allow-popups allow-popups-to-escape-sandbox'

/** The sandbox holds where the mail is opened without its frame, too. */
export const frameHeaders = { 'content-security-policy': `sandbox ${SANDBOX}` }

const headersOf = (message: Message): Record<string, string> => ({
  From: message.from,
  To: message.to.join(', '),
  ...(message.replyTo.length > 0 && { 'Reply-To': message.replyTo.join(', ') }),
  Subject: message.subject,
  ...message.headers,
  ...(message.key !== null && { 'Idempotency-Key': message.key }),
})

const time = (message: Message): Html => {
  const iso = new Date(message.at).toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`
}

const tags = (message: Message): Html =>
  html`<p class="tags">${Object.entries(message.tags).map(([name, value]) => html`<span>${name}: ${value}</span> `)}</p>`

const page = (title: string, body: Html): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html>`

const style = `
:root { color-scheme: light dark; --quiet: light-dark(#595959, #a8a8a8); --line: light-dark(#ddd, #444) }
body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.25 }
h2 { margin-top: 2rem; font-size: 1rem }
h2 a { font-weight: normal }
ul { padding: 0; list-style: none }
li { padding: .75rem 0; border-top: 1px solid var(--line) }
li p, dl, dd { margin: 0 }
dl div { display: grid; grid-template-columns: minmax(6rem, 1fr) 3fr; gap: 1rem }
dt, .quiet { color: var(--quiet) }
.tags { margin: .25rem 0 0; font-size: .875rem }
.tags span { display: inline-block; margin: .125rem 0; padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem }
iframe { box-sizing: border-box; width: 100%; height: 80vh; border: 1px solid var(--line); background: #fff; resize: vertical }
pre { padding: 1rem; border: 1px solid var(--line); white-space: pre-wrap }
`

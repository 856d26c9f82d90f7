/** The letters that the system sends (PURE): one function a letter. */
import { raw } from 'hono/html'
import type { Envelope } from '../core/delivery.ts'
import type { Document } from '../core/digest.ts'
import { letterWords } from '../core/words.ts'
import { pagePlaceholder } from './document.ts'
import { plainForms } from './escape.ts'

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
  const why = envelope.byHand ? letterWords.forward : letterWords.why(frame.ownerName, frame.title)
  const body = document.html.replaceAll(pagePlaceholder, links.page)
  const html = (
    <html lang={frame.locale} dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{document.subject}</title>
        <style>{raw(darkStyle)}</style>
      </head>
      <body style="margin:0;padding:0;background:#fcfbf8">
        <div lang={frame.locale} dir="ltr" style={hidden}>
          {document.preheader}
        </div>
        <table
          role="presentation"
          class="paper"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          border={0}
          style={paper}
        >
          <tr>
            <td align="center" style="padding:24px 16px">
              {raw('<!--[if mso]><table role="presentation" width="640"><tr><td><![endif]-->')}
              <table
                role="presentation"
                width="100%"
                cellpadding="0"
                cellspacing="0"
                border={0}
                style={column}
              >
                <tr>
                  <td class="ink" lang={frame.locale} dir="ltr" style={ink}>
                    {about !== null && <p style={soft}>{about}</p>}
                    {raw(body)}
                    <hr style="margin:32px 0 12px;border:0;border-top:1px solid #e4dfd5" />
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
                  </td>
                </tr>
              </table>
              {raw('<!--[if mso]></td></tr></table><![endif]-->')}
            </td>
          </tr>
        </table>
      </body>
    </html>
  )
  return {
    subject: document.subject,
    html: `<!doctype html>${html}`,
    text: textOf(document, about, why, links),
  }
}

function textOf(document: Document, about: string | null, why: string, { page, stop }: Links): string {
  const before = about === null ? '' : `${plainForms(about).markdown}\n\n`
  const footer = [
    why,
    `${letterWords.page}: ${page}`,
    ...(stop === null ? [] : [`${letterWords.stop}: ${stop}`]),
  ]
  return `${before}${document.markdown.replaceAll(pagePlaceholder, page)}\n---\n\n${footer.join('\n\n')}\n`
}

const serif = "font-family:Charter,'Iowan Old Style',Georgia,'Times New Roman',serif"
const sans = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

const hidden = 'display:none;max-height:0;overflow:hidden;mso-hide:all'
const paper = 'background:#fcfbf8;color:#1f1d1a'
const column = 'max-width:640px'
const ink = `text-align:left;color:#1f1d1a;font-size:17px;line-height:1.55;${serif}`
const soft = `margin:0 0 16px;font-size:14px;line-height:1.5;color:#625d55;${sans}`
const link = 'color:#0f5f7a'

/** An enhancement where a client has it; the letter is as good without. */
const darkStyle = `@media (prefers-color-scheme: dark) {
  body, .paper { background: #17181a !important; color: #e9e6df !important }
  .ink, .ink h1, .ink h2, .ink h3, .ink li { color: #e9e6df !important }
  .ink p { color: inherit !important }
  .ink div, .ink pre, .ink code { background: #1e262a !important; color: #e9e6df !important }
  .ink hr { border-color: #33343a !important }
  .ink a { color: #84c7dc !important }
  .soft { color: #a8a297 !important }
}`

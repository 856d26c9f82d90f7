/** The frame of every mail (PURE): one column that stands in old and dark clients too. */
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'

type Frame = {
  readonly locale: string
  readonly title: string
  /** What a list of mails shows behind the subject. */
  readonly preheader: string
  readonly children: Child
}

export function MailFrame({ locale, title, preheader, children }: Frame) {
  return (
    <html lang={locale} dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
        <style>{raw(darkStyle)}</style>
      </head>
      <body style="margin:0;padding:0;background:#fcfbf8">
        <div lang={locale} dir="ltr" style={hidden}>
          {preheader}
        </div>
        <table {...bare} class="paper" style={paper}>
          <tr>
            <td align="center" style="padding:24px 16px">
              {raw('<!--[if mso]><table role="presentation" width="640"><tr><td><![endif]-->')}
              <table {...bare} style={column}>
                <tr>
                  <td class="ink" lang={locale} dir="ltr" style={ink}>
                    {children}
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
}

/** A whole mail as text. */
export function mailHtml(mail: { toString(): string | Promise<string> }): string {
  return `<!doctype html>${String(mail)}`
}

const bare = { role: 'presentation', width: '100%', cellpadding: '0', cellspacing: '0', border: 0 } as const

const serif = "font-family:Charter,'Iowan Old Style',Georgia,'Times New Roman',serif"
const sans = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

const hidden = 'display:none;max-height:0;overflow:hidden;mso-hide:all'
const paper = 'background:#fcfbf8;color:#1f1d1a'
const column = 'max-width:640px'
const ink = `text-align:left;overflow-wrap:anywhere;word-break:break-word;color:#1f1d1a;font-size:17px;line-height:1.55;${serif}`
export const soft = `margin:0 0 16px;font-size:14px;line-height:1.5;color:#625d55;${sans}`
export const link = 'color:#0f5f7a'

export const rule = 'margin:32px 0 12px;border:0;border-top:1px solid #e4dfd5'

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

/** Markdown's tokens as HTML (PURE), for mail and pages alike. */
import type { RendererObject, Tokens } from 'marked'
import { escapeHtml, liveLink } from './escape.ts'
import { imagesAsText, readCode } from './markdown-tokens.ts'

/** A renderer whose tags carry what `attributes` gives for them: inline styles in mail, nothing on pages. */
export function htmlRenderer(attributes: (tag: string) => string): RendererObject {
  const element = (tag: string, content: string) => `<${tag}${attributes(tag)}>${content}</${tag}>`
  return {
    heading({ tokens }) {
      return `${element('h3', this.parser.parseInline(tokens))}\n`
    },
    paragraph({ tokens }) {
      return `${element('p', this.parser.parseInline(tokens))}\n`
    },
    blockquote({ tokens }) {
      return `${element('blockquote', this.parser.parse(tokens))}\n`
    },
    code(token) {
      return `${element('pre', escapeHtml(readCode(token).text))}\n`
    },
    codespan({ text }) {
      return element('code', escapeHtml(text))
    },
    list({ ordered, start, items }) {
      const tag = ordered ? 'ol' : 'ul'
      const from = ordered && start !== 1 && start !== '' ? ` start="${start}"` : ''
      const content = items.map((item) => this.listitem(item)).join('')
      return `<${tag}${from}${attributes(tag)}>${content}</${tag}>\n`
    },
    listitem({ tokens }) {
      return element('li', this.parser.parse(tokens).trim())
    },
    checkbox({ checked }) {
      return checked ? '☑ ' : '☐ '
    },
    hr() {
      return `<hr${attributes('hr')}>\n`
    },
    table({ header, rows }) {
      const row = (cells: readonly Tokens.TableCell[], tag: 'th' | 'td') =>
        `<tr>${cells.map((cell) => tableCell(cell, tag, this.parser.parseInline(cell.tokens))).join('')}</tr>`
      const body = rows.map((cells) => row(cells, 'td')).join('')
      return `${element('table', `<thead>${row(header, 'th')}</thead><tbody>${body}</tbody>`)}\n`
    },
    link({ href, title, tokens }) {
      return link(href, this.parser.parseInline(imagesAsText(tokens))) + titleInWords(title)
    },
    image({ href, title, text }) {
      return link(href, escapeHtml(text || href)) + titleInWords(title)
    },
    def({ raw }) {
      return `${element('p', escapeHtml(raw.trim()))}\n`
    },
    text(token) {
      if ('tokens' in token && token.tokens !== undefined) return this.parser.parseInline(token.tokens)
      return escapeText(token.text)
    },
  }

  /** A dead link shows its address, so that nothing that was typed is lost. */
  function link(href: string, content: string): string {
    const live = liveLink(href)
    if (live === null) return `${content} (${escapeHtml(href)})`
    return `<a href="${escapeHtml(live)}" rel="noreferrer"${attributes('a')}>${content}</a>`
  }

  function titleInWords(title: string | null | undefined): string {
    return title ? ` (${escapeHtml(title)})` : ''
  }

  function tableCell({ align, header }: Tokens.TableCell, tag: string, content: string): string {
    const scope = header ? ' scope="col"' : ''
    const side = align === null ? '' : ` align="${align}"`
    return `<${tag}${scope}${side}${attributes(tag)}>${content}</${tag}>`
  }
}

/** Escapes text but for the character references that Markdown knows. */
function escapeText(text: string): string {
  return text.replace(/&(?!#\d{1,7};|#x[\da-f]{1,6};|\w+;)|[<>"']/giu, escapeHtml)
}

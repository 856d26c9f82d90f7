/** Markdown's tokens as Markdown (PURE): closed in itself, and safe beside other updates. */
import type { RendererObject, Tokens } from 'marked'
import { escapeMarkdown, liveLink } from './escape.ts'
import { imagesAsText, readCode } from './markdown-tokens.ts'

/** Headings stand below a section's, links carry their address, fences are closed, raw HTML is escaped. */
export const markdownRenderer: RendererObject = {
  space() {
    return ''
  },
  heading({ tokens }) {
    return `#### ${this.parser.parseInline(tokens).replace(/\n/gu, ' ')}\n\n`
  },
  paragraph({ tokens }) {
    return `${unblocked(this.parser.parseInline(tokens))}\n\n`
  },
  blockquote({ tokens }) {
    return `${prefixed(this.parser.parse(tokens).trim(), '> ')}\n\n`
  },
  code(token) {
    const { language, text } = readCode(token)
    const fence = '`'.repeat(longestRun(text, 3))
    return `${fence}${language}\n${text}\n${fence}\n\n`
  },
  codespan({ text }) {
    const fence = '`'.repeat(longestRun(text, 1))
    const space = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
    return `${fence}${space}${text}${space}${fence}`
  },
  list({ ordered, start, items }) {
    const marks = items.map((_, i) => (ordered ? `${(start === '' ? 1 : start) + i}. ` : '- '))
    const lines = items.map((item, i) => hanging(this.listitem(item).trim(), marks[i] ?? '- '))
    return `${lines.join('\n')}\n\n`
  },
  listitem({ tokens }) {
    return this.parser.parse(tokens)
  },
  checkbox({ checked }) {
    return checked ? '☑ ' : '☐ '
  },
  hr() {
    return '***\n\n'
  },
  table({ header, rows }) {
    const line = (cells: readonly Tokens.TableCell[]) =>
      `| ${cells.map((cell) => this.parser.parseInline(cell.tokens).replace(/\|/gu, '\\|')).join(' | ')} |\n`
    const rule = `| ${header.map(() => '---').join(' | ')} |\n`
    return `${line(header)}${rule}${rows.map(line).join('')}\n`
  },
  strong({ tokens }) {
    return `**${this.parser.parseInline(tokens)}**`
  },
  em({ tokens }) {
    return `*${this.parser.parseInline(tokens)}*`
  },
  del({ tokens }) {
    return `~~${this.parser.parseInline(tokens)}~~`
  },
  br() {
    return '  \n'
  },
  link({ href, title, text, tokens }) {
    return link(href, text, this.parser.parseInline(imagesAsText(tokens))) + titleInWords(title)
  },
  image({ href, title, text }) {
    return link(href, text, escapeMarkdown(text || href)) + titleInWords(title)
  },
  def({ raw }) {
    return `${escapeMarkdown(raw)}\n\n`
  },
  text(token) {
    if ('tokens' in token && token.tokens !== undefined)
      return `${unblocked(this.parser.parseInline(token.tokens))}\n\n`
    return token.raw.replace(/<(?=[\p{L}/!?])/gu, '\\<')
  },
}

/** Puts `mark` before the first line and as much space before the others. */
export function hanging(text: string, mark: string): string {
  return `${mark}${text.replace(/\n(?=[^\n])/gu, `\n${' '.repeat(mark.length)}`)}`
}

function link(href: string, text: string, content: string): string {
  const live = liveLink(href)
  if (live === null) return `${content} (${escapeMarkdown(href)})`
  const isBare = text === href || `mailto:${text}` === href
  // Angle brackets keep what follows out of the address.
  return isBare ? `<${text}>` : `[${content}](${/[()\s]/u.test(live) ? `<${live}>` : live})`
}

/** A link's title is said beside it. */
function titleInWords(title: string | null | undefined): string {
  return title ? ` (${escapeMarkdown(title)})` : ''
}

function prefixed(text: string, prefix: string): string {
  return text.replace(/^/gmu, prefix)
}

/** Longer than any run of backticks in `text`, and at least `least`. */
function longestRun(text: string, least: number): number {
  return Math.max(least, ...(text.match(/`+/gu) ?? []).map((run) => run.length + 1))
}

/** A paragraph's lines stay its lines: none begins what a reader takes for a heading, list, rule, fence or table. */
function unblocked(text: string): string {
  return text
    .replace(
      /^([^\S\n]*)(?=#{1,6}(?:\s|$)|[-+*](?:\s|$)|[-=]+[^\S\n]*$|([-*_])(?:[^\S\n]*\2){2,}[^\S\n]*$|>|`{3,}[^`\n]*$|~{3,}|\||:-)/gmu,
      '$1\\',
    )
    .replace(/^([^\S\n]*\d{1,9})(?=[.)](?:\s|$))/gmu, '$1\\')
}

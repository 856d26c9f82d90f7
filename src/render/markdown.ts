/**
 * An update's Markdown in its three forms (PURE): the one place where marked is configured.
 *
 * Each update is parsed by itself, so that no fence, list or link definition of one can reach another. Raw
 * HTML is shown as text. The first paragraph stands bare, ready to follow a lead on the same line.
 */
import { Marked, type MarkedExtension, type Token, type Tokens } from 'marked'
import type { Kind } from '../core/kinds.ts'
import { letterWords } from '../core/letter-words.ts'
import { withPaperLinks } from '../core/paper.ts'
import type { Brief, Rendered } from '../core/update.ts'
import { escapeHtml } from './escape.ts'
import { formulaMarkdown, formulaOnPage, formulaSource, formulas } from './markdown-formulas.ts'
import { htmlRenderer } from './markdown-html.ts'
import { type ShownCode, showOnPage } from './markdown-shown.ts'
import { markdownRenderer } from './markdown-text.ts'

/** A form larger than this is not worth its markup: the text is shown as it was typed. */
const maxFormLength = 100_000

const parsing: MarkedExtension = {
  gfm: true,
  breaks: true,
  tokenizer: {
    html: () => undefined,
    tag: () => undefined,
    table: (source) => (isVast(source) ? undefined : false),
  },
}

const letterStyles: Readonly<Record<string, string>> = {
  p: 'margin:8px 0',
  ul: 'margin:4px 0 8px;padding-left:20px',
  ol: 'margin:4px 0 8px;padding-left:24px',
  li: 'margin:0 0 4px',
  pre: 'margin:8px 0;padding:8px 10px;background:#eef4f5;color:#1f1d1a;overflow:auto;white-space:pre-wrap;font:14px/1.45 ui-monospace,Menlo,Consolas,monospace',
  code: 'font:14px/1.45 ui-monospace,Menlo,Consolas,monospace;background:#eef4f5;color:#1f1d1a;padding:1px 3px',
  blockquote: 'margin:8px 0;padding:0 0 0 12px;border-left:3px solid #e4dfd5;color:#625d55',
  h3: 'margin:12px 0 4px;font-size:17px',
  table: 'margin:8px 0;border-collapse:collapse;font-size:15px',
  th: 'padding:3px 12px 3px 0;border-bottom:1px solid #e4dfd5;text-align:left',
  td: 'padding:3px 12px 3px 0;border-bottom:1px solid #e4dfd5;text-align:left',
  hr: 'margin:12px 0;border:0;border-top:1px solid #e4dfd5',
  a: 'color:#0f5f7a',
}

/** Of what a letter adds to what was typed. */
export const linkStyle = `style="${letterStyles.a}"`
export const paragraphStyle = `style="${letterStyles.p}"`

const letter = new Marked(
  parsing,
  formulas((formula) => formulaSource(formula, `<p style="${letterStyles.p}">`)),
  {
    renderer: htmlRenderer((tag) => {
      const style = letterStyles[tag]
      return style === undefined ? '' : ` style="${style}"`
    }),
  },
)
const page = new Marked(
  parsing,
  formulas(formulaOnPage),
  { renderer: htmlRenderer(() => '') },
  { renderer: { code: ({ shown }: ShownCode) => shown !== undefined && `<pre>${shown}</pre>\n` } },
)
const text = new Marked(parsing, formulas(formulaMarkdown), { renderer: markdownRenderer })

/** An update's text; papers that were read are linked as they are quoted. */
export function renderUpdate({ kind, text }: { readonly kind: Kind; readonly text: string }): Rendered {
  return render(kind === 'read' ? withPaperLinks(text) : text)
}

export function render(markdown: string): Rendered {
  const words = wordsIn(markdown)
  if (isTangled(markdown)) return { ...asTyped(markdown), words }
  try {
    const tokens = letter.lexer(markdown)
    showOnPage((each) => letter.walkTokens(tokens, each))
    const forms = { markdown: markdownForm(tokens), letter: form(letter, tokens), page: form(page, tokens) }
    if (Object.values(forms).every((each) => each.length <= maxFormLength)) {
      return { ...forms, words, brief: briefOf(tokens) }
    }
  } catch (error) {
    // Markup nested too deep for the parser's stack; the words are kept all the same.
    if (!(error instanceof RangeError)) throw error
  }
  return { ...asTyped(markdown), words }
}

function wordsIn(text: string): number {
  return text.match(/\S+/gu)?.length ?? 0
}

function form(marked: Marked, tokens: readonly Token[]): string {
  const [first, ...rest] = tokens
  if (first?.type !== 'paragraph') return marked.parser([...tokens]).trim()
  return `${opening(marked, first)}\n\n${marked.parser(rest)}`.trim()
}

/** A block's inline content, bare. */
function opening(marked: Marked, block: Token): string {
  return marked.parser([{ ...block, type: 'text' }]).trim()
}

/** What does not begin with a paragraph begins on a line of its own, below a lead. */
function markdownForm(tokens: readonly Token[]): string {
  const markdown = form(text, tokens)
  return tokens[0]?.type === 'paragraph' ? markdown : `\n\n${markdown}`
}

/** The first paragraph, or what stands for it; null where there is no more than one. */
function briefOf(tokens: readonly Token[]): Brief | null {
  const [first, ...rest] = tokens.filter(({ type }) => type !== 'space')
  if (first === undefined || (first.type === 'paragraph' && rest.length === 0)) return null
  const block = firstProse(first)
  if (block === null) {
    const words = first.type === 'table' ? letterWords.table : letterWords.code
    return { markdown: words, letter: words, words: 1 }
  }
  return { markdown: opening(text, block), letter: opening(letter, block), words: wordsIn(block.raw) }
}

/** The first block with words of its own: a list's first item begins with one. */
function firstProse(token: Token): Token | null {
  if (token.type === 'list') return firstProse((token as Tokens.List).items[0]?.tokens[0] ?? nothing)
  if (token.type === 'blockquote') return firstProse((token as Tokens.Blockquote).tokens[0] ?? nothing)
  return 'tokens' in token && token.tokens !== undefined ? token : null
}

const nothing: Token = { type: 'space', raw: '' }

function asTyped(markdown: string) {
  const fence = '`'.repeat(Math.max(3, ...(markdown.match(/`+/gu) ?? []).map((run) => run.length + 1)))
  const html = `<pre>${escapeHtml(markdown)}</pre>`
  const brief = { markdown: letterWords.code, letter: letterWords.code, words: 1 }
  return { markdown: `\n\n${fence}\n${markdown}\n${fence}`, letter: html, page: html, brief }
}

/**
 * Whether a text is no prose that anybody typed, and would cost the parser seconds: endless words, runs of one
 * sign or of blanks, nesting without end, thousands of asterisks.
 */
function isTangled(markdown: string): boolean {
  if (/\S{2000}|([^\p{L}\p{N}\s])\1{200}|[^\S\n]{1000}/u.test(markdown)) return true
  if (/^(?:[^\S\n]*(?:[-*+>]|\d{1,9}[.)])){50}/mu.test(markdown)) return true
  return markdown.replace(/[^*_~[\]!]/gu, '').length > 4000
}

/** Whether a table would have too many cells: marked fills short rows up, so that 32 KiB make millions. */
function isVast(source: string): boolean {
  const columns = /^[^\n]*/u.exec(source)?.[0].split('|').length ?? 0
  return columns > 40
}

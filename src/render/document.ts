/** The document of a circle (PURE): what a letter says, the same in Markdown and in HTML. */
import { type LedBlock, listsOf, type Part } from '../core/block.ts'
import type { Document, WrittenDocument } from '../core/digest.ts'
import { extract } from '../core/grammar/text.ts'
import type { Headline } from '../core/headline.ts'
import type { Fitted } from '../core/length.ts'
import { letterWords } from '../core/letter-words.ts'
import type { Circle } from '../core/recipient.ts'
import type { Forms, QuotedForms } from '../core/update.ts'
import { blockForms, briefForms, moreLink } from './block.ts'
import { escapeHtml, escapeMarkdown, plainForms } from './escape.ts'
import { linkStyle } from './markdown.ts'
import { hanging } from './markdown-text.ts'
import { beforePhotos } from './photos.ts'

/** Stands in a document where a letter puts the address of its own page; no text that came in holds it. */
export const pagePlaceholder = '\ufdd0page\ufdd1'

/** HTML of the document alone; the letter's frame takes some 6 KB of the 80 KB that mail clients show whole. */
export const maxDocumentBytes = 68_000

export type Heading = { readonly title: string; readonly number: number; readonly span: string }

/** What a document shows of a block. */
export type Item = {
  readonly part: Part
  readonly number: number | null
  readonly forms: Pick<Forms, 'markdown' | 'letter'>
}

/** Writes down what of a digest is shown, and how many blocks were cut behind it. */
export function writeDocument(
  circle: Circle,
  headline: Headline,
  heading: Heading,
  { shown, cut, words }: Fitted<LedBlock>,
  updates: ReadonlyMap<string, QuotedForms>,
): WrittenDocument {
  const all = shown.map(({ block, isBrief }) => {
    const quoted = block.quote === null ? undefined : updates.get(block.quote)
    const { part, number, position } = block
    const brief = isBrief ? briefOf(block, quoted) : null
    return { part, number, position, brief, forms: brief ?? blockForms(block, quoted ?? {}) }
  })
  const items = all.map(({ position, brief }) => ({ position, brief }))
  return { circle, ...headline, ...textsOf(heading, all, cut), words, items }
}

/** The texts of a document that shows these items and leaves `cut` blocks to the page. */
export function textsOf(
  heading: Heading,
  items: readonly Item[],
  cut: number,
): Pick<Document, 'preheader' | 'markdown' | 'html'> {
  const more = cut === 0 ? null : letterWords.more(cut)
  return {
    preheader: preheaderOf(items),
    markdown: markdownOf(heading, items, more),
    html: htmlOf(heading, items, more),
  }
}

function briefOf(block: LedBlock, quoted: QuotedForms | undefined): Item['forms'] | null {
  if (quoted === undefined || quoted.brief === null) return null
  const more = moreLink(`${pagePlaceholder}#${quoted.id}`)
  const { markdown, letter } = quoted.brief
  return briefForms(block, { markdown: markdown + more.markdown, letter: letter + more.letter })
}

/** A section of plain lines that goes below a document; empty if there are none. */
export function appended(title: string, lines: readonly string[]): Pick<Document, 'markdown' | 'html'> {
  if (lines.length === 0) return { markdown: '', html: '' }
  const items = lines.map((line) => ({ number: null, forms: plainForms(line) }))
  return {
    markdown: `\n## ${title}\n\n${markdownList(items)}\n`,
    html: `\n<h2 ${style.h2}>${title}</h2>\n${htmlList(items)}`,
  }
}

/** A whole digest as Markdown, from its frozen blocks. */
export function digestMarkdown(heading: Heading, blocks: readonly MarkdownBlock[]): string {
  const items = blocks.map(({ part, number, markdown }) => ({ part, number, forms: { markdown } }))
  return markdownOf(heading, items, null)
}

export type MarkdownBlock = {
  readonly part: Part
  readonly number: number | null
  readonly markdown: string
}

type MarkdownItem = Omit<Item, 'forms'> & { readonly forms: Pick<Forms, 'markdown'> }

function markdownOf(heading: Heading, items: readonly MarkdownItem[], more: string | null): string {
  const title = escapeMarkdown(letterWords.title(heading.title, heading.number))
  const lines = [`# ${title}`, heading.span]
  for (const [part, itemsHere] of Map.groupBy(items, (item) => item.part)) {
    if (isOpening(part)) lines.push(...itemsHere.map(({ forms }) => forms.markdown.trim()))
    else lines.push(`## ${part}`, ...listsOf(itemsHere).map(markdownList))
  }
  if (more !== null) lines.push(`[${more}](${pagePlaceholder})`)
  return `${lines.join('\n\n')}\n`
}

function markdownList(items: readonly Omit<MarkdownItem, 'part'>[]): string {
  const mark = ({ number }: Pick<MarkdownItem, 'number'>) => (number === null ? '- ' : `${number}. `)
  return items.map((item) => hanging(item.forms.markdown.trim(), mark(item))).join('\n')
}

function htmlOf(heading: Heading, items: readonly Item[], more: string | null): string {
  const title = escapeHtml(letterWords.title(heading.title, heading.number))
  const lines = [`<h1 ${style.h1}>${title}</h1>`, `<p ${style.span}>${escapeHtml(heading.span)}</p>`]
  for (const [part, itemsHere] of Map.groupBy(items, (item) => item.part)) {
    if (isOpening(part)) lines.push(...itemsHere.map(({ forms }) => `<p ${style[part]}>${forms.letter}</p>`))
    else lines.push(htmlSection(part, itemsHere))
  }
  if (more !== null) lines.push(`<p ${style.p}><a ${linkStyle} href="${pagePlaceholder}">${more}</a></p>`)
  return lines.join('\n')
}

function htmlSection(part: Part, items: readonly Item[]): string {
  const isAsked = part === 'Asked of you'
  const title = `<h2 ${isAsked ? style.askedTitle : style.h2}>${part}</h2>`
  const section = [title, ...listsOf(items).map(htmlList)].join('\n')
  return isAsked ? `<div ${style.asked}>${section}</div>` : section
}

function htmlList(items: readonly Omit<Item, 'part'>[]): string {
  const list = items.map(({ forms }) => `<li ${style.li}>${forms.letter}</li>`).join('\n')
  const start = items[0]?.number ?? null
  if (start === null) return `<ul ${style.list}>\n${list}\n</ul>`
  return `<ol ${style.list}${start === 1 ? '' : ` start="${start}"`}>\n${list}\n</ol>`
}

function isOpening(part: Part): part is 'Summary' | 'Status' {
  return part === 'Summary' || part === 'Status'
}

function preheaderOf(items: readonly Item[]): string {
  return extract(beforePhotos(items[0]?.forms.markdown ?? ''), 90)
}

const sans = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

/** Inline, since many mail clients drop a style sheet. */
const style = {
  h1: `style="margin:0;font-size:28px;line-height:1.2"`,
  h2: `style="margin:28px 0 8px;font-size:19px;line-height:1.3"`,
  askedTitle: `style="margin:12px 0 8px;font-size:19px;line-height:1.3"`,
  span: `style="margin:4px 0 20px;font-size:15px;color:#625d55;${sans}"`,
  Summary: `style="margin:0 0 16px;font-size:19px"`,
  Status: `style="margin:0 0 16px;font-size:15px;color:#625d55;${sans}"`,
  asked: `style="margin:20px 0 0;padding:2px 16px 8px;background:#eef4f5;color:#1f1d1a;border-left:3px solid #0f5f7a"`,
  list: `style="margin:0;padding-left:22px"`,
  li: `style="margin:0 0 8px"`,
  p: `style="margin:20px 0 0"`,
} as const

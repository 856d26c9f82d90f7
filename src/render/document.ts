/** The document of a circle (PURE): what a letter says, the same in Markdown and in HTML. */
import type { Document, Headline, LedBlock, Part } from '../core/digest.ts'
import { extract } from '../core/grammar/text.ts'
import { kinds } from '../core/kinds.ts'
import type { Circle } from '../core/recipient.ts'
import type { Forms } from '../core/update.ts'
import { letterWords } from '../core/words.ts'
import { blockForms } from './block.ts'
import { escapeHtml, escapeMarkdown } from './escape.ts'
import { hanging } from './markdown-text.ts'

/** Stands in a document where a letter puts the address of its own page; no text that came in holds it. */
export const pagePlaceholder = '\ufdd0page\ufdd1'

/** HTML of the document alone; the letter's frame takes some 6 KB of the 80 KB that mail clients show whole. */
export const maxDocumentBytes = 68_000

export type Heading = { readonly title: string; readonly number: number; readonly span: string }

type Item = { readonly part: Part; readonly forms: Forms }

type MarkdownItem = { readonly part: Part; readonly forms: Pick<Forms, 'markdown'> }

/** Writes down `shown`, and how many blocks were cut behind it. */
export function writeDocument(
  circle: Circle,
  headline: Headline,
  heading: Heading,
  { shown, cut }: { readonly shown: readonly LedBlock[]; readonly cut: number },
  updates: ReadonlyMap<string, Forms>,
): Document {
  const items = shown.map((block) => ({ part: block.part, forms: blockForms(block, updates) }))
  const parts = Map.groupBy(items, (item) => item.part)
  const more = cut === 0 ? null : letterWords.more(cut)
  return {
    circle,
    ...headline,
    preheader: preheaderOf(items),
    markdown: markdownOf(heading, items, more),
    html: htmlOf(heading, parts, more),
    words: shown.reduce((sum, block) => sum + block.words, 0),
  }
}

/** A whole digest as Markdown, from its frozen blocks. */
export function digestMarkdown(heading: Heading, blocks: readonly MarkdownBlock[]): string {
  return markdownOf(
    heading,
    blocks.map(({ part, markdown }) => ({ part, forms: { markdown } })),
    null,
  )
}

export type MarkdownBlock = { readonly part: Part; readonly markdown: string }

function markdownOf(heading: Heading, items: readonly MarkdownItem[], more: string | null): string {
  const title = escapeMarkdown(letterWords.title(heading.title, heading.number))
  const lines = [`# ${title}`, heading.span]
  for (const [part, itemsHere] of Map.groupBy(items, (item) => item.part)) {
    if (isOpening(part)) lines.push(...itemsHere.map(({ forms }) => forms.markdown.trim()))
    else lines.push(`## ${part}`, markdownList(part, itemsHere))
  }
  if (more !== null) lines.push(`[${more}](${pagePlaceholder})`)
  return `${lines.join('\n\n')}\n`
}

function markdownList(part: Part, items: readonly MarkdownItem[]): string {
  const mark = (i: number) => (isNumbered(part) ? `${i + 1}. ` : '- ')
  return items.map(({ forms }, i) => hanging(forms.markdown.trim(), mark(i))).join('\n')
}

function htmlOf(heading: Heading, parts: ReadonlyMap<Part, readonly Item[]>, more: string | null): string {
  const title = escapeHtml(letterWords.title(heading.title, heading.number))
  const lines = [`<h1 ${style.h1}>${title}</h1>`, `<p ${style.span}>${escapeHtml(heading.span)}</p>`]
  for (const [part, items] of parts) {
    if (isOpening(part)) lines.push(...items.map(({ forms }) => `<p ${style[part]}>${forms.letter}</p>`))
    else lines.push(htmlSection(part, items))
  }
  if (more !== null) lines.push(`<p ${style.p}><a ${style.a} href="${pagePlaceholder}">${more}</a></p>`)
  return lines.join('\n')
}

function htmlSection(part: Part, items: readonly Item[]): string {
  const tag = isNumbered(part) ? 'ol' : 'ul'
  const list = items.map(({ forms }) => `<li ${style.li}>${forms.letter}</li>`).join('\n')
  const isAsked = part === 'Asked of you'
  const section = `<h2 ${isAsked ? style.askedTitle : style.h2}>${part}</h2>\n<${tag} ${style.list}>\n${list}\n</${tag}>`
  return isAsked ? `<div ${style.asked}>${section}</div>` : section
}

function isOpening(part: Part): part is 'Summary' | 'Status' {
  return part === 'Summary' || part === 'Status'
}

/** Plans are numbered: their outcomes are told by number. */
function isNumbered(part: Part): boolean {
  return part === kinds.next.section
}

function preheaderOf(items: readonly Item[]): string {
  return extract(items[0]?.forms.markdown ?? '', 90)
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
  a: `style="color:#0f5f7a"`,
} as const

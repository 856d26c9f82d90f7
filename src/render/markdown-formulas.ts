/** Formulas in Markdown (PURE): `$…$` in a line, `$$…$$` within a paragraph or in its place. */
import type { MarkedExtension, Tokens } from 'marked'
import { escapeHtml } from './escape.ts'

export type Formula = {
  /** A `display` stands in a paragraph's place. */
  readonly type: 'display' | 'formula'
  readonly raw: string
  readonly tex: string
  readonly isDisplay: boolean
  /** MathML, where a page shows more than the source. */
  shown?: string
}

const display = '\\$\\$(?!\\$)((?:\\\\[^]|[^\\\\$`]){1,1000}?)\\$\\$(?!\\$)'

/** A sign of money opens nothing: a formula touches both its signs, and no word and no number follows it. */
const inline =
  '\\$(?![\\s$])((?:\\\\.|[^\\\\$`\\n]){1,1000}?)(?<!\\s)\\$(?=(?:th|st|nd|rd|s)\\b|(?![\\p{L}\\p{N}_$]))'

const inPlaceOfParagraph = new RegExp(`^ {0,3}${display}[^\\S\\n]*(?:\\n|$)`, 'u')
const withinParagraph = new RegExp(`^(?:${display}|${inline})`, 'u')

/** Lets a parser see formulas, and write them as `write` does. */
export function formulas(write: (formula: Formula) => string): MarkedExtension {
  // marked hands back the tokens that were made below.
  const renderer = (token: Tokens.Generic) => write(token as unknown as Formula)
  return {
    extensions: [
      {
        name: 'display',
        level: 'block',
        start: (source) => /\n {0,3}\$\$/u.exec(source)?.index,
        tokenizer: (source) => tokenOf('display', inPlaceOfParagraph.exec(source)),
        renderer,
      },
      {
        name: 'formula',
        level: 'inline',
        start: (source) => /(?<![\p{L}\p{N}\\$])\$/u.exec(source)?.index,
        tokenizer: (source) => tokenOf('formula', withinParagraph.exec(source)),
        renderer,
      },
    ],
  }
}

function tokenOf(type: Formula['type'], match: RegExpExecArray | null): Formula | undefined {
  const [raw, displayed, inLine] = match ?? []
  const tex = displayed ?? inLine ?? ''
  if (raw === undefined || !isFormula(tex)) return undefined
  return { type, raw, tex, isDisplay: displayed !== undefined }
}

/** No gap between paragraphs, no link, no comment up to the end of its line, and no sum of money with its words. */
function isFormula(tex: string): boolean {
  if (tex.trim() === '' || /\n\s*\n|\]\(|(?<!\\)%[^\n]*\n/u.test(tex)) return false
  return !/^[\d.,]+\S*\s(?:.*[^\\{\p{L}])?\p{L}{2,}/u.test(tex)
}

/** In Markdown on one line, so that none of it begins anything there; a space in TeX means nothing. */
export function formulaMarkdown({ type, raw }: Formula): string {
  const line = raw.trim().replace(/\s+/gu, ' ')
  return line.replace(/<(?=[\p{L}/!?])/gu, '< ') + (type === 'display' ? '\n\n' : '')
}

/** In a letter the TeX that was typed; `paragraph` is the tag that mail gives one. */
export function formulaSource({ type, raw }: Formula, paragraph = '<p>'): string {
  const source = escapeHtml(raw.trim())
  return type === 'display' ? `${paragraph}${source}</p>\n` : source
}

/** Longer ones may be wider than a phone, and scroll by themselves. */
const maxNarrow = 30

export function formulaOnPage(formula: Formula): string {
  const { type, tex, shown } = formula
  if (shown === undefined) return formulaSource(formula)
  if (type === 'display') return `<div class="formula">${shown}</div>\n`
  return tex.length > maxNarrow ? `<span class="formula">${shown}</span>` : shown
}

/** What is shown of a text that was found (PURE). */

/** A stretch of it; what was looked for is marked. */
export type Piece = { readonly text: string; readonly isMarked: boolean }

/** The index puts these noncharacters around what it found; nobody can post them. */
export const marks = { start: '\ufdd0', end: '\ufdd1' } as const

/** Stands at either end of a text that goes on. */
export const omission = '…'

/** So much of a stretch without spaces is shown before what was found, and behind where it begins. */
const mostBefore = 300
const mostBehind = 900

/** Markdown with marks, maybe cut anywhere, as one reads it aloud. */
export function piecesOf(markdown: string): readonly Piece[] {
  const start = Math.max(0, markdown.indexOf(marks.start) - mostBefore)
  const shown = withoutMarkup(markdown.slice(start, start + mostBefore + mostBehind)).toWellFormed()
  const [first = '', ...rest] = shown.split(marks.start)
  const marked = rest.flatMap((each) => {
    const [text = '', behind = ''] = each.split(marks.end)
    return [
      { text, isMarked: true },
      { text: behind, isMarked: false },
    ]
  })
  return [{ text: first.replaceAll(marks.end, ''), isMarked: false }, ...marked].filter(
    ({ text }) => text !== '',
  )
}

/** Links by their text, unless what was looked for is in their address; no emphasis, fences, or lines of tables. */
function withoutMarkup(markdown: string): string {
  return markdown
    .replace(/[\u200b\ufdd2]/gu, '')
    .replace(/^(…[^[\]]*)\]\([^)\s\ufdd0]*\)|^(…)[^\s()[\]]*\)/u, '$1$2') // a link whose start was cut off
    .replace(/!?\[([^\]\n]{0,300})\]\([^)\s\ufdd0]{0,500}(?:\)|(…)$)/gu, '$1$2')
    .replace(/!?\[([^\]\n]{0,300})\]\(<?([^)\s]{0,500}?)>?\)/gu, '$1 ($2)')
    .replace(/!?\[([^\]\n]{0,300}…)$/u, '$1')
    .replace(/<(\ufdd0?(?:https?|mailto)\ufdd1?:[^\s>]{0,500})>?/gu, '$1')
    .replace(/(?<=\S)\s*\n\s*[-+]\s/gu, ' · ')
    .replace(/\\([\p{P}\p{S}])|[*`]|~~|^[^\S\n]*(?:#{1,6}|>|[-+])\s/gmu, '$1')
    .replace(/(?<=^|\s)(?:\||:?-{3,}:?)(?=\s|$)/gmu, '')
    .replace(/\s+/gu, ' ')
    .trim()
}

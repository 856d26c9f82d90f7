/** Text as it comes in (PURE). */

/** Whether a text can be kept as it is: no NUL, no half of a surrogate pair. */
export function isWellFormed(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/**
 * Lines end with `\n`; what no eye sees and no keyboard makes is left out: control characters, as terminals
 * put them into pasted output, and noncharacters, which mark places in documents.
 */
export function clean(text: string): string {
  return text.replace(/\r\n?/gu, '\n').replace(/[^\P{Cc}\t\n]|[\ufdd0-\ufdef\ufffe\uffff]/gu, '')
}

/** The length of a text in UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

/** Markdown as one reads it aloud, for lines that show an extract: no emphasis, no fences, links by their text. */
export function withoutMarkup(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]\n]*)\]\([^)\s]*\)/gu, '$1')
    .replace(/\\(?=[\p{P}\p{S}])|[*`]|^\s*(?:#{1,6}|>|[-+])\s/gmu, '')
}

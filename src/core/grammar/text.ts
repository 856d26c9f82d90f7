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
  return text.replace(lineEnds, '\n').replace(/[^\P{Cc}\t\n]|[\ufdd0-\ufdef\ufffe\uffff]/gu, '')
}

/** All that Unicode takes for the end of a line. */
export const lineEnds = /\r\n?|[\v\f\x85\u2028\u2029]/gu

/** The length of a text in UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

/** The first `length` characters or so of Markdown as one reads it aloud, on one line, whole words. */
export function extract(markdown: string, length: number): string {
  const start = markdown.trimStart().slice(0, 10 * length)
  return shorten(withoutMarkup(start), length)
}

/** Whole words of `text`, at most `length` characters with the mark of omission. */
export function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  if (line.length <= length) return line
  const cut = line.slice(0, length - 1)
  const space = cut.lastIndexOf(' ')
  return `${(space > length / 2 ? cut.slice(0, space) : cut).replace(/[\uD800-\uDBFF]$/u, '')}…`
}

/** No emphasis, no fences, links by their text. */
function withoutMarkup(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]\n]{0,200})\]\([^)\s]{0,500}\)/gu, '$1')
    .replace(/\\(?=[\p{P}\p{S}])|[*`]|^[^\S\n]*(?:#{1,6}|>|[-+])\s/gmu, '')
}

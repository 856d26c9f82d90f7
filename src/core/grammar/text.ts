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

/** No emphasis, no fences, links by their text, boxes as one sees them; code and formulas as they are. */
function withoutMarkup(markdown: string): string {
  return markdown.replace(markup, (...found) => {
    const { code, span, formula, escaped, link, box } = found.at(-1) as Record<string, string | undefined> // its groups
    if (box !== undefined) return box === ' ' ? '☐ ' : '☑ '
    return code ?? span ?? formula ?? escaped ?? link ?? ''
  })
}

const pieces = [
  /^[^\S\n]*(?<fence>`{3,}|~{3,})[^\n]*\n(?<code>[\s\S]*?)(?:\n[^\S\n]*\k<fence>|$(?![\s\S]))/u,
  /(?<ticks>`+)(?<span>[^`\n]+)\k<ticks>/u,
  /(?<formula>\$[^$\n]+\$)/u,
  /\\(?<escaped>[\p{P}\p{S}])/u,
  /!?\[(?<link>[^\]\n]{0,200})\]\([^)\s]{0,500}\)/u,
  /^[^\S\n]*[-+*]\s\[(?<box>[ xX])\]\s/u,
  /^[^\S\n]*(?:#{1,6}|>|[-+*])\s/u,
  // Emphasis touches a word; an underscore within one is none.
  /\*+(?=\S)|(?<=\S)\*+|(?<![\p{L}\p{N}_])_+(?=\S)|(?<=\S)_+(?![\p{L}\p{N}_])|`/u,
]
const markup = new RegExp(pieces.map(({ source }) => source).join('|'), 'gmu')

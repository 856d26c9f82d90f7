/** Lines of a post, and what in them is not read (PURE): code and URLs. */

export type Line = { readonly text: string; readonly isCode: boolean }

/** The lines of `text`; those of a fence, and the fence itself, are code. */
export function linesOf(text: string): readonly Line[] {
  let fence: string | null = null
  return text.split('\n').map((line) => {
    const mark = /^ {0,3}(?:[-*+>]\s+)?(`{3,}|~{3,})/u.exec(line)?.[1]
    if (fence === null) {
      fence = mark ?? null
      return { text: line, isCode: mark !== undefined }
    }
    if (mark?.startsWith(fence) && line.trim() === mark) fence = null
    return { text: line, isCode: true }
  })
}

/** `text` with code, URLs and TeX blotted out by as many spaces: what is found in it stands at the same place. */
export function readable(text: string): string {
  const lines = linesOf(text).map((line) => (line.isCode ? blank(line.text) : line.text))
  return lines
    .join('\n')
    .replace(/(`+)[^`\n]*\1|\$\$[^$]*\$\$|\b(?:https?:\/\/|www\.|mailto:)[^\s<>)\]]+/giu, blank)
}

/** Without the flag `u`, each unit of UTF-16 is a character. */
function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}

const bullet = /^(?:[-*+•–—·]|\d{1,3}[.)])[^\S\n]+(?:\[[ xX]?\][^\S\n]+)?(?=\S)/u

/** A list's item at the top level, without its bullet and box; null for any other line. */
export function bulletOf(line: string): string | null {
  const match = bullet.exec(line)
  return match === null ? null : line.slice(match[0].length)
}

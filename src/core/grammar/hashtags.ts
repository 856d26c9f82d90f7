/** Rule 2, in part (PURE): the run of hashtags at the end of an update. */

export type Ending = {
  /** The text without the run. */
  readonly text: string
  /** The run's words in lower case, in their order. */
  readonly words: readonly string[]
}

/** A hashtag has a letter: `#12` is an issue's number. */
const hashtag = /^#(?=[\p{N}_-]*\p{L})[\p{L}\p{N}_-]+$/u

/** Takes the run of hashtags off the end of `text`; it does not reach over the end of a line. */
export function readEnding(text: string): Ending {
  const line = text.lastIndexOf('\n') + 1
  const pieces = text.slice(line).split(/(?<=\s)(?=\S)/u)
  const start = pieces.findLastIndex((piece) => !hashtag.test(piece.trimEnd())) + 1
  const words = pieces.slice(start).map((piece) => piece.trim().slice(1).toLowerCase())
  return { text: (text.slice(0, line) + pieces.slice(0, start).join('')).trimEnd(), words }
}

/** Hashtags inside the text: they stay where they are and are tags too. */
export function inlineTags(text: string): readonly string[] {
  const found = withoutCode(text).matchAll(/(?<=^|[\s(])#(?=[\p{N}_-]*\p{L})([\p{L}\p{N}_-]+)/gmu)
  return Array.from(found, (match) => (match[1] ?? '').toLowerCase())
}

function withoutCode(text: string): string {
  return text.replace(/^ {0,3}(```|~~~)[\s\S]*?(^ {0,3}\1|$(?![\s\S]))/gmu, ' ').replace(/`[^`\n]*`/gu, ' ')
}

/** Rule 1 (PURE): the marker that leads a line. */
import { type Kind, kindOf } from '../kinds.ts'

export type Marker = {
  readonly kind: Kind
  /** What follows the marker; it begins with the `@name` of `Word @name:`. */
  readonly rest: string
}

/** Bullets and emoji that may stand before a marker. */
const before =
  /^(?:[\s>]|[-*+•–—·](?=\s)|\d+[.)](?=\s)|\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u200d\ufe0f])*/u

const forms = [
  /^#[^\S\n]*(?<word>\p{L}+)(?![\p{L}\p{N}_-])[^\S\n]*[:,;]?/u,
  /^hashtag\s+(?<word>\p{L}+)(?![\p{L}\p{N}_-])[^\S\n]*[:,;]?/iu,
  /^(?<word>\p{L}+)(?:[^\S\n]+@(?<who>[\p{L}\p{N}_.-]+))?[^\S\n]*:/u,
]

/**
 * The marker at the start of `line`, in any case: `#word`, `# word`, `hashtag word`, `Word:`, `Word @name:`.
 * null where there is none or its word is no kind's; then `# Word` stays a heading.
 */
export function readMarker(line: string): Marker | null {
  const start = line.slice(before.exec(line)?.[0].length ?? 0)
  for (const form of forms) {
    const match = form.exec(start)
    const kind = kindOf(match?.groups?.word ?? '')
    if (match === null || kind === null) continue
    const who = match.groups?.who === undefined ? '' : `@${match.groups.who} `
    return { kind, rest: who + start.slice(match[0].length).trimStart() }
  }
  return null
}

/** Rules 1 and 3 (PURE): the marker that leads a line. */
import { type Kind, kindOf, kindWords } from '../kinds.ts'
import { isWithin } from './edits.ts'

export const commandWords = ['milestone', 'summary', 'status', 'away', 'answered', 'solved'] as const
export type CommandWord = (typeof commandWords)[number]

export type Marker = {
  /** What the marker names: a kind, or a command. */
  readonly means: { readonly kind: Kind } | { readonly command: CommandWord }
  /** What follows the marker; it begins with the `@name` of `Word @name:`. */
  readonly rest: string
  /** The word as it was typed. */
  readonly word: string
  /** Whether the word is one edit from the kind. */
  readonly isTypo: boolean
}

/** Bullets, boxes and emoji that may stand before a marker. */
const before =
  /^(?:[\s>]|[-*+•–—·](?=\s)|\d+[.)](?=\s)|\[[ xX]?\](?=\s)|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\d#*]\ufe0f?\u20e3|[\u200d\ufe0f])*/u

const hashForms = [
  /^#[^\S\n]*(?<word>\p{L}+)(?![\p{L}\p{N}_-])[^\S\n]*[:,;]?/u,
  /^hash ?tag[^\S\n]+(?<word>\p{L}+)(?![\p{L}\p{N}_-])[^\S\n]*[:,;]?/iu,
]
const wordForm = /^(?<word>\p{L}+)(?:[^\S\n]+@(?<who>[\p{L}\p{N}_.-]+))?[^\S\n]*:(?!\/\/)/u

/**
 * The marker at the start of `line`, in any case: `#word`, `# word`, `hashtag word`, `Word:`, `Word @name:`.
 * null where there is none or its word is not known; then `# Word` stays a heading.
 */
export function readMarker(line: string): Marker | null {
  const start = line.slice(before.exec(line)?.[0].length ?? 0)
  for (const form of [...hashForms, wordForm]) {
    const match = form.exec(start)
    const word = match?.groups?.word ?? ''
    const means = meaningOf(word) ?? (form === wordForm ? null : typoOf(start, word))
    if (match === null || means === null) continue
    const who = match.groups?.who === undefined ? '' : `@${match.groups.who} `
    return {
      means,
      word,
      rest: who + start.slice(match[0].length).trimStart(),
      isTypo: meaningOf(word) === null,
    }
  }
  return null
}

/** A kind's word alone on its line, as people head a list: "todo". */
export function readHeading(line: string): Marker | null {
  const word = line.trim()
  const kind = kindOf(word)
  return kind === null ? null : { means: { kind }, word, rest: '', isTypo: false }
}

function meaningOf(word: string): Marker['means'] | null {
  const kind = kindOf(word)
  if (kind !== null) return { kind }
  const command = commandWords.find((each) => each === word.toLowerCase())
  return command === undefined ? null : { command }
}

/** Only `#word` has typos: a heading is `# Word`. */
function typoOf(start: string, word: string): Marker['means'] | null {
  const kind = /^#\p{L}/u.test(start) || /^hash/iu.test(start) ? kindNear(word) : null
  return kind === null ? null : { kind }
}

/** The one kind with a name one edit from `word`, below five letters by a swap; null for none or several. */
export function kindNear(word: string): Kind | null {
  const typed = word.toLowerCase()
  const near = kindWords.filter(
    ([name]) => isWithin(1, typed, name) && (name.length >= 5 || isSwap(typed, name)),
  )
  const [kind, ...others] = new Set(near.map(([, named]) => named))
  return others.length === 0 ? (kind ?? null) : null
}

function isSwap(word: string, kind: string): boolean {
  return [...word].sort().join('') === [...kind].sort().join('')
}

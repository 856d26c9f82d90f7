/** Rule 2, in part (PURE): hashtags at the end of an update and inside it. */
import { type Kind, kindOf } from '../kinds.ts'
import { readable } from './lines.ts'
import { kindNear } from './marker.ts'
import { isInside } from './privacy.ts'

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

/** What the first known hashtag of an ending names, and how it was typed if that is a typo. */
export function kindOfEnding(words: readonly string[]): { kind: Kind; typo: string | null } | null {
  for (const word of words) {
    const kind = kindOf(word)
    if (kind !== null) return { kind, typo: null }
    const near = kindNear(word)
    if (near !== null) return { kind: near, typo: word }
  }
  return null
}

export type Inline = {
  /** The text; a known hashtag has lost its `#`. */
  readonly text: string
  /** The first of ask, need and blocked: only these decide in mid-sentence. */
  readonly kind: Kind | null
  /** The other hashtags. */
  readonly tags: readonly string[]
}

const deciding: readonly Kind[] = ['ask', 'need', 'blocked']

/** Hashtags inside the text; those in code and URLs are none. */
export function readInline(text: string): Inline {
  const found = Array.from(
    readable(text).matchAll(/(?<=^|[\s(])#(?=[\p{N}_-]*\p{L})([\p{L}\p{N}_-]+)/gmu),
    ({ index, 1: word = '' }) => ({ index, word: word.toLowerCase() }),
  )
  const isMarker = (index: number) => index === 0 || text[index - 1] === '\n'
  const known = found.filter(
    ({ word, index }) => !isMarker(index) && (kindOf(word) !== null || isInside(`#${word}`)),
  )
  const kinds = known.map(({ word }) => kindOf(word))
  return {
    text: without(
      text,
      known.map(({ index }) => index),
    ),
    kind: kinds.find((kind) => kind !== null && deciding.includes(kind)) ?? null,
    tags: found.map(({ word }) => word).filter((word) => kindOf(word) === null && !isInside(`#${word}`)),
  }
}

/** `text` without the characters at these places, which ascend. */
function without(text: string, places: readonly number[]): string {
  const from = [0, ...places.map((place) => place + 1)]
  return from.map((start, i) => text.slice(start, places[i])).join('')
}

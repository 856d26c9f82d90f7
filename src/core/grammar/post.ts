/** What a post says (PURE). What is not understood is a `done` in the words that were typed. */
import { type Kind, kindOf } from '../kinds.ts'
import { inlineTags, readEnding } from './hashtags.ts'
import { readMarker } from './marker.ts'
import { isInside, isPrivate } from './privacy.ts'

export type Understood = {
  readonly kind: Kind
  /** The Markdown text without marker and trailing hashtags; may be empty. */
  readonly text: string
  readonly tags: readonly string[]
  readonly inside: boolean
}

/** What the sender said beside the text. */
export type Given = { readonly kind?: Kind | undefined; readonly inside?: boolean | undefined }

/** Reads a post. Private stands above every other hashtag and above a given `kind`. */
export function readPost(text: string, given: Given): Understood {
  const said = read(text, given.kind)
  const inside = said.inside || given.inside === true
  return { ...said, inside, kind: isPrivate(text) ? 'private' : (given.kind ?? said.kind ?? 'done') }
}

/** Reads the new text of an update. Only a given kind makes a private one public. */
export function readEdit(text: string, now: { kind: Kind; inside: boolean }, given: Given): Understood {
  const said = read(text, given.kind)
  const inside = given.inside ?? (said.inside || now.inside)
  if (given.kind !== undefined) return { ...said, inside, kind: given.kind }
  const isStillPrivate = now.kind === 'private' || isPrivate(text)
  return { ...said, inside, kind: isStillPrivate ? 'private' : (said.kind ?? now.kind) }
}

/** What the text itself says; its kind is null where it names none. */
function read(
  text: string,
  given: Kind | undefined,
): Omit<Understood, 'kind'> & { readonly kind: Kind | null } {
  const ending = readEnding(withoutInsideMark(text).trim())
  const marker = leading(ending.text, given)
  const body = marker === null ? ending.text : withoutInsideMark(marker.rest).trim()
  const tags = [...ending.words, ...inlineTags(body)].filter(isTag)
  const kind = marker?.kind ?? firstKind(ending.words)
  return { kind, text: body, tags: [...new Set(tags)], inside: isInside(text) }
}

/** Takes off an `#inside` that leads the text or stands on a line of its own. */
function withoutInsideMark(text: string): string {
  return text.replace(
    /^[^\S\n]*#(\p{L}+)[^\S\n]*(\n|$)?/gmu,
    (mark, word: string, end: string | undefined, at: number) =>
      isInside(`#${word}`) && (at === 0 || end !== undefined) ? '' : mark,
  )
}

/** The marker that leads the text; one that says something else than the given kind is text. */
function leading(text: string, kind: Kind | undefined) {
  const marker = readMarker(text)
  return marker !== null && (kind === undefined || kind === marker.kind) ? marker : null
}

function firstKind(words: readonly string[]): Kind | null {
  return words.map(kindOf).find((kind) => kind !== null) ?? null
}

function isTag(word: string): boolean {
  return kindOf(word) === null && !isInside(`#${word}`)
}

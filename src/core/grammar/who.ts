/** Rule 7 (PURE): `@name` by first name, last name or handle of a recipient. */
import type { Known, Note } from './understood.ts'

type Recipients = Pick<Known, 'recipients'>

export type Named = {
  /** Ids of recipients, in the order in which they are named. */
  readonly ids: readonly string[]
  /** Names that fit nobody, or more than one. */
  readonly notes: readonly Note[]
}

/** Whom `text` (without code and URLs) names. */
export function readNames(text: string, known: Recipients): Named {
  return named(text.matchAll(/(?<![\p{L}\p{N}_.])@(\p{L}[\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*)/gu), known)
}

/** A name dictated as "at prof", or spoken to, "hey prof", and what one asks them; the source of a pattern. */
export const addressing =
  '(?:at|hey|hi|dear)\\s+@?(\\p{L}[\\p{L}\\p{N}_-]*),?\\s+(?:can|could|would|will|should|shall|may|do|does|is|are|when|what|where|which)(?!\\p{L})'

const addressed = new RegExp(`^${addressing}`, 'iu')

/** Whom `text` begins by asking, without an `@`; null for nobody. */
export function readAddressed(text: string, known: Recipients): string | null {
  const name = addressed.exec(text)?.[1]
  const [only, ...others] = name === undefined ? [] : whoIs(name, known)
  return others.length === 0 ? (only ?? null) : null
}

/** Whom `text` credits: `for @name`. */
export function readCredit(text: string, known: Recipients): Named {
  return named(text.matchAll(/\bfor\s+@(\p{L}[\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*)/giu), known)
}

function named(found: Iterable<RegExpMatchArray>, known: Recipients): Named {
  const names = [...new Set(Array.from(found, (match) => match[1] ?? ''))]
  const fits = names.map((name) => ({ name, ids: whoIs(name, known) }))
  return {
    ids: [...new Set(fits.flatMap(({ ids }) => (ids.length === 1 ? ids : [])))],
    notes: fits.flatMap(({ name, ids }) =>
      ids.length === 1 ? [] : [{ about: 'name', name, fits: ids.length } as const],
    ),
  }
}

function whoIs(name: string, { recipients }: Recipients): readonly string[] {
  const asked = name.toLowerCase()
  const is = (word: string | null | undefined) => word?.toLowerCase() === asked
  const byHandle = recipients.filter(({ handle }) => is(handle))
  if (byHandle.length > 0) return byHandle.map(({ id }) => id)
  return recipients.flatMap(({ id, name: whole }) => {
    const words = whole?.trim().split(/\s+/u) ?? []
    return is(words[0]) || is(words.at(-1)) ? [id] : []
  })
}

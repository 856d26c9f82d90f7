/** Blocks (PURE): the pieces of a digest, each plain text around an update that it quotes. */
import type { Section } from './kinds.ts'
import type { Extent, OpenUpdate } from './open.ts'
import type { Audience } from './recipient.ts'
import type { Forms } from './update.ts'

/** What opens a letter, before the sections. */
export const openings = ['Summary', 'Status'] as const

export type Part = (typeof openings)[number] | Section

/** Names a section within the page of a letter. */
export function sectionId(part: Part): string {
  return part.toLowerCase().replaceAll(' ', '-')
}

/** A piece as one circle reads it, in the order of its fields. */
export type Piece = {
  readonly part: Part
  /** What it is about: two circles' pieces with the same key are the same piece, or differ in what is derived. */
  readonly key: string
  /** Of a plan, or of the plan that an outcome is of. */
  readonly number: number | null
  readonly strong: string
  readonly lead: string
  /** The id of the update that it quotes, and of those that say more of the same. */
  readonly quote: string | null
  readonly also: readonly string[]
  /** What the quote begins with and the lead has said already; it is left out. */
  readonly skip: string
  readonly tail: string
  /** A link that opens a mail. */
  readonly answer: string | null
  /** Further updates that it is about. */
  readonly about: readonly string[]
  /** Of what is quoted: whole, and its first paragraph if there is more. */
  readonly whole: Extent
  readonly brief: Extent | null
  /** The letter shows the first paragraph alone, however short the letter is. */
  readonly isBrief: boolean
  /** The letter leaves it to the page. */
  readonly isFolded: boolean
}

/** A piece, and who may see it. */
export type Block = Piece & { readonly circle: Audience }

/** A block in its place in the digest, with what stands around its quote, rendered. */
export type LedBlock = Block & { readonly position: number; readonly before: Forms; readonly after: Forms }

const nothing: Extent = { words: 0, size: 0 }

const bare = {
  ...{
    number: null,
    strong: '',
    lead: '',
    quote: null,
    also: [],
    skip: '',
    tail: '',
    answer: null,
    about: [],
  },
  ...{ whole: nothing, brief: null, isBrief: false, isFolded: false },
} as const

/** A piece that is plain text. */
export function saying(part: Part, key: string, lead: string, more: Partial<Piece> = {}): Piece {
  return { ...bare, part, key, lead, ...more }
}

/** A piece around the words of an update. */
export function quoting(part: Part, update: OpenUpdate, more: Partial<Piece> = {}): Piece {
  const { id, whole, brief } = update
  return { ...bare, part, key: id, quote: id, whole, brief, ...more }
}

/** Words of a piece as a letter shows it. */
export function wordsOf(piece: Piece, isBrief: boolean): number {
  const { strong, lead, tail } = piece
  const said = [strong, lead, tail].reduce((sum, text) => sum + (text === '' ? 0 : countWords(text)), 0)
  return said + quotedIn(piece, isBrief).words
}

export function countWords(text: string): number {
  return text.match(/\S+/gu)?.length ?? 0
}

/** Bytes of a piece as a letter shows it, with its own markup; a character of plain text takes up to 6. */
export function sizeOf(piece: Piece, isBrief: boolean): number {
  const said = piece.strong.length + piece.lead.length + piece.tail.length + 2 * (piece.answer?.length ?? 0)
  return said * 6 + quotedIn(piece, isBrief).size + 300
}

function quotedIn({ whole, brief }: Piece, isBrief: boolean): Extent {
  return isBrief && brief !== null ? brief : whole
}

/** Items of a section as lists: those whose numbers follow each other, and those without. */
export function listsOf<I extends { readonly number: number | null }>(
  items: readonly I[],
): readonly (readonly I[])[] {
  const lists: I[][] = []
  for (const item of items) {
    const list = lists.at(-1)
    const before = list?.at(-1)?.number
    const follows = item.number === null ? before === null : before === item.number - 1
    if (list !== undefined && follows) list.push(item)
    else lists.push([item])
  }
  return lists
}

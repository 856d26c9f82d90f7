/** How long a letter may be (PURE): what it shows whole, what by its first paragraph, and what it leaves to its page. */
import { type Block, type Piece, sizeOf, wordsOf } from './block.ts'
import { type Circle, sees } from './recipient.ts'

/** A page; past it every item shows its first paragraph. */
export const maxWords = 400

export type Shown<B> = { readonly block: B; readonly isBrief: boolean }

export type Fitted<B> = {
  readonly shown: readonly Shown<B>[]
  /** How many blocks the letter leaves to its page. */
  readonly cut: number
  readonly words: number
  /** What it would have if every item were shown whole. */
  readonly wholeWords: number
}

/** What a circle's letter shows: whole blocks from the top, within `limit` bytes of HTML. */
export function fitLetter<B extends Block>(blocks: readonly B[], circle: Circle, limit: number): Fitted<B> {
  const visible = blocks.filter((block) => sees(circle, block.circle))
  const unfolded = visible.filter(({ isFolded }) => !isFolded)
  const wholeWords = unfolded.reduce((sum, block) => sum + wordsOf(block, isBrief(block, false)), 0)
  const items = unfolded.map((block) => ({ block, isBrief: isBrief(block, wholeWords > maxWords) }))
  // One that would fill the letter alone is left to the page, so that it hides no other.
  const fitting = items.filter((item) => sizeOf(item.block, item.isBrief) <= limit / 4)
  let room = limit
  const end = fitting.findIndex((item) => {
    room -= sizeOf(item.block, item.isBrief)
    return room < 0
  })
  const shown = end < 0 ? fitting : fitting.slice(0, end)
  const words = shown.reduce((sum, item) => sum + wordsOf(item.block, item.isBrief), 0)
  return { shown, cut: visible.length - shown.length, words, wholeWords }
}

function isBrief(piece: Piece, isLong: boolean): boolean {
  return piece.brief !== null && (isLong || piece.isBrief)
}

/** From the open rows of a period to the blocks of its digest (PURE). */
import type { Block, Piece } from './block.ts'
import { type Section, sections } from './kinds.ts'
import { letterWords } from './letter-words.ts'
import { authorOf, isForAll, isSilent, type Material, seenBy } from './open.ts'
import { type Circle, circles } from './recipient.ts'
import { asked } from './sections/asked.ts'
import { changed } from './sections/changed.ts'
import { corrections } from './sections/corrections.ts'
import { found } from './sections/found.ts'
import { next } from './sections/next.ts'
import { opening } from './sections/opening.ts'
import { planned } from './sections/planned.ts'
import { read } from './sections/read.ts'
import type { Forms, Status } from './update.ts'

/** The letter's form, the same for all in a circle: what it says, in Markdown and in HTML. */
export type Document = {
  readonly circle: Circle
  readonly subject: string
  /** What the archive's list counts: "2 asks, 3 results". */
  readonly news: string
  /** The status, if it was said to this circle. */
  readonly status: Status['status'] | null
  /** The line that an inbox shows beside the subject: the first thing it says. */
  readonly preheader: string
  readonly markdown: string
  readonly html: string
  readonly words: number
}

/** A block of its digest that a document shows: whole, or in these forms. */
export type DocumentItem = {
  readonly position: number
  readonly brief: Pick<Forms, 'markdown' | 'letter'> | null
}

/** A document with what it shows, from which it can be written anew. */
export type WrittenDocument = Document & { readonly items: readonly DocumentItem[] }

/** What each section makes of what a circle may see. */
const composers: Readonly<Record<Section, (material: Material) => readonly Piece[]>> = {
  'Asked of you': asked,
  Found: found,
  'Planned and done': planned,
  'Changed or stuck': changed,
  Next: next,
  Read: read,
  Corrections: corrections,
}

/** What each circle that has a letter may see: all where nobody has news, else those that may see some of them. */
export function materials(material: Material): ReadonlyMap<Circle, Material> {
  const { open, head } = material
  if (isForAll(material)) return new Map(circles.map((circle) => [circle, material]))
  const seen = circles.map((circle) => [circle, seenBy(material, circle)] as const)
  const toAll = isSilent(open) || head.isLast
  return new Map(seen.filter(([, { open: news }]) => toAll || !isSilent(news) || news.summary !== null))
}

/** The blocks of a digest, in the order in which they are read. */
export function compose(seen: ReadonlyMap<Circle, Material>): readonly Block[] {
  const [inner, outer] = circles.map((circle) => seen.get(circle))
  if (inner === outer) return inner === undefined ? [] : piecesOf(inner).map(forBoth)
  return merge(inner === undefined ? [] : piecesOf(inner), outer === undefined ? [] : piecesOf(outer))
}

function piecesOf(material: Material): readonly Piece[] {
  const pieces = [...opening(material), ...sections.flatMap((section) => composers[section](material))]
  return signed(pieces, material)
}

/** The letter is its owner's: under what others posted stand their names. */
function signed(pieces: readonly Piece[], { open, carried }: Material): readonly Piece[] {
  const updates = new Map([...open.updates, ...carried.items].map((update) => [update.id, update]))
  return pieces.map((piece) => {
    const quoted = updates.get(piece.quote ?? '')
    const name = quoted && authorOf(quoted, carried)
    return name === undefined ? piece : { ...piece, tail: letterWords.signed(piece.tail, name) }
  })
}

/**
 * One row of blocks for both circles, in which each finds its own in their order: what both read alike is for
 * both, where it differs each has its own.
 */
function merge(inner: readonly Piece[], outer: readonly Piece[]): readonly Block[] {
  const blocks: Block[] = []
  let place = 0
  for (const piece of inner) {
    const other = outer[place]
    const isSame = other !== undefined && nameOf(other) === nameOf(piece)
    if (isSame) place += 1
    if (isSame && JSON.stringify(other) === JSON.stringify(piece)) {
      blocks.push(forBoth(piece))
      continue
    }
    blocks.push({ ...piece, circle: 'inner' })
    if (isSame) blocks.push({ ...other, circle: 'outer' })
  }
  return [...blocks, ...outer.slice(place).map((piece): Block => ({ ...piece, circle: 'outer' }))]
}

function forBoth(piece: Piece): Block {
  return { ...piece, circle: 'both' }
}

function nameOf({ part, key }: Piece): string {
  return `${part}/${key}`
}

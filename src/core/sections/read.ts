/** Read (PURE): one line a paper, with why it matters. */
import { type Piece, quoting } from '../block.ts'
import type { Extent, Material, OpenUpdate } from '../open.ts'
import { linkedPaper } from '../reading.ts'

/** Who read the same paper twice is told in one item, by whoever may see both. */
export function read({ open }: Material): readonly Piece[] {
  const updates = open.updates.filter(({ kind }) => kind === 'read')
  const papers = Map.groupBy(updates, ({ id, text }) => linkedPaper(text ?? '').paper?.link ?? id)
  return [...papers.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [joined(first, others)],
  )
}

function joined(first: OpenUpdate, others: readonly OpenUpdate[]): Piece {
  const more = others.map(({ whole }) => whole)
  const whole = [first.whole, ...more].reduce(sum)
  const brief = first.brief === null ? null : [first.brief, ...more].reduce(sum)
  return quoting('Read', first, { also: others.map(({ id }) => id), whole, brief })
}

function sum(a: Extent, b: Extent): Extent {
  return { words: a.words + b.words, size: a.size + b.size }
}

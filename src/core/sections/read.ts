/** Read (PURE): one line each. */
import { type Piece, quoting } from '../block.ts'
import type { Material } from '../open.ts'

export function read({ open }: Material): readonly Piece[] {
  return open.updates.filter(({ kind }) => kind === 'read').map((update) => quoting('Read', update))
}

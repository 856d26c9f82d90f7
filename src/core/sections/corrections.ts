/** Corrections (PURE): what was found wrong in earlier letters, if it changes a fact. */
import { type Piece, saying } from '../block.ts'
import { letterWords } from '../letter-words.ts'
import type { Material } from '../open.ts'

export function corrections({ open }: Material): readonly Piece[] {
  return open.corrections.map(({ id, text, number, update }) =>
    saying('Corrections', id, letterWords.correction(number, text), { about: [update] }),
  )
}

/** Hits as a page shows them (PURE): in the order of each letter, what several letters say alike once. */
import { type Piece, piecesOf } from './extract.ts'

type Hit = {
  readonly rank: number
  readonly digest: number
  readonly slug: string
  readonly update: string | null
  readonly extract: string
}

export type Find<H extends Hit> = {
  readonly hit: H
  readonly pieces: readonly Piece[]
  /** Of other letters that were found for the same update. */
  readonly others: readonly H[]
}

/** Within a letter hits come from the index the last first. */
export function findsOf<H extends Hit>(hits: readonly H[]): readonly Find<H>[] {
  const byLetter = Map.groupBy(hits, ({ rank, digest }) => `${rank}/${digest}`)
  const inOrder = [...byLetter.values()].flatMap((letter) => letter.toReversed())
  const byUpdate = Map.groupBy(inOrder, (hit) => hit.update ?? hit)
  return [...byUpdate.values()].flatMap(([hit, ...more]) => {
    if (hit === undefined) return []
    const letters = new Map(
      more.filter(({ digest }) => digest !== hit.digest).map((each) => [each.digest, each]),
    )
    return [{ hit, pieces: piecesOf(hit.extract), others: [...letters.values()] }]
  })
}

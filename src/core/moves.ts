/** Moves of a milestone as they are told (PURE). */

export type Move = {
  readonly oldDue: string
  readonly newDue: string
  readonly reason: string | null
  readonly inside: boolean
  /** When the letter that told it closed; null if none has. */
  readonly told: number | null
  readonly postedAt: number
}

/** What is moved again so soon was a slip. */
export const slipMs = 3_600_000

/** A milestone as it would be if its inside moves had not been said. */
export function movedOpenly<M extends { readonly due: string; readonly moves: readonly Move[] }>(
  milestone: M,
): M {
  let due = milestone.moves[0]?.oldDue ?? milestone.due
  const moves = milestone.moves.flatMap((move) => {
    if (move.inside) return []
    const oldDue = due
    due = move.newDue
    return [{ ...move, oldDue }]
  })
  return { ...milestone, due, moves }
}

/**
 * The moves of one milestone, in their order, without slips: one that is moved again within the hour was meant as it
 * stands at last. What one circle alone may see, or another letter tells, stays by itself, and so does a way back.
 */
export function withoutSlips<M extends Move>(moves: readonly M[]): readonly M[] {
  const kept: M[] = []
  for (const move of moves) {
    const before = kept.at(-1)
    if (before === undefined || !isSlip(before, move)) kept.push(move)
    else {
      const { oldDue, postedAt } = before
      kept[kept.length - 1] = { ...move, oldDue, postedAt, reason: move.reason ?? before.reason }
    }
  }
  return kept
}

function isSlip(before: Move, move: Move): boolean {
  return (
    move.postedAt - before.postedAt <= slipMs &&
    move.told === before.told &&
    move.inside === before.inside &&
    move.newDue !== before.oldDue
  )
}

/** The history of each metric (PURE), from the numbers that one reader may see. */
import type { Measurement } from './grammar/understood.ts'
import { numberOf } from './measurement.ts'

/** A number as it stands in a letter; `at` is when it happened. */
export type Measured = Measurement & { readonly identity: string; readonly at: number }

/** A number with the baseline that it is held against, its own or the last one said before. */
export type Held<M extends Measured> = M & { readonly against: string | null }

export type History<M extends Measured> = {
  /** Metric and condition as first typed. */
  readonly metric: string
  readonly on: string | null
  /** The latest first. */
  readonly numbers: readonly Held<M>[]
  /** What a chart shows: numbers of the unit that most have, the earliest first; none where it would show no course. */
  readonly course: readonly Point<M>[]
}

export type Point<M extends Measured> = Held<M> & {
  readonly y: number
  /** null: none said, or not a number of this unit. */
  readonly baselineY: number | null
}

/** Histories of rows that come latest first, the one that was measured last before the others. */
export function historiesOf<M extends Measured>(rows: readonly M[]): readonly History<M>[] {
  return [...Map.groupBy(rows, ({ identity }) => identity).values()].map(historyOf)
}

/** Where there is room for one course: the one measured last, and of those measured at once the one said first. */
export function leadingOf<M extends Measured>(histories: readonly History<M>[]): History<M> | null {
  const charted = histories.filter(({ course }) => course.length > 1)
  const at = charted[0]?.numbers[0]?.at
  return charted.findLast(({ numbers }) => numbers[0]?.at === at) ?? null
}

function historyOf<M extends Measured>(rows: readonly M[]): History<M> {
  const numbers = held(rows.toReversed())
  const first = numbers[0]
  return {
    metric: first?.metric ?? '',
    on: first?.on ?? null,
    numbers: numbers.toReversed(),
    course: courseOf(numbers),
  }
}

/** A baseline holds for all numbers of its unit behind it, until another one is said. */
function held<M extends Measured>(rows: readonly M[]): readonly Held<M>[] {
  const said = new Map<string | undefined, string>()
  return rows.map((row) => {
    if (row.baseline !== undefined) said.set(row.unit, row.baseline)
    return { ...row, against: said.get(row.unit) ?? null }
  })
}

function courseOf<M extends Measured>(numbers: readonly Held<M>[]): readonly Point<M>[] {
  const points = numbers.flatMap((each) => {
    const y = numberOf(each.value)
    return y === null
      ? []
      : [{ ...each, y, baselineY: each.against === null ? null : numberOf(each.against) }]
  })
  const units = [...Map.groupBy(points, ({ unit }) => unit).values()]
  // Of two units that are as frequent, the one that was measured last.
  const most = units.toSorted((a, b) => b.length - a.length || (b.at(-1)?.at ?? 0) - (a.at(-1)?.at ?? 0))[0]
  return most !== undefined && most.length > 1 ? most : []
}

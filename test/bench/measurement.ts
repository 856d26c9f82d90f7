/** What a measurement gives: figures with their budgets, and what else is worth knowing. */
import type { Counts } from './load.ts'
import type { World } from './world.ts'

export type Measurement = {
  readonly name: string
  measure(world: World): Promise<Measured>
}

export type Measured = {
  readonly rows: readonly Row[]
  /** Lines without a budget. */
  readonly notes: readonly string[]
}

export type Row = {
  readonly what: string
  readonly figure: string
  /** What it is held against, measured in the same run. */
  readonly baseline?: string
  /** What the budget is about: the figure over its baseline, else the figure. */
  readonly value: number
  readonly budget: { readonly atLeast: number } | { readonly atMost: number }
}

export function keepsBudget({ value, budget }: Row): boolean {
  return 'atLeast' in budget ? value >= budget.atLeast : value <= budget.atMost
}

/** The mean of the middle half: neither a hiccup nor a coarse clock moves it much. */
export function typical(values: readonly number[]): number {
  const quarter = Math.floor(values.length / 4)
  const middle = values.toSorted((a, b) => a - b).slice(quarter, values.length - quarter)
  return middle.reduce((sum, value) => sum + value, 0) / middle.length
}

export function inWords({ trips, queries, rowsRead, rowsWritten }: Counts): string {
  const [read, written] = [rowsRead, rowsWritten].map((rows) => grouped(rows))
  return `${trips === 1 ? 'once' : `${trips} times`}, ${queries} statements, ${read} rows read, ${written} written`
}

export function grouped(value: number): string {
  return value.toLocaleString('en')
}

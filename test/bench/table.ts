/** Rows with their budgets as a table of plain text (PURE). */
import { keepsBudget, type Row } from './measurement.ts'

export function table(rows: readonly Row[]): string {
  const head = ['', 'figure', 'against', 'ratio', 'budget', '']
  const lines = [head, ...rows.map(cells)]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, i) => aligned(cell, widths[i] ?? 0, i))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cells(row: Row): readonly string[] {
  const { what, figure, baseline, value, budget } = row
  const ratio = baseline === undefined ? '' : value.toFixed(2)
  const limit = 'atLeast' in budget ? `≥ ${budget.atLeast}` : `≤ ${budget.atMost}`
  return [what, figure, baseline ?? '', ratio, limit, keepsBudget(row) ? 'ok' : 'over']
}

/** Names to the left, figures to the right. */
function aligned(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width)
}

/** How far two words are apart (PURE). */

/**
 * Whether `word` becomes `target` in at most `limit` edits. An edit is one letter added, lost or changed, or
 * two neighbours swapped (optimal string alignment, the restricted Damerau-Levenshtein distance).
 */
export function isWithin(limit: number, word: string, target: string): boolean {
  if (Math.abs(word.length - target.length) > limit) return false
  return distance([...word], [...target]) <= limit
}

function distance(from: readonly string[], to: readonly string[]): number {
  const rows: number[][] = [to.map((_, i) => i).concat(to.length)]
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const changed = at(rows, i - 1, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1)
      const best = Math.min(changed, at(rows, i - 1, j) + 1, (row[j - 1] ?? 0) + 1)
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      row.push(isSwap ? Math.min(best, at(rows, i - 2, j - 2) + 1) : best)
    }
    rows.push(row)
  }
  return at(rows, from.length, to.length)
}

function at(rows: readonly (readonly number[])[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0
}

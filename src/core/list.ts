/** Words in a row (PURE). */

/** "6", "6 and 7", "5, 6 and 7" */
export function inWords(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}

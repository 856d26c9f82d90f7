/** A statement takes 2 MB of parameters at most; a character takes up to 3 bytes. */
const charactersAStatement = 500_000

/** JSON of rows, in lists that a statement takes each. */
export function inChunks(rows: readonly string[]): readonly (readonly string[])[] {
  const chunks: string[][] = []
  let room = 0
  for (const row of rows) {
    if (row.length > room) {
      chunks.push([])
      room = charactersAStatement
    }
    chunks.at(-1)?.push(row)
    room -= row.length
  }
  return chunks
}

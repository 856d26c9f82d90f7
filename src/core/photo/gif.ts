/** GIF by its blocks (PURE), without comments, plain text and what programs add but for repetition. GIF89a. */
import { type Cleaned, concat, keeping, littleEndian, nameAt } from './bytes.ts'

const extension = 0x21
const image = 0x2c
const trailer = 0x3b
const control = 0xf9
const application = 0xff
const known: readonly number[] = [control, application, 0xfe, 0x01]
/** Say how often moving pictures are repeated. */
const repeating: readonly string[] = ['NETSCAPE2.0', 'ANIMEXTS1.0']

export function cleanGif(bytes: Uint8Array): Cleaned | null {
  const first = 13 + coloursIn(bytes[10])
  const { keep, all } = keeping(bytes)
  keep(0, first)
  let hasPicture = false
  for (let at = first; bytes[at] !== trailer; ) {
    const behind = endOfBlock(bytes, at)
    if (behind === null) return null
    const isPicture = bytes[at] === image
    hasPicture ||= isPicture
    const label = bytes[at + 1]
    const isRepeating = label === application && repeating.includes(nameAt(bytes, at + 3, 11))
    if (isPicture || label === control || isRepeating) keep(at, behind)
    at = behind
  }
  if (!hasPicture) return null
  return {
    bytes: concat([...all(), Uint8Array.of(trailer)]),
    width: littleEndian(bytes, 6, 2),
    height: littleEndian(bytes, 8, 2),
  }
}

/** null if the block is none that is known, or reaches beyond the end. */
function endOfBlock(bytes: Uint8Array, at: number): number | null {
  const isExtension = bytes[at] === extension && known.includes(bytes[at + 1] ?? 0)
  if (!isExtension && bytes[at] !== image) return null
  // Pieces of up to 255 bytes, each behind its length; the last one is empty.
  let behind = isExtension ? at + 2 : at + 11 + coloursIn(bytes[at + 9])
  for (;;) {
    const length = bytes[behind]
    if (length === undefined) return null
    behind += 1 + length
    if (length === 0) return behind
  }
}

/** Bytes of the colours that follow, by the byte that announces them. */
function coloursIn(flags = 0): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0
}

/** WebP by its chunks (PURE), without Exif, XMP and what is unknown. RFC 9649, section 2. */
import { type Cleaned, concat, littleEndian, nameAt } from './bytes.ts'

const kept: readonly string[] = ['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']
const ofFrame: readonly string[] = ['VP8 ', 'VP8L', 'ALPH']
/** Bits of VP8X that announce Exif and XMP. */
const announced = 0x0c

type Chunk = { readonly name: string; readonly content: Uint8Array }

export function cleanWebp(bytes: Uint8Array): Cleaned | null {
  const behind = 8 + littleEndian(bytes, 4, 4)
  if (!(behind >= 12 && behind <= bytes.length)) return null
  const chunks = chunksOf(bytes.subarray(12, behind))
  if (chunks === null) return null
  const cleaned: Uint8Array[] = []
  for (const { name, content } of chunks) {
    const clean = kept.includes(name) ? cleanContent(name, content) : undefined
    if (clean === null) return null
    if (clean !== undefined) cleaned.push(chunkOf(name, clean))
  }
  const size = sizeOf(chunks)
  if (size === null || !chunks.some(({ name }) => name === 'VP8 ' || name === 'VP8L' || name === 'ANMF'))
    return null
  const body = concat(cleaned)
  return { bytes: concat([header('RIFF', body.length + 4), latin('WEBP'), body]), ...size }
}

/** null if it is not understood. */
function cleanContent(name: string, content: Uint8Array): Uint8Array | null {
  if (name === 'VP8X') {
    if (content.length < 10) return null
    const flags = content.slice(0, 10)
    flags[0] = (flags[0] ?? 0) & ~announced
    return flags
  }
  if (name !== 'ANMF') return content
  const chunks = content.length < 16 ? null : chunksOf(content.subarray(16)) // a frame's place, size and time come first
  const shown = chunks?.filter((chunk) => ofFrame.includes(chunk.name)) ?? []
  if (shown.length === 0) return null
  return concat([content.subarray(0, 16), ...shown.map((chunk) => chunkOf(chunk.name, chunk.content))])
}

/** null if one reaches beyond the end. */
function chunksOf(bytes: Uint8Array): readonly Chunk[] | null {
  const chunks: Chunk[] = []
  for (let at = 0; at < bytes.length; ) {
    const behind = at + 8 + littleEndian(bytes, at + 4, 4)
    if (!(behind <= bytes.length)) return null
    chunks.push({ name: nameAt(bytes, at, 4), content: bytes.subarray(at + 8, behind) })
    at = behind + (behind % 2) // each begins at an even place
  }
  return chunks
}

function chunkOf(name: string, content: Uint8Array): Uint8Array {
  return concat([header(name, content.length), content, new Uint8Array(content.length % 2)])
}

function header(name: string, length: number): Uint8Array {
  const bytes = new Uint8Array(8)
  bytes.set(latin(name))
  new DataView(bytes.buffer).setUint32(4, length, true)
  return bytes
}

function latin(name: string): Uint8Array {
  return new TextEncoder().encode(name)
}

function sizeOf([first]: readonly Chunk[]): Pick<Cleaned, 'width' | 'height'> | null {
  const content = first?.content ?? new Uint8Array()
  if (first?.name === 'VP8X') {
    return { width: 1 + littleEndian(content, 4, 3), height: 1 + littleEndian(content, 7, 3) }
  }
  if (first?.name === 'VP8L') {
    const bits = littleEndian(content, 1, 4)
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
  }
  if (first?.name !== 'VP8 ') return null
  return { width: littleEndian(content, 6, 2) & 0x3fff, height: littleEndian(content, 8, 2) & 0x3fff }
}

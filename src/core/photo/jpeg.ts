/**
 * JPEG without its metadata (PURE). Kept are the segments that the picture is made of, its colour profile, and which
 * way up it is; none of Exif, XMP, IPTC, comments and thumbnails, and nothing behind its end, where phones put films
 * and further pictures. ITU-T T.81, annex B.
 */
import { bigEndian, type Cleaned, concat, littleEndian, nameAt } from './bytes.ts'

const start = Uint8Array.of(0xff, 0xd8)
const end = Uint8Array.of(0xff, 0xd9)

const app0 = 0xe0
const app1 = 0xe1
const app2 = 0xe2
const app14 = 0xee
const comment = 0xfe
const scan = 0xda
/** Baseline, extended, progressive: what browsers show. */
const frames: readonly number[] = [0xc0, 0xc1, 0xc2]
/** Huffman tables, quantization tables, number of lines, restart interval. */
const tables: readonly number[] = [0xc4, 0xdb, 0xdc, 0xdd]

export function cleanJpeg(bytes: Uint8Array): Cleaned | null {
  const kept: Uint8Array[] = [start]
  let frame: Uint8Array | null = null
  let orientation = 1
  let hasScan = false
  for (let at = 2; ; ) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++ // a marker may have any number of these before it
    const marker = bytes[at] === 0xff ? bytes[at + 1] : undefined
    if (marker === undefined) return null
    if (marker === 0xd9) break
    const behind = at + 2 + bigEndian(bytes, at + 2, 2)
    if (!(behind >= at + 4 && behind <= bytes.length)) return null
    const segment = bytes.subarray(at, behind)
    at = behind
    if (marker === scan) {
      if (frame === null) return null
      hasScan = true
      at = endOfScan(bytes, behind)
      kept.push(segment, bytes.subarray(behind, at))
    } else if (frames.includes(marker)) {
      if (frame !== null) return null
      frame = segment
      kept.push(segment)
    } else if (tables.includes(marker)) {
      kept.push(segment)
    } else if ((marker >= app0 && marker <= 0xef) || marker === comment) {
      if (marker === app1) orientation = orientationIn(segment) ?? orientation
      kept.push(...cleanSegment(marker, segment))
    } else {
      return null
    }
  }
  if (frame === null || !hasScan) return null
  const upright = orientation === 1 ? [] : [exifOf(orientation)]
  const height = bigEndian(frame, 5, 2)
  const width = bigEndian(frame, 7, 2)
  const [first = start, ...rest] = kept
  return {
    bytes: concat([first, ...upright, ...rest, end]),
    ...(orientation > 4 ? { width: height, height: width } : { width, height }),
  }
}

/** Where the next marker stands: within a scan 0xff is followed by 0, or by the number of a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

/** What stays of a segment that is there for programs. */
function cleanSegment(marker: number, segment: Uint8Array): readonly Uint8Array[] {
  if (marker === app0 && nameAt(segment, 4, 5) === 'JFIF\0' && segment.length >= 18) {
    const jfif = segment.slice(0, 18) // a thumbnail follows, which may show what was cut off
    jfif.set([0, 16], 2)
    jfif.set([0, 0], 16)
    return [jfif]
  }
  const isColour =
    (marker === app2 && nameAt(segment, 4, 12) === 'ICC_PROFILE\0') ||
    (marker === app14 && nameAt(segment, 4, 5) === 'Adobe' && segment.length === 16)
  return isColour ? [segment] : []
}

/** Tag 0x0112 of the first directory of Exif (CIPA DC-008): 1 to 8; null if it is not there. */
function orientationIn(segment: Uint8Array): number | null {
  if (nameAt(segment, 4, 6) !== 'Exif\0\0') return null
  const tiff = segment.subarray(10)
  const order = nameAt(tiff, 0, 2)
  if (order !== 'II' && order !== 'MM') return null
  const read = order === 'II' ? littleEndian : bigEndian
  const directory = read(tiff, 4, 4)
  const count = read(tiff, directory, 2)
  for (let entry = directory + 2; entry < directory + 2 + 12 * count && entry < tiff.length; entry += 12) {
    if (read(tiff, entry, 2) !== 0x0112) continue
    const orientation = read(tiff, entry + 8, 2)
    return orientation >= 1 && orientation <= 8 ? orientation : null
  }
  return null
}

/** Exif that says which way up the picture is, and nothing else. */
function exifOf(orientation: number): Uint8Array {
  return Uint8Array.of(
    ...[0xff, app1, 0, 34, ...new TextEncoder().encode('Exif\0\0MM')],
    ...[0, 42, 0, 0, 0, 8, 0, 1], // its first directory comes next, with one entry
    ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
  )
}

/** Reading and joining bytes (PURE), as the formats of photos need it. */

/** A photo's file without what it tells beside the picture, and the size that it is shown in. */
export type Cleaned = { readonly bytes: Uint8Array; readonly width: number; readonly height: number }

export function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** The parts of a file from one place to another, those that follow each other as one: a file may have a million. */
export function keeping(bytes: Uint8Array) {
  const kept: [from: number, to: number][] = []
  return {
    keep(from: number, to: number): void {
      const last = kept.at(-1)
      if (last?.[1] === from) last[1] = to
      else kept.push([from, to])
    },
    all: (): readonly Uint8Array[] => kept.map(([from, to]) => bytes.subarray(from, to)),
  }
}

/** Latin letters as they stand in a file: the names of its parts. */
export function nameAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}

/** An unsigned number of `length` bytes, up to 4; NaN behind the end, which is neither less nor more than anything. */
export function bigEndian(bytes: Uint8Array, at: number, length: number): number {
  let number = 0
  for (let place = 0; place < length; place++) number = number * 256 + (bytes[at + place] ?? Number.NaN)
  return number
}

export function littleEndian(bytes: Uint8Array, at: number, length: number): number {
  let number = 0
  for (let place = length - 1; place >= 0; place--) number = number * 256 + (bytes[at + place] ?? Number.NaN)
  return number
}

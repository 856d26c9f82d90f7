/** Small pictures as browsers write them, and what phones and programs put into their files. */

const decode = (lines: readonly string[]) =>
  Uint8Array.from(atob(lines.join('')), (each) => each.charCodeAt(0))

/** 16 by 8, the left half blue, the right one red; JPEG and WebP with a colour profile. */
export const jpeg = decode([
  '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABh',
  'Y3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  'AAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAAB',
  'UAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAA',
  'AAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9Y',
  'WVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM',
  'ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQy',
  'SUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8',
  'fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAIABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/',
  'xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAwT/xAAZEQACAwEAAAAAAAAAAAAAAAAAQgSBwQX/2gAM',
  'AwEAAhEDEQA/AIwDTlvCjnNWn//Z',
])

export const png = decode([
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAYAAADwdn+XAAAAKklEQVR4AeyQMQ0AAAjDFizNE2rnaTjYw8FDk749Wmw5KdLJwpIP',
  'APcPBgAA//8iaUl8AAAABklEQVQDAPI7JLnxZlW9AAAAAElFTkSuQmCC',
])

export const webp = decode([
  'UklGRhYCAABXRUJQVlA4WAoAAAAgAAAADwAABwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABh',
  'Y3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  'AAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAAB',
  'UAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAA',
  'AAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9Y',
  'WVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM',
  'ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDggKAAAAHABAJ0BKhAACAAEAGgloAJ0AUAAAP7j',
  'GofmbOHzqJ+vX8QWltYgAAA=',
])

/** 1 by 1, two pictures that are repeated. */
export const gif = joined(
  'GIF89a',
  [1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255],
  ...[[0x21, 0xff, 11], 'NETSCAPE2.0', [3, 1, 0, 0, 0]],
  ...[
    [0x21, 0xf9, 4, 0, 10, 0, 0, 0],
    [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0],
  ],
  ...[
    [0x21, 0xf9, 4, 0, 10, 0, 0, 0],
    [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 1, 0],
  ],
  [0x3b],
)

/** As an iPhone writes it. */
export const heic = joined([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0], 'mif1heic')

export const secret = 'Rathausplatz 1, 52.5N 13.4E'

/** What of a JPEG no reader is to see, behind its first bytes: a segment each. */
export const told = {
  exif: segment(0xe1, exifOf(1)),
  xmp: segment(0xe1, joined('http://ns.adobe.com/xap/1.0/\0', secret)),
  iptc: segment(0xed, joined('Photoshop 3.0\0', secret)),
  furtherPictures: segment(0xe2, joined('MPF\0', secret)),
  thumbnail: segment(0xe0, joined('JFXX\0', secret)),
  maker: segment(0xe5, joined(secret)),
  comment: segment(0xfe, joined(secret)),
} as const

/** Exif as a phone writes it: which way up, and where. */
export function exifOf(orientation: number, order: 'MM' | 'II' = 'MM'): Uint8Array {
  const entry = (tag: number, type: number, value: number): number[] =>
    order === 'MM'
      ? [tag >> 8, tag & 255, 0, type, 0, 0, 0, 1, 0, value, 0, 0]
      : [tag & 255, tag >> 8, type, 0, 1, 0, 0, 0, value, 0, 0, 0]
  const head = order === 'MM' ? [0, 42, 0, 0, 0, 8, 0, 2] : [42, 0, 8, 0, 0, 0, 2, 0]
  return joined(
    'Exif\0\0',
    order,
    head,
    entry(0x0100, 3, 16),
    entry(0x0112, 3, orientation),
    [0, 0, 0, 0],
    secret,
  )
}

export function segment(marker: number, content: Uint8Array): Uint8Array {
  const length = content.length + 2
  return joined([0xff, marker, length >> 8, length & 255], content)
}

/** A JPEG with more behind its first bytes. */
export function jpegWith(...more: readonly Uint8Array[]): Uint8Array {
  return joined(jpeg.subarray(0, 2), ...more, jpeg.subarray(2))
}

export function pngChunk(name: string, content: Uint8Array): Uint8Array {
  return joined(number(content.length, false), name, content, [0, 0, 0, 0]) // nobody looks at a sum of what goes
}

/** A PNG with more behind its head. */
export function pngWith(...more: readonly Uint8Array[]): Uint8Array {
  return joined(png.subarray(0, 33), ...more, png.subarray(33))
}

export function webpChunk(name: string, content: Uint8Array): Uint8Array {
  return joined(name, number(content.length, true), content, new Uint8Array(content.length % 2))
}

export function webpOf(...chunks: readonly Uint8Array[]): Uint8Array {
  const body = joined('WEBP', ...chunks)
  return joined('RIFF', number(body.length, true), body)
}

/** A GIF with more before its end. */
export function gifWith(...more: readonly Uint8Array[]): Uint8Array {
  return joined(gif.subarray(0, -1), ...more, [0x3b])
}

export function joined(...pieces: readonly (string | ArrayLike<number>)[]): Uint8Array {
  const all = pieces.map((piece) =>
    typeof piece === 'string' ? new TextEncoder().encode(piece) : Array.from(piece),
  )
  return Uint8Array.from(all.flatMap((piece) => [...piece]))
}

function number(value: number, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, isLittle)
  return bytes
}

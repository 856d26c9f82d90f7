import { describe, expect, it } from 'vitest'
import { nameAt } from '../../src/core/photo/bytes.ts'
import { type CleanPhoto, cleanPhoto, maxPhotoBytes } from '../../src/core/photo/photo.ts'
import * as p from '../photos.ts'

const text = (bytes: Uint8Array) => nameAt(bytes, 0, bytes.length)

/** Cleaned; a photo that is not kept fails its test. */
function clean(bytes: Uint8Array): CleanPhoto {
  const cleaned = cleanPhoto(bytes)
  if (typeof cleaned === 'string') throw new Error(`not kept: ${cleaned}`)
  return cleaned
}

describe('a photo', () => {
  it.each([
    ['image/jpeg', p.jpeg, 16, 8],
    ['image/png', p.png, 16, 8],
    ['image/webp', p.webp, 16, 8],
    ['image/gif', p.gif, 1, 1],
  ] as const)(
    'is known by its bytes and kept as it is where it tells nothing: %s',
    (type, bytes, width, height) => {
      expect(clean(bytes)).toEqual({ type, bytes, width, height })
    },
  )

  it.each([
    ['HEIC, as an iPhone takes it', p.heic, 'heic'],
    ['a film', p.joined([0, 0, 0, 24], 'ftypmp42'), 'noPhoto'],
    ['a page with a script', p.joined('<svg onload="alert(1)">'), 'noPhoto'],
    ['text', p.joined('GIF89'), 'noPhoto'],
    ['nothing', new Uint8Array(), 'noPhoto'],
    ['more than 8 MiB', p.joined(p.jpeg, new Uint8Array(maxPhotoBytes)), 'tooLarge'],
  ])('is not %s', (_, bytes, why) => {
    expect(cleanPhoto(bytes)).toBe(why)
  })

  it.each([
    ['image/jpeg', p.jpeg],
    ['image/png', p.png],
    ['image/webp', p.webp],
    ['image/gif', p.gif],
  ])('that breaks off anywhere is not kept: %s', (_, bytes) => {
    const kept = Array.from(bytes, (_, length) => cleanPhoto(bytes.subarray(0, length)))
    expect(kept.filter((each) => typeof each !== 'string')).toEqual([])
  })

  it('with any byte changed is kept or not, and never fails', () => {
    for (const bytes of [p.jpeg, p.png, p.webp, p.gif, p.jpegWith(p.told.exif)]) {
      for (const [place, byte] of bytes.entries()) {
        for (const other of [0, 0xff, byte ^ 1, byte ^ 0x80]) cleanPhoto(bytes.with(place, other))
      }
    }
  })
})

describe('a JPEG', () => {
  it.each(Object.entries(p.told))('loses what it tells beside the picture: %s', (_, more) => {
    expect(text(p.jpegWith(more))).toContain(p.secret)
    expect(clean(p.jpegWith(more)).bytes).toEqual(p.jpeg)
  })

  it('keeps its colour profile', () => {
    expect(text(clean(p.jpeg).bytes)).toContain('ICC_PROFILE')
  })

  it('loses what stands behind its end: films, and further pictures with their own places', () => {
    expect(clean(p.joined(p.jpegWith(p.told.exif), p.jpegWith(p.told.exif), p.secret)).bytes).toEqual(p.jpeg)
  })

  it('loses what stands between its scans', () => {
    const scan = p.jpeg.subarray(p.jpeg.length - 40, -2)
    expect(scan.includes(0xff)).toBe(true)
    const bytes = p.joined(p.jpeg.subarray(0, -2), p.told.comment, p.told.exif, [0xff, 0xd9])
    expect(clean(bytes).bytes).toEqual(p.jpeg)
  })

  it.each([
    ['MM', 6, 8, 16],
    ['II', 8, 8, 16],
    ['II', 3, 16, 8],
  ] as const)(
    'keeps which way up it is, and nothing else of Exif: %s, %i',
    (order, orientation, width, height) => {
      const cleaned = clean(p.jpegWith(p.segment(0xe1, p.exifOf(orientation, order))))
      expect([cleaned.width, cleaned.height]).toEqual([width, height])
      expect(text(cleaned.bytes)).not.toContain(p.secret)
      expect(Array.from(cleaned.bytes.subarray(2, 6))).toEqual([0xff, 0xe1, 0, 34])
      expect(cleaned.bytes.length).toBe(p.jpeg.length + 36)
      expect(clean(cleaned.bytes)).toEqual(cleaned)
    },
  )

  it.each([
    ['an order that is none', p.joined('Exif\0\0XX', [0, 42, 0, 0, 0, 8])],
    ['a directory beyond its end', p.joined('Exif\0\0MM', [0, 42, 0xff, 0xff, 0xff, 0xff])],
    ['a way up that is none', p.exifOf(9)],
    ['an end before its first entry', p.joined('Exif\0\0MM', [0, 42, 0, 0, 0, 8, 0xff, 0xff])],
  ])('stands as it is where Exif has %s', (_, exif) => {
    expect(clean(p.jpegWith(p.segment(0xe1, exif))).bytes).toEqual(p.jpeg)
  })

  it('loses a thumbnail, which may show what was cut off', () => {
    const jfif = p.joined('JFIF\0', [1, 1, 0, 0, 1, 0, 1, 2, 2], 'twelve bytes')
    const bytes = p.joined(p.jpeg.subarray(0, 2), p.segment(0xe0, jfif), p.jpeg.subarray(20))
    expect(clean(bytes).bytes).toEqual(p.jpeg)
  })

  it.each([
    ['a segment that no browser knows', p.jpegWith(p.segment(0xcc, p.joined('x')))],
    ['a second picture in it', p.jpegWith(p.jpeg.subarray(2, -2))],
    ['no picture', p.joined([0xff, 0xd8], p.told.comment, [0xff, 0xd9])],
    ['bytes between its segments', p.jpegWith(p.told.comment, p.joined('x'))],
  ])('with %s is not kept', (_, bytes) => {
    expect(cleanPhoto(bytes)).toBe('broken')
  })
})

describe('a PNG', () => {
  it.each(['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME', 'prVt'])(
    'loses what it tells beside the picture: %s',
    (name) => {
      expect(clean(p.pngWith(p.pngChunk(name, p.joined(p.secret)))).bytes).toEqual(p.png)
    },
  )

  it('keeps its colours, and how it moves', () => {
    const bytes = p.pngWith(p.pngChunk('iCCP', p.joined('x')), p.pngChunk('acTL', p.joined('12345678')))
    expect(clean(bytes).bytes).toEqual(bytes)
  })

  it('loses what stands behind its end', () => {
    expect(clean(p.joined(p.png, p.secret)).bytes).toEqual(p.png)
  })

  it.each([
    ['a part that it cannot be shown without and nobody knows', p.pngWith(p.pngChunk('XXXX', p.joined('x')))],
    ['a second head', p.pngWith(p.png.subarray(8, 33))],
  ])('with %s is not kept', (_, bytes) => {
    expect(cleanPhoto(bytes)).toBe('broken')
  })
})

describe('a WebP', () => {
  const [head, rest] = [p.webp.subarray(12, 30), p.webp.subarray(30)]
  const picture = p.webp.subarray(p.webp.length - 48)
  const flags = (all: number) => p.joined(head.subarray(0, 8), [all], head.subarray(9))

  it.each(['EXIF', 'XMP ', 'odd!'])('loses what it tells beside the picture: %s', (name) => {
    const bytes = p.webpOf(flags(0x2c), rest, p.webpChunk(name, p.joined(p.secret)))
    expect(clean(bytes).bytes).toEqual(p.webp)
  })

  it('loses what a frame tells', () => {
    const place = new Uint8Array(16)
    const frame = (...more: Uint8Array[]) => p.webpChunk('ANMF', p.joined(place, picture, ...more))
    const cleaned = p.webpOf(flags(0x02), frame())
    expect(clean(p.webpOf(flags(0x02), frame(p.webpChunk('EXIF', p.joined(p.secret))))).bytes).toEqual(
      cleaned,
    )
  })

  it('loses what stands behind its end', () => {
    expect(clean(p.joined(p.webp, p.secret)).bytes).toEqual(p.webp)
  })

  it('is as large as its first part says', () => {
    expect(clean(p.webpOf(picture))).toMatchObject({ width: 16, height: 8 })
    const lossless = p.webpChunk('VP8L', Uint8Array.of(0x2f, 0x0f, 0xc0, 0x01, 0))
    expect(clean(p.webpOf(lossless))).toMatchObject({ width: 16, height: 8 })
  })
})

describe('a GIF', () => {
  it.each([
    ['comments', [0xfe]],
    ['plain text', [0x01]],
    ['what programs add', [0xff, 11, ...new TextEncoder().encode('XMP DataXMP')]],
  ])('loses %s', (_, label) => {
    const more = p.joined([0x21, ...label, p.secret.length], p.secret, [0])
    expect(clean(p.gifWith(more)).bytes).toEqual(p.gif)
  })

  it('loses what stands behind its end', () => {
    expect(clean(p.joined(p.gif, p.secret)).bytes).toEqual(p.gif)
  })

  it('with a block that nobody knows is not kept', () => {
    expect(cleanPhoto(p.gifWith(p.joined([0x21, 0x77, 0])))).toBe('broken')
  })
})

/**
 * Photos as they come in (PURE): known by their bytes, whatever their names say, and kept without what they tell
 * beside the picture: where and when it was taken, by which device, in whose words. What of a file is not understood
 * may say just that: then nothing of it is kept.
 */
import { type Cleaned, nameAt } from './bytes.ts'
import { cleanGif } from './gif.ts'
import { cleanJpeg } from './jpeg.ts'
import { cleanPng } from './png.ts'
import { cleanWebp } from './webp.ts'

export const maxPhotoBytes = 8 * 1024 * 1024
/** Of one post. */
export const maxPhotos = 10

export const photoTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const
export type PhotoType = (typeof photoTypes)[number]

export type CleanPhoto = Cleaned & { readonly type: PhotoType }

/** Why a photo is not kept. */
export type Unkept = 'tooLarge' | 'heic' | 'noPhoto' | 'broken'

export function cleanPhoto(bytes: Uint8Array): CleanPhoto | Unkept {
  if (bytes.length > maxPhotoBytes) return 'tooLarge'
  const type = typeOf(bytes)
  if (type === 'heic' || type === 'noPhoto') return type
  const cleaned = cleaners[type](bytes)
  if (cleaned === null || !(cleaned.width > 0 && cleaned.height > 0)) return 'broken'
  return { ...cleaned, type }
}

const cleaners: Readonly<Record<PhotoType, (bytes: Uint8Array) => Cleaned | null>> = {
  'image/jpeg': cleanJpeg,
  'image/png': cleanPng,
  'image/webp': cleanWebp,
  'image/gif': cleanGif,
}

function typeOf(bytes: Uint8Array): PhotoType | 'heic' | 'noPhoto' {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  if (nameAt(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png'
  if (nameAt(bytes, 0, 4) === 'RIFF' && nameAt(bytes, 8, 4) === 'WEBP') return 'image/webp'
  if (/^GIF8[79]a$/u.test(nameAt(bytes, 0, 6))) return 'image/gif'
  // https://www.iso.org/standard/83650.html: the brands of HEIF pictures with HEVC, and of unnamed ones
  const isHeic = nameAt(bytes, 4, 4) === 'ftyp' && /^(?:he[iv][cxms]|mif1|msf1)$/u.test(nameAt(bytes, 8, 4))
  return isHeic ? 'heic' : 'noPhoto'
}

/** PNG by its chunks (PURE): those that the picture is made of, and nothing behind its end. W3C PNG, third edition. */
import { bigEndian, type Cleaned, concat, keeping, nameAt } from './bytes.ts'

const kept: readonly string[] = [
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'bKGD', 'pHYs', 'sBIT'],
  ...['gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'mDCV', 'cLLI'], // colours
  ...['acTL', 'fcTL', 'fdAT'], // moving pictures
]

export function cleanPng(bytes: Uint8Array): Cleaned | null {
  const { keep, all } = keeping(bytes)
  keep(0, 8)
  let hasPicture = false
  for (let at = 8; ; ) {
    const behind = at + 12 + bigEndian(bytes, at, 4)
    if (!(behind <= bytes.length)) return null
    const name = nameAt(bytes, at + 4, 4)
    if ((name === 'IHDR') !== (at === 8)) return null
    hasPicture ||= name === 'IDAT'
    if (kept.includes(name)) keep(at, behind)
    else if (!/^[a-z]/u.test(name)) return null // without it the picture cannot be shown
    if (name === 'IEND') break
    at = behind
  }
  if (!hasPicture) return null
  return { bytes: concat(all()), width: bigEndian(bytes, 16, 4), height: bigEndian(bytes, 20, 4) }
}

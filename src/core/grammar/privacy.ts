/** Rule 4 (PURE): what makes a post private, and what keeps it inside. In doubt it stays with the student. */
import { isWithin } from './edits.ts'

/**
 * Whether a post is private: `#private`, `# private`, `hashtag private`, a hashtag within two edits of it,
 * anywhere but in a URL, code too; or a line that begins `Private:`.
 */
export function isPrivate(text: string): boolean {
  const seen = plain(text)
  if (/^[^\p{L}\n]*private(?:[^\S\n]+@[\p{L}\p{N}_.-]+)?[^\S\n]*:/imu.test(seen)) return true
  return [seen, seen.replace(/(?<=\p{L})[_-](?=\p{L})/gu, '')].some((each) =>
    hashtagWords(each).some((word) => isWithin(2, word, 'private')),
  )
}

/** Whether a post is for the inner circle alone: `#inside`, or a hashtag one edit from it. */
export function isInside(text: string): boolean {
  return hashtagWords(plain(text)).some((word) => isWithin(1, word, 'inside'))
}

/** Without what the eye does not see, and with one form for each letter, so that nothing hides a hashtag. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/[\p{Cf}\p{M}]/gu, '')
}

/** The words after `#`, `# ` and `hashtag `, in lower case, outside URLs. */
function hashtagWords(text: string): readonly string[] {
  const found = withoutFragments(text).matchAll(/(?:#[^\S\n]*|\bhashtag\s+#?)([\p{L}\p{N}]+)/giu)
  return Array.from(found, (match) => (match[1] ?? '').toLowerCase())
}

/** Cuts fragments out of URLs; a `#` is one only behind one of the URL's own characters. */
function withoutFragments(text: string): string {
  return text.replace(/[^\s<>"'()[\]]+/gu, (piece) => {
    const url = piece.search(/\b(?:https?:\/\/|www\.)/iu)
    const hash = url < 0 ? -1 : piece.indexOf('#', url)
    if (hash < 0 || !/[\w/=&%~+-]/u.test(piece[hash - 1] ?? '')) return piece
    const next = piece.indexOf('#', hash + 1)
    return piece.slice(0, hash) + (next < 0 ? '' : ` ${piece.slice(next)}`)
  })
}

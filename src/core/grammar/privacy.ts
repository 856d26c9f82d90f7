/** Rule 4 (PURE): what makes a post private, and what keeps it inside. In doubt it stays with the student. */
import { isWithin } from './edits.ts'
import { lineEnds } from './text.ts'

/**
 * Whether a post is private: `#private`, `# private`, `hashtag private`, a hashtag within two edits of it,
 * anywhere but in a URL, code too; a line that begins `Private:`; or a beginning such as "please don't show".
 */
export function isPrivate(text: string): boolean {
  if (readings(text).some((seen) => seen.split('\n').some((line) => privateLine.test(line)))) return true
  if (secret.test(text)) return true
  return hashtagWords(text).some((word) => isWithin(2, word, 'private'))
}

/** Whether a post is for the inner circle alone: `#inside`, or a hashtag one edit from it. */
export function isInside(text: string): boolean {
  return kept.test(text) || hashtagWords(text).some((word) => isWithin(1, word, 'inside'))
}

/** Not "keep it inside the loop". */
const kept = /^[^\p{L}\n]*(?:please |pls )?keep (?:this|it) inside\s*(?:[,.:;!–—-]|please\b|pls\b|$)/imu

/** What follows "keep this inside, not for the team: …"; any other text as it is. */
export function withoutInsideWords(text: string): string {
  return kept.test(text) ? text.replace(/^[^:\n]*:/u, '') : text
}

/** `text` without its hashtags that mean inside. */
export function withoutInside(text: string): string {
  return text.replace(/(?:^|[^\S\n]+)#(\p{L}+)(?![\p{L}\p{N}_-])/gmu, (mark, word: string) =>
    isInside(`#${word}`) ? '' : mark,
  )
}

/** `text` without an `#inside` that leads it. */
export function withoutInsideMark(text: string): string {
  const [mark = '', word = ''] = /^\s*#(\p{L}+)(?![\p{L}\p{N}_-])[:,]?[^\S\n]*/u.exec(text) ?? []
  return isInside(`#${word}`) ? text.slice(mark.length) : text
}

/** Whether a line is nothing but `#inside`: it stands for the whole post. */
export function isInsideLine(line: string): boolean {
  return /^\s*#\p{L}+\s*$/u.test(line) && isInside(line)
}

/** "please dont show prof …": how people say it who do not think of a hashtag. */
const secret =
  /^[^\p{L}]*(?:please |pls )?(?:do ?n['’o]?t|do not) (?:(?:show|tell|send) (?:this to |it to )?(?:@|my |the )?(?:prof|professor|advis[oe]r|supervisor|team|lab|partner|anyone|anybody|him|her|them)\b|(?:show|tell|send) @|(?:show|tell|share|send) (?:this|it) (?:to|with)\b|share this\b)/iu

/** `Private:` or `Private @name:`, in any emphasis, after bullets, boxes, numbers, single letters `a)`, emoji. */
const privateLine =
  /^(?:[^\p{L}]|\p{L}[.)\]])*private[^\p{L}\p{N}:@]{0,5}(?:@[\p{L}\p{N}_.-]+[^\p{L}\p{N}:]{0,5})?:/iu

/**
 * The text without what the eye does not see, as typed and with one form for each letter, so that nothing
 * hides a hashtag; an emoji that stands for a word is none in the first.
 */
function readings(text: string): readonly string[] {
  const lines = text.replace(lineEnds, '\n')
  return [...new Set([lines, lines.normalize('NFKC')])].map((each) => each.replace(/[\p{Cf}\p{M}]/gu, ''))
}

/** The words after `#`, `# `, `hashtag ` and, as dictation writes it, `hash tag `, in lower case, outside URLs; hyphens may part or join them. */
function hashtagWords(text: string): readonly string[] {
  const seen = readings(text).map(withoutFragments)
  const joined = seen.map((each) => each.replace(/(?<=\p{L})[_-](?=\p{L})/gu, ''))
  return [...new Set([...seen, ...joined])].flatMap((each) =>
    Array.from(each.matchAll(hashtag), (match) => (match[1] ?? '').toLowerCase()),
  )
}

const hashtag = /(?:[#＃][^\S\n]*|\bhash[ -]?tag\s+#?)[*_]{0,3}(?=([\p{L}\p{N}]+))/giu

/** Cuts fragments out of URLs; a `#` is one only behind one of the URL's own characters. */
function withoutFragments(text: string): string {
  return text.replace(/[^\s<>"'()[\]]+/gu, (piece) => {
    if (!piece.includes('#')) return piece
    const url = piece.search(/\b(?:https?:\/\/|www\.)/iu)
    const hash = url < 0 ? -1 : piece.indexOf('#', url)
    if (hash < 0 || !/[\w/=&%~+-]/u.test(piece[hash - 1] ?? '')) return piece
    const next = piece.indexOf('#', hash + 1)
    return piece.slice(0, hash) + (next < 0 ? '' : ` ${piece.slice(next)}`)
  })
}

/**
 * People as they are pasted from mail programs, spreadsheets and lists (PURE): who they are, and which pieces name
 * nobody that mail could be sent to. Nothing typed is lost: a piece is a person, or is given back as it was typed.
 */
import { readAddress } from './address.ts'
import { isTitle, personalName } from './personal-name.ts'

/**
 * `noAddress`: words alone. `badAddress`: none that mail could go to. `unclear`: which name is whose cannot be told.
 * `namesCircle`: a circle is named beside them, and one is chosen for all.
 */
export type PastedProblem = 'noAddress' | 'badAddress' | 'unclear' | 'namesCircle'

export type Pasted =
  | { readonly email: string; readonly name: string | null; readonly typed: string }
  | { readonly wrong: PastedProblem; readonly typed: string }

/** Each person, or piece that is none, in the order in which they were typed. */
export function readPeople(text: string): readonly Pasted[] {
  return clean(text).split('\n').flatMap(readLine)
}

/** Words without an address. */
type Words = { readonly is: 'words'; readonly typed: string }

/** One address, or more than one that cannot be told apart. */
type Addressed =
  | {
      readonly is: 'address'
      readonly typed: string
      readonly written: string
      /** What stands beside the address in the same piece; empty if nothing does. */
      readonly beside: string
      readonly isAngled: boolean
    }
  | { readonly is: 'unclear'; readonly typed: string }

/** What stands between two separators. */
type Piece = Words | Addressed

/** As long as a name may be. */
const maxName = 100

const addressLike = /[^\s<>()[\]{},;:"|]*@[^\s<>()[\]{},;:"|]*/gu

/** One way of writing for what programs write in several. */
function clean(text: string): string {
  return text
    .replaceAll(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '') // unseen
    .replaceAll(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replaceAll(/[^\P{Cc}\n\t]|[\ufdd0-\ufdef]/gu, ' ')
    .replaceAll(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/gu, ' ')
    .replaceAll(/[\u201c-\u201f\u00ab\u00bb]|\\"/gu, '"')
    .replaceAll(/[\uff0c\u3001]/gu, ',')
    .replaceAll('\uff1b', ';')
    .replaceAll('\uff20', '@')
    .replaceAll(/\[([^[\]\n]*)\]\(mailto:([^()\s]*)\)/giu, '$1 <$2>') // Markdown
    .replaceAll(/\[mailto:([^[\]\s]*)\]/giu, '<$1>')
}

/** Nobody may land in another circle than was written beside them. */
const circleNamed = /(?:^|[\s,;|(])(?:inner|outer)(?:[ _-]circle)?[\s,;|)]*$/iu

function readLine(line: string): readonly Pasted[] {
  if (circleNamed.test(line)) return [{ wrong: 'namesCircle', typed: line.trim() }]
  const bare = line
    .replace(/^\s*(?:[-*+•·–]|\d{1,3}[.)])\s+/u, '')
    .replace(/^\s*(?:to|cc|bcc|from|reply-to|an|von)\s*:/iu, '')
  const [separator = ',', inner] = ['\t', ';', ','].filter((each) => isSplitBy(bare, each))
  if (separator !== ';' || inner === undefined) return readPieces(bare, separator)
  // Semicolons stand between people where commas stand within: "Last, First <address>; …".
  return split(bare, ';').flatMap((people) => readPieces(people, ','))
}

function isSplitBy(text: string, separator: string): boolean {
  if (!text.includes(separator)) return false
  return split(text.trim(), separator).filter((piece) => piece.trim() !== '').length > 1
}

/** Splits at a separator that stands outside quotes; the `>` of an address can be an end, too. */
function split(text: string, separator: string, isAngleEnd = false): readonly string[] {
  const hasPairs = text.split('"').length % 2 === 1
  const pieces: string[] = []
  let start = 0
  let isQuoted = false
  let hasAt = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (character === '"' && hasPairs) isQuoted = !isQuoted
    if (character === '@') hasAt = true
    const isSeparator = character === separator
    const isEnd = isSeparator || (isAngleEnd && character === '>' && hasAt)
    if (!isEnd || isQuoted) continue
    pieces.push(text.slice(start, isSeparator ? index : index + 1))
    start = index + 1
    hasAt = false
  }
  return [...pieces, text.slice(start)]
}

function piecesOf(text: string): readonly Piece[] {
  const typed = text.replaceAll(/^[\s,;|]+|[\s,;|]+$/gu, '')
  if (!/[\p{L}\p{N}@]/u.test(typed)) return []
  const [, before, angled] = /^(.*)<([^<>]*@[^<>]*)>$/su.exec(typed) ?? []
  if (before !== undefined && angled !== undefined) {
    return [{ is: 'address', typed, written: angled.trim(), beside: before, isAngled: true }]
  }
  const addresses = typed.match(addressLike) ?? []
  const beside = typed.replaceAll(addressLike, ' ').replace(/\bmailto:/iu, '')
  const [written] = addresses
  if (written === undefined) return isHeader(typed) ? [] : [{ is: 'words', typed }]
  if (addresses.length === 1) return [{ is: 'address', typed, written, beside, isAngled: false }]
  const isList = !/[\p{L}\p{N}]/u.test(beside)
  return isList ? addresses.flatMap(piecesOf) : [{ is: 'unclear', typed }]
}

/** The heading of a column. */
function isHeader(words: string): boolean {
  return /^"?(?:(?:first|last|full|given|family)?[ _-]?name|e-?mail(?: address)?|address|circle)"?$/iu.test(
    words,
  )
}

function readPieces(text: string, separator: string): readonly Pasted[] {
  const pieces = split(text, separator, true).flatMap(piecesOf)
  const isAfter = pieces[0]?.is !== 'words' && pieces.at(-1)?.is === 'words'
  const isBefore = pieces[0]?.is === 'words'
  const isAlone = pieces.filter(({ is }) => is !== 'words').length === 1
  return groupsOf(pieces, isAfter).flatMap(({ who, words }) => {
    // Further columns of a table say something else.
    if (who === null) return separator === '\t' && isAlone ? [] : words.map(noAddress)
    if (who.is === 'unclear')
      return [...words.map(noAddress), { wrong: 'unclear', typed: who.typed } as const]
    const hasName = /[\p{L}\p{N}]/u.test(who.beside)
    const isCertain = hasName ? separator === ',' : isBefore || isAfter || who.isAngled
    const nearest = isAfter ? words.slice(0, 1) : words.slice(isTitle(who.beside) ? -2 : -1)
    const fitting = isAlone && !hasName ? words : nearest
    const names = isCertain ? fitting.filter(({ typed }) => isName(typed)) : []
    const left = words.filter((each) => !names.includes(each))
    return [...left.map(noAddress), personOf(who, names, hasName, isAfter ? 'after' : 'before', separator)]
  })
}

type Group = { readonly who: Addressed | null; readonly words: readonly Words[] }

/** Each address with the words before it, or after it; at an end words that have none. */
function groupsOf(pieces: readonly Piece[], isAfter: boolean): readonly Group[] {
  const groups: Group[] = []
  let words: Words[] = []
  for (const piece of isAfter ? pieces.toReversed() : pieces) {
    if (piece.is === 'words') words.push(piece)
    else {
      groups.push({ who: piece, words: isAfter ? words.toReversed() : words })
      words = []
    }
  }
  if (words.length > 0) groups.push({ who: null, words: isAfter ? words.toReversed() : words })
  return isAfter ? groups.toReversed() : groups
}

function noAddress({ typed }: Words): Pasted {
  return { wrong: 'noAddress', typed }
}

/** Whether words can be a name: an address that lost its `@`, a number or a path is none. */
function isName(words: string): boolean {
  return !/[\d_/\\]|\S\.\p{L}{2}/u.test(words)
}

function personOf(
  who: Extract<Addressed, { is: 'address' }>,
  names: readonly Words[],
  hasName: boolean,
  side: 'before' | 'after',
  separator: string,
): Pasted {
  const said = names.map(({ typed }) => typed)
  const typed = (side === 'after' ? [who.typed, ...said] : [...said, who.typed]).join(
    separator === '\t' ? separator : `${separator} `,
  )
  const email = readAddress(who.written)
  if (email === null) return { wrong: 'badAddress', typed }
  const written = hasName ? [...said, who.beside].join(', ') : said.map(personalName).join(' ')
  const name = personalName(written)
  if (name !== null && name.length > maxName) return { wrong: 'unclear', typed }
  return { email, name, typed }
}

/** What somebody looks for (PURE): words, “phrases”, prefixes and operators. Whatever is typed can be read. */
import { type Kind, kindOf } from '../kinds.ts'

/** Words that stand side by side; the last one may be only how a word begins. Between quotes they are meant so. */
export type Phrase = {
  readonly words: readonly string[]
  readonly isPrefix: boolean
  readonly isQuoted: boolean
}

/** All of the phrases and tags, any of the kinds and authors, within the dates. */
export type Query = {
  readonly phrases: readonly Phrase[]
  readonly kinds: readonly Kind[]
  /** As typed. */
  readonly authors: readonly string[]
  readonly tags: readonly Phrase[]
  /** The first and the last day of the letters: `2026-10-01`, or a month or a year. */
  readonly since: string | null
  readonly until: string | null
  /** Operators that say nothing which is known here: they are looked for as words. */
  readonly unread: readonly string[]
  /** Words behind these are not looked for. */
  readonly isCut: boolean
}

/** The index is asked for so many words at most. */
const mostWords = 32

/** A longer text is read so far. */
const mostCharacters = 4096

const term =
  /(?:(?<operator>kind|author|since|until|tag):|(?<hash>#))?(?:["“”„«](?<quoted>[^"“”„«»]*)["“”»]|(?<bare>\S+))/giu

export function readQuery(text: string): Query {
  const read = termsIn(text).map(readTerm)
  const every = <K extends keyof Term>(name: K) =>
    read.flatMap((each): NonNullable<Term[K]>[] => (each[name] == null ? [] : [each[name]]))
  const typed = every('phrase')
  const phrases = firstWords(typed, mostWords)
  const isWhole =
    phrases.length === typed.length && phrases.at(-1)?.words.length === typed.at(-1)?.words.length
  return {
    phrases,
    kinds: every('kind'),
    authors: every('author').slice(0, mostWords),
    tags: firstWords(every('tag'), mostWords),
    since: every('since').at(-1) ?? null,
    until: every('until').at(-1) ?? null,
    unread: every('unread'),
    isCut: !isWhole || text.length > mostCharacters,
  }
}

/** Words and “phrases” that a text contains as they were typed, all of them, and any of the kinds. */
export type TypedQuery = Pick<Query, 'kinds' | 'unread'> & { readonly texts: readonly string[] }

/** The same reading where words are found as typed and within others: of the operators `kind:` alone is known. */
export function readTypedQuery(text: string): TypedQuery {
  const terms = termsIn(text).map((each) => ({ ...each, kind: readTerm(each).kind }))
  const others = terms.filter(({ kind }) => kind === undefined)
  return {
    texts: others
      .map(({ typed, operator, value }) => (operator === '' ? value : typed))
      .filter((each) => each !== ''),
    kinds: terms.flatMap(({ kind }) => kind ?? []),
    unread: others.flatMap(({ typed, operator }) =>
      operator === '' || typed.startsWith('#') ? [] : [typed],
    ),
  }
}

function termsIn(text: string): readonly Typed[] {
  return Array.from(text.slice(0, mostCharacters).matchAll(term), ({ 0: typed, groups = {} }) => {
    const { operator = groups.hash === undefined ? '' : 'tag', quoted, bare } = groups
    const isQuoted = quoted !== undefined
    return { typed, operator: operator.toLowerCase(), value: (quoted ?? bare ?? '').trim(), isQuoted }
  })
}

function firstWords(phrases: readonly Phrase[], count: number): readonly Phrase[] {
  let room = count
  return phrases.flatMap((phrase) => {
    const words = phrase.words.slice(0, room)
    room -= words.length
    const isPrefix = phrase.isPrefix && words.length === phrase.words.length
    return words.length === 0 ? [] : [{ ...phrase, words, isPrefix }]
  })
}

/** Whether there is anything to look for. */
export function isEmpty({ phrases, kinds, authors, tags, since, until }: Query): boolean {
  return (
    [phrases, kinds, authors, tags].every((each) => each.length === 0) && since === null && until === null
  )
}

type Typed = {
  readonly typed: string
  readonly operator: string
  readonly value: string
  readonly isQuoted: boolean
}

type Term = {
  readonly phrase?: Phrase
  readonly kind?: Kind
  readonly author?: string
  readonly tag?: Phrase
  readonly since?: string
  readonly until?: string
  readonly unread?: string
}

function readTerm({ typed, operator, value, isQuoted }: Typed): Term {
  const phrase = phraseOf(value, isQuoted)
  if (phrase === null) return operator === '' || operator === 'tag' ? {} : { unread: typed }
  const kind = kindOf(value)
  if ((operator === 'kind' || typed.startsWith('#')) && kind !== null) return { kind }
  if (operator === 'tag') return { tag: phrase }
  if (operator === 'author') return { author: value }
  if (operator === 'since' && isDay(value)) return { since: value }
  if (operator === 'until' && isDay(value)) return { until: value }
  if (operator === '') return { phrase }
  return { unread: typed, phrase: phraseOf(typed, isQuoted) ?? phrase }
}

/** A day, or a month or a year: as text it comes before all days in it. */
function isDay(value: string): boolean {
  return /^\d{4}(?:-\d\d){0,2}$/u.test(value)
}

function phraseOf(value: string, isQuoted: boolean): Phrase | null {
  const words = value.match(/[\p{L}\p{N}\p{M}_]+/gu)
  if (words === null) return null
  return { words: words.flatMap(apart), isPrefix: /[\p{L}\p{N}\p{M}_]\*$/u.test(value), isQuoted }
}

/** Chinese and Japanese characters are words of their own, as in the index (the class stands in migration 0016). */
function apart(word: string): readonly string[] {
  return word.match(/[々぀-ヿ㐀-鿿豈-﫿ｦ-ﾟ𠀀-𳎯]|[^々぀-ヿ㐀-鿿豈-﫿ｦ-ﾟ𠀀-𳎯]+/gu) ?? []
}

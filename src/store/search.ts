/**
 * Search over frozen blocks, as one visitor may see them. What decides which rows are found stands in the match
 * itself, and their order needs no statistics: so neither the rows read nor the order tell of what is hidden.
 */
import type { Part } from '../core/block.ts'
import { marks, omission } from '../core/search/extract.ts'
import { isEmpty, type Phrase, type Query } from '../core/search/query.ts'
import { circleOf, sinceOf } from './archive.ts'
import type { Visitor } from './sessions.ts'

/** A block that was found. */
export type Hit = {
  /** 0 where the words stand close together, 2 where some only begin like these, else 1. */
  readonly rank: number
  readonly digest: number
  readonly slug: string
  readonly part: Part
  /** The first update that it quotes. */
  readonly update: string | null
  /** A stretch of its Markdown, with marks. */
  readonly extract: string
}

/** Behind which hits to go on: so many of this digest, of this rank, were shown. */
export type Place = { readonly rank: number; readonly digest: number; readonly shown: number }

/** Words are close within so many others. */
const near = 10
/** A shorter word begins too many others. */
const leastBegun = 3
/** Words of an extract. */
const extractWords = 40

/** Places of blocks in the index, see migration 0016: so many a letter, and so many letters. */
const letterPlaces = 1_000_000
const mostLetters = 999_999_999

/** A page of hits: by rank, then of the newest letters first. */
export async function searchBlocks(
  db: D1Database,
  visitor: Visitor,
  query: Query,
  after: Place | null,
  limit: number,
): Promise<readonly Hit[]> {
  if (isEmpty(query)) return []
  const authors = await findAuthors(db, query.authors)
  const bounds = await findBounds(db, visitor, query)
  if (authors === null || bounds === null) return []
  const hits: Hit[] = []
  for (const [rank, match] of matchesOf(query, visitor, authors).entries()) {
    const isDone = match === null || rank < (after?.rank ?? 0) || hits.length >= limit
    if (isDone) continue
    const from = after?.rank === rank ? after : null
    const found = await readHits(db, match, bounds, from, limit - hits.length)
    hits.push(...found.map((hit) => ({ ...hit, rank })))
  }
  return hits
}

async function readHits(
  db: D1Database,
  match: string,
  { first, last }: Bounds,
  after: Place | null,
  limit: number,
): Promise<readonly Omit<Hit, 'rank'>[]> {
  const { results } = await db
    .prepare(
      `SELECT rowid / ${letterPlaces} AS digest, slug, section AS part, update_id AS "update",
              snippet(search, 0, ?5, ?6, ?7, ${extractWords}) AS extract
       FROM search
       WHERE search MATCH ?1
         AND rowid BETWEEN CAST(?2 * ${letterPlaces} AS INTEGER) AND CAST((?3 + 1) * ${letterPlaces} - 1 AS INTEGER)
       ORDER BY rowid DESC LIMIT ?4 OFFSET ?8`,
    )
    .bind(
      ...[match, first, Math.min(last, after?.digest ?? last), limit],
      ...[marks.start, marks.end, omission, after?.shown ?? 0],
    )
    .all<Omit<Hit, 'rank'>>()
  return results
}

type Bounds = { readonly first: number; readonly last: number }

/** The first and the last digest that may be read and are asked for; null where there is none. */
async function findBounds(db: D1Database, visitor: Visitor, { since, until }: Query): Promise<Bounds | null> {
  const bounds = await db
    .prepare(
      // A slug begins with the letter's day, and "~" comes behind all that may follow it.
      `SELECT max((SELECT number FROM digests WHERE until > ?1 ORDER BY until LIMIT 1),
                  iif(?2 IS NULL, 0, (SELECT number FROM digests WHERE slug >= ?2 ORDER BY slug LIMIT 1))) AS first,
              coalesce((SELECT number FROM digests WHERE slug > ?3 || '~' ORDER BY slug LIMIT 1) - 1, ?4) AS last`,
    )
    .bind(sinceOf(visitor), since, until, mostLetters)
    .first<{ first: number | null; last: number }>()
  return bounds === null || bounds.first === null ? null : { first: bounds.first, last: bounds.last }
}

/** The ids of authors whose names hold one of these, the owner's also as letters have it; null if nobody's do. */
async function findAuthors(db: D1Database, names: readonly string[]): Promise<readonly string[] | null> {
  if (names.length === 0) return []
  const { results } = await db
    .prepare(
      `SELECT a.id, a.name || iif(a.is_owner, ' ' || coalesce(p.settings ->> '$.ownerName', ''), '') AS name
       FROM authors a, project p`,
    )
    .all<{ id: string; name: string }>()
  const called = results.filter(({ name }) =>
    names.some((each) => name.toLowerCase().includes(each.toLowerCase())),
  )
  return called.length === 0 ? null : called.map(({ id }) => id)
}

/** What the index is asked, by rank; null where a rank has nothing to look for. */
function matchesOf(
  { phrases, kinds, tags }: Query,
  visitor: Visitor,
  authors: readonly string[],
): readonly (string | null)[] {
  const any = (words: readonly string[]) => words.map((word) => `"${word}"`).join(' OR ')
  const filters = [
    `circle : (${any(['both', circleOf(visitor)])})`,
    ...(kinds.length === 0 ? [] : [`kind : (${any(kinds)})`]),
    ...(authors.length === 0 ? [] : [`author : (${any(authors)})`]),
    ...(tags.length === 0 ? [] : [`tags : (${all(tags)})`]),
  ]
  const narrowed = filters.map((each) => `(${each})`).join(' AND ')
  if (phrases.length === 0) return [null, narrowed, null]
  const text = `(text : (${all(phrases)}))`
  const close = `(text : NEAR(${all(phrases)}, ${near}))`
  const looser = phrases.map(loosened)
  const isLooser = phrases.some((phrase, i) => phrase.isPrefix !== looser[i]?.isPrefix)
  return [
    phrases.length < 2 ? null : `${narrowed} AND ${close}`,
    phrases.length < 2 ? `${narrowed} AND ${text}` : `(${narrowed} AND ${text}) NOT ${close}`,
    isLooser ? `(${narrowed} AND (text : (${all(looser)}))) NOT ${text}` : null,
  ]
}

/** "table" finds "tables", too. */
function loosened(phrase: Phrase): Phrase {
  const isLong = (phrase.words.at(-1)?.length ?? 0) >= leastBegun
  return { ...phrase, isPrefix: phrase.isPrefix || (!phrase.isQuoted && isLong) }
}

/** Letters, digits and marks alone, within quotes: no query can break out of them. */
function all(phrases: readonly Phrase[]): string {
  return phrases.map(({ words, isPrefix }) => `"${words.join(' ')}"${isPrefix ? '*' : ''}`).join(' ')
}

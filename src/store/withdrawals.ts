/** The one batch of a withdrawal. */
import { identityOf } from '../core/measurement.ts'
import type { ToldDocument } from '../core/told.ts'
import type { Forms, Update } from '../core/update.ts'
import { inChunks } from './chunks.ts'
import { leftOpen } from './due.ts'
import type { StoredPost } from './told.ts'

export type Withdrawn = {
  readonly update: Update
  readonly at: number
  readonly reason: string | null
  /** What stands in place of its words, plain and in every form. */
  readonly said: string
  readonly mark: Forms
  readonly words: number
  /** Digests that quote it. */
  readonly digests: readonly number[]
  readonly blocks: readonly (Forms & { readonly digest: number; readonly position: number })[]
  /** Those that change. */
  readonly documents: readonly ToldDocument[]
  readonly posts: readonly StoredPost[]
  readonly hasSaid: boolean
  readonly hasTicks: boolean
  readonly hasPreviews: boolean
}

/** A statement that runs only while the project's version is the one that was read (?1). */
type Bound = (sql: string, ...values: readonly (string | number | null)[]) => D1PreparedStatement

/** false, and nothing is stored, if anything was written since `version` was read. */
export async function storeWithdrawal(db: D1Database, version: number, done: Withdrawn): Promise<boolean> {
  const bound: Bound = (sql, ...values) =>
    db.prepare(`${sql} AND (SELECT version FROM project) = ?1`).bind(version, ...values)
  const [taken] = await db.batch([
    replaceUpdate(bound, done),
    ...forgetSaid(bound, done),
    ...forgetNumbers(bound, done),
    ...replaceTexts(bound, done),
    ...withdrawPhotos(bound, done),
    ...revise(bound, done),
    ...forgetPreviews(bound, done),
    bound('UPDATE project SET version = version + 1 WHERE only = 1'),
  ])
  return (taken?.meta.changes ?? 0) > 0
}

function replaceUpdate(bound: Bound, { update, at, reason, said, mark, words }: Withdrawn) {
  return bound(
    `UPDATE updates SET withdrawn_at = ?3, withdrawn_reason = ?4, text = ?5, markdown = ?6, letter = ?7, page = ?8,
       words = ?9, fields = '{}', said = '{}', tags = '[]',
       brief_markdown = NULL, brief_letter = NULL, brief_words = NULL
     WHERE id = ?2 AND digest IS NOT NULL AND withdrawn_at IS NULL`,
    ...[update.id, at, reason, said, mark.markdown, mark.letter, mark.page, words],
  )
}

/** Whoever withdrew it deletes their files; what is left is deleted by the next closing. */
function withdrawPhotos(bound: Bound, { update }: Withdrawn): readonly D1PreparedStatement[] {
  if (update.photos.length === 0) return []
  return [
    bound(
      "UPDATE photos SET update_id = NULL, withdrawn = 1, description = '' WHERE update_id = ?2",
      update.id,
    ),
  ]
}

/** What was said of it: marks stay, words go. */
function forgetSaid(bound: Bound, { update: { id }, hasSaid }: Withdrawn): readonly D1PreparedStatement[] {
  if (!hasSaid) return []
  return [
    bound('DELETE FROM corrections WHERE update_id = ?2', id),
    bound('UPDATE outcomes SET why = NULL WHERE plan = ?2', id),
    bound('UPDATE answers SET answer = NULL WHERE update_id = ?2', id),
  ]
}

/** Its numbers; and, where nobody else measured the same, names of metrics, in reports too. */
function forgetNumbers(
  bound: Bound,
  { update: { id, said }, hasTicks }: Withdrawn,
): readonly D1PreparedStatement[] {
  const measured = said.measurements ?? []
  if (measured.length === 0) return []
  const names = JSON.stringify(measured.map(({ metric }) => metric.toLowerCase()))
  const identities = JSON.stringify(measured.map(identityOf))
  const numbers = [
    bound('DELETE FROM measurements WHERE update_id = ?2', id),
    bound(
      `DELETE FROM metrics WHERE name IN (SELECT value FROM json_each(?2))
         AND name NOT IN (SELECT lower(metric) FROM measurements)
         AND name NOT IN (SELECT lower(${ofNumber('metric')}) FROM ${openNumbers})`,
      names,
    ),
  ]
  if (!hasTicks) return numbers
  return [
    ...numbers,
    bound(
      `UPDATE reports SET ticks = (
         SELECT json_group_object(t.key, json(iif(t.value, 'true', 'false'))) FROM json_each(ticks) t
         WHERE t.key NOT IN (
           SELECT 'metric:' || value FROM json_each(?2) WHERE value NOT IN (SELECT identity FROM measurements)
             AND value NOT IN (SELECT lower(${ofNumber('metric')} || coalesce(' on ' || ${ofNumber('on')}, ''))
                               FROM ${openNumbers})))
       WHERE instr(ticks, 'metric:') > 0`,
      identities,
    ),
  ]
}

const ofNumber = (name: string) => `(u.said ->> (m.fullkey || '.${name}'))`

/** What open results say; an import may say of an update what is no measurement. */
const openNumbers = `updates u, json_each(u.said, '$.measurements') m WHERE u.digest IS NULL AND u.kind = 'result'
  AND m.type = 'object' AND json_type(u.said, m.fullkey || '.metric') = 'text'`

/** A preview holds the letter as it would have been; one that was not tried is composed anew. */
function forgetPreviews(bound: Bound, { hasPreviews }: Withdrawn): readonly D1PreparedStatement[] {
  if (!hasPreviews) return []
  return [
    bound(
      `UPDATE project SET previewed = NULL WHERE EXISTS (
         SELECT 1 FROM notices WHERE kind = 'preview' AND state = 'waiting' AND unsettled_since IS NULL)`,
    ),
    bound("DELETE FROM notices WHERE kind = 'preview'"),
  ]
}

function replaceTexts(bound: Bound, { blocks, documents, posts }: Withdrawn): readonly D1PreparedStatement[] {
  const all = (rows: readonly object[], sql: string) =>
    inChunks(rows.map((row) => JSON.stringify(row))).map((chunk) => bound(sql, `[${chunk.join(',')}]`))
  const set = (columns: readonly string[]) =>
    columns.map((column) => `${column} = new.value ->> '${column}'`).join(', ')
  return [
    ...all(
      blocks,
      `UPDATE blocks SET ${set(['markdown', 'letter', 'page'])} FROM json_each(?2) AS new
       WHERE digest = new.value ->> 'digest' AND position = new.value ->> 'position'`,
    ),
    ...all(
      documents,
      `UPDATE documents SET items = new.value -> 'items',
         ${set(['subject', 'news', 'preheader', 'markdown', 'html', 'words'])}
       FROM json_each(?2) AS new
       WHERE digest = new.value ->> 'digest' AND circle = new.value ->> 'circle'`,
    ),
    ...all(
      posts,
      `UPDATE posts SET ${set(['answer', 'before'])} FROM json_each(?2) AS new
       WHERE author = new.value ->> 'author' AND posts.id = new.value ->> 'id'`,
    ),
  ]
}

/**
 * Letters whose claim comes later find another revision. Those that the provider may have are uncertain at once; they
 * keep their lease: a call under way may still tell that they were taken, or that they were not.
 */
function revise(bound: Bound, { digests, documents }: Withdrawn): readonly D1PreparedStatement[] {
  const changed = documents.map(({ digest, circle }) => ({ digest, circle }))
  return [
    bound(
      'UPDATE digests SET revision = revision + 1 WHERE number IN (SELECT value FROM json_each(?2))',
      JSON.stringify(digests),
    ),
    bound(
      `UPDATE deliveries SET state = ${leftOpen}, reason = 'withdrawal'
       WHERE state IN ('waiting', 'trying') AND unsettled_since IS NOT NULL
         AND digest IN (SELECT value ->> 'digest' FROM json_each(?2))
         AND (digest, circle) IN (SELECT value ->> 'digest', value ->> 'circle' FROM json_each(?2))`,
      JSON.stringify(changed),
    ),
  ]
}

/** What became of the letters that hold an update, by its circles. */
export type Letters = {
  /** The numbers of the letters that quote it. */
  readonly numbers: readonly number[]
  readonly gone: number
  /** Who got one of them. */
  readonly people: number
  readonly uncertain: number
  readonly byHand: number
}

export async function lettersWith(db: D1Database, update: string): Promise<Letters> {
  const quoting = `SELECT digest FROM blocks
     WHERE digest >= (SELECT digest FROM updates WHERE id = ?1) AND instr(updates, ?1) > 0`
  const found = await db
    .prepare(
      `SELECT (SELECT json_group_array(DISTINCT digest) FROM (${quoting} ORDER BY digest)) AS numbers,
              count(*) FILTER (WHERE state = 'accepted' AND NOT by_hand) AS gone,
              count(DISTINCT recipient) FILTER (WHERE state = 'accepted' AND NOT by_hand) AS people,
              count(*) FILTER (WHERE state = 'uncertain') AS uncertain,
              count(*) FILTER (WHERE state = 'accepted' AND by_hand) AS byHand
       FROM (
         SELECT f.state, f.recipient, f.recipient IN ('inner', 'outer') AS by_hand FROM deliveries f
         WHERE f.digest IN (${quoting})
           AND EXISTS (SELECT 1 FROM blocks b
                       WHERE b.digest = f.digest AND b.circle IN ('both', f.circle) AND instr(b.updates, ?1) > 0))`,
    )
    .bind(update)
    .first<Omit<Letters, 'numbers'> & { readonly numbers: string }>()
  if (found === null) return { numbers: [], gone: 0, people: 0, uncertain: 0, byHand: 0 }
  return { ...found, numbers: JSON.parse(found.numbers) }
}

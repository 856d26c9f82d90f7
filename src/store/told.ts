/** What a withdrawal reads: the update as it went out, and all that the letters which quote it are made of. */
import type { DocumentItem } from '../core/digest.ts'
import { identityOf } from '../core/measurement.ts'
import {
  comparedWith,
  type Told,
  type ToldAnswer,
  type ToldBlock,
  type ToldDigest,
  type ToldDocument,
  type ToldNumber,
  type ToldUpdate,
} from '../core/told.ts'
import type { Forms, Update } from '../core/update.ts'
import { namesOf } from './carried.ts'
import { toOpenUpdate, type UpdateRow, updateColumns } from './open.ts'

/** A frozen update, and what keeps its words beside it. */
export type Frozen = Forms & {
  /** The project's version before the rest was read. */
  readonly version: number
  readonly digest: number
  readonly post: string
  /** Whether anything was said of it: a correction, what came of it, an answer. */
  readonly has_said: number
  /** Whether a report ticks metrics. */
  readonly has_ticks: number
  /** Whether a preview of the next letter is kept. */
  readonly has_previews: number
  /** Digests that quote it, or compare with its numbers. */
  readonly quotedIn: readonly number[]
  /** Results of which numbers are compared with its own. */
  readonly compared: readonly string[]
  readonly posts: readonly StoredPost[]
}

/** A post as it is kept: what its answer repeats, and what it replaced; JSON. */
export type StoredPost = {
  readonly author: string
  readonly id: string
  readonly answer: string | null
  readonly before: string | null
}

/** null if it is not frozen, or withdrawn already. */
export async function readFrozen(db: D1Database, update: Update): Promise<Frozen | null> {
  const [found, quoted, measured, posts] = await db.batch([
    db
      .prepare(
        `SELECT p.version, digest, post, markdown, letter, page,
           EXISTS (SELECT 1 FROM corrections WHERE update_id = ?1) OR EXISTS (SELECT 1 FROM outcomes WHERE plan = ?1)
             OR EXISTS (SELECT 1 FROM answers WHERE update_id = ?1) AS has_said,
           EXISTS (SELECT 1 FROM reports WHERE instr(ticks, 'metric:') > 0) AS has_ticks,
           EXISTS (SELECT 1 FROM notices WHERE kind = 'preview') AS has_previews
         FROM updates JOIN project p WHERE updates.id = ?1 AND digest IS NOT NULL AND withdrawn_at IS NULL`,
      )
      .bind(update.id),
    db
      .prepare(
        `SELECT DISTINCT digest FROM blocks
         WHERE digest >= (SELECT digest FROM updates WHERE id = ?1) AND instr(updates, ?1) > 0`,
      )
      .bind(update.id),
    numbersOf(db, identitiesOf([update])),
    db
      .prepare(
        `SELECT author, id, answer, before FROM posts
         WHERE instr(answer, ?1) > 0 OR instr(answer, ?2) > 0 OR instr(before, ?1) > 0
            OR (author = ?3 AND id = (SELECT post FROM updates WHERE id = ?1))`,
      )
      .bind(update.id, JSON.stringify(update.text).slice(1, -1), update.author),
  ])
  const [row] = rows<Omit<Frozen, 'quotedIn' | 'compared' | 'posts'>>(found)
  if (row === undefined) return null
  const numbers = rows<NumberRow>(measured).map(toNumber)
  const compared = comparedWith(numbers, update.id)
  const digests = [
    row.digest,
    ...rows<{ digest: number }>(quoted).map(({ digest }) => digest),
    ...numbers.flatMap(({ update: id, digest }) => (compared.includes(id) ? [digest] : [])),
  ]
  return { ...row, quotedIn: [...new Set(digests)], compared, posts: rows<StoredPost>(posts) }
}

/** What the digests are made of that quote an update, which is left out of it. */
export async function readTold(
  db: D1Database,
  { quotedIn, compared }: Frozen,
  update: string,
): Promise<Told> {
  const digests = JSON.stringify(quotedIn)
  const given = '(SELECT value FROM json_each(?1))'
  const quotes = `(SELECT DISTINCT j.value FROM blocks b, json_each(b.updates) j WHERE b.digest IN ${given})`
  const [blocks, documents, updates, answers] = await db.batch([
    // Of blocks that no letter shows and nothing changes the texts stay where they are.
    db
      .prepare(
        `WITH shown AS MATERIALIZED (
           SELECT DISTINCT d.digest, i.value ->> 'position' AS position FROM documents d, json_each(d.items) i
           WHERE d.digest IN ${given}),
         unknown AS MATERIALIZED (SELECT digest FROM documents WHERE digest IN ${given} AND items = '[]')
         SELECT b.digest, b.position, section AS part, circle, number, updates,
           CASE WHEN s.position IS NOT NULL OR b.digest IN unknown OR instr(updates, ?2) > 0
                     OR updates ->> 0 IN (SELECT value FROM json_each(?3))
                THEN json_object('markdown', markdown, 'letter', letter, 'page', page) END AS forms
         FROM blocks b LEFT JOIN shown s ON s.digest = b.digest AND s.position = b.position
         WHERE b.digest IN ${given} ORDER BY b.digest, b.position`,
      )
      .bind(digests, update, JSON.stringify(compared)),
    db
      .prepare(
        `SELECT json_object('number', number, 'since', since, 'until', until, 'title', title, 'zone', zone,
                            'locale', locale) AS head,
                d.digest, circle, subject, news, status, preheader, markdown, html, words, items
         FROM digests g LEFT JOIN documents d ON d.digest = g.number
         WHERE g.number IN ${given} ORDER BY g.number, circle`,
      )
      .bind(digests),
    db
      .prepare(
        `SELECT ${updateColumns}, u.digest, u.withdrawn_at IS NOT NULL OR u.id = ?2 AS is_withdrawn
         FROM updates u WHERE u.id IN ${quotes} AND u.digest IS NOT NULL ORDER BY u.at, u.id`,
      )
      .bind(digests, update),
    db
      .prepare(
        `SELECT update_id AS item, state, posted_at AS postedAt, digest FROM answers
         WHERE update_id IN ${quotes} ORDER BY posted_at, id`,
      )
      .bind(digests),
  ])
  const told = rows<UpdateRow & { digest: number; is_withdrawn: number }>(updates).map(toTold)
  const { results: measured } = await numbersOf(db, identitiesOf(told)).all<NumberRow>()
  const written = rows<DocumentRow>(documents)
  return {
    digests: [...new Set(written.map(({ head }) => head))].map((head) => JSON.parse(head) as ToldDigest), // its SELECT
    blocks: rows<BlockRow>(blocks).map(toBlock),
    documents: written.flatMap(toDocument),
    updates: told,
    answers: rows<ToldAnswer>(answers),
    numbers: measured.map(toNumber).filter((each) => each.update !== update),
    names: await namesOf(db, told),
  }
}

function identitiesOf(updates: readonly Pick<Update, 'kind' | 'said'>[]): readonly string[] {
  const results = updates.filter(({ kind }) => kind === 'result')
  return [...new Set(results.flatMap(({ said }) => (said.measurements ?? []).map(identityOf)))]
}

function numbersOf(db: D1Database, identities: readonly string[]): D1PreparedStatement {
  return db
    .prepare(
      `SELECT identity, at, update_id AS "update", digest, inside, metric, value, unit, baseline, runs,
              condition AS "on", link
       FROM measurements WHERE identity IN (SELECT value FROM json_each(?1)) ORDER BY at, update_id, position`,
    )
    .bind(JSON.stringify(identities))
}

type NumberRow = Readonly<Record<string, string | number | null>> & { readonly inside: number }
type BlockRow = Omit<ToldBlock, 'updates' | 'forms'> & {
  readonly updates: string
  readonly forms: string | null
}
/** A digest with each of its documents, or with none. */
type DocumentRow = Omit<ToldDocument, 'items'> & { readonly head: string; readonly items: string | null }

/** What a number does not say is not there. */
function toNumber({ inside, ...row }: NumberRow): ToldNumber {
  const said = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
  return { ...said, inside: inside === 1 } as ToldNumber // the columns of numbersOf
}

function toBlock({ updates, forms, ...block }: BlockRow): ToldBlock {
  return { ...block, updates: JSON.parse(updates), forms: forms === null ? null : JSON.parse(forms) }
}

function toDocument({ head: _, items, ...document }: DocumentRow): readonly ToldDocument[] {
  if (items === null) return []
  return [{ ...document, items: JSON.parse(items) as readonly DocumentItem[] }] // written by freezePeriod
}

function toTold({
  digest,
  is_withdrawn,
  ...row
}: UpdateRow & { readonly digest: number; readonly is_withdrawn: number }): ToldUpdate {
  return { ...toOpenUpdate(row), digest, isWithdrawn: is_withdrawn === 1 }
}

function rows<R>(result: D1Result<unknown> | undefined): readonly R[] {
  return (result?.results ?? []) as readonly R[] // the columns of the statement at the same place
}

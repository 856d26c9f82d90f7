/** Recipients as the desk lists them, with how it went with their last letters. */
import type { DeliveryState } from '../core/delivery.ts'
import type { Circle, Recipient, RecipientState } from '../core/recipient.ts'
import { columns, type Row, toRecipient } from './recipients.ts'

/** A page of recipients in the order in which they were added, those after `after`. */
export async function listPeople(
  db: D1Database,
  after: string,
  limit: number,
): Promise<readonly Recipient[]> {
  const { results } = await db
    .prepare(`SELECT ${columns} FROM recipients WHERE deleted_at IS NULL AND id > ?1 ORDER BY id LIMIT ?2`)
    .bind(after, limit)
    .all<Row>()
  return results.map(toRecipient)
}

export type PeopleCount = { readonly circle: Circle; readonly state: RecipientState; readonly count: number }

export async function countPeople(db: D1Database): Promise<readonly PeopleCount[]> {
  const { results } = await db
    .prepare(
      'SELECT circle, state, count(*) AS count FROM recipients WHERE deleted_at IS NULL GROUP BY circle, state',
    )
    .all<PeopleCount>()
  return results
}

/** A letter that a recipient had, or is to have. */
export type LastLetter = {
  readonly recipient: string
  readonly number: number
  readonly slug: string
  readonly state: DeliveryState
  readonly receipt: string | null
}

/** Of the last three digests, the letters to recipients whose ids lie from `first` to `last`; the latest first. */
export async function listLastLetters(
  db: D1Database,
  first: string,
  last: string,
): Promise<readonly LastLetter[]> {
  const { results } = await db
    .prepare(
      `SELECT f.recipient, g.number, g.slug, f.state, f.receipt
       FROM (SELECT number, slug FROM digests ORDER BY number DESC LIMIT 3) g
         JOIN deliveries f ON f.digest = g.number AND f.recipient BETWEEN ?1 AND ?2
       ORDER BY g.number DESC`,
    )
    .bind(first, last)
    .all<LastLetter>()
  return results
}

/** The last letter of a recipient's circle that goes out directly, and whether this one has or gets it; null if none. */
export async function findLetterFor(
  db: D1Database,
  recipient: string,
): Promise<{ readonly number: number; readonly slug: string; readonly isTheirs: boolean } | null> {
  const row = await db
    .prepare(
      `SELECT g.number, g.slug,
              EXISTS (SELECT 1 FROM deliveries f WHERE f.digest = g.number AND f.recipient = r.id) AS is_theirs
       FROM recipients r JOIN documents d ON d.circle = r.circle JOIN digests g ON g.number = d.digest
       WHERE r.id = ?1 AND r.deleted_at IS NULL AND g.delivery = 'direct'
       ORDER BY g.number DESC LIMIT 1`,
    )
    .bind(recipient)
    .first<{ number: number; slug: string; is_theirs: number }>()
  return row && { number: row.number, slug: row.slug, isTheirs: row.is_theirs === 1 }
}

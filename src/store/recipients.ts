import type { Circle, Recipient, RecipientState } from '../core/recipient.ts'

export type Row = {
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly handle: string | null
  readonly circle: Circle
  readonly state: RecipientState
  readonly reason: string | null
  readonly joined_at: number
}

type KnownRow = Pick<Row, 'id' | 'state' | 'reason' | 'circle' | 'joined_at'> & {
  readonly address_hash: string
  readonly deleted_at: number | null
}

export const columns = 'id, email, name, handle, circle, state, reason, joined_at'

/** A recipient to be added: with the SHA-256 of the address in lower case, and the token of /unsubscribe/. */
export type Newcomer = Omit<Recipient, 'state' | 'reason'> & {
  readonly addressHash: string
  readonly unsubscribe: string
}

/** Who had an address before; one who unsubscribed stays known when deleted. */
export type Known = {
  /** The address's. */
  readonly addressHash: string
  readonly id: string
  readonly state: RecipientState
  readonly reason: string | null
  readonly circle: Circle
  readonly joinedAt: number
  readonly isRemoved: boolean
}

/** Inserts recipients, any number in one statement, but those whose address is known; gives who has these. */
export async function insertRecipients(
  db: D1Database,
  newcomers: readonly Newcomer[],
): Promise<readonly Known[]> {
  const given = JSON.stringify(newcomers)
  const field = (name: string) => `value ->> '${name}'`
  const fields = ['id', 'email', 'addressHash', 'name', 'handle', 'circle', 'unsubscribe', 'joinedAt']
  const [, known] = await db.batch<KnownRow>([
    db
      .prepare(
        `INSERT INTO recipients (id, email, address_hash, name, handle, circle, unsubscribe, joined_at)
         SELECT ${fields.map(field).join(', ')} FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`,
      )
      .bind(given),
    db
      .prepare(
        `SELECT r.address_hash, r.id, r.state, r.reason, r.circle, r.joined_at, r.deleted_at
         FROM json_each(?1) JOIN recipients r ON r.address_hash = ${field('addressHash')} AND r.id <> ${field('id')}`,
      )
      .bind(given),
  ])
  return (known?.results ?? []).map(({ address_hash, joined_at, deleted_at, ...rest }) => {
    return { ...rest, addressHash: address_hash, joinedAt: joined_at, isRemoved: deleted_at !== null }
  })
}

export async function listRecipients(db: D1Database): Promise<readonly Recipient[]> {
  const { results } = await db
    .prepare(`SELECT ${columns} FROM recipients WHERE deleted_at IS NULL ORDER BY joined_at, id`)
    .all<Row>()
  return results.map(toRecipient)
}

export async function findRecipient(db: D1Database, id: string): Promise<Recipient | null> {
  const row = await db
    .prepare(`SELECT ${columns} FROM recipients WHERE id = ?1 AND deleted_at IS NULL`)
    .bind(id)
    .first<Row>()
  return row === null ? null : toRecipient(row)
}

/** Addresses by id, of those among `ids` that are recipients. */
export async function addressesOf(
  db: D1Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const { results } = await db
    .prepare(
      `SELECT r.id, r.email FROM json_each(?1) AS asked JOIN recipients r ON r.id = asked.value
       WHERE r.deleted_at IS NULL`,
    )
    .bind(JSON.stringify(ids))
    .all<{ id: string; email: string }>()
  return new Map(results.map(({ id, email }) => [id, email]))
}

/** The circles of recipients who are not unsubscribed, and whether any of them is active. */
export async function circlesInUse(
  db: D1Database,
): Promise<{ readonly circles: readonly Circle[]; readonly hasActive: boolean }> {
  const { results } = await db
    .prepare(
      `SELECT circle, max(state = 'active') AS active FROM recipients
       WHERE deleted_at IS NULL AND state <> 'unsubscribed' GROUP BY circle ORDER BY circle`,
    )
    .all<{ circle: Circle; active: number }>()
  return { circles: results.map((row) => row.circle), hasActive: results.some((row) => row.active === 1) }
}

/**
 * Changes what is given of a recipient, and that alone: two changes at once lose neither. null if it is gone,
 * or unsubscribed and would become active.
 */
export async function editRecipient(
  db: D1Database,
  id: string,
  edit: Partial<Pick<Recipient, 'name' | 'handle' | 'circle' | 'state' | 'reason'>>,
): Promise<Recipient | null> {
  const given = (name: string) => `CASE WHEN ?2 -> '${name}' IS NULL THEN ${name} ELSE ?2 ->> '${name}' END`
  const row = await db
    .prepare(
      `UPDATE recipients
       SET name = ${given('name')}, handle = ${given('handle')}, circle = ${given('circle')},
           state = ${given('state')}, reason = ${given('reason')}
       WHERE id = ?1 AND deleted_at IS NULL
         AND (state <> 'unsubscribed' OR coalesce(?2 ->> 'state', 'unsubscribed') = 'unsubscribed')
       RETURNING ${columns}`,
    )
    .bind(id, JSON.stringify(edit))
    .first<Row>()
  return row === null ? null : toRecipient(row)
}

/** Leaves a tombstone. Who had unsubscribed stays known by hash, so that nobody adds the address again. */
export async function deleteRecipient(db: D1Database, id: string, now: number): Promise<boolean> {
  const done = await db
    .prepare(
      `UPDATE recipients
       SET email = NULL, name = NULL, handle = NULL, deleted_at = ?2,
           address_hash = CASE state WHEN 'unsubscribed' THEN address_hash END
       WHERE id = ?1 AND deleted_at IS NULL`,
    )
    .bind(id, now)
    .run()
  return done.meta.changes > 0
}

/** Stops letters to the holder of the token. null: no such token. Acting twice is acting once. */
export async function unsubscribe(db: D1Database, token: string): Promise<Recipient | null> {
  return changeByToken(
    db,
    token,
    `state = 'unsubscribed', reason = 'unsubscribed'`,
    `state <> 'unsubscribed'`,
  )
}

/** Takes an unsubscription back, by the recipient's own hand; one that a complaint made stays. */
export async function resubscribe(db: D1Database, token: string): Promise<Recipient | null> {
  return changeByToken(db, token, `state = 'active', reason = NULL`, `reason = 'unsubscribed'`)
}

export async function findByUnsubscribeToken(db: D1Database, token: string): Promise<Recipient | null> {
  const row = await db
    .prepare(`SELECT ${columns} FROM recipients WHERE unsubscribe = ?1 AND deleted_at IS NULL`)
    .bind(token)
    .first<Row>()
  return row === null ? null : toRecipient(row)
}

async function changeByToken(
  db: D1Database,
  token: string,
  change: string,
  where: string,
): Promise<Recipient | null> {
  await db
    .prepare(`UPDATE recipients SET ${change} WHERE unsubscribe = ?1 AND deleted_at IS NULL AND ${where}`)
    .bind(token)
    .run()
  return findByUnsubscribeToken(db, token)
}

export function toRecipient(row: Row): Recipient {
  const { joined_at, ...rest } = row
  return { ...rest, joinedAt: joined_at }
}

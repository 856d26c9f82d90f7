import type { Author } from './authors.ts'

/** Where an author posts by mail: a secret part of an address, and who may write there. */
export type Mailbox = {
  readonly secret: string
  /** Addresses in lower case. */
  readonly senders: readonly string[]
  /** The UTC date of the last mail that was taken. */
  readonly usedOn: string | null
}

type Row = { readonly secret: string; readonly senders: string; readonly used_on: string | null }

/** The mailbox with this secret, and its author. */
export async function findMailbox(
  db: D1Database,
  secret: string,
): Promise<(Mailbox & { readonly author: Author }) | null> {
  const row = await db
    .prepare(
      `SELECT m.secret, m.senders, m.used_on, a.id, a.name, a.is_owner
       FROM mailboxes m JOIN authors a ON a.id = m.author WHERE m.secret = ?1`,
    )
    .bind(secret)
    .first<Row & { readonly id: string; readonly name: string; readonly is_owner: number }>()
  if (row === null) return null
  return { ...toMailbox(row), author: { id: row.id, name: row.name, isOwner: row.is_owner === 1 } }
}

/** The mailboxes of all authors, by author. */
export async function listMailboxes(db: D1Database): Promise<ReadonlyMap<string, Mailbox>> {
  const { results } = await db
    .prepare('SELECT author, secret, senders, used_on FROM mailboxes')
    .all<Row & { readonly author: string }>()
  return new Map(results.map((row) => [row.author, toMailbox(row)]))
}

/** Says who may write to an author's mailbox; a first one gets `secret`. null if there is no such author. */
export async function putMailbox(
  db: D1Database,
  author: string,
  senders: readonly string[],
  secret: string,
): Promise<Mailbox | null> {
  const row = await db
    .prepare(
      `INSERT INTO mailboxes (author, secret, senders) SELECT id, ?3, ?2 FROM authors WHERE id = ?1
       ON CONFLICT (author) DO UPDATE SET senders = excluded.senders
       RETURNING secret, senders, used_on`,
    )
    .bind(author, JSON.stringify(senders), secret)
    .first<Row>()
  return row === null ? null : toMailbox(row)
}

/** Ends an author's mailbox: its address is dead from then on. false if there is none. */
export async function deleteMailbox(db: D1Database, author: string): Promise<boolean> {
  const done = await db.prepare('DELETE FROM mailboxes WHERE author = ?1').bind(author).run()
  return done.meta.changes > 0
}

/** Notes the day on which a mail was taken. */
export async function noteMail(db: D1Database, { secret, usedOn }: Mailbox, today: string): Promise<void> {
  if (usedOn === today) return
  await db.prepare('UPDATE mailboxes SET used_on = ?2 WHERE secret = ?1').bind(secret, today).run()
}

function toMailbox({ secret, senders, used_on }: Row): Mailbox {
  return { secret, senders: JSON.parse(senders), usedOn: used_on } // written by putMailbox
}

/** What a letter takes up from those before it, as it stood at the end of the period. */
import { identityOf } from '../core/measurement.ts'
import type { Carried, CarriedItem, NumberedPlan, Open, OpenMilestone, Past } from '../core/open.ts'
import { movesUntil } from './moves.ts'
import { toOpenUpdate, type UpdateRow, updateColumns } from './open.ts'
import { owner } from './project.ts'

/** Asks, needs and blockers that no word has closed; ?1 until, ?2 the number of the open period. */
const items = `
  SELECT ${updateColumns},
    ?2 - coalesce((SELECT coalesce(a.digest, ?2) FROM answers a
                   WHERE a.update_id = u.id AND a.posted_at < ?1 ORDER BY a.posted_at DESC, a.id DESC LIMIT 1),
                  u.digest) AS unconfirmed
  FROM updates u
  WHERE u.digest IS NOT NULL AND u.kind IN ('ask', 'need', 'blocked') AND u.withdrawn_at IS NULL
    AND coalesce((SELECT a.state FROM answers a
                  WHERE a.update_id = u.id AND a.posted_at < ?1 ORDER BY a.posted_at DESC, a.id DESC LIMIT 1),
                 'open') = 'open'
  ORDER BY u.at, u.id`

/**
 * As few statements as can be, since a closing may have to read three times: ?1 until, ?2 the number of the open
 * period, ?3 the identities that it measured. The plans of the letter before; of each identity the latest with and
 * without a baseline, in each unit, inside and not; the milestones, with no move that came later.
 */
const others = `
  SELECT 'plan' AS said, b.position AS place, json_object('plan', u.id, 'text', u.text, 'inside', u.inside,
    'circle', b.circle, 'number', b.number) AS row
  FROM blocks b JOIN updates u ON u.id = b.updates ->> 0 AND u.withdrawn_at IS NULL
  WHERE b.digest = ?2 - 1 AND b.section = 'Next' AND b.number IS NOT NULL
  UNION ALL
  SELECT 'past', at, json_object('identity', identity, 'inside', inside, 'at', at, 'value', value, 'unit', unit,
    'baseline', baseline)
  FROM (SELECT m.*, row_number() OVER (
          PARTITION BY m.identity, m.inside, m.unit, m.baseline IS NULL ORDER BY m.at DESC, m.update_id DESC) AS latest
        FROM json_each(?3) AS asked JOIN measurements m ON m.identity = asked.value)
  WHERE latest = 1
  UNION ALL
  SELECT 'milestone', m.made_at, json_object('id', m.id, 'title', m.title, 'inside', m.inside, 'state', m.state,
    'due', coalesce((SELECT r.old_due FROM revisions r WHERE r.milestone = m.id AND r.posted_at >= ?1
                     ORDER BY r.posted_at, r.id LIMIT 1), m.due),
    'moves', ${movesUntil('?1')})
  FROM milestones m WHERE m.made_at < ?1
  ORDER BY place`

/** Names of the recipients and authors in ?1; whoever has none is not named. */
const names = `
  SELECT r.id, coalesce(r.name, r.handle) AS name
  FROM json_each(?1) AS asked JOIN recipients r ON r.id = asked.value
  WHERE coalesce(r.name, r.handle) IS NOT NULL AND r.deleted_at IS NULL
  UNION ALL
  SELECT a.id, a.name FROM json_each(?1) AS asked JOIN authors a ON a.id = asked.value`

type OtherRow = { readonly said: 'plan' | 'past' | 'milestone'; readonly row: string }

/** Read in two round trips: whom the items name is known after the first. */
export async function readCarried(
  db: D1Database,
  { updates }: Open,
  number: number,
  until: number,
): Promise<Carried> {
  const measured = updates.flatMap(({ said }) => (said.measurements ?? []).map(identityOf))
  const [found, more] = await db.batch([
    db.prepare(items).bind(until, number),
    db.prepare(others).bind(until, number, JSON.stringify([...new Set(measured)])),
  ])
  const carried = rows<UpdateRow & { unconfirmed: number }>(found).map(toItem)
  const of = <R>(what: OtherRow['said']) =>
    rows<OtherRow>(more).flatMap(({ said, row }) => (said === what ? [JSON.parse(row, toFlag) as R] : [])) // its SELECT
  return {
    items: carried,
    plans: of<NumberedPlan>('plan'),
    past: of<Past>('past'),
    milestones: of<OpenMilestone>('milestone'),
    names: await namesOf(db, [...updates, ...carried]),
  }
}

/** A flag is 0 or 1 in the database, unless its SELECT made JSON of it. */
function toFlag(name: string, value: unknown): unknown {
  return name === 'inside' ? Boolean(value) : value
}

function toItem(row: UpdateRow & { readonly unconfirmed: number }): CarriedItem {
  return { ...toOpenUpdate(row), unconfirmed: row.unconfirmed }
}

/** Names of those whom the updates name, and of their authors but the owner. */
export async function namesOf(
  db: D1Database,
  updates: readonly Pick<CarriedItem, 'author' | 'said'>[],
): Promise<ReadonlyMap<string, string>> {
  const authors = updates.map(({ author }) => author).filter((author) => author !== owner.id)
  const people = updates.flatMap(({ said }) => [...(said.to ?? []), ...(said.credit ?? [])])
  const asked = new Set([...authors, ...people])
  if (asked.size === 0) return new Map()
  const { results } = await db
    .prepare(names)
    .bind(JSON.stringify([...asked]))
    .all<{ id: string; name: string }>()
  return new Map(results.map(({ id, name }) => [id, name]))
}

function rows<R>(result: D1Result<unknown> | undefined): readonly R[] {
  return (result?.results ?? []) as readonly R[] // the columns of the statement at the same place
}

/** What a letter takes up from those before it, as it stood at the end of the period. */
import { identityOf } from '../core/measurement.ts'
import type { Carried, CarriedItem, NumberedPlan, Open, OpenMilestone, Past } from '../core/open.ts'
import { toOpenUpdate, type UpdateRow, updateColumns } from './open.ts'
import { owner } from './project.ts'

/** Asks, needs and blockers that no word has closed; ?1 until, ?2 the number of the open period. */
const items = `
  SELECT ${updateColumns},
    ?2 - coalesce((SELECT coalesce(a.digest, ?2) FROM answers a
                   WHERE a.update_id = u.id AND a.posted_at < ?1 ORDER BY a.posted_at DESC, a.id DESC LIMIT 1),
                  u.digest) AS unconfirmed
  FROM updates u
  WHERE u.digest IS NOT NULL AND u.kind IN ('ask', 'need', 'blocked')
    AND coalesce((SELECT a.state FROM answers a
                  WHERE a.update_id = u.id AND a.posted_at < ?1 ORDER BY a.posted_at DESC, a.id DESC LIMIT 1),
                 'open') = 'open'
  ORDER BY u.at, u.id`

/** The plans of the letter before; ?1 its number. */
const plans = `
  SELECT u.id AS plan, u.text, u.inside, b.circle, b.number
  FROM blocks b JOIN updates u ON u.id = b.updates ->> 0
  WHERE b.digest = ?1 AND b.section = 'Next' AND b.number IS NOT NULL
  ORDER BY b.position`

/** Of each identity in ?1 the latest with and without a baseline, in each unit, inside and not. */
const past = `
  SELECT identity, inside, at, value, unit, baseline
  FROM (SELECT m.*, row_number() OVER (
          PARTITION BY m.identity, m.inside, m.unit, m.baseline IS NULL ORDER BY m.at DESC, m.update_id DESC) AS place
        FROM json_each(?1) AS asked JOIN measurements m ON m.identity = asked.value)
  WHERE place = 1`

/** ?1 is until: a move that came later has not happened. */
const milestones = `
  SELECT m.id, m.title, m.inside, m.state,
    coalesce((SELECT r.old_due FROM revisions r WHERE r.milestone = m.id AND r.posted_at >= ?1
              ORDER BY r.posted_at, r.id LIMIT 1), m.due) AS due,
    (SELECT json_group_array(json_object('oldDue', old_due, 'newDue', new_due, 'reason', reason,
                                         'inside', inside, 'isOpen', digest IS NULL))
     FROM (SELECT * FROM revisions r WHERE r.milestone = m.id AND r.posted_at < ?1
           ORDER BY r.posted_at, r.id)) AS moves
  FROM milestones m WHERE m.made_at < ?1
  ORDER BY m.due, m.id`

/** Names of the recipients and authors in ?1; whoever has none is not named. */
const names = `
  SELECT r.id, coalesce(r.name, r.handle) AS name
  FROM json_each(?1) AS asked JOIN recipients r ON r.id = asked.value
  WHERE coalesce(r.name, r.handle) IS NOT NULL AND r.deleted_at IS NULL
  UNION ALL
  SELECT a.id, a.name FROM json_each(?1) AS asked JOIN authors a ON a.id = asked.value`

type MilestoneRow = Omit<OpenMilestone, 'inside' | 'moves'> & {
  readonly inside: number
  readonly moves: string
}
type MoveRow = Omit<OpenMilestone['moves'][number], 'inside' | 'isOpen'> & {
  readonly inside: number
  readonly isOpen: number
}

/** Read in two round trips: whom the items name is known after the first. */
export async function readCarried(
  db: D1Database,
  { updates }: Open,
  number: number,
  until: number,
  ownerName: string,
): Promise<Carried> {
  const measured = updates.flatMap(({ said }) => (said.measurements ?? []).map(identityOf))
  const [found, numbered, earlier, planned] = await db.batch([
    db.prepare(items).bind(until, number),
    db.prepare(plans).bind(number - 1),
    db.prepare(past).bind(JSON.stringify([...new Set(measured)])),
    db.prepare(milestones).bind(until),
  ])
  const carried = rows<UpdateRow & { unconfirmed: number }>(found).map(toItem)
  return {
    items: carried,
    plans: rows<FlaggedRow<NumberedPlan>>(numbered).map(flagged),
    past: rows<FlaggedRow<Past>>(earlier).map(flagged),
    milestones: rows<MilestoneRow>(planned).map(toMilestone),
    names: await namesOf(db, [...updates, ...carried], ownerName),
  }
}

function toItem(row: UpdateRow & { readonly unconfirmed: number }): CarriedItem {
  return { ...toOpenUpdate(row), unconfirmed: row.unconfirmed }
}

type FlaggedRow<T extends { readonly inside: boolean }> = Omit<T, 'inside'> & { readonly inside: number }

function flagged<T extends { readonly inside: number }>(
  row: T,
): Omit<T, 'inside'> & { readonly inside: boolean } {
  return { ...row, inside: row.inside === 1 }
}

function toMilestone({ moves, ...row }: MilestoneRow): OpenMilestone {
  const said = JSON.parse(moves) as readonly MoveRow[] // made by the select
  return {
    ...flagged(row),
    moves: said.map((move) => ({ ...flagged(move), isOpen: move.isOpen === 1 })),
  }
}

async function namesOf(
  db: D1Database,
  updates: readonly Pick<CarriedItem, 'author' | 'said'>[],
  ownerName: string,
): Promise<ReadonlyMap<string, string>> {
  const authors = new Set(updates.map(({ author }) => author))
  const people = updates.flatMap(({ said }) => [...(said.to ?? []), ...(said.credit ?? [])])
  const asked = new Set([...(authors.size > 1 ? authors : []), ...people])
  if (asked.size === 0) return new Map()
  const { results } = await db
    .prepare(names)
    .bind(JSON.stringify([...asked]))
    .all<{ id: string; name: string }>()
  return new Map(results.map(({ id, name }) => [id, id === owner.id && ownerName !== '' ? ownerName : name]))
}

function rows<R>(result: D1Result<unknown> | undefined): readonly R[] {
  return (result?.results ?? []) as readonly R[] // the columns of the statement at the same place
}

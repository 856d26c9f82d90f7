/** What the grammar must know of the project to read one post; only what the post asks for is looked up. */
import { readAlone } from '../core/grammar/alone.ts'
import { mentionsOf } from '../core/grammar/mentions.ts'
import { nothingKnown } from '../core/grammar/post.ts'
import type { Known } from '../core/grammar/understood.ts'
import { defaultSettings } from '../core/project.ts'
import { openItems } from './answers.ts'
import { type Plan, plansOf } from './plans.ts'
import type { Reader } from './updates.ts'

export type Looked = {
  readonly known: Known
  /** The project's version before plans and open items were read; null if they were not. */
  readonly version: number | null
  readonly plans: readonly Plan[]
  /** Names and addresses of recipients, by id. */
  readonly people: ReadonlyMap<string, { readonly name: string; readonly email: string }>
}

type RecipientRow = {
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly handle: string | null
}

/** Nobody names more people than that. */
const maxRecipients = 1000
const maxMetrics = 200

/** What `read` makes of `text`, and what was looked up for it: nothing, if the text can be read alone. */
export async function readKnowing<T>(
  db: D1Database,
  reader: Reader,
  text: string,
  at: number,
  read: (known: Known) => T,
): Promise<{ readonly said: T; readonly looked: Looked }> {
  const by = { isOwner: reader.isOwner, at }
  const alone = readAlone(by, read)
  if (alone !== null) {
    const known = { ...nothingKnown, ...by, zone: 'UTC' }
    return { said: alone, looked: { known, plans: [], version: null, people: new Map() } }
  }
  const looked = await lookUp(db, reader, text, at)
  return { said: read(looked.known), looked }
}

async function lookUp(db: D1Database, reader: Reader, text: string, at: number): Promise<Looked> {
  const { names, numbers, plans, open } = mentionsOf(text)
  const rows = await db.batch([
    db.prepare(`SELECT version, settings ->> '$.schedule.zone' AS zone FROM project`),
    db
      .prepare(`SELECT id, email, name, handle FROM recipients
                WHERE ?1 AND deleted_at IS NULL AND (name IS NOT NULL OR handle IS NOT NULL) LIMIT ${maxRecipients}`)
      .bind(Number(names)),
    db.prepare(`SELECT typed FROM metrics WHERE ?1 LIMIT ${maxMetrics}`).bind(Number(numbers)),
  ])
  // Behind the version, so that a post which says their words finds it raised if they are withdrawn meanwhile.
  const [numbered, settleable] = await Promise.all([
    plans ? plansOf(db, at) : [],
    open ? openItems(db, reader, at) : [],
  ])
  const [projects, recipients, metrics] = rows.map((each) => each.results)
  const [project] = (projects ?? []) as { version: number; zone: string | null }[] // the columns of the first
  const people = (recipients ?? []) as RecipientRow[] // the columns of the second statement
  const mine = numbered.filter((plan) => reader.isOwner || plan.author === reader.author)
  return {
    known: {
      zone: project?.zone ?? defaultSettings.schedule.zone,
      ...{ at, isOwner: reader.isOwner, recipients: people, open: settleable },
      metrics: ((metrics ?? []) as { typed: string }[]).map(({ typed }) => typed), // the third's
      plans: mine.map(({ number }) => number),
    },
    plans: mine,
    version: (plans || open) && project !== undefined ? project.version : null,
    people: new Map(
      people.map(({ id, name, handle, email }) => [id, { name: name ?? handle ?? email, email }]),
    ),
  }
}

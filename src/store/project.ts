import type { LookedAhead } from '../core/ahead.ts'
import { nextCutOff } from '../core/period.ts'
import type { Halt, PassReason, Project, Settings } from '../core/project.ts'
import { defaultSettings } from '../core/project.ts'
import { newSecret } from '../core/secret.ts'
import type { Author } from './authors.ts'
import { isStored, type Saying } from './posts.ts'
import { watched } from './watch.ts'

type Row = {
  readonly id: string
  readonly since: number
  readonly version: number
  readonly settings: string
  readonly next_cut_off: number
  readonly held_at: number | null
  readonly passed_cut_off: number | null
  readonly passed_why: PassReason | null
  readonly silent_passed: number
  readonly halt_reason: string | null
  readonly halt_until: number | null
  readonly halt_count: number
  readonly last_number: number | null
  readonly last_until: number | null
}

/** The author who runs the Worker; the row is made with the project. */
export const owner: Author = { id: '00000000-0000-7000-8000-000000000000', name: 'Owner', isOwner: true }

/** The project; made, with its owner, on first use. */
export async function openProject(db: D1Database, now: number): Promise<Project> {
  return (await findProject(db)) ?? (await makeProject(db, now))
}

/** What a tick must know beside the project, read with it. */
export type Watch = {
  /** Whether letters of any digest may be due. */
  readonly isAwake: boolean
  /** When a digest is to be looked at; null if none is. */
  readonly lookAt: number | null
  /** Whether something has not gone out in full in its time. */
  readonly isOverdue: boolean
  /** When the owner was last told of a hold. */
  readonly holdToldAt: number | null
  readonly lookedAhead: LookedAhead
}

/** The project as a tick finds it. */
export async function openTick(
  db: D1Database,
  now: number,
): Promise<{ readonly project: Project; readonly watch: Watch }> {
  const row = await db
    .prepare(
      `${selectProject(`, p.hold_told_at, p.previewed, p.nudged, ${watched} AS watched,
           EXISTS (SELECT 1 FROM digests WHERE awake_until IS NOT NULL) AS is_awake`)}`,
    )
    .bind(now)
    .first<Row & WatchRow>()
  if (row === null) return { project: await makeProject(db, now), watch: nothingSeen }
  const { lookAt, isOverdue }: { lookAt: number | null; isOverdue: number } = JSON.parse(row.watched)
  const isNotReady = row.passed_why === 'notReady'
  return {
    project: toProject(row),
    watch: {
      lookAt,
      holdToldAt: row.hold_told_at,
      lookedAhead: { previewed: row.previewed, nudged: row.nudged },
      isOverdue: isOverdue === 1 || isNotReady,
      isAwake: row.is_awake === 1,
    },
  }
}

const nothingSeen: Watch = {
  ...{ isAwake: false, lookAt: null, isOverdue: false, holdToldAt: null },
  lookedAhead: { previewed: null, nudged: null },
}

type WatchRow = LookedAhead & {
  readonly hold_told_at: number | null
  readonly watched: string
  readonly is_awake: number
}

/** The statement that every write to something a letter shows puts into its own batch. */
export function raiseVersion(db: D1Database): D1PreparedStatement {
  return db.prepare('UPDATE project SET version = version + 1')
}

/** The same for a batch that stores nothing where its post repeats another. */
export function raiseVersionFor(db: D1Database, post: { author: string; id: string }): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE project SET version = version + 1
       WHERE EXISTS (SELECT 1 FROM posts WHERE author = ?1 AND id = ?2)`,
    )
    .bind(post.author, post.id)
}

/** Adds days away to the settings, said by a post. */
export function sayAway(
  db: D1Database,
  away: { readonly since: string; readonly until: string; readonly why: string },
  by: Saying,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE project SET settings = json_set(settings, '$.away',
         json_insert(coalesce(settings -> '$.away', json('[]')), '$[#]', json(?3)))
       WHERE ${isStored}`,
    )
    .bind(by.author, by.post, JSON.stringify(away))
}

/**
 * Stores settings that were said, null for a default, and the next cut-off they lead to; false if something changed
 * since `version` was read.
 */
export async function storeSettings(
  db: D1Database,
  version: number,
  change: { readonly [Name in keyof Settings]?: Settings[Name] | undefined },
  next: number,
): Promise<boolean> {
  const done = await db
    .prepare(
      `UPDATE project
       SET settings = json_patch(settings, ?2), next_cut_off = ?3, version = version + 1, previewed = NULL, nudged = NULL,
           halt_until = CASE WHEN halt_reason IS NULL THEN NULL ELSE 0 END
       WHERE version = ?1`,
    )
    .bind(version, JSON.stringify(change), next)
    .run()
  return done.meta.changes > 0
}

/** Records that a cut-off passed without a letter; false if something changed since `version` was read. */
export async function passCutOff(
  db: D1Database,
  version: number,
  cutOff: number,
  why: PassReason,
  next: number,
): Promise<boolean> {
  const done = await db
    .prepare(
      `UPDATE project
       SET passed_cut_off = ?2, passed_why = ?3, next_cut_off = ?4, version = version + 1,
           silent_passed = CASE ?3 WHEN 'silent' THEN silent_passed + 1 ELSE silent_passed END
       WHERE version = ?1`,
    )
    .bind(version, cutOff, why, next)
    .run()
  return done.meta.changes > 0
}

/** Holds the open period, if its number still is `number`; false if it is not. */
export async function holdPeriod(db: D1Database, number: number, now: number): Promise<boolean> {
  const done = await db
    .prepare(
      `UPDATE project SET held_at = coalesce(held_at, ?2), version = version + 1
       WHERE ?1 = 1 + coalesce((SELECT max(number) FROM digests), 0)`,
    )
    .bind(number, now)
    .run()
  return done.meta.changes > 0
}

/**
 * Lifts the hold without closing; false if something changed since `version` was read. If there was nothing to
 * tell, a cut-off that passed while it was held passed in silence.
 */
export async function liftHold(db: D1Database, version: number, isSilent: boolean): Promise<boolean> {
  const done = await db
    .prepare(
      `UPDATE project
       SET held_at = NULL, version = version + 1,
           passed_why = CASE WHEN ?2 AND passed_why = 'held' THEN 'silent' ELSE passed_why END
       WHERE version = ?1`,
    )
    .bind(version, Number(isSilent))
    .run()
  return done.meta.changes > 0
}

/** Keeps all letters back until `halt.until`; null ends the halt. */
export async function storeHalt(db: D1Database, halt: Halt | null): Promise<void> {
  await db
    .prepare('UPDATE project SET halt_reason = ?1, halt_until = ?2, halt_count = ?3')
    .bind(halt?.reason ?? null, halt?.until ?? null, halt?.count ?? 0)
    .run()
}

/** Lets a halted sender be tried at once, with one letter. */
export function endHaltWait(db: D1Database): D1PreparedStatement {
  return db.prepare('UPDATE project SET halt_until = 0 WHERE halt_reason IS NOT NULL')
}

function selectProject(more: string): string {
  return `SELECT p.id, p.since, p.version, p.settings, p.next_cut_off, p.held_at, p.passed_cut_off, p.passed_why,
                 p.silent_passed, p.halt_reason, p.halt_until, p.halt_count,
                 d.number AS last_number, d.until AS last_until${more}
          FROM project p LEFT JOIN digests d ON d.number = (SELECT max(number) FROM digests)`
}

async function findProject(db: D1Database): Promise<Project | null> {
  const row = await db.prepare(selectProject('')).first<Row>()
  return row === null ? null : toProject(row)
}

async function makeProject(db: D1Database, now: number): Promise<Project> {
  await db.batch([
    db
      .prepare(
        'INSERT INTO project (only, id, since, next_cut_off) VALUES (1, ?1, ?2, ?3) ON CONFLICT DO NOTHING',
      )
      .bind(newSecret(), now, nextCutOff(defaultSettings.schedule, now)),
    db
      .prepare(
        'INSERT INTO authors (id, name, is_owner, created_at) VALUES (?1, ?2, 1, ?3) ON CONFLICT DO NOTHING',
      )
      .bind(owner.id, owner.name, now),
  ])
  const project = await findProject(db)
  if (project === null) throw new Error('the project was not stored')
  return project
}

function toProject(row: Row): Project {
  return {
    id: row.id,
    version: row.version,
    settings: { ...defaultSettings, ...(JSON.parse(row.settings) as Partial<Settings>) }, // stored by storeSettings
    number: (row.last_number ?? 0) + 1,
    since: row.last_until ?? row.since,
    nextCutOff: row.next_cut_off,
    heldAt: row.held_at,
    passed:
      row.passed_cut_off === null || row.passed_why === null
        ? null
        : { cutOff: row.passed_cut_off, why: row.passed_why },
    silentPassed: row.silent_passed,
    halt:
      row.halt_reason === null
        ? null
        : { reason: row.halt_reason, until: row.halt_until ?? 0, count: row.halt_count },
  }
}

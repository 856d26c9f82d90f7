/** The sample semester as parts of an import (PURE): past weeks, each as it was posted. */
import { v7 } from 'uuid'
import { latestCutOff, nextCutOff, type Weekday } from '../../src/core/period.ts'
import { recipients, settings } from '../sample/project.ts'
import { type Day, semester, type Week } from '../sample/semester.ts'

/** A week with its number, the cut-off before it, and its own; UTC milliseconds. */
export type DatedWeek = Week & { readonly number: number; readonly since: number; readonly cutOff: number }

/** A cut-off nearer than this could come while the demo runs. */
const margin = 10 * 60_000

/** The semester, its last week the one that is open at `now`. */
export function datedWeeks(now: number): readonly DatedWeek[] {
  const { schedule } = settings
  const cutOffs = [nextCutOff(schedule, now + margin)]
  for (const _ of semester) cutOffs.unshift(latestCutOff(schedule, (cutOffs[0] ?? 0) - 1))
  return semester.map((week, place) => {
    return { ...week, number: place + 1, since: cutOffs[place] ?? 0, cutOff: cutOffs[place + 1] ?? 0 }
  })
}

/** Begins the project: its settings, who reads it, the updates of its past weeks, the first week's summary. */
export function firstPart(project: string, publicUrl: string, past: readonly DatedWeek[]): string {
  const [first] = past
  if (first === undefined) throw new Error('A term has a first week.')
  const since = instant(first.since)
  return part(project, [
    {
      type: 'project',
      id: project,
      since,
      nextCutOff: instant(first.cutOff),
      settings: { ...settings, publicUrl },
    },
    ...recipients.map((recipient) => ({
      type: 'recipient',
      id: newId(first.since),
      ...recipient,
      joinedAt: since,
    })),
    ...past.flatMap(updates),
    ...openings(first),
  ])
}

/** A later week's summary and status, of which a project has one open at a time. */
export function openingPart(project: string, week: DatedWeek): string {
  return part(project, openings(week))
}

function updates({ since, updates }: DatedWeek): readonly object[] {
  return updates.map((update) => {
    const posted = nextCutOff(
      { ...settings.schedule, weekday: weekdays[update.day], time: update.time },
      since,
    )
    const inside = update.kind !== 'private' && update.inside === true
    return { type: 'update', id: newId(posted), text: update.text, inside, postedAt: instant(posted) }
  })
}

const weekdays: Readonly<Record<Day, Weekday>> = {
  ...{ sat: 'saturday', sun: 'sunday', mon: 'monday', tue: 'tuesday' },
  ...{ wed: 'wednesday', thu: 'thursday', fri: 'friday' },
}

/** Written on the last day, before the letter goes out. */
function openings({ cutOff, summary, status, reason }: DatedWeek): readonly object[] {
  const written = { id: newId(cutOff), postedAt: instant(cutOff - 60_000) }
  return [
    ...(summary === undefined ? [] : [{ type: 'summary', text: summary, ...written }]),
    ...(status === undefined ? [] : [{ type: 'status', status, reason, ...written }]),
  ]
}

function part(project: string, lines: readonly object[]): string {
  const all = [{ type: 'export', format: 1, project }, ...lines]
  return all.map((line) => `${JSON.stringify(line)}\n`).join('')
}

/** Ids carry their time, so that they sort by it (RFC 9562). */
function newId(msecs: number): string {
  return v7({ msecs })
}

function instant(ms: number): string {
  return new Date(ms).toISOString()
}

/** Past weeks of the term as parts of an import (PURE): each post is read as the Worker would have read it then. */
import { v7 } from 'uuid'
import { readPost } from '../../src/core/grammar/post.ts'
import type { Command, Item, Known, SaidOutcome } from '../../src/core/grammar/understood.ts'
import { recipients, settings } from '../sample/project.ts'
import type { DeskDeed, Post } from '../sample/semester.ts'
import { courseOf, type DatedWeek, type Happened, isPost } from './term.ts'

/** A past week, ready to be imported; what no line can say is left to the API. */
export type ToldWeek = DatedWeek & {
  readonly part: string
  /** Ids of milestones that its part holds anew, with another date. */
  readonly moved: readonly string[]
  /** Ids of milestones that were met. */
  readonly met: readonly string[]
  /** All days away so far. */
  readonly away: readonly object[]
}

type Line = { readonly type: string } & Readonly<Record<string, unknown>>

type Milestone = { readonly type: 'milestone'; readonly id: string; readonly due: string }

/** What the project knows at a moment. */
type Memory = {
  readonly people: Known['recipients']
  readonly updates: { id: string; kind: Item['kind']; text: string; inside: boolean }[]
  readonly settled: Set<string>
  readonly metrics: string[]
  readonly milestones: Map<string, Milestone>
  readonly away: object[]
  /** Ids, in the order of the last letter. */
  plans: readonly string[]
  readonly moved: string[]
  readonly met: string[]
}

/** The weeks in their order; the first part begins the project. */
export function tellTerm(
  project: string,
  publicUrl: string,
  past: readonly DatedWeek[],
): readonly ToldWeek[] {
  const [first] = past
  if (first === undefined) throw new Error('A term has a first week.')
  const people = recipients.map((each) => ({ ...each, id: newId(first.since) }))
  const memory: Memory = {
    ...{ people, updates: [], settled: new Set(), metrics: [], milestones: new Map(), away: [] },
    ...{ plans: [], moved: [], met: [] },
  }
  const beginning: readonly Line[] = [
    {
      ...{ type: 'project', id: project, since: instant(first.since), nextCutOff: instant(first.cutOff) },
      settings: { ...settings, publicUrl },
    },
    ...people.map((each) => ({ type: 'recipient', ...each, joinedAt: instant(first.since) })),
  ]
  return past.map((week) => tellWeek(project, week, week === first ? beginning : [], memory))
}

function tellWeek(project: string, week: DatedWeek, beginning: readonly Line[], memory: Memory): ToldWeek {
  const before = { ...memory, updates: [...memory.updates], moved: [...memory.moved], met: [...memory.met] }
  const told = courseOf(week).flatMap((each) =>
    isPost(each) ? tellPost(each, memory) : tellDeed(each, memory),
  )
  const head = { type: 'export', format: 1, project }
  const lines = [head, ...beginning, ...told, ...tellOpenings(week)]
  memory.plans = memory.updates
    .slice(before.updates.length)
    .flatMap(({ id, kind }) => (kind === 'next' ? [id] : []))
  return {
    ...week,
    part: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    moved: memory.moved.slice(before.moved.length),
    met: memory.met.slice(before.met.length),
    away: [...memory.away],
  }
}

function tellPost(post: Happened<Post>, memory: Memory): readonly Line[] {
  const { updates, settled } = memory
  const isOpen = ({ id, kind }: Memory['updates'][number]) =>
    (kind === 'ask' || kind === 'need' || kind === 'blocked') && !settled.has(id)
  const { items, outcomes, commands } = readPost(post.text, givenWith(post), {
    ...{ at: post.at, zone: settings.schedule.zone, isOwner: true, recipients: memory.people },
    ...{ metrics: memory.metrics, plans: memory.plans.map((_, place) => place + 1) },
    open: updates.filter(isOpen),
  })
  return [
    ...items.flatMap((item) => tellItem(item, post.at, memory)),
    ...commands.flatMap((command) => tellCommand(command, post.at, memory)),
    ...outcomes.map((outcome) => tellOutcome(outcome, post.at, memory)),
  ]
}

/** What the body of a post says beside its text. */
export function givenWith(post: Post): { readonly split: true; readonly inside?: true } {
  return { split: true, ...('shows' in post && post.inside && { inside: true }) }
}

function tellItem(item: Item, at: number, memory: Memory): readonly Line[] {
  const id = newId(at)
  memory.updates.push({ ...item, id })
  const named = (item.said.measurements ?? []).map(({ metric }) => metric)
  const fresh = named.filter((name) => !memory.metrics.includes(name))
  memory.metrics.push(...fresh)
  return [
    { type: 'update', id, ...item, postedAt: instant(at) },
    ...fresh.map((typed) => ({ type: 'metric', name: typed.toLowerCase(), typed })),
  ]
}

function tellOutcome({ number, ...said }: SaidOutcome, at: number, memory: Memory): Line {
  const plan = memory.updates.find(({ id }) => id === memory.plans[number - 1])
  const inside = said.inside || plan?.inside
  return { type: 'outcome', ...written(at), ...said, inside, plan: plan?.id }
}

function tellCommand(command: Command, at: number, memory: Memory): readonly Line[] {
  const { does: type, ...said } = command
  switch (command.does) {
    case 'settle': {
      const { id: update, answer } = command
      const inside = command.inside || memory.updates.some(({ id, inside }) => id === update && inside)
      memory.settled.add(update)
      return [{ type: 'answer', ...written(at), update, state: 'answered', answer, inside }]
    }
    case 'milestone':
      return tellMilestone(command, at, memory)
    case 'away':
      memory.away.push(said)
      return []
    case 'summary':
    case 'status':
      return [{ type, ...written(at), ...said }]
    default:
      throw new Error(`The term has no "${type}".`)
  }
}

function tellMilestone(
  { title, due, reason, inside }: Command & { readonly does: 'milestone' },
  at: number,
  { milestones, moved }: Memory,
): readonly Line[] {
  const known = milestones.get(title)
  const made = known ?? { type: 'milestone' as const, id: newId(at), title, inside, madeAt: instant(at) }
  const milestone = { ...made, due }
  milestones.set(title, milestone)
  if (known === undefined) return [milestone]
  moved.push(known.id)
  const dates = { oldDue: known.due, newDue: due }
  return [milestone, { type: 'revision', ...written(at), milestone: known.id, ...dates, reason, inside }]
}

/** Nothing is read in what the desk says: it is what is meant. */
function tellDeed(deed: Happened<DeskDeed>, memory: Memory): readonly Line[] {
  const find = (words: string) => {
    const found = memory.updates.find(({ text }) => text.replaceAll('**', '').includes(words))
    if (found === undefined) throw new Error(`No update says "${words}".`)
    return found
  }
  const said = written(deed.at)
  if ('meets' in deed) {
    memory.met.push(memory.milestones.get(deed.meets)?.id ?? '')
    return []
  }
  if ('corrects' in deed) {
    return [{ type: 'correction', ...said, update: find(deed.corrects).id, text: deed.text, fact: true }]
  }
  if ('confirms' in deed) {
    const { id: update, inside } = find(deed.confirms)
    return [{ type: 'answer', ...said, update, state: 'open', inside }]
  }
  const { id: plan, inside } = find(deed.settles)
  return [{ type: 'outcome', ...said, plan, outcome: deed.outcome, why: deed.why ?? null, inside }]
}

/** Written on the last day, before the letter goes out. */
function tellOpenings({ cutOff, summary, status, reason }: DatedWeek): readonly Line[] {
  const said = written(cutOff - 60_000)
  return [
    ...(summary === undefined ? [] : [{ type: 'summary', text: summary, ...said }]),
    ...(status === undefined ? [] : [{ type: 'status', status, reason, ...said }]),
  ]
}

function written(at: number): { readonly id: string; readonly postedAt: string } {
  return { id: newId(at), postedAt: instant(at) }
}

let made = 0

/** Ids carry their time, so that they sort by it (RFC 9562); those of one moment in the order in which they were made. */
function newId(msecs: number): string {
  made += 1
  return v7({ msecs, seq: made })
}

function instant(ms: number): string {
  return new Date(ms).toISOString()
}

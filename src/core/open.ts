/** What a letter is made of (PURE): the open rows of a period, what earlier letters left open, and what a circle may see. */
import type { Outcome, Said } from './grammar/understood.ts'
import type { PublicKind } from './kinds.ts'
import { type Move, movedOpenly } from './moves.ts'
import type { Away } from './project.ts'
import { type Audience, type Circle, sees } from './recipient.ts'
import type { Status, Summary } from './update.ts'

/** An open public update as closing sees it: what decides where it stands and what is derived from it. */
export type OpenUpdate = {
  readonly id: string
  readonly kind: PublicKind
  readonly inside: boolean
  readonly at: number
  readonly author: string
  readonly said: Said
  /** Its words, where a letter says them again: of asks, needs, blockers, plans, and of what credits somebody. */
  readonly text: string | null
  readonly whole: Extent
  /** Of its first paragraph, if it has more than that. */
  readonly brief: Extent | null
  readonly hasTable: boolean
}

/** How much of a letter a text takes. */
export type Extent = {
  readonly words: number
  /** Bytes, in the larger of its forms. */
  readonly size: number
}

/** A correction that changes a fact, as the next letter shows it. */
export type OpenCorrection = {
  readonly id: string
  readonly text: string
  readonly inside: boolean
  /** The digest and the update that it corrects. */
  readonly number: number
  readonly update: string
}

/** What came of a plan; where only its words are inside, the outer circle sees the mark. */
export type OpenOutcome = {
  readonly outcome: Outcome
  readonly why: string | null
  readonly inside: boolean
  readonly plan: string
  /** The plan's own words. */
  readonly text: string
  readonly isPlanInside: boolean
  /** What an earlier letter said came of it. */
  readonly before: Outcome | null
}

/** An ask, need or blocker that was answered or dropped. */
export type OpenAnswer = {
  readonly kind: 'ask' | 'need' | 'blocked'
  readonly state: 'answered' | 'dropped'
  readonly answer: string | null
  readonly inside: boolean
  readonly item: string
  readonly text: string
  readonly isItemInside: boolean
}

/** That a milestone's date was moved: its dates stand with the milestone. */
export type OpenRevision = { readonly inside: boolean }

/** The rows of a period. */
export type Open = {
  readonly updates: readonly OpenUpdate[]
  readonly corrections: readonly OpenCorrection[]
  readonly outcomes: readonly OpenOutcome[]
  readonly answers: readonly OpenAnswer[]
  readonly revisions: readonly OpenRevision[]
  readonly summary: Summary | null
  readonly status: Status | null
}

/** An ask, need or blocker of an earlier letter that is open. */
export type CarriedItem = OpenUpdate & {
  /** In how many letters, this one among them, it stands since it was asked or confirmed; the first is 0. */
  readonly unconfirmed: number
}

/** A plan of the letter before, by its number there. */
export type NumberedPlan = {
  readonly plan: string
  readonly text: string
  readonly inside: boolean
  readonly circle: Audience
  readonly number: number
}

/** What an earlier result measured. */
export type Past = {
  readonly identity: string
  readonly inside: boolean
  readonly at: number
  readonly value: string
  readonly unit: string | null
  readonly baseline: string | null
}

/** A milestone as it stood when the period ended; local dates. */
export type OpenMilestone = {
  readonly id: string
  readonly title: string
  readonly due: string
  readonly inside: boolean
  readonly state: 'open' | 'met' | 'dropped'
  /** In their order. */
  readonly moves: readonly Move[]
}

/** What a letter takes up from those before it. */
export type Carried = {
  readonly items: readonly CarriedItem[]
  readonly plans: readonly NumberedPlan[]
  readonly past: readonly Past[]
  readonly milestones: readonly OpenMilestone[]
  /** Names of the recipients that updates name, and of authors who are not the owner, by id. */
  readonly names: ReadonlyMap<string, string>
}

/** The name of an update's author; undefined for the owner. */
export function authorOf({ author }: Pick<CarriedItem, 'author'>, { names }: Carried): string | undefined {
  return names.get(author)
}

/** What a letter must know of the project. */
export type Letterhead = {
  readonly number: number
  readonly title: string
  readonly ownerEmail: string | null
  readonly locale: string
  readonly zone: string
  readonly away: readonly Away[]
  /** The local date of the period's end. */
  readonly today: string
  readonly isLast: boolean
}

export type Material = { readonly open: Open; readonly carried: Carried; readonly head: Letterhead }

/** Whether there is nothing to tell: then the policy for silent weeks decides. */
export function isSilent({ updates, outcomes, answers, revisions, status }: Open): boolean {
  return updates.length + outcomes.length + answers.length + revisions.length === 0 && status === null
}

/**
 * What a circle may see: all that a letter says, and all that is computed for it, is made of this alone. Of an
 * outcome or answer whose words are inside the outer circle sees the mark; a move that is inside never was.
 */
export function seenBy({ open, carried, head }: Material, circle: Circle): Material {
  const may = ({ inside }: { readonly inside: boolean }) => sees(circle, inside ? 'inner' : 'both')
  const plans = carried.plans.filter((plan) => sees(circle, plan.circle) && may(plan))
  if (circle === 'inner') return { open, carried: { ...carried, plans }, head }
  return {
    open: {
      updates: open.updates.filter(may),
      corrections: open.corrections.filter(may),
      outcomes: open.outcomes
        .filter(({ isPlanInside }) => !isPlanInside)
        .map((outcome) => (outcome.inside ? { ...outcome, why: null } : outcome)),
      answers: open.answers
        .filter(({ isItemInside }) => !isItemInside)
        .map((answer) => (answer.inside ? { ...answer, answer: null } : answer)),
      revisions: open.revisions.filter(may),
      summary: open.summary !== null && may(open.summary) ? open.summary : null,
      status: open.status !== null && may(open.status) ? open.status : null,
    },
    carried: {
      ...carried,
      items: carried.items.filter(may),
      plans,
      past: carried.past.filter(may),
      milestones: carried.milestones.filter(may).map(movedOpenly),
    },
    head,
  }
}

/** Whether both circles may see all of it. */
export function isForAll({ open, carried }: Material): boolean {
  const { updates, corrections, outcomes, answers, revisions, summary, status } = open
  const { items, plans, past, milestones } = carried
  const rows = [updates, corrections, outcomes, answers, revisions, items, plans, past, milestones]
  return (
    [...rows, milestones.flatMap(({ moves }) => moves)].every((all) => all.every(({ inside }) => !inside)) &&
    outcomes.every(({ isPlanInside }) => !isPlanInside) &&
    answers.every(({ isItemInside }) => !isItemInside) &&
    plans.every(({ circle }) => circle === 'both') &&
    !summary?.inside &&
    !status?.inside
  )
}

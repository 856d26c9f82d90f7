/** What a post does beside keeping updates: outcomes, answers, milestones, the letter's opening, second thoughts. */
import type { Did } from '../core/answer-line.ts'
import { readAgain } from '../core/grammar/post.ts'
import type { Command, Understood } from '../core/grammar/understood.ts'
import { newId } from '../core/secret.ts'
import { sayAnswer } from '../store/answers.ts'
import type { Looked } from '../store/known.ts'
import { sayMilestone } from '../store/milestones.ts'
import { sayStatus, saySummary } from '../store/openings.ts'
import { sayOutcome } from '../store/outcomes.ts'
import type { Saying } from '../store/posts.ts'
import { openProject, sayAway } from '../store/project.ts'
import { readReplaced } from '../store/replaced.ts'
import { findLatest, hide, type Latest, refile, takeBack } from '../store/second-thoughts.ts'
import { insertUpdates } from '../store/updates.ts'
import { newUpdate } from './made.ts'

export type Effects = {
  /** Run behind the INSERT of the post, in its batch. */
  readonly statements: readonly D1PreparedStatement[]
  readonly did: readonly Did[]
  /** The project's version before it was read what they change, or what the answer says of others; else null. */
  readonly version: number | null
  /** JSON: what they replace. */
  readonly before: string | null
  /** Whether the post only takes back or re-files another one. */
  readonly isAside: boolean
  /** How many updates are public no more. */
  readonly hidden: number
}

const nothing: Effects = { statements: [], did: [], version: null, before: null, isAside: false, hidden: 0 }

type By = {
  readonly id: string
  readonly author: string
  readonly text: string
  readonly at: number
}

export async function effectsOf(
  db: D1Database,
  { commands, outcomes, notes }: Understood,
  looked: Looked,
  post: By,
  now: number,
): Promise<Effects> {
  if (commands.length + outcomes.length === 0) {
    const saysOthersWords = notes.some((note) => note.about === 'unsettled' && note.candidates.length > 0)
    return saysOthersWords ? { ...nothing, version: looked.version } : nothing
  }
  const version = looked.version ?? (await openProject(db, now)).version
  const [first] = commands
  if (first?.does === 'undo' || first?.does === 'refile') {
    const latest = await findLatest(db, post.author, now)
    return { ...nothing, version, isAside: true, ...secondThought(db, first, latest, looked, post, now) }
  }
  const by: Saying = { author: post.author, post: post.id }
  const said = [
    ...commands.map((command) => carryOut(db, command, looked, by, now)),
    ...outcomes.map(({ number, outcome, why, inside }) => {
      const { id: plan = '', text = '' } = looked.plans.find((each) => each.number === number) ?? {}
      const statements = [sayOutcome(db, { id: newId(now), plan, outcome, why, inside }, by, now)]
      return { statements, did: { did: 'outcome', update: plan, number, outcome, text } as const }
    }),
  ]
  const did = said.map((each) => each.did)
  return {
    ...{ version, did, isAside: false, hidden: 0 },
    statements: said.flatMap((each) => each.statements),
    before: JSON.stringify({
      ...(await readReplaced(db, did)),
      words: {
        text: post.text,
        at: post.at,
        inside: [...commands, ...outcomes].some((each) => 'inside' in each && each.inside),
      },
    }),
  }
}

type Said = { readonly statements: readonly D1PreparedStatement[]; readonly did: Did }

function carryOut(db: D1Database, command: Command, { known }: Looked, by: Saying, now: number): Said {
  switch (command.does) {
    case 'settle': {
      const { id: update, answer, inside } = command
      const { kind = 'ask', text = '' } = known.open.find(({ id }) => id === update) ?? {}
      const said = { id: newId(now), update, state: 'answered', answer, inside } as const
      return { statements: [sayAnswer(db, said, by, now)], did: { did: 'answered', update, kind, text } }
    }
    case 'milestone': {
      const { title, due, reason, inside } = command
      const said = { id: newId(now), revision: newId(now), title, due, reason, inside }
      return { statements: sayMilestone(db, said, by, now), did: { did: 'milestone', title, due } }
    }
    case 'summary': {
      const { text, inside } = command
      return { statements: [saySummary(db, { text, inside }, by, now)], did: { did: 'summary', text } }
    }
    case 'status': {
      const { status, reason, inside } = command
      return {
        statements: [sayStatus(db, { status, reason, inside }, by, now)],
        did: { did: 'status', status },
      }
    }
    case 'away': {
      const { since, until, why } = command
      return { statements: [sayAway(db, { since, until, why }, by)], did: { did: 'away', since, until } }
    }
    default:
      return { statements: [], did: { did: 'nothing' } }
  }
}

/** What stands in a letter is out: it can be withdrawn, not taken back. */
function secondThought(
  db: D1Database,
  command: Command & { readonly does: 'undo' | 'refile' },
  latest: Latest | null,
  { known }: Looked,
  post: By,
  now: number,
): Pick<Effects, 'statements' | 'did' | 'hidden'> {
  const none = { statements: [], hidden: 0 }
  if (latest === null) return { ...none, did: [{ did: 'nothing' }] }
  const { updates, settled } = latest
  const text = updates[0]?.text ?? ''
  if (latest.isFrozen) {
    const told = updates.find(({ digest }) => digest !== null)
    return {
      ...none,
      did: [{ did: 'tooLate', text, update: told?.id ?? null, digest: told?.digest ?? null }],
    }
  }
  const open = updates.filter(({ kind }) => kind !== 'private')
  if (command.does === 'undo') {
    if (updates.length + settled.length === 0) return { ...none, did: [{ did: 'nothing' }] }
    const did = [{ did: 'undone', text, count: updates.length, settled } as const]
    return { statements: takeBack(db, post, latest, now), did, hidden: open.length }
  }
  const { kind } = command
  const isToHide = kind === 'private' && settled.length > 0
  if (open.length === 0 && !isToHide) return { ...none, did: [{ did: 'nothing' }] }
  const filed = open.map(({ id, text: words }) => {
    return { id, kind, said: readAgain({ text: words, tags: [] }, kind, false, known).said }
  })
  return {
    statements: [...refile(db, post, filed), ...(isToHide ? hideSettled(db, latest, post, now) : [])],
    did: [{ did: 'refiled', kind, count: open.length + (isToHide ? 1 : 0) }],
    hidden: kind === 'private' ? open.length : 0,
  }
}

/** What a post settled is taken back, and its words are kept as one private note of the same post. */
function hideSettled(db: D1Database, latest: Latest, post: By, now: number): readonly D1PreparedStatement[] {
  const { words } = latest
  const item = { kind: 'private', text: words.text, tags: [], inside: words.inside, said: {} } as const
  const note = newUpdate(item, { id: latest.id, author: post.author }, {}, words.at, now)
  return [insertUpdates(db, [note], post), ...hide(db, post, latest, note.id)]
}

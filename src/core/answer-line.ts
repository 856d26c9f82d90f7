/** The answer line (PURE): what was understood, then the week's count and when it goes out. */
import { mailLink } from './address.ts'
import { isAway, isLast } from './closing.ts'
import { extract, shorten } from './grammar/text.ts'
import type { Note, Outcome, Said } from './grammar/understood.ts'
import { counted, type Kind } from './kinds.ts'
import { inWords } from './measurement.ts'
import { dateInWords, localDate, nextCutOff, whenInWords } from './period.ts'
import type { Project } from './project.ts'
import type { Status } from './update.ts'
import { capital, statusWords, answerWords as words } from './words.ts'

/** Beyond this open updates are not counted one by one. */
export const countedAtMost = 200

const hour = 3_600_000

/** What the line says of the project. */
export type ShownProject = Pick<Project, 'settings' | 'nextCutOff' | 'heldAt'> & {
  /** When the last period closed. */
  readonly lastUntil: number | null
}

/** An update that the post made. */
export type Noted = {
  readonly kind: Kind
  readonly text: string
  readonly inside: boolean
  readonly said: Said
}

/** What the post did beside keeping updates. */
export type Did =
  /** `text` is the plan's, absent in answers kept from before. */
  | {
      readonly did: 'outcome'
      readonly update: string
      readonly number: number
      readonly outcome: Outcome
      readonly text?: string
    }
  | { readonly did: 'answered'; readonly update: string; readonly kind: Kind; readonly text: string }
  | { readonly did: 'milestone'; readonly title: string; readonly due: string }
  | { readonly did: 'summary'; readonly text: string }
  | { readonly did: 'status'; readonly status: Status['status'] }
  | { readonly did: 'away'; readonly since: string; readonly until: string }
  | { readonly did: 'refiled'; readonly kind: Kind; readonly count: number }
  /** `text` is that of its first update, of so many; `settled` what it did beside updates. */
  | {
      readonly did: 'undone'
      readonly text: string
      readonly count?: number
      readonly settled?: readonly Did[]
    }
  /** Too late to take back or to re-file: of its updates this one stands in the letter with that slug. */
  | {
      readonly did: 'tooLate'
      readonly text: string
      readonly update: string | null
      readonly digest: string | null
    }
  | { readonly did: 'nothing' }

/** All that the line of a post is made of; kept with the post, so that a repeat says the same. */
export type Answer = {
  readonly updates: readonly Noted[]
  readonly did: readonly Did[]
  readonly notes: readonly Note[]
  /** Names and addresses of the recipients that the updates name, by id. */
  readonly people: Readonly<Record<string, { readonly name: string; readonly email: string }>>
}

/** How a line is said of a post, after which `count` public updates of the period are open. */
export type Line = (answer: Answer, project: ShownProject, count: number, now: number) => string

/** The line for a post that was noted. */
export const answerLine: Line = (...said) => lineOf(words.noted, ...said)

/** The line for a post that is not noted yet. */
export const wouldBeLine: Line = (...said) => words.wouldBe(lineOf(words.notNoted, ...said))

function lineOf(
  forms: Forms,
  { updates, did, notes, people }: Answer,
  project: ShownProject,
  count: number,
  now: number,
): string {
  const [first] = updates
  const done = did.map((each) => didInWords(each, project))
  if (first !== undefined && updates.every(({ kind }) => kind === 'private'))
    return [words.private, ...done].join(' · ')
  const typos = notes.flatMap((note) => (note.about === 'typo' ? [words.typo(note.typed)] : []))
  const noted =
    first === undefined
      ? []
      : [
          [
            updates.length === 1
              ? oneInWords(first, people, project)
              : severalInWords(updates, people, forms),
            ...typos,
          ].join(' '),
        ]
  const rest = notes.flatMap((note) =>
    note.about === 'typo' ? [] : [isUnsettled(note) ? forms.unsettled(noteInWords(note)) : noteInWords(note)],
  )
  const hurry = updates.flatMap((update) => early(update, people, project, now, forms))
  const inside = updates.length === 1 && first?.inside ? [words.inside] : []
  const week = weekInWords(project, count, now)
  const isAsideOnly =
    updates.length === 0 && did.every((each) => ['undone', 'tooLate', 'nothing'].includes(each.did))
  return [
    ...noted,
    ...inside,
    ...done,
    ...rest,
    ...hurry,
    ...(isAsideOnly && did.every((each) => each.did !== 'undone') ? [] : [week]),
  ].join(' · ')
}

/** What is said otherwise of a post that is noted, and of one that is not. */
type Forms = typeof words.noted | typeof words.notNoted

/** "4 this week, out Fri 16:00" */
export function weekInWords(project: ShownProject, count: number, now: number): string {
  return `${words.week(count > countedAtMost ? `${countedAtMost}+` : String(count))}, ${whenOut(project, now)}`
}

const maxExtract = 40

function oneInWords(update: Noted, people: Answer['people'], { settings }: ShownProject): string {
  const { kind, text, said } = update
  const due = said.due === undefined ? '' : words.due(dateInWords(settings.locale, said.due))
  const measured = said.measurements ?? []
  if (measured.length > 0)
    return `${capital(kind)}: ${shorten(measured.map(inWords).join(', '), 2 * maxExtract)}`
  return words.one(`${capital(kind)}${addressed(said, people)}${due}`, extract(text, maxExtract))
}

/** "4 noted: done, ask → PhD student, 2 plans" */
function severalInWords(updates: readonly Noted[], people: Answer['people'], { several }: Forms): string {
  const names = updates.map(({ kind, said }) => ({ kind, to: addressed(said, people) }))
  const groups = Map.groupBy(names, ({ kind, to }) => `${kind}${to}`)
  const pieces = Array.from(groups.values(), (group) => {
    const [{ kind, to } = { kind: 'done' as const, to: '' }] = group
    return `${group.length === 1 ? counted(kind, 1).replace(/^1 /u, '') : counted(kind, group.length)}${to}`
  })
  return several(updates.length, pieces.join(', '))
}

function addressed({ to = [] }: Said, people: Answer['people']): string {
  const names = to.map((id) => people[id]?.name ?? '').filter((name) => name !== '')
  return names.length === 0 ? '' : ` → ${names.join(', ')}`
}

/** What a post did beside updates. */
export function didInWords(did: Did, project: ShownProject): string {
  const { locale } = project.settings
  switch (did.did) {
    case 'outcome':
      return words.outcome(
        did.number,
        did.text === undefined ? null : extract(did.text, maxExtract),
        words.outcomes[did.outcome],
      )
    case 'answered':
      return words.answered(did.kind === 'ask' ? 'Answered' : 'Solved', extract(did.text, maxExtract))
    case 'milestone':
      return words.milestone(shorten(did.title, maxExtract), dateInWords(locale, did.due))
    case 'summary':
      return words.summary(shorten(did.text, maxExtract))
    case 'status':
      return capital(statusWords[did.status])
    case 'away':
      return words.awayFrom(dateInWords(locale, did.since), dateInWords(locale, did.until))
    case 'refiled':
      return words.refiled(counted(did.kind, did.count).replace(/^1 /u, ''))
    case 'undone':
      return words.undone([
        ...(did.text === '' ? [] : [words.andMore(extract(did.text, maxExtract), (did.count ?? 1) - 1)]),
        ...(did.settled ?? []).map((each) => didInWords(each, project)),
      ])
    case 'tooLate':
      return words.tooLate(extract(did.text, maxExtract))
    case 'nothing':
      return words.nothing
  }
}

/** Why a post that was meant to settle something does not, and is an update; null if there is nothing of it. */
export function unsettledInWords(notes: readonly Note[]): string | null {
  const why = notes.flatMap((note) => (note.about !== 'typo' && isUnsettled(note) ? [noteInWords(note)] : []))
  return why.length === 0 ? null : why.join('; ')
}

function isUnsettled({ about }: Note): boolean {
  return about !== 'typo' && about !== 'name' && about !== 'metric'
}

function noteInWords(note: Exclude<Note, { about: 'typo' }>): string {
  switch (note.about) {
    case 'name':
      return note.fits === 0 ? words.nobody(note.name) : words.severalPeople(note.name, note.fits)
    case 'unsettled': {
      const { candidates, fits = candidates.length } = note
      const named = candidates.map((text) => `“${extract(text, maxExtract)}”`).join(', ')
      return (fits === 0 ? words.noneOpen : words.severalOpen)(shorten(note.words, maxExtract), named)
    }
    case 'noPlan':
      return words.noPlan(note.number, note.plans ?? [])
    case 'metric':
      return words.metric(note.metric)
    case 'command':
      return words.notRead(note.command)
    case 'endsFirst':
      return words.endsFirst(note.command)
    case 'notYours':
      return words.notYours(note.command)
  }
}

/** Due before anybody can read the letter: a mail to them is quicker. */
function early(
  { said }: Noted,
  people: Answer['people'],
  project: ShownProject,
  now: number,
  forms: Forms,
): readonly string[] {
  if (said.due === undefined || said.to === undefined) return []
  const out = project.nextCutOff > now ? project.nextCutOff : nextCutOff(project.settings.schedule, now)
  if (said.due > localDate(project.settings.schedule.zone, out)) return []
  const addresses = said.to.flatMap((id) => people[id]?.email ?? [])
  return addresses.length === 0 ? [] : [forms.early(mailLink(addresses))]
}

function whenOut(project: ShownProject, now: number): string {
  const { schedule, locale, previewHours } = project.settings
  if (project.heldAt !== null) return words.held
  if (project.lastUntil !== null && isLast(project, project.lastUntil)) return words.ended
  const out = project.nextCutOff > now ? project.nextCutOff : nextCutOff(schedule, now)
  if (isAway(project, out)) return words.away
  const isToday = localDate(schedule.zone, out) === localDate(schedule.zone, now)
  const when = whenInWords(schedule.zone, locale, out, now)
  const said = isToday ? words.today(when.replace(/^\S+ /u, '')) : when
  return out - now <= previewHours * hour ? words.goesOut(said) : words.out(said)
}

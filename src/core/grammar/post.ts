/** What a post says (PURE). What is not understood is a `done` in the words that were typed. */
import type { Kind } from '../kinds.ts'
import { isUndo, readCommand, readSettled } from './commands.ts'
import { readDue } from './due.ts'
import { kindOfEnding, readEnding, readInline } from './hashtags.ts'
import { readable } from './lines.ts'
import { type CommandWord, readMarker } from './marker.ts'
import { readMeasurements } from './numbers.ts'
import { readOutcomes } from './outcomes.ts'
import { isInside, isInsideLine, isPrivate, withoutInsideMark } from './privacy.ts'
import { type Piece, split, unsplit } from './split.ts'
import type { Command, Item, Known, Note, Said, Understood } from './understood.ts'
import { kindOfUnmarked, metricNear } from './unmarked.ts'
import { readAddressed, readCredit, readNames } from './who.ts'

/** What the sender said beside the text. */
export type Given = {
  readonly kind?: Kind | undefined
  readonly inside?: boolean | undefined
  /** Whether one post may make several updates. */
  readonly split?: boolean | undefined
}

/** Reads a post. Private stands above every other hashtag and above a given `kind`. */
export function readPost(text: string, given: Given, known: Known): Understood {
  if (isUndo(text)) return { ...nothing, commands: [{ does: 'undo' }] }
  const refiled = given.kind === undefined ? kindAlone(text) : null
  if (refiled !== null) return { ...nothing, commands: [{ does: 'refile', kind: refiled }] }
  const isAllInside = given.inside === true || text.split('\n').some(isInsideLine)
  if (isPrivate(text)) return keepPrivate(text, given)
  const said = readAll(text, given, isAllInside, known)
  // Nobody settles more at once; a run of the Worker could not carry it.
  if (said.commands.length + said.outcomes.length <= mostSettled) return said
  return { ...nothing, items: [readItem({ marker: null, text }, given, isAllInside, known, null).item] }
}

const mostSettled = 12

function readAll(text: string, given: Given, isAllInside: boolean, known: Known): Understood {
  const {
    text: left,
    outcomes,
    notes,
  } = given.kind === undefined ? readOutcomes(text, known) : { text, outcomes: [], notes: [] }
  const pieces = given.kind === undefined && given.split !== false ? split(left) : [unsplit(left, given.kind)]
  const read = pieces.map((piece) => readPiece(piece, given, isAllInside, known))
  return {
    items: read.flatMap(({ item }) => (item === null || item.text === '' ? [] : [item])),
    commands: read.flatMap(({ command }) => (command === null ? [] : [command])),
    outcomes: outcomes.map((outcome) => ({ ...outcome, inside: outcome.inside || isAllInside })),
    notes: [...notes, ...read.flatMap((each) => each.notes)],
  }
}

/** Reads the new text of an update, which stays one. Only a given kind makes a private one public. */
export function readEdit(
  text: string,
  now: { kind: Kind; inside: boolean },
  given: Given,
  known: Known,
): Item {
  const inside = isInside(text) || (given.inside ?? now.inside)
  if (given.kind === undefined && (now.kind === 'private' || isPrivate(text))) {
    const [item] = keepPrivate(text, given).items
    return { ...(item ?? emptyItem), inside }
  }
  const piece = unsplit(text, given.kind)
  return { ...readItem(piece, given, false, known, now.kind).item, inside }
}

/** An update of another kind, or seen by others, whose text stays. */
export function readAgain(
  update: Pick<Item, 'text' | 'tags'>,
  kind: Kind,
  inside: boolean,
  known: Known,
): Item {
  const { text, tags } = update
  const { said } = readSaid(kind, text, known)
  return { kind, text, tags, inside, said }
}

const nothing: Understood = { items: [], outcomes: [], commands: [], notes: [] }
const emptyItem: Item = { kind: 'private', text: '', tags: [], inside: false, said: {} }

/** A private post makes one private note, and settles nothing. */
function keepPrivate(text: string, given: Given): Understood {
  const ending = readEnding(withoutInsideMark(text).trim())
  const marker = readMarker(ending.text)
  const left = marker !== null && 'kind' in marker.means ? marker.rest : ending.text
  const inside = isInside(text) || given.inside === true
  if (left.trim() === '') return { ...nothing, commands: [{ does: 'refile', kind: 'private' }] }
  const { tags } = readInline(left)
  const all = [
    ...ending.words.filter(
      (word) => !isPrivate(`#${word}`) && kindOfEnding([word]) === null && !isInside(`#${word}`),
    ),
    ...tags,
  ]
  return {
    ...nothing,
    items: [{ kind: 'private', text: left.trim(), tags: [...new Set(all)], inside, said: {} }],
  }
}

type ReadPiece = {
  readonly item: Item | null
  readonly command: Command | null
  readonly notes: readonly Note[]
}

/** These shape the letter as a whole. */
const ownersCommands: readonly CommandWord[] = ['milestone', 'summary', 'status', 'away']

function readPiece(piece: Piece, given: Given, isAllInside: boolean, known: Known): ReadPiece {
  const { marker, text } = piece
  const settled = marker === null && given.kind === undefined ? readSettled(text.trim(), known) : null
  if (settled !== null) return { item: null, command: withInside(settled, isAllInside), notes: [] }
  if (marker === null || !('command' in marker.means)) {
    return { ...readItem(piece, given, isAllInside, known, null), command: null }
  }
  const { command } = marker.means
  const read =
    ownersCommands.includes(command) && !known.isOwner
      ? { note: { about: 'notYours', command } as const }
      : readCommand(command, text, known)
  if ('command' in read) return { item: null, command: withInside(read.command, isAllInside), notes: [] }
  const kept = { marker: null, text: text === '' ? marker.word : `${marker.word}: ${text}` }
  const { item, notes } = readItem(kept, given, isAllInside, known, null)
  return { item, command: null, notes: [read.note, ...notes] }
}

function withInside(command: Command, isAllInside: boolean): Command {
  return 'inside' in command ? { ...command, inside: command.inside || isAllInside } : command
}

/** One update: its kind, then what its text says for that kind. */
function readItem(
  { marker, text: typed }: Piece,
  given: Given,
  isAllInside: boolean,
  known: Known,
  before: Kind | null,
): { readonly item: Item; readonly notes: readonly Note[] } {
  const marked = marker !== null && 'kind' in marker.means ? marker.means.kind : null
  const whole = withoutInsideMark(typed)
  const ending = readEnding(whole.trim())
  const inline = readInline(ending.text)
  const text = inline.text.trim()
  const ended = kindOfEnding(ending.words)
  const named = given.kind ?? marked ?? ended?.kind ?? inline.kind
  const guessed = named ?? before ?? kindOfUnmarked(text, known)
  const kind = guessed ?? 'done'
  const metric = guessed === null ? metricNear(text, known) : null
  const { said, notes } = readSaid(kind, text, known)
  const typos = [
    ...(marker?.isTypo && given.kind === undefined
      ? [{ about: 'typo', typed: marker.word, kind } as const]
      : []),
    ...(named === ended?.kind && marked === null && ended?.typo
      ? [{ about: 'typo', typed: ended.typo, kind } as const]
      : []),
  ]
  const tags = [
    ...new Set(ending.words)
      .values()
      .filter((word) => kindOfEnding([word]) === null && !isInside(`#${word}`)),
    ...inline.tags,
  ]
  return {
    item: { kind, text, tags: [...new Set(tags)], inside: isAllInside || isInside(typed), said },
    notes: [...typos, ...notes, ...(metric === null ? [] : [{ about: 'metric', metric } as const])],
  }
}

function readSaid(
  kind: Kind,
  text: string,
  known: Known,
): { readonly said: Said; readonly notes: readonly Note[] } {
  const seen = readable(text)
  const mayBeDue = ['ask', 'need', 'next'].includes(kind)
  const due = mayBeDue ? readDue(seen, known, kind === 'next') : null
  const to = ['ask', 'need', 'blocked'].includes(kind) ? readAddressees(seen, known) : none
  const measurements = kind === 'result' ? readMeasurements(text, known) : []
  const credit = ['done', 'next'].includes(kind) ? readCredit(seen, known) : none
  return {
    said: {
      ...(due === null ? {} : { due }),
      ...(to.ids.length === 0 ? {} : { to: to.ids }),
      ...(credit.ids.length === 0 ? {} : { credit: credit.ids }),
      ...(measurements.length === 0 ? {} : { measurements }),
    },
    notes: [...to.notes, ...credit.notes],
  }
}

function readAddressees(text: string, known: Known) {
  const { ids, notes } = readNames(text, known)
  const spokenTo = readAddressed(text, known)
  return { ids: spokenTo === null || ids.includes(spokenTo) ? ids : [spokenTo, ...ids], notes }
}

const none = { ids: [], notes: [] } as const

/** The kind that a post names and nothing else; null where it says more. */
function kindAlone(text: string): Kind | null {
  const word = /^\s*(?:#[^\S\n]*|hash ?tag\s+)(\p{L}+)[.!]?\s*$/iu.exec(text)?.[1]
  const marker = word === undefined ? null : readMarker(`#${word}`)
  return marker !== null && 'kind' in marker.means ? marker.means.kind : null
}

/** Nothing known of a project. */
export const nothingKnown = { recipients: [], metrics: [], isOwner: true, plans: [], open: [] } as const

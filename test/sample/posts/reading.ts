/** What is made of a post, in words that can be read and compared. */
import { answerLine } from '../../../src/core/answer-line.ts'
import { readPost } from '../../../src/core/grammar/post.ts'
import type { Command, Item, Known, Measurement, Understood } from '../../../src/core/grammar/understood.ts'
import { defaultSettings } from '../../../src/core/project.ts'

const zone = 'America/New_York'

/** Wednesday, 18 November 2026, 14:00 in New York; a letter with three plans went out on Friday. */
export const known: Known = {
  ...{ at: Date.UTC(2026, 10, 18, 19), zone, isOwner: true, plans: [1, 2, 3] },
  recipients: [
    { id: 'professor', name: 'Professor', handle: 'professor' },
    { id: 'labmate', name: 'PhD student', handle: 'labmate' },
    { id: 'team', name: 'Company team', handle: 'team' },
    { id: 'manager', name: 'Lab manager', handle: 'keys' },
    { id: 'assistant', name: 'Lab assistant', handle: 'desk' },
  ],
  metrics: ['auc', 'logloss', 'examples/s'],
  open: [
    { id: 'a1', kind: 'ask', text: '@professor can we use the Kaggle split?' },
    { id: 'n1', kind: 'need', text: '200 GB more on the bucket' },
    { id: 'b1', kind: 'blocked', text: 'TPU quota is not there yet' },
    { id: 'b2', kind: 'blocked', text: 'waiting for the quota of the second bucket' },
  ],
}

const project = {
  settings: { ...defaultSettings, schedule: { weekday: 'friday', time: '16:00', zone } as const },
  nextCutOff: Date.UTC(2026, 10, 20, 21),
  heldAt: null,
  lastUntil: Date.UTC(2026, 10, 13, 21),
}

export function read(text: string): Understood {
  return readPost(text, {}, known)
}

/** The answer line without the week's count; what settled something is said behind it by the API. */
export function lineOf({ items, notes }: Understood): string {
  const people = Object.fromEntries(
    known.recipients.map(({ id, name }) => [id, { name: name ?? '', email: `${id}@example.edu` }]),
  )
  const line = answerLine({ updates: items, did: [], notes, people }, project, 1, known.at)
  return line.replace(/ · 1 this week, out Fri 16:00$/u, '')
}

/** A line for each update, outcome and command. */
export function madeOf({ items, outcomes, commands }: Understood): readonly string[] {
  return [
    ...items.map(itemInWords),
    ...outcomes.map(({ number, outcome, why, inside }) =>
      pieces(`plan ${number} ${outcome}`, inside ? 'inside' : '', why ?? ''),
    ),
    ...commands.map(commandInWords),
  ]
}

function itemInWords({ kind, text, tags, inside, said }: Item): string {
  const { due = '', to = [], credit = [], measurements = [] } = said
  return pieces(
    ...[kind, inside ? 'inside' : '', ...to.map((id) => `→ ${id}`), ...credit.map((id) => `for ${id}`), due],
    ...[...measurements.map(measurementInWords), ...tags.map((tag) => `#${tag}`), `| ${text}`],
  )
}

function measurementInWords({ metric, value, unit = '', baseline, runs, on, link }: Measurement): string {
  const more = [baseline && `baseline ${baseline}`, runs && `runs ${runs}`, on && `on ${on}`, link]
  return `{${pieces(`${metric} ${value}${unit}`, ...more.map((each) => each ?? '').map(String))}}`
}

function commandInWords({ does, ...more }: Command): string {
  return pieces(
    does,
    ...Object.values(more).map((each) => (each === false || each === null ? '' : `${each}`)),
  )
}

function pieces(...all: readonly string[]): string {
  return all.filter((each) => each !== '').join(' ')
}

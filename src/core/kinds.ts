/** The table of kinds (PURE): to add a kind, add a row here. */

/** Sections of a letter, in the order in which they stand there. */
export const sections = [
  'Asked of you',
  'Found',
  'Planned and done',
  'Changed or stuck',
  'Next',
  'Read',
  'Corrections',
] as const

export type Section = (typeof sections)[number]

/** Headings of the milestone report, in the order in which the form asks for them. */
export const headings = [
  'changes',
  'accomplished',
  'milestones',
  'surprises',
  'ahead',
  'revisions',
  'resources',
] as const

export type Heading = (typeof headings)[number]

type Row = {
  /** Other words that mean this kind. */
  readonly aliases: readonly string[]
  /** Where the letter shows it; null: in no letter. */
  readonly section: Section | null
  /** Where the report shows it; null: in no report. */
  readonly heading: Heading | null
  /** One and many, as counted in subject and answer line. */
  readonly counted: readonly [one: string, many: string]
}

export const kinds = {
  done: {
    aliases: ['did', 'finished'],
    section: 'Planned and done',
    heading: 'accomplished',
    counted: ['done', 'done'],
  },
  result: {
    aliases: ['results'],
    section: 'Found',
    heading: 'accomplished',
    counted: ['result', 'results'],
  },
  surprise: {
    aliases: ['learned', 'til'],
    section: 'Found',
    heading: 'surprises',
    counted: ['surprise', 'surprises'],
  },
  ask: {
    aliases: ['question', 'help'],
    section: 'Asked of you',
    heading: 'resources',
    counted: ['ask', 'asks'],
  },
  need: {
    aliases: ['needs'],
    section: 'Asked of you',
    heading: 'resources',
    counted: ['need', 'needs'],
  },
  change: {
    aliases: ['changed', 'decided', 'decision'],
    section: 'Changed or stuck',
    heading: 'changes',
    counted: ['change', 'changes'],
  },
  blocked: {
    aliases: ['stuck', 'blocker', 'waiting'],
    section: 'Changed or stuck',
    heading: 'changes',
    counted: ['blocker', 'blockers'],
  },
  read: {
    aliases: ['paper', 'reading'],
    section: 'Read',
    heading: 'accomplished',
    counted: ['read', 'read'],
  },
  next: {
    aliases: ['plan', 'todo'],
    section: 'Next',
    heading: 'ahead',
    counted: ['plan', 'plans'],
  },
  meeting: {
    aliases: ['met'],
    section: 'Planned and done',
    heading: null,
    counted: ['meeting', 'meetings'],
  },
  private: {
    aliases: [],
    section: null,
    heading: null,
    counted: ['private note', 'private notes'],
  },
} as const satisfies Record<string, Row>

export type Kind = keyof typeof kinds

/** A kind that a letter shows. */
export type PublicKind = Exclude<Kind, 'private'>

export const kindNames = Object.keys(kinds) as [Kind, ...Kind[]] // Object.keys forgets the names

/** Every word that names a kind. */
export const kindWords: readonly (readonly [word: string, kind: Kind])[] = kindNames.flatMap((kind) =>
  [kind, ...kinds[kind].aliases].map((word) => [word, kind] as const),
)

const byWord = new Map<string, Kind>(kindWords)

/** The kind that `word` names, by its own name or an alias, in any case; null if none. */
export function kindOf(word: string): Kind | null {
  return byWord.get(word.toLowerCase()) ?? null
}

/** "1 ask", "2 asks". */
export function counted(kind: Kind, count: number): string {
  const [one, many] = kinds[kind].counted
  return `${count} ${count === 1 ? one : many}`
}

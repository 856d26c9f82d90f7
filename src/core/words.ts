/** The table of all fixed words (PURE): what the machine says, in one voice. What is wrong with a field stands by its rule. */

import type { Missing } from './project.ts'
import type { Status } from './update.ts'

export const statusWords: Readonly<Record<Status['status'], string>> = {
  onTrack: 'on track',
  atRisk: 'at risk',
  offTrack: 'off track',
}

export const missingWords: Readonly<Record<Missing, string>> = {
  sender: 'No sender is set: letters cannot go out directly.',
  ownerEmail: 'No address of yours is set: replies would be lost.',
  publicUrl: 'No public address is set: links in the letter would lead nowhere.',
  key: 'No key of the mail provider is set.',
  recipient: 'No recipient is active.',
}

/** How a command is said that was not understood. */
const commandHints: Readonly<Record<string, string>> = {
  status: ', say “on track”, “at risk” or “off track”',
  milestone: ', say a title and “due 5 Dec”',
  away: ', say “till Mon” or “23 Nov to 27 Nov”',
}

/** "1 to 3", or "1, 3" where some between are not meant. */
function inRuns(numbers: readonly number[]): string {
  const [first = 0] = numbers
  const isRun = numbers.length > 1 && numbers.every((number, index) => number === first + index)
  return isRun ? `${first} to ${numbers.at(-1)}` : numbers.join(', ')
}

const dueEarly = 'due before the letter is read'

export const answerWords = {
  private: 'Private: stays with you.',
  one: (kind: string, extract: string) => `${kind}: “${extract}”`,
  due: (date: string) => `, due ${date}`,
  typo: (typed: string) => `(read “#${typed}”)`,
  outcomes: { met: 'met', partly: 'partly', not: 'not met', dropped: 'dropped' },
  outcome: (number: number, extract: string | null, outcome: string) =>
    `Plan ${number}${extract === null ? '' : ` “${extract}”`}: ${outcome}`,
  answered: (how: 'Answered' | 'Solved', extract: string) => `${how}: “${extract}”`,
  milestone: (title: string, due: string) => `Milestone “${title}”: due ${due}`,
  summary: (text: string) => `Summary: “${text}”`,
  awayFrom: (since: string, until: string) =>
    since === until ? `Away ${since}` : `Away ${since} to ${until}`,
  refiled: (kind: string) => `Filed as ${kind}`,
  andMore: (text: string, more: number) => (more > 0 ? `“${text}” and ${more} more` : `“${text}”`),
  undone: (what: readonly string[]) => `Taken back: ${what.join(', ')}`,
  tooLate: (extract: string) => `Too late: “${extract}” has gone out; it can still be withdrawn`,
  nothing: 'Nothing of the last hour to change',
  nobody: (name: string) => `@${name} is nobody here`,
  severalPeople: (name: string, count: number) => `@${name} fits ${count} people`,
  noneOpen: (said: string, open: string) =>
    `nothing open holds “${said}”${open === '' ? '' : `; open: ${open}`}`,
  severalOpen: (said: string, candidates: string) => `“${said}” fits ${candidates}`,
  noPlan: (number: number, plans: readonly number[]) =>
    plans.length === 0
      ? `no plan ${number} of yours in the last letter`
      : `no plan ${number} in the last letter, only ${inRuns(plans)}`,
  metric: (metric: string) => `a result of ${metric}? “#result” files it so`,
  notRead: (command: string) => `“#${command}” was not understood${commandHints[command] ?? ''}`,
  endsFirst: (command: string) =>
    `“#${command}” ends before it begins; if it is so long, say the year of its end`,
  notYours: (command: string) => `“#${command}” is the owner’s`,
  noted: {
    several: (count: number, pieces: string) => `${count} noted: ${pieces}`,
    early: (link: string) => `${dueEarly}: ${link}`,
    unsettled: (why: string) => `${why}: kept as an update`,
  },
  notNoted: {
    several: (count: number, pieces: string) => `${count}: ${pieces}`,
    early: () => dueEarly,
    unsettled: (why: string) => why,
  },
  wouldBe: (line: string) => `Would be ${line.charAt(0).toLowerCase()}${line.slice(1)}`,
  inside: 'inner circle only',
  week: (count: string) => `${count} this week`,
  out: (when: string) => `out ${when}`,
  goesOut: (when: string) => `goes out ${when}`,
  today: (time: string) => `today ${time}`,
  held: 'held until you lift it',
  ended: 'kept: the last letter has gone out',
  away: 'out when you are back',
  repeated: (line: string) => `Already noted. ${line}`,
} as const

export const photoWords = {
  /** The text of a photo that came without one. */
  untitled: 'Photo',
  /** Beside what was typed before a session ended. */
  again: 'lost when you were signed out',
  kept: (count: number) => (count === 1 ? '1 photo' : `${count} photos`),
  notKept: {
    noFiles: 'The photo was not kept: there is no room for photos here (FILES in wrangler.toml).',
    tooLarge: 'A photo over 8 MiB was not kept.',
    heic: 'A photo was not kept: it is HEIC, which few browsers show. Send it as JPEG.',
    noPhoto: 'A file was not kept: it is no JPEG, PNG, WebP or GIF.',
    broken: 'A photo was not kept: its file is damaged, or of a kind that is not understood.',
    tooMany: 'Ten photos of a post are kept; those behind were not.',
    noUpdate: 'The photo was not kept: the post made no update that could show it.',
    notStored: 'The photo was not kept: the storage did not answer. Send it again.',
  },
} as const

export const pageWords = {
  letter: (number: number) => `Letter ${number}`,
  corrected: (day: string, text: string) => `Corrected ${day}: ${text}`,
  letters: 'Letters',
  noLetters: 'The first letter has not gone out yet.',
  older: 'Older letters',
  previous: 'The letter before',
  next: 'The letter after',
  neighbours: 'Other letters',
  asMarkdown: 'As Markdown',
  desk: 'Desk',
  toDesk: 'Correct or withdraw something',
  toArchive: 'All letters, for those who get them',
  signIn: 'Sign in',
  readers: 'You get the letters',
  readersWhy: 'Give the address that they come to, and a link that opens them all is mailed there.',
  email: 'Mail address',
  sendWayIn: 'Mail me a link',
  owners: 'You write them',
  token: 'Token',
  signInButton: 'Sign in',
  wayInSent: 'Look into your mail',
  wayInSentWhy:
    'If letters come to this address, a link is on its way there. It works for an hour. Nothing came after some minutes? Ask for another one.',
  noMail: 'No mail from here',
  noMailWhy: 'Here letters are forwarded by hand. Ask whoever writes them for a way in.',
  wayIn: 'Your letters',
  wayInWhy: 'This opens all letters that you may read. This browser then stays signed in.',
  wayInButton: 'Open the letters',
  wayInEnded: 'This link has ended',
  wayInEndedWhy: 'A link that was mailed from here works for an hour. Have another one mailed to you:',
  wrongToken: 'This is not the token.',
  signOut: 'Sign out',
  signedOut: 'You are signed out.',
  notFound: 'There is nothing here',
  notFoundWhy: 'The link may be old, or mistyped.',
  stopTitle: 'Stop these letters?',
  stopWhy: (title: string, email: string) => `${email} gets the letters of ${title}.`,
  stopButton: 'Stop the letters',
  stopped: 'No more letters',
  stoppedWhy: (title: string, email: string) => `${email} gets no more letters of ${title}.`,
  undoButton: 'That was a mistake: send them again',
  undone: 'The letters go on',
  undoneWhy: (title: string, email: string) => `${email} gets the letters of ${title} again.`,
  results: 'Results',
  allResults: 'All results',
  noResults: 'No letter has told a number yet.',
  reading: 'Reading',
  noReading: 'No letter has told of anything read yet.',
  olderNotes: 'Older notes stand in the letters.',
  letterOf: (day: string) => `Letter of ${day}`,
  bibtex: 'BibTeX',
  milestones: 'Milestones',
  noMilestones: 'No letter has told of a milestone yet.',
  milestoneStates: { met: '✓ met', dropped: '✗ dropped' },
  moved: (day: string, from: string, to: string, reason: string | null) =>
    `Moved ${day}: ${from} → ${to}${reason === null ? '' : ` – ${reason}`}`,
  newestNumbers: (count: number) => `The newest ${count} numbers.`,
  metric: (name: string, on: string | null) => (on === null ? name : `${name} on ${on}`),
  date: 'Date',
  value: 'Value',
  baseline: 'Baseline',
  runs: 'Runs',
  where: 'Where',
  run: 'run',
  inLetter: 'letter',
  base: (value: string) => `base ${value}`,
  course: (count: number, from: string, to: string) => `${count} numbers, from ${from} to ${to}.`,
  extremes: (least: string, most: string) => `Lowest ${least}, highest ${most}.`,
  against: (baseline: string) => `The baseline is ${baseline}.`,
  numberOn: (value: string, day: string) => `${value} on ${day}`,
} as const

const phraseHow = ['"hash size"', 'these very words, side by side'] as const
const kindHow = ['kind:result', 'what was posted as a result; so with ask, need, next, done, read …'] as const

export const searchWords = {
  search: 'Search',
  box: 'Search the letters',
  newestFirst: 'The newest first.',
  closeFirst: 'First where the words stand close together, then the newest.',
  unread: (typed: string) => `Looked for as words: ${typed}`,
  cut: 'That was long: only the first words were looked for.',
  nothing: 'Nothing was found. Fewer words, or other ones, may find more.',
  more: 'More',
  also: (count: number) => (count === 1 ? 'also in letter' : 'also in letters'),
  how: [
    ['quota pods', 'all of these words, anywhere in a piece of a letter'],
    phraseHow,
    ['embed*', 'words that begin like this'],
    kindHow,
    ['author:name tag:baseline', 'by who posted it, and by its hashtags'],
    ['since:2026-10-01 until:2026-12', 'in the letters of these days'],
  ],
  /** What the desk knows of it. */
  howAtDesk: [phraseHow, kindHow],
} as const

export const noticeWords = {
  wayIn: (title: string) => `The letters of ${title}`,
  wayInLink: (title: string) => `Open the letters of ${title}`,
  wayInFor: 'This way in works for an hour, in every browser where you open it.',
  notYou: 'If you did not ask for it, nothing needs to be done.',
} as const

export const problemWords = {
  unparseable: 'The request cannot be read',
  unauthorized: 'A valid token is needed',
  forbidden: 'This token may not do that',
  notFound: 'Not found',
  frozen: 'Frozen: it has gone out',
  stale: 'Not possible as things stand',
  tooLarge: 'Too large',
  unsupported: 'Unsupported content type',
  invalid: 'Something in the input is wrong',
  slowDown: 'Too many requests',
  unavailable: 'The database is in trouble; try again shortly',
  unexpected: 'Something went wrong here',
} as const

/** "at risk" at the start of a sentence. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

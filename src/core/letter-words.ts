/** The table of the words of a letter (PURE): what the machine says around what a student wrote. */
import type { Outcome } from './grammar/understood.ts'
import type { OpenAnswer } from './open.ts'
import { capital } from './words.ts'

const outcomeMarks: Readonly<Record<Outcome, string>> = { met: '✓', partly: '◐', not: '✗', dropped: '✗' }

const outcomeNames = { met: 'met', partly: 'partly', not: 'not met', dropped: 'dropped' } as const

export const letterWords = {
  title: (title: string, number: number) => `${title}, letter ${number}`,
  silent: 'Nothing to report this week.',
  last: 'This is the last letter.',
  status: (words: string, reason: string | null) =>
    `${capital(words)}${reason === null ? '.' : `: ${reason}`}`,
  /** `when` holds for so many of them. */
  asked: (name: string, count: number, due: number, when: string | null) => {
    const many = count === 1 ? '1 ask' : `${count} asks`
    const about = when === null ? many : count === due ? `${count} ${when}` : `${many}, ${due} ${when}`
    return name === '' ? about : `${name}: ${about}`
  },
  neededFrom: (name: string) => (name === '' ? 'needed' : `needed from ${name}`),
  by: (date: string, isPast: boolean) => (isPast ? `overdue since ${date}` : `by ${date}`),
  open: (days: number) => `open ${letterWords.days(days)}`,
  days: (days: number) => (days === 0 ? 'since today' : days === 1 ? '1 day' : `${days} days`),
  alsoOpen: (items: string) => `Also open: ${items}`,
  alsoBlocked: (items: string) => `Still blocked: ${items}`,
  andMore: (count: number) => `and ${count} more`,
  runs: (runs: number) => (runs === 1 ? 'single run' : `${runs} runs`),
  noBaseline: 'no baseline',
  surprise: 'Surprise:',
  met: 'Meeting:',
  changed: 'Changed:',
  milestone: 'Milestone:',
  later: (milestones: string) => `Later: ${milestones}`,
  blocked: (name: string, days: number | null) =>
    `Blocked${name === '' ? '' : `, waiting for ${name}`}${days === null ? '' : `, ${letterWords.days(days)}`}:`,
  outcome: (outcome: Outcome, before: Outcome | null) =>
    `${outcomeMarks[outcome]} ${outcomeNames[outcome]}${before === null ? '' : ` (was ${outcomeMarks[before]} ${outcomeNames[before]})`}:`,
  noWord: '– no word yet:',
  answered: (kind: OpenAnswer['kind'], state: OpenAnswer['state']) =>
    state === 'dropped' ? 'Dropped:' : kind === 'ask' ? 'Answered:' : 'Solved:',
  why: (what: string, why: string | null) => (why === null ? what : `${what} – ${why}`),
  behind: (why: string | null) => (why === null ? '' : `– ${why}`),
  askedBy: (names: string) => `(asked by ${names})`,
  in: (date: string) => `(${date})`,
  signed: (tail: string, name: string) => `${tail}${tail === '' ? '' : ' '}(${name})`,
  due: (date: string, days: number) =>
    days < 0
      ? `was due ${date}, ${letterWords.days(-days)} late`
      : `due ${date}${days === 0 ? ', today' : ` (in ${letterWords.days(days)})`}`,
  away: (since: string, until: string) =>
    since === until ? `Away on ${since}.` : `Away ${since} to ${until}.`,
  correction: (number: number, text: string) => `To letter ${number}: ${text}`,
  correctedSince: 'Corrected since',
  correctedOf: (extract: string, day: string, text: string) => `“${extract}” (${day}): ${text}`,
  withdrawn: (day: string, reason: string | null) => letterWords.why(`withdrawn ${day}`, reason),
  photo: 'Photo',
  photoOf: (description: string) => `Photo: ${description}`,
  answerLink: 'Answer',
  moreOfOne: 'more',
  table: 'A table.',
  code: 'Code.',
  more: (count: number) => `Continue on this letter’s page (${count} more)`,
  whyYou: (owner: string, title: string) =>
    owner === ''
      ? `You get this letter because you follow ${title}. Replies go to its author.`
      : `You get this letter because ${owner} keeps you informed about ${title}. Replies go to ${owner}.`,
  forward: 'This letter waits for you to forward it. What stands above the line is the letter.',
  page: 'This letter on the web',
  stop: 'Stop these letters',
} as const

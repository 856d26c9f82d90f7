/** The table of what the owner is told ahead of a cut-off (PURE). */
import type { Circle } from './recipient.ts'

/** What the schedule will do at the cut-off, as things stand. */
export type Fate = 'goes' | 'forwarded' | 'silent' | 'notReady'

type Said = (number: number, when: string) => string

const subjects: Readonly<Record<Fate, Said>> = {
  goes: (number, when) => `Letter ${number} goes out ${when}`,
  forwarded: (number, when) => `Letter ${number} comes to you ${when}, to forward`,
  silent: (_, when) => `No letter goes out ${when}`,
  notReady: (number, when) => `Letter ${number} cannot go out ${when}`,
}

const leads: Readonly<Record<Fate, Said>> = {
  goes: (number, when) => `Letter ${number} goes out ${when} by itself, as it stands below.`,
  forwarded: (number, when) =>
    `Letter ${number} comes to you ${when}, as it stands below, for you to forward.`,
  silent: (number, when) =>
    `There is nothing new to tell yet for letter ${number}. If nothing comes, it does not go out ${when}.`,
  notReady: (number, when) => `Letter ${number} is due ${when}, but cannot go out as things are set:`,
}

export const aheadWords = {
  subjects,
  leads,
  /** With `skipOnce`. */
  nextSilent: 'After a second week like this, readers get a line that says so.',
  before: 'Before it goes:',
  edit: 'Change something',
  send: 'Hold it, or send it now',
  write: 'Post something',
  toCircle: (circle: Circle | undefined) => `To the ${circle} circle`,
  letter: (circles: readonly Circle[] | null, words: number) =>
    `${circles === null ? 'The letter' : circles.length > 1 ? 'To both circles' : aheadWords.toCircle(circles[0])}, ${words} words`,
  subject: (subject: string) => `Subject: ${subject}`,
  tooLong: 'This one is too long for a second letter in one mail: your desk shows it.',
  nudge: (number: number, posts: number) =>
    `${posts === 0 ? 'Nothing' : 'One post'} for letter ${number} so far`,
  nudgeWhy: (posts: number, when: string) =>
    `The letter goes out ${when}, and ${posts === 0 ? 'nothing has come for it yet' : 'one post has come for it'}. One line is enough: what did you do, find, or get stuck on?`,
} as const

/** The table of fixed words of the pages of people (PURE): who gets the letters, and who writes. */
import type { DeliveryState } from './delivery.ts'
import type { PastedProblem } from './pasted-people.ts'
import type { RecipientState } from './recipient.ts'

export const peopleWords = {
  people: 'People',
  counts: { active: 'get the letters', paused: 'paused', unsubscribed: 'stopped them' },
  nobody: 'Nobody gets the letters yet.',
  add: 'Add people',
  pasted: 'Names and addresses',
  pastedHow:
    'One or many: Name <mail>, a line each, or as copied from a mail or a table. Nobody is written to before the next letter.',
  circle: 'Circle',
  circles: { inner: 'Inner circle', outer: 'Outer circle' },
  circlesWhy:
    'The outer circle gets nothing that is for the inner circle only, and sees letters from now on.',
  addButton: 'Add them',
  added: (count: number) => (count === 1 ? '1 is in the list now.' : `${count} are in the list now.`),
  twice: 'is in there twice',
  tooMany: 'More than 1000 people: add them in parts.',
  none: 'Nobody is named here.',
  more: 'More people',
  toPeople: 'All people',
  inCircle: { inner: 'inner circle', outer: 'outer circle' },
  since: (day: string) => `since ${day}`,
  called: 'What they are called',
  name: 'Name',
  handle: 'Handle',
  handleHow: 'One word: a post asks or credits them by @handle, or by first or last name.',
  save: 'Save',
  pause: 'Pause',
  resume: 'Send letters again',
  moveOut: 'Move to the outer circle',
  moveIn: 'Move to the inner circle',
  moveInWhy:
    'At once they read every letter in the archive, from the first on, with all that was for the inner circle.',
  moveInButton: 'Yes, move them',
  theirLetters: 'Their last letters',
  noLetters: 'None yet.',
  letter: (number: number) => `Letter ${number}`,
  send: (number: number) => `Send letter ${number}, the last one`,
  newer: 'A newer letter has gone out meanwhile. Look again, and send that one.',
  notSent: 'It cannot be sent: who is paused or has stopped the letters gets none.',
  wayIn: 'A way in',
  wayInHow: 'A link that opens the archive for them, to be sent by you. It works for seven days.',
  makeWayIn: 'Make a link',
  link: 'Link',
  wayInMade: 'It is shown this once. Whoever has it reads as they do: send it to nobody else.',
  remove: 'Remove',
  removeWhy:
    'No more letters; their links end, and they are signed out, at once. What letters say of them stays.',
  removeButton: 'Yes, remove them',
  copy: 'Copy',
  copied: 'Copied',
} as const

/** Why somebody is not active; a bounce has left its own words. */
export function stateWords(state: RecipientState, reason: string | null): string {
  if (state === 'active') return 'gets the letters'
  if (state === 'paused') return reason === null ? 'paused' : `paused: ${reason}`
  return reason === 'complained'
    ? 'marked a letter as spam, and gets no more'
    : 'has stopped the letters, and alone can start them again'
}

/** Why an address is not added. */
export function knownWords(known: {
  readonly state: RecipientState
  readonly reason: string | null
  readonly isRemoved: boolean
}): string {
  if (known.state !== 'unsubscribed') return 'is known already'
  if (known.reason === 'complained') return 'marked a letter as spam: nothing is sent there again'
  return known.isRemoved
    ? 'has stopped the letters: nothing is sent there again'
    : 'has stopped the letters: only they can start them again, by the link in their last letter'
}

export const pastedWords: Readonly<Record<PastedProblem, string>> = {
  noAddress: 'has no mail address',
  badAddress: 'has no address that mail can go to',
  namesCircle: 'names a circle: add each circle by itself, without that word',
  unclear: 'has several names or addresses: give each a line',
}

/** How it went with a letter: a sign, a word, and whether it is good or bad. */
export type Mark = { readonly sign: '✓' | '✗' | '◐' | '–'; readonly word: string }

const receiptMarks: Readonly<Record<string, Mark>> = {
  delivered: { sign: '✓', word: 'delivered' },
  delayed: { sign: '◐', word: 'delayed' },
  bounced: { sign: '✗', word: 'bounced' },
  failed: { sign: '✗', word: 'failed' },
  suppressed: { sign: '✗', word: 'blocked by the provider' },
  complained: { sign: '✗', word: 'marked as spam' },
}

const stateMarks: Readonly<Record<DeliveryState, Mark>> = {
  waiting: { sign: '◐', word: 'waits to be sent' },
  trying: { sign: '◐', word: 'being sent' },
  accepted: { sign: '✓', word: 'sent' },
  rejected: { sign: '✗', word: 'refused' },
  uncertain: { sign: '◐', word: 'may have arrived' },
  withdrawn: { sign: '–', word: 'not sent' },
}

/** What the provider reported counts more than what it said when it took the letter. */
export function markOf(state: DeliveryState, receipt: string | null): Mark {
  return receiptMarks[receipt ?? ''] ?? stateMarks[state]
}

export const authorWords = {
  authors: 'Who writes',
  authorsWhy:
    'Each author posts with tokens of their own, one for each device, and sees what they wrote. All authors’ updates go into the same letters.',
  toAuthors: 'Who writes: authors and their tokens',
  toPeople: 'Who gets the letters',
  you: 'you',
  unused: 'not used yet',
  lastUsed: (day: string) => `last used ${day}`,
  ticks: 'only runs the schedule',
  noTokens: 'No token yet.',
  newToken: 'A token for a device',
  label: 'Which device',
  labelLike: 'phone',
  makeToken: 'Make a token',
  made: (name: string, author: string) => `The token for “${name}” of ${author}:`,
  madeHow: 'It is shown this once: copy it now. Whoever has it posts as this author, and signs in with it.',
  token: 'Token',
  madeAlready: 'That token is made, and in use. Make another one if it is lost, and end that one.',
  end: 'End it',
  endWhy: 'Whatever posts with it is refused from then on, and browsers signed in with it are signed out.',
  endButton: 'Yes, end this token',
  byMail: 'Post by mail',
  byMailWhy:
    'Mail to this address is noted as this author’s. The address is as good as a token: keep it to yourself. It takes mail from these senders only.',
  noMailbox: 'First set the address that takes your mail, in the settings.',
  senders: 'Senders, one a line',
  sendersHow: 'Emptied and saved, the address is dead; a new one will be another.',
  saveSenders: 'Save',
  add: 'Add an author',
  name: 'Name',
  addButton: 'Add',
} as const

export const peopleDids = {
  peopleAdded: 'They are in the list now.',
  personChanged: 'Saved.',
  personPaused: 'Paused: no letter goes to them until you say so.',
  personResumed: 'The next letter goes to them again.',
  personMoved: 'Moved: they see what their circle sees, in past letters too.',
  personRemoved: 'They are removed.',
  personGone: 'They were removed already.',
  letterSent: 'It goes out within minutes.',
  mailboxSaved: 'Saved: mail from these senders is noted.',
  mailboxEnded: 'The address is dead from now on.',
  authorAdded: 'Added. A token for their first device is next.',
  tokenEnded: 'That token is ended; browsers signed in with it are signed out.',
} as const

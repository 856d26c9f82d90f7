/** The table of fixed words of the pages of letters that have closed (PURE). */
import type { DeliveryState } from './delivery.ts'

export const lettersWords = {
  letters: 'Letters',
  none: 'No letter has closed yet.',
  letter: (number: number) => `Letter ${number}`,
  older: 'Older letters',
  toLetters: 'All letters',
  read: 'Read it',
  passOn: 'Pass it on',
  counts: {
    accepted: (count: number) => `${count} sent`,
    waiting: (count: number) => `${count} waiting`,
    trying: (count: number) => `${count} on the way`,
    uncertain: (count: number) => `${count} may have arrived`,
    rejected: (count: number) => `${count} refused`,
    withdrawn: (count: number) => `${count} not sent`,
  } satisfies Record<DeliveryState, (count: number) => string>,
  byHand: 'by hand',
  toForward: 'not forwarded yet',
  forwarded: 'forwarded',
  late: 'late, and yours to decide',
  lateWhy: (count: number) =>
    count === 1
      ? 'One letter was not sent within 20 hours, and is not sent by itself any more: an old letter would surprise its reader.'
      : `${count} letters were not sent within 20 hours, and are not sent by themselves any more: an old letter would surprise its readers.`,
  halted: (reason: string) =>
    `The mail provider takes no mail from you at present (${reason}). The letters wait, and none is lost.`,
  waits: 'Some letters are waiting. They are tried every five minutes.',
  release: (count: number) => (count === 1 ? 'Send that letter now' : `Send those ${count} letters now`),
  tryNow: 'Try again now',
  changed: 'The number of late letters changed meanwhile. Nothing was sent; look at it again.',
  uncertain: 'May have arrived',
  uncertainWhy:
    'No answer came for these, and asking the provider again could mean a second letter. Ask the reader, or look at the provider’s list; then say what you found.',
  arrived: 'It arrived',
  again: 'Send it again',
  unwanted: 'gets no letters now',
  rejected: 'Refused',
  rejectedWhy: 'The provider takes no mail for these addresses. Mend the address under People first.',
  deliveries: 'Who got it',
  nobody: 'Nobody.',
  moreDeliveries: 'More readers',
  you: { inner: 'you, for the inner circle', outer: 'you, for the outer circle' },
  somebodyGone: 'somebody who was removed',
  told: 'What it told',
  nothingTold: 'No update of yours: only what came of plans and asks.',
  withdrawnOn: (day: string, reason: string | null) =>
    reason === null ? `Withdrawn ${day}` : `Withdrawn ${day}: ${reason}`,
  correct: 'Correct',
  withdraw: 'Withdraw',
  withdrawTitle: 'Withdraw this?',
  notNow: 'Leave it as it is',
  withdrawWhy:
    'Takes its words and numbers out of every page, report, export and letter that has not been tried, for good: not even you can read them again. What has been mailed stays in its readers’ mail.',
  reason: 'Why, for readers; may stay empty',
  withdrawButton: 'Yes, withdraw it',
} as const

export const lettersDids = {
  released: 'They go out within five minutes.',
  settled: 'Noted: it arrived.',
  again: 'It goes out again within five minutes.',
  withdrawn: 'It is withdrawn.',
  settledBefore: 'Nothing was changed: that was settled already.',
} as const

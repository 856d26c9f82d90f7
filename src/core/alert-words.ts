/** The table of fixed words of what the owner is told by mail (PURE), and of what a mail is refused with. */

/** What the owner is told of trouble. */
export const alertWords = {
  bounced: (bounce: 'hard' | 'soft', why: string) =>
    [bounce === 'hard' ? 'mail bounced' : 'mail bounced three times in a row', why]
      .filter(Boolean)
      .join(': '),
  bounce: (email: string) => `Letters to ${email} are paused`,
  bounceWhy: (email: string, reason: string) =>
    `${email} gets no more letters until you say so: ${reason}. Ask for another address, or try this one again.`,
  recipients: 'Your recipients',
  lost: (email: string) => `A letter to ${email} did not arrive`,
  lostWhy: (email: string, why: string) =>
    `The letter to ${email} did not arrive${why === '' ? '' : `: ${why}`}. The next one is sent as usual.`,
  alarm: (number: number) => `Letter ${number} has not gone out in full`,
  alarmWhy: (letters: number, missing: Readonly<Record<'waiting' | 'rejected' | 'uncertain', number>>) => {
    const parts = [
      missing.waiting > 0 ? `${missing.waiting} waiting` : '',
      missing.rejected > 0 ? `${missing.rejected} refused` : '',
      missing.uncertain > 0 ? `${missing.uncertain} uncertain` : '',
    ]
    return `Of ${letters} letters: ${parts.filter(Boolean).join(', ')}.`
  },
  refused: (reason: string) => ` The mail provider refuses all mail for now: ${reason}.`,
  digest: 'What became of each',
  broken: (number: number) => `Letter ${number} cannot be closed`,
  brokenWhy:
    'Its time has come, and closing it fails in every run; the log of the Worker says why. Nothing is lost: what you posted waits for a run that closes it.',
  hold: (number: number) => `Letter ${number} is held`,
  holdWhy: (number: number, day: string) =>
    `You have held letter ${number} since ${day}. Nothing goes out until you lift the hold.`,
  desk: 'To your desk',
} as const

/** Why a mail is refused, in words that the sender's own server shows them. */
export const mailWords = {
  nobody: 'Nobody takes mail at this address.',
  stranger: (from: string) => `This address takes no mail from ${from}. Its owner names who may write here.`,
  tooLarge: 'At most 12 MiB a mail: send it with smaller photos.',
  unreadable: 'This mail cannot be read.',
  wrong: (why: string) => `Not noted: ${why}.`,
} as const

/** The table of warnings about the next letter (PURE). */
import type { PassReason } from './project.ts'

const passWords: Readonly<Record<PassReason, string>> = {
  held: 'the period was held',
  away: 'you were away',
  silent: 'there was nothing to tell',
  ended: 'the last letter has gone out',
  notReady: 'something was missing to send it',
}

/** What stands before a link, the link’s own words, and what stands behind them. */
export type Linked = readonly [before: string, link: string, behind: string]

const linked = (...words: Linked) => words

export const warningWords = {
  /** `open` of earlier letters are. */
  nothing: (open: number) => {
    if (open === 0) return 'Nothing to tell yet.'
    const many =
      open === 1 ? 'one thing that an earlier letter told is' : `${open} things that earlier letters told are`
    return `Nothing new to tell yet; ${many} still open.`
  },
  /** `letters` are the numbers of those that are corrected. */
  kept: (letters: readonly number[], hasSummary: boolean) => {
    const kept = [
      ...letters.map((number) => `a correction of letter ${number}`),
      ...(hasSummary ? ['your summary'] : []),
    ]
    return `Kept for the next letter that goes out: ${kept.join(', ')}.`
  },
  held: linked('The period is held: nothing goes out until you ', 'lift it', '.'),
  passed: (why: PassReason) => `No letter went out at the last cut-off: ${passWords[why]}.`,
  long: (words: number, shown: number) =>
    linked(
      '',
      `The letter has ${words} words`,
      shown < words
        ? `, and readers take about 400. So each item shows only its first paragraph, ${shown} words in all.`
        : ', and readers take about 400.',
    ),
  cut: (count: number) =>
    linked(
      '',
      'Too much for one letter',
      `: ${count === 1 ? '1 item is' : `${count} items are`} only on its page.`,
    ),
  early: (extract: string, hasAddress: boolean) =>
    hasAddress
      ? linked(`“${extract}” is due before the letter can be read: `, 'write to them now', '.')
      : linked(`“${extract}” `, 'is due before the letter can be read', ': write to them now.'),
  noOutcome: (numbers: readonly number[]) =>
    linked(
      'No word yet ',
      `what came of ${numbers.length === 1 ? 'plan' : 'plans'} ${numbers.join(', ')}`,
      ` of the last letter: post “${numbers[0]} met”, or “${numbers[0]} not, …” with the reason.`,
    ),
  lateMilestone: (title: string) =>
    linked(`The milestone “${title}” is late: `, 'is it met, or what is its new date?', ''),
  unconfirmed: (extract: string) =>
    linked(
      `“${extract}” has been open since an earlier letter: `,
      'confirm, answer or drop it',
      ', or it gets one line only.',
    ),
  noPlan: linked('No plan yet: ', 'what comes next?', ''),
  byHand: (isMailed: boolean) =>
    isMailed
      ? 'Letters go by hand: this one comes to you by mail, to be forwarded.'
      : 'Letters go by hand, and nothing mails them: this one will wait at your desk for you to forward it.',
  noSummary: linked('No summary yet: ', 'one sentence of yours', ' at the top helps most.'),
} as const

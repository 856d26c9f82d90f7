/** The table of fixed words of the preview (PURE): the next letter before it goes, and one to be forwarded. */
import { aheadWords } from './ahead-words.ts'
import { shorten } from './grammar/text.ts'
import type { PassReason } from './project.ts'
import type { Circle } from './recipient.ts'

/** What becomes of the next letter at its cut-off, as things stand. */
export type Fate = PassReason | 'goes' | 'forwarded' | 'waits'

type Said = (number: number, when: string) => string

const fates: Readonly<Record<Fate, Said>> = {
  ...aheadWords.leads,
  held: (number) => `Letter ${number} is held: nothing goes out until you lift it.`,
  away: (number, when) =>
    `You are away at the cut-off, ${when}: letter ${number} waits for the next one when you are back.`,
  waits: (number, when) => `Letter ${number} is closed ${when}, and waits here for you to copy and forward.`,
  ended: () => 'The last letter has gone out. What you post is kept, and nothing goes out by itself.',
}

type Counts = readonly (readonly [circle: Circle, count: number])[]

function readers(counts: Counts, hasCircles: boolean): string {
  const isOne = counts.length === 1 && counts[0]?.[1] === 1
  const named = counts.map(([circle, count]) => (hasCircles ? `${count} ${circle}` : `${count}`))
  return `${named.join(' and ')} ${isOne ? 'reader' : 'readers'}`
}

function circleNames(circles: readonly Circle[]): string {
  return circles.length > 1 ? `${circles.join(' and ')} circles` : `${circles.join()} circle`
}

export const previewWords = {
  preview: 'Preview',
  fates,
  last: 'It is the last letter.',
  minutes: 'within minutes',
  lifted: (fate: string) => `With the hold lifted: ${fate}`,
  views: { phone: 'Phone', laptop: 'Laptop', text: 'As text' },
  view: 'How it is shown',
  framed: (name: string) => `The letter as it is mailed. ${name}`,
  edit: 'Change something',
  hold: (number: number) => `Hold letter ${number}`,
  reads: (day: string, goes: boolean) => `As it ${goes ? 'will' : 'would'} read on ${day}.`,
  readsToday: (day: string) => `As it reads today; the preview shows it as of ${day}.`,
  lift: 'Lift the hold',
  sendNow: 'Send it now …',
  test: 'Mail me this one as a test',
  /** `circles` is null where one alone is in use; a subject has at most 78 characters. */
  testSubject: (circles: readonly Circle[] | null, subject: string) =>
    shorten(`Test${circles === null ? '' : `, ${circleNames(circles)}`}: ${subject}`, 78),
  testFirst: (number: number, circles: readonly Circle[] | null, day: string) => {
    const readers = circles === null ? 'its readers' : `the ${circleNames(circles)}`
    return `This is a test, to you alone: letter ${number} as ${readers} would get it on ${day}.`
  },
  noTest: 'A test to yourself cannot be mailed:',
  toForward: (number: number) => `Letter ${number} waits for you to forward it`,
  wasForwarded: (number: number, day: string) => `Letter ${number} was forwarded on ${day}`,
  moved: (number: number, open: number) =>
    `That page was about letter ${number}, which is closed already. Nothing was done; this is letter ${open}.`,
  nothing: 'There is nothing to tell yet, so there is no letter to send.',
  refused: (reason: string) => `The mail provider refused it: ${reason}.`,
  sendTitle: (number: number) => `Send letter ${number} now?`,
  goesTo: (number: number, counts: Counts, hasCircles: boolean) =>
    `Letter ${number} goes to ${readers(counts, hasCircles)} now.`,
  comesTo: (number: number, email: string) =>
    `Letter ${number} is closed now and comes to ${email}, for you to forward.`,
  waitsHere: (number: number) => `Letter ${number} is closed now, for you to copy here and forward.`,
  noneFor: (circle: Circle) => `It has nothing that the ${circle} circle may see.`,
  nobody: 'Nobody would get it: none of its readers is active.',
  notReady: 'It cannot go out as things are set:',
  /** `skipped` are the days of the cut-offs that it stands in for, in words. */
  final: (day: string, skipped: string) =>
    `What has gone out cannot be called back. The next one is then due ${day}${skipped === '' ? '' : `; none goes out on ${skipped}`}.`,
  finalOfAll:
    'What has gone out cannot be called back. It is the last letter: after it nothing goes out by itself.',
  skipped: (days: string, letters: string, count: number) =>
    `None goes out on ${days}: ${count === 1 ? 'letter' : 'letters'} ${letters} went out early instead.`,
  sent: (isDone: boolean, count: number) =>
    `${isDone ? 'has gone out' : 'is on its way'} to ${count === 1 ? '1 person' : `${count} people`}.`,
  sendButton: 'Send it now',
  closeButton: 'Close it now',
  notYet: 'Not yet',
  people: 'Who they are',
  changed: 'Something changed while you looked. Nothing was sent; look at it again.',
  forwardTitle: (number: number) => `Letter ${number} to pass on`,
  forwardHow: 'Copy it into a mail of yours: select it below, or use the buttons.',
  alone: 'Open it alone, to select all of it',
  copy: 'Copy with formatting',
  copied: 'Copied',
  share: 'Share as text',
  forwarded: 'I have forwarded it',
  forwardedOn: (day: string) => `Forwarded on ${day}.`,
  mailed: 'It was mailed to you, too.',
  mailing: 'It is on its way to your inbox, too.',
  unmailed: 'Whether it came by mail, too, is not certain.',
} as const

export const previewDids = {
  held: 'It is held.',
  lifted: 'The hold is lifted.',
  sentNow: 'It is closed, and goes out within five minutes.',
  closedNow: 'It is closed, and yours to forward.',
  tested: 'The test is on its way to your inbox.',
  testWaits: 'The mail provider is busy: the test is tried again within minutes.',
  forwarded: 'Noted: you have forwarded it.',
} as const

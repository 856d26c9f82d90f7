/** What the owner is told of letters that hold withdrawn words (PURE). */
import { inWords } from './list.ts'

/** Where an update stands: in letters with these numbers; so many people got one. */
type Standing = {
  readonly numbers: readonly number[]
  readonly people: number
  readonly byHand: number
  readonly uncertain: number
}

export const withdrawalWords = {
  standing: ({ numbers, people, byHand, uncertain }: Standing) => {
    const letters = `letter${numbers.length === 1 ? '' : 's'} ${inWords(numbers.map(String))}`
    const ways = [
      ...(people > 0 ? [`sent to ${people === 1 ? '1 person' : `${people} people`}`] : []),
      ...(uncertain > 0 ? [`perhaps sent to ${people > 0 ? `${uncertain} more` : uncertain}`] : []),
      ...(byHand > 0 ? ['forwarded by hand'] : []),
    ]
    return `It stands in ${letters}, ${ways.length === 0 ? 'which nobody has got yet' : inWords(ways)}.`
  },
  gone: (count: number, people: number) =>
    count === 1
      ? 'One letter has gone out with these words and cannot be called back.'
      : `${count} letters, to ${people === 1 ? '1 person' : `${people} people`}, have gone out with these words and cannot be called back.`,
  uncertain: (count: number) =>
    count === 1
      ? 'One letter may have gone out with these words: look whether it arrived, then settle it or send it again.'
      : `${count} letters may have gone out with these words: look whether they arrived, then settle or send them again.`,
  byHand: 'A letter that you forward by hand was ready with these words: forward it as it stands now.',
} as const

/** What the owner is told of letters that hold withdrawn words (PURE). */
export const withdrawalWords = {
  gone: (count: number) =>
    count === 1
      ? 'One letter has gone out with these words and cannot be called back.'
      : `${count} letters have gone out with these words and cannot be called back.`,
  uncertain: (count: number) =>
    count === 1
      ? 'One letter may have gone out with these words: look whether it arrived, then settle it or send it again.'
      : `${count} letters may have gone out with these words: look whether they arrived, then settle or send them again.`,
  byHand: 'A letter that you forward by hand was ready with these words: forward it as it stands now.',
} as const

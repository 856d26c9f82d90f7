/** What opens a letter (PURE): the owner's summary, and the status if it was said in this period. */
import { type Piece, saying } from '../block.ts'
import { letterWords } from '../letter-words.ts'
import { isSilent, type Material } from '../open.ts'
import { statusWords } from '../words.ts'

export function opening({ open, head }: Material): readonly Piece[] {
  const { summary, status } = open
  return [
    ...(summary === null ? [] : [saying('Summary', 'summary', summary.text)]),
    ...(isSilent(open) ? [saying('Summary', 'silent', letterWords.silent)] : []),
    ...(head.isLast ? [saying('Summary', 'last', letterWords.last)] : []),
    ...(status === null
      ? []
      : [saying('Status', 'status', letterWords.status(statusWords[status.status], status.reason))]),
  ]
}

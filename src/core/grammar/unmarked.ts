/** Rule 5 (PURE): what an update without a marker is; the first that fits. */
import type { Kind } from '../kinds.ts'
import type { Known } from './understood.ts'
import { readAddressed } from './who.ts'

/** A text that is only a link to a paper. */
const aPaper =
  /^<?(?:https?:\/\/)?(?:www\.)?(?:[\w-]+\.)*(?:arxiv\.org|doi\.org|openreview\.net|dl\.acm\.org|aclanthology\.org|proceedings\.mlr\.press|proceedings\.neurips\.cc|papers\.nips\.cc|ieeexplore\.ieee\.org|link\.springer\.com|sciencedirect\.com|nature\.com|pubmed\.ncbi\.nlm\.nih\.gov|biorxiv\.org|semanticscholar\.org|jstor\.org)\/\S+$/iu

/** Words with which people begin before they say it: "I still need to". */
const opening = `^(?:(?:i|we|i['’]?m|we['’]?re|still|just|also|now|so|ok|okay)\\s+)*`

const begins = (words: string) => new RegExp(`${opening}(?:${words})`, 'iu')

const signs: readonly (readonly [kind: Kind, fits: (text: string) => boolean])[] = [
  ['ask', (text) => /\?["'”’)\]]*(?:\s|$)/u.test(text) && /(?<![\p{L}\p{N}])@\p{L}/u.test(text)],
  ['ask', by(begins('(?:ask|question for) @\\p{L}|(?:does )?any(?:one|body) know\\b'))],
  ['ask', by(/^(?:why|how) (?:is|are|do|does|did|can|could|should)\b[^.:!\n]*$/iu)],
  ['result', by(/^\p{L}+ \d+(?:\.\d+)?\s?%/u)],
  [
    'blocked',
    by(begins('(?:blocked|held up|stuck) (?:on|by|with|at)\\b|(?:blocked|stuck)[.!]|waiting (?:for|on)\\b')),
  ],
  ['blocked', by(begins("(?:can['’]?t|cannot) [^.!?]*\\buntil\\b"))],
  ['next', by(begins('need to\\b|plan(?:ning)? to\\b|going to\\b|gonna\\b'))],
  ['need', by(begins('need\\b'))],
  ['change', by(begins('decided\\b'))],
  ['surprise', by(begins('til\\b|turns out\\b'))],
  ['meeting', by(begins('(?:met (?:up )?|talked )(?:with\\b|w/|to\\b)'))],
  ['read', by(begins('(?:halfway (?:through|thru)|skimmed|reading) (?:the|a|an)\\b'))],
  ['read', by(begins('read (?:(?:the|a|an|about)\\b|https?://)'))],
  ['read', by(aPaper)],
]

const isRequest =
  /^\S+\s+\S+?,?\s+(?:can|could|would|will|should|shall|may|do|does|is|are|when|what|where|which)\b/iu

/** The kind of a text that names none; null where nothing fits. */
export function kindOfUnmarked(
  text: string,
  recipients: Known['recipients'],
  isMeasured: boolean,
): Kind | null {
  if (isRequest.test(text) && readAddressed(text, recipients) !== null) return 'ask'
  const found = signs.find(([, fits]) => fits(text.trim()))
  return found?.[0] ?? (isMeasured ? 'result' : null)
}

function by(pattern: RegExp): (text: string) => boolean {
  return (text) => pattern.test(text)
}

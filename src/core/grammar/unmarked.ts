/** Rule 5 (PURE): what an update without a marker is; the first that fits. */
import type { Kind } from '../kinds.ts'
import { dateWords } from './due.ts'
import { readable } from './lines.ts'
import { metricsOf, readMeasurements } from './numbers.ts'
import { withoutInsideWords } from './privacy.ts'
import type { Known } from './understood.ts'
import { readAddressed } from './who.ts'

/** A text that is only a link to a paper. */
const aPaper =
  /^<?(?:https?:\/\/)?(?:www\.)?(?:[\w-]+\.)*(?:arxiv\.org|doi\.org|openreview\.net|dl\.acm\.org|aclanthology\.org|proceedings\.mlr\.press|proceedings\.neurips\.cc|papers\.nips\.cc|ieeexplore\.ieee\.org|link\.springer\.com|sciencedirect\.com|nature\.com|pubmed\.ncbi\.nlm\.nih\.gov|biorxiv\.org|semanticscholar\.org|jstor\.org)\/\S+$/iu

/** Words with which people begin before they say it: "I still need to". */
const opening = `^(?:(?:i|we|i['’]?m|we['’]?re|still|just|also|now|so|ok|okay)\\s+)*`

const begins = (words: string) => new RegExp(`${opening}(?:${words})`, 'iu')

const signs: readonly (readonly [kind: Kind, fits: (text: string) => boolean])[] = [
  ['ask', (text) => isQuestion(readable(text))],
  ['ask', by(begins('(?:ask|question for) @\\p{L}|(?:does )?any(?:one|body) know\\b'))],
  ['ask', by(/^(?:why|how) (?:is|are|do|does|did|can|could|should)\b[^.:!\n]*$/iu)],
  ['blocked', by(begins('(?:blocked|held up) (?:on|by)\\b|stuck (?:on|at)\\b|(?:blocked|stuck)[.!]'))],
  ['blocked', by(begins("waiting (?:for|on)\\b|(?:can['’]?t|cannot) [^.!?]*\\buntil\\b"))],
  ['next', by(begins('need to\\b|plan(?:ning)? to\\b|gonna\\b'))],
  ['need', by(begins('need\\b'))],
  ['result', by(/^(?!\p{L}+ed )\p{L}+ \d+(?:\.\d+)?\s?%(?:\s+(?:on|at|with|after|for|vs)\b|[,.]?\s*$)/imu)],
  ['change', by(begins('decided\\b'))],
  ['surprise', by(begins(`til\\b(?!\\s+(?:${dateWords}|then|now|\\d))|turns out\\b|found out\\b`))],
  ['meeting', by(begins('(?:met (?:up )?|talked )(?:with\\b|w/|to\\b)'))],
  [
    'read',
    by(
      begins(
        '(?:halfway (?:through|thru)|skimmed) [^.!?\\n]*\\b(?:paper|book|chapter|article|thesis|survey)\\b',
      ),
    ),
  ],
  ['read', by(begins('read (?:(?:the|a|an|about)\\b|https?://)'))],
  ['read', by(aPaper)],
]

/** It ends with "?" and names somebody, or begins with their name and asks. */
function isQuestion(text: string): boolean {
  if (/\?["'”’)\]]*\s*$/u.test(text)) return /(?<![\p{L}\p{N}])@\p{L}/u.test(text)
  return /^@\p{L}[^?]*\?\s/u.test(text)
}

/** The kind of a text that names none; null where nothing fits. */
export function kindOfUnmarked(text: string, known: Known): Kind | null {
  if (readAddressed(text, known) !== null) return 'ask'
  const said = withoutInsideWords(text).trim()
  const found = signs.find(([, fits]) => fits(said))
  return found?.[0] ?? (isMeasured(text, known) ? 'result' : null)
}

/** Whether it has a number for a metric that the project knows. */
function isMeasured(text: string, known: Known): boolean {
  const isMetric = metricsOf(known)
  return readMeasurements(text, known).some(({ metric }) => isMetric(metric))
}

/** A word, with at most three others between it and a number. */
const beforeNumber =
  /(?<![\p{L}\p{N}_/.-])(?<name>\p{L}[\p{L}\p{N}_@/+-]*)(?=(?:[^\S\n]+\p{L}+){1,3}[^\S\n]+[-+−]?\d*\.?\d)/gu

/** The metric of the project that a text, "auc is now 0.79", has a number near; null for none. */
export function metricNear(text: string, known: Known): string | null {
  const isMetric = metricsOf(known)
  const names = Array.from(readable(text).matchAll(beforeNumber), ({ groups }) => groups?.name ?? '')
  return names.find(isMetric) ?? null
}

function by(pattern: RegExp): (text: string) => boolean {
  return (text) => pattern.test(text)
}

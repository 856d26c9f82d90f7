/** What inbox and archive say of a letter (PURE): its subject, news first, and its counts. */
import { compareAll } from './comparison.ts'
import type { Document } from './digest.ts'
import { shorten } from './grammar/text.ts'
import { counted, type Kind, kindNames, kinds, type Section, sections } from './kinds.ts'
import { letterWords } from './letter-words.ts'
import { changeOf } from './measurement.ts'
import type { Material, OpenUpdate } from './open.ts'
import { askedByAddressee } from './sections/asked.ts'
import { dueInWords } from './sections/items.ts'
import { statusWords } from './words.ts'

export type Headline = Pick<Document, 'subject' | 'news' | 'status'>

/** RFC 5322 wants lines of at most 78 characters, and phones show fewer. */
const maxSubject = 78
const maxTitle = 30

export function headlineOf(material: Material): Headline {
  const { open } = material
  const status = open.status?.status ?? null
  const { asked, found } = countsOf(open.updates)
  const worry = status === null || status === 'onTrack' ? [] : [statusWords[status]]
  const result = firstResult(material)
  const news = [...firstAsked(material), ...worry, ...(result === null ? found : [result])]
  return { subject: subjectOf(news, material), news: [...asked, ...found].join(', '), status }
}

/** News first, pieces while they fit, then which letter this is; the title is cut first. */
function subjectOf(news: readonly string[], { head }: Material): string {
  const name = ` (${letterWords.title(shorten(head.title, maxTitle), head.number)})`
  const room = maxSubject - name.length
  const pieces = news.reduce((line, piece) => {
    const longer = line === '' ? piece : `${line}; ${piece}`
    return longer.length <= room ? longer : line
  }, '')
  return pieces === '' ? shorten(letterWords.title(head.title, head.number), maxSubject) : `${pieces}${name}`
}

/** `Professor: 2 by Tue 24 Nov`: the first addressee, with the nearest due date. */
function firstAsked(material: Material): readonly string[] {
  const [first] = askedByAddressee(material)
  if (first === undefined) return []
  const all = first.items.flatMap((item) => dueInWords(item, material) ?? [])
  const [when = null] = all
  const due = all.filter((each) => each === when).length
  return [letterWords.asked(first.name, first.items.length, due, when)]
}

/** `auc 0.788 (+0.007)`: the first result with a change, else the first with a number. */
function firstResult({ open, carried }: Material): string | null {
  const all = [...compareAll(open.updates, carried.past).values()].flat()
  const first = all.find((each) => changeOf(each) !== null) ?? all[0]
  if (first === undefined) return null
  const change = changeOf(first)
  const unit = first.unit === undefined ? '' : first.unit === '%' ? '%' : ` ${first.unit}`
  return `${first.metric} ${first.value}${unit}${change === null ? '' : ` (${change})`}`
}

/** In the order of the sections. */
function countsOf(updates: readonly OpenUpdate[]): {
  readonly asked: readonly string[]
  readonly found: readonly string[]
} {
  const counts = Map.groupBy<Kind, OpenUpdate>(updates, (update) => update.kind)
  const inSection = (section: Section) =>
    kindNames
      .filter((kind) => kinds[kind].section === section && counts.has(kind))
      .map((kind) => counted(kind, counts.get(kind)?.length ?? 0))
  const [asked, ...rest] = sections
  return { asked: inSection(asked), found: rest.flatMap(inSection) }
}

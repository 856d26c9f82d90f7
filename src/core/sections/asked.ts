/** Asked of you (PURE): questions and needs by addressee, the most urgent first. */
import { type Piece, quoting, saying } from '../block.ts'
import { letterWords } from '../letter-words.ts'
import type { Material } from '../open.ts'
import { capital } from '../words.ts'
import {
  addresseeOf,
  answerLink,
  daysOpen,
  dueInWords,
  type Item,
  inOneLine,
  isNamedIn,
  openItems,
} from './items.ts'

const part = 'Asked of you'

/** More of one addressee are left to the page. */
const mostEach = 3

export function asked(material: Material): readonly Piece[] {
  const { current, unconfirmed } = openItems(material, part)
  return [
    ...byAddressee(current, material).flatMap(({ name, items }) =>
      items.map((item, place) => askedPiece(name, item, place, material)),
    ),
    ...(unconfirmed.length === 0
      ? []
      : [
          saying(part, 'also open', letterWords.alsoOpen(inOneLine(unconfirmed, material)), {
            about: unconfirmed.map(({ id }) => id),
          }),
        ]),
  ]
}

export type Addressed = { readonly name: string; readonly items: readonly Item[] }

/** Groups in the order of their most urgent item; what names nobody comes last. */
export function askedByAddressee(material: Material): readonly Addressed[] {
  return byAddressee(openItems(material, part).current, material)
}

function byAddressee(items: readonly Item[], material: Material): readonly Addressed[] {
  const groups = Map.groupBy(items, (item) => addresseeOf(item, material))
  const all = [...groups].map(([name, items]) => ({ name, items }))
  return [...all.filter(({ name }) => name !== ''), ...all.filter(({ name }) => name === '')]
}

/** The addressee is not named before words that begin with the name. */
function askedPiece(name: string, item: Item, place: number, material: Material): Piece {
  const { kind, isFresh } = item
  const unnamed = isNamedIn(item, name) ? '' : name
  const about = [
    kind === 'need' ? letterWords.neededFrom(unnamed) : unnamed,
    dueInWords(item, material) ?? '',
    isFresh ? '' : letterWords.open(daysOpen(item, material)),
  ].filter((each) => each !== '')
  return quoting(part, item, {
    strong: about.length === 0 ? '' : capital(`${about.join(', ')}:`),
    answer: answerLink(item, material),
    isFolded: place >= mostEach,
  })
}

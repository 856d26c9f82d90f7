/** Changed or stuck (PURE): changes, moved milestones, what holds work up, and what was solved. */
import { type Piece, quoting, saying } from '../block.ts'
import { extract } from '../grammar/text.ts'
import { letterWords } from '../letter-words.ts'
import { withoutSlips } from '../moves.ts'
import type { Material, OpenAnswer, OpenMilestone } from '../open.ts'
import { dateInWords } from '../period.ts'
import { addresseeOf, daysOpen, inOneLine, openItems } from './items.ts'

const part = 'Changed or stuck'

const maxQuoted = 100

export function changed(material: Material): readonly Piece[] {
  const { open, carried, head } = material
  return [
    ...open.updates
      .filter(({ kind }) => kind === 'change')
      .map((update) => quoting(part, update, { strong: letterWords.changed })),
    ...carried.milestones.flatMap((milestone) => moved(milestone, head.locale)),
    ...blockers(material),
    ...open.answers.map((answer) => solved(answer, material)),
  ]
}

/** All moves of one milestone in a line: `12 Dec → 19 Dec, reason`. */
function moved({ id, title, moves }: OpenMilestone, locale: string): readonly Piece[] {
  const fresh = withoutSlips(moves.filter(({ told }) => told === null))
  const [first] = fresh
  if (first === undefined) return []
  const dates = [first.oldDue, ...fresh.map(({ newDue }) => newDue)]
  const reasons = new Set(fresh.flatMap(({ reason }) => reason ?? []))
  const way = dates.map((date) => dateInWords(locale, date)).join(' → ')
  const lead = `${title}, ${letterWords.why(way, reasons.size === 0 ? null : [...reasons].join('; '))}`
  return [saying(part, `milestone ${id}`, lead, { strong: letterWords.milestone })]
}

function blockers(material: Material): readonly Piece[] {
  const { current, unconfirmed } = openItems(material, part)
  return [
    ...current.map((item) => {
      const days = item.isFresh ? null : daysOpen(item, material)
      return quoting(part, item, { strong: letterWords.blocked(addresseeOf(item, material), days) })
    }),
    ...(unconfirmed.length === 0
      ? []
      : [
          saying(part, 'also blocked', letterWords.alsoBlocked(inOneLine(unconfirmed, material)), {
            about: unconfirmed.map(({ id }) => id),
          }),
        ]),
  ]
}

/** One that was asked in this period is quoted whole: it stands nowhere else. */
function solved({ kind, state, answer, item, text }: OpenAnswer, { open }: Material): Piece {
  const own = open.updates.find(({ id }) => id === item)
  const strong = letterWords.answered(kind, state)
  if (own !== undefined) return quoting(part, own, { strong, tail: letterWords.behind(answer) })
  const lead = letterWords.why(extract(text, maxQuoted), answer)
  return saying(part, `answer ${item}`, lead, { strong, about: [item] })
}

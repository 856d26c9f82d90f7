/** Next (PURE): the plans, numbered, the milestones ahead, and days away. */
import { type Piece, quoting, saying } from '../block.ts'
import { dueAtEnd } from '../grammar/due.ts'
import { letterWords } from '../letter-words.ts'
import type { Material, OpenMilestone, OpenUpdate } from '../open.ts'
import { dateInWords, daysBetween } from '../period.ts'

const part = 'Next'

/** So many milestones ahead have a line each, beside those that are late; so many later ones are named in one. */
const milestonesAhead = 2
const milestonesLater = 3

/** Days away are told so many days before. */
const awayAhead = 21

export function next(material: Material): readonly Piece[] {
  const { open, head } = material
  const settled = new Set(open.outcomes.map(({ plan }) => plan))
  const plans = open.updates.filter(({ id, kind }) => kind === 'next' && !settled.has(id))
  return [
    ...plans.map((update, place) => {
      return quoting(part, update, { number: place + 1, tail: dueBehind(update, head.locale) })
    }),
    ...milestones(material),
    ...away(material),
  ]
}

/** When a plan is due, without what its own last words say of it. */
function dueBehind({ said: { due }, text, brief }: OpenUpdate, locale: string): string {
  if (due === undefined) return ''
  const left = brief === null ? dateInWords(locale, due, dueAtEnd(text ?? '')) : dateInWords(locale, due)
  return left === '' ? '' : letterWords.in(left)
}

function milestones({ carried, head }: Material): readonly Piece[] {
  const { locale, today } = head
  const open = carried.milestones
    .filter(({ state }) => state === 'open')
    .toSorted((a, b) => (a.due < b.due ? -1 : Number(a.due > b.due)))
  const late = open.filter(({ due }) => due < today)
  const ahead = open.filter(({ due }) => due >= today)
  const lines = [...late, ...ahead.slice(0, milestonesAhead)].map(({ id, title, due }) => {
    const when = letterWords.due(dateInWords(locale, due), daysBetween(today, due))
    return saying(part, `milestone ${id}`, `${title}, ${when}`, { strong: letterWords.milestone })
  })
  return [...lines, ...later(ahead.slice(milestonesAhead), locale)]
}

function later(milestones: readonly OpenMilestone[], locale: string): readonly Piece[] {
  if (milestones.length === 0) return []
  const named = milestones.slice(0, milestonesLater)
  const more = milestones.length - named.length
  const each = named.map(({ title, due }) => `${title}, ${dateInWords(locale, due)}`)
  const line = [...each, ...(more > 0 ? [letterWords.andMore(more)] : [])].join('; ')
  return [saying(part, 'later', letterWords.later(line))]
}

/** The dates alone: why is nobody's business. */
function away({ head }: Material): readonly Piece[] {
  const { locale, today } = head
  return head.away
    .filter(({ since, until }) => until >= today && daysBetween(today, since) <= awayAhead)
    .map(({ since, until }) => {
      const [from, to] = [since, until].map((date) => dateInWords(locale, date))
      return saying(part, `away ${since}`, letterWords.away(from ?? '', to ?? ''))
    })
}

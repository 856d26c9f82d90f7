/** What a letter lacks, in words that help its owner, and where that is mended (PURE). */
import { mailLink } from './address.ts'
import { extract } from './grammar/text.ts'
import { type Fitted, maxWords } from './length.ts'
import { isSilent, type Material, type Open } from './open.ts'
import { localDate } from './period.ts'
import type { Missing } from './project.ts'
import { inSubject, openItems } from './sections/items.ts'
import { type Linked, warningWords as words } from './warning-words.ts'
import { missingWords } from './words.ts'

/** Words alone, or with a link to where that is mended: `#` and what follows is a place on the desk’s first page. */
export type Warning = string | { readonly words: Linked; readonly href: string }

export function inText(warning: Warning): string {
  return typeof warning === 'string' ? warning : warning.words.join('')
}

/** When it is warned. */
export type Moment = {
  readonly now: number
  /** When the letter goes out. */
  readonly out: number
  /** When the letter before it did. */
  readonly since: number
}

/**
 * Warnings about the letter of a circle that reads all, the most urgent first; `addresses` are those of the
 * recipients that fresh items name, by id. They are true at the moment, whenever the letter is read.
 */
export function warningsOf(
  material: Material,
  fitted: Fitted<unknown>,
  moment: Moment,
  addresses: ReadonlyMap<string, string>,
): readonly Warning[] {
  const { open, carried } = material
  if (isSilent(open)) return [words.nothing(carried.items.length), ...keptWhileSilent(open)]
  const hasPlan = open.updates.some(({ kind }) => kind === 'next')
  return [
    ...early(material, moment, addresses),
    ...plansWithoutWord(material),
    ...late(material, moment),
    ...unconfirmed(material, moment),
    ...(open.summary === null ? [{ words: words.noSummary, href: '#summary' }] : []),
    ...(hasPlan ? [] : [{ words: words.noPlan, href: '/write' }]),
    ...(fitted.wholeWords > maxWords
      ? [{ words: words.long(fitted.wholeWords, fitted.words), href: '#letter' }]
      : []),
    ...(fitted.cut > 0 ? [{ words: words.cut(fitted.cut), href: '#letter' }] : []),
  ]
}

/** What makes no letter by itself, and stands in the next that goes out; empty where it does. */
export function keptWhileSilent(open: Open): readonly string[] {
  const { corrections, summary } = open
  if (!isSilent(open) || (corrections.length === 0 && summary === null)) return []
  return [words.kept([...new Set(corrections.map(({ number }) => number))], summary !== null)]
}

/** Without which no letter goes out directly. */
export function missingWarning(missing: Missing): Warning {
  const said = missingWords[missing]
  // The key is set where the Worker is deployed.
  if (missing === 'key') return said
  return {
    words: ['', said, ''],
    href: missing === 'recipient' ? '/desk/people' : `/desk/settings#${missing}`,
  }
}

/** Asked for a day that is past when the letter is read. */
function early(
  material: Material,
  { out }: Moment,
  addresses: ReadonlyMap<string, string>,
): readonly Warning[] {
  const day = localDate(material.head.zone, out)
  const asked = openItems(material, 'Asked of you').current.filter(({ isFresh }) => isFresh)
  return asked
    .filter(({ said }) => said.due !== undefined && said.due <= day)
    .map((item) => {
      const to = (item.said.to ?? []).flatMap((id) => addresses.get(id) ?? [])
      const hasAddress = to.length > 0
      const href = hasAddress ? mailLink(to, inSubject(item)) : `#${item.id}`
      return { words: words.early(extract(item.text ?? '', maxExtract), hasAddress), href }
    })
}

function plansWithoutWord({ open, carried }: Material): readonly Warning[] {
  const told = new Set(open.outcomes.map(({ plan }) => plan))
  const plans = carried.plans.filter(({ plan }) => !told.has(plan))
  const [first] = plans
  if (first === undefined) return []
  return [{ words: words.noOutcome(plans.map(({ number }) => number)), href: `#${first.plan}` }]
}

function late({ carried, head }: Material, { now }: Moment): readonly Warning[] {
  const today = localDate(head.zone, now)
  return carried.milestones
    .filter(({ state, due }) => state === 'open' && due < today)
    .map(({ id, title }) => ({ words: words.lateMilestone(title), href: `/desk/milestones#${id}` }))
}

/** Those that the next letters name only in one line; whoever reads of one has some days to answer first. */
function unconfirmed(material: Material, { now, since }: Moment): readonly Warning[] {
  if (now - since < daysToAnswer * 24 * 3_600_000) return []
  const items = (['Asked of you', 'Changed or stuck'] as const).flatMap((section) => {
    const { current, unconfirmed: old } = openItems(material, section)
    return [...current.filter(({ isFresh }) => !isFresh), ...old].filter((item) => item.unconfirmed > 0)
  })
  return items.map(({ id, text }) => ({
    words: words.unconfirmed(extract(text ?? '', maxExtract)),
    href: `#${id}`,
  }))
}

const daysToAnswer = 3
const maxExtract = 60

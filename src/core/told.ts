/**
 * Letters that are closed, as they would be without one update (PURE): what is compared with its numbers, and what
 * subject and counts say.
 */
import type { Part } from './block.ts'
import { compareAll } from './comparison.ts'
import type { Document, DocumentItem } from './digest.ts'
import type { Measurement } from './grammar/understood.ts'
import { type Headline, headlineOf } from './headline.ts'
import type { Material, OpenUpdate } from './open.ts'
import { localDate } from './period.ts'
import { type Audience, type Circle, circles, sees } from './recipient.ts'
import { numbersInOneLine } from './sections/found.ts'
import type { Forms } from './update.ts'

/** A number in a letter, in the order of their happening. */
export type ToldNumber = Measurement & {
  readonly identity: string
  readonly at: number
  readonly update: string
  readonly digest: number
  readonly inside: boolean
}

export type ToldDigest = {
  readonly number: number
  readonly since: number
  readonly until: number
  readonly title: string
  readonly zone: string
  readonly locale: string
}

/** `forms` where a letter shows the block, or where it is to be replaced; else null. */
export type ToldBlock = {
  readonly digest: number
  readonly position: number
  readonly part: Part
  readonly circle: Audience
  readonly number: number | null
  readonly updates: readonly string[]
  readonly forms: Forms | null
}

export type ToldDocument = Document & { readonly digest: number; readonly items: readonly DocumentItem[] }

export type ToldUpdate = OpenUpdate & { readonly digest: number; readonly isWithdrawn: boolean }

/** What was said of an ask, need or blocker, the earliest first; `digest` is null while no letter has told it. */
export type ToldAnswer = {
  readonly item: string
  readonly state: 'answered' | 'open' | 'dropped'
  readonly postedAt: number
  readonly digest: number | null
}

/** All that some digests are made of, without what is withdrawn. */
export type Told = {
  readonly digests: readonly ToldDigest[]
  readonly blocks: readonly ToldBlock[]
  readonly documents: readonly ToldDocument[]
  readonly updates: readonly ToldUpdate[]
  readonly answers: readonly ToldAnswer[]
  readonly numbers: readonly ToldNumber[]
  readonly names: ReadonlyMap<string, string>
}

type Seen = { readonly inside: boolean }

const maySee =
  (circle: Circle) =>
  ({ inside }: Seen) =>
    sees(circle, inside ? 'inner' : 'both')

/** The results that are compared, in some circle's letter, with the numbers of `update`. */
export function comparedWith(numbers: readonly ToldNumber[], update: string): readonly string[] {
  const others = numbers.filter((each) => each.update !== update)
  const since = numbers.find((each) => each.update === update)?.digest ?? Number.POSITIVE_INFINITY
  const digests = new Set(others.flatMap(({ digest }) => (digest >= since ? [digest] : [])))
  const changed = [...digests].flatMap((digest) =>
    circles.flatMap((circle) => {
      const [before, after] = [numbers, others].map((all) => compareIn(all, digest, circle))
      return [...(after ?? [])].flatMap(([id, compared]) =>
        JSON.stringify(compared) === JSON.stringify(before?.get(id)) ? [] : [id],
      )
    }),
  )
  return [...new Set(changed)]
}

/** The numbers of a digest's results as one circle's letter compares them. */
function compareIn(numbers: readonly ToldNumber[], digest: number, circle: Circle) {
  const seen = numbers.filter(maySee(circle))
  const own = Map.groupBy(
    seen.filter((each) => each.digest === digest),
    ({ update }) => update,
  )
  const results = [...own].map(
    ([id, measurements]) => ({ id, kind: 'result', said: { measurements } }) as const,
  )
  return compareAll(results, pastOf(seen, digest))
}

function pastOf(numbers: readonly ToldNumber[], digest: number): Material['carried']['past'] {
  return numbers
    .filter((each) => each.digest < digest)
    .map((each) => ({ ...each, unit: each.unit ?? null, baseline: each.baseline ?? null }))
}

/** What stands before a result's words; what both circles read is made of what both may see. */
export function strongOf({ updates, numbers }: Told, { digest, circle, updates: [id] }: ToldBlock): string {
  const seen = maySee(circle === 'inner' ? 'inner' : 'outer')
  const results = updates.filter((each) => each.digest === digest && !each.isWithdrawn && seen(each))
  const measured = compareAll(results, pastOf(numbers.filter(seen), digest)).get(id ?? '') ?? []
  return numbersInOneLine(measured, results.find((each) => each.id === id)?.text ?? '')
}

/** What inbox and archive say of a letter. */
export function headlineAfter(told: Told, digest: ToldDigest, { circle, status }: ToldDocument): Headline {
  const { number, title, locale, zone, until } = digest
  const seen = told.updates.filter((each) => !each.isWithdrawn && maySee(circle)(each))
  const stands = new Set(
    told.blocks.flatMap((block) =>
      block.digest === number && sees(circle, block.circle) ? block.updates : [],
    ),
  )
  const items = seen.filter(({ id, kind }) => stands.has(id) && ['ask', 'need', 'blocked'].includes(kind))
  const last = new Map(
    told.answers.flatMap((each) => (each.postedAt < until ? [[each.item, each] as const] : [])),
  )
  const isOpen = ({ id }: OpenUpdate) => (last.get(id)?.state ?? 'open') === 'open'
  const updates = seen.filter((each) => each.digest === number)
  return headlineOf({
    open: {
      ...nothingOpen,
      updates,
      answers: updates.filter((each) => !isOpen(each)).map(settled),
      status: status === null ? null : { status, reason: null, inside: false },
    },
    carried: {
      items: items
        .filter((each) => each.digest < number && isOpen(each))
        .map((each) => {
          const answer = last.get(each.id)
          return {
            ...each,
            unconfirmed: number - (answer === undefined ? each.digest : (answer.digest ?? number)),
          }
        }),
      plans: [],
      past: pastOf(told.numbers.filter(maySee(circle)), number),
      milestones: [],
      names: told.names,
    },
    head: {
      ...{ number, title, locale, zone, ownerEmail: null, away: [], isLast: false },
      today: localDate(zone, until),
    },
  })
}

const nothingOpen = { corrections: [], outcomes: [], revisions: [], summary: null } as const

/** That it was, for whoever counts what is open. */
function settled({ id, inside }: OpenUpdate): Material['open']['answers'][number] {
  return { kind: 'ask', state: 'answered', answer: null, inside, item: id, text: '', isItemInside: inside }
}

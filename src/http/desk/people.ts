import { knownWords, pastedWords, peopleWords as words } from '../../core/desk-words-people.ts'
import { readPeople } from '../../core/pasted-people.ts'
import { type Circle, circles } from '../../core/recipient.ts'
import type { FieldError } from '../../core/result.ts'
import { type Added, type Adding, peoplePage } from '../../render/pages/desk/people.tsx'
import { countPeople, listLastLetters, listPeople } from '../../store/people.ts'
import { insertRecipients, type Known } from '../../store/recipients.ts'
import { type Call, type Caller, type Handlers, page, redirect } from '../call.ts'
import { newcomerOf } from '../recipients.ts'
import { typed } from './perform.ts'
import { viewerOf } from './viewer.ts'

const pageSize = 100
const mostAtOnce = 1000
/** Somebody added this short a time ago is not called known: a button was pressed twice. */
const twiceMs = 10 * 60_000

const nothing: Adding = { people: '', circle: 'inner', errors: [] }

export const peopleHandlers: Handlers<'showPeople' | 'addPeople'> = {
  async showPeople(call) {
    const { after = '', did } = call.query
    return page(200, await showPeople(call, after, nothing, null, did))
  },

  async addPeople(call) {
    const { db, now, body: form } = call
    const circle = circles.find((name) => name === form.circle) ?? 'inner'
    const people = typed(form, 'people')
    const again = async (errors: readonly FieldError[], left: string, added: Added | null) =>
      page(422, await showPeople(call, '', { people: left, circle, errors }, added))
    const read = readPeople(people)
    if (read.length === 0) return again([{ field: 'people', message: words.none }], people, null)
    if (read.length > mostAtOnce) return again([{ field: 'people', message: words.tooMany }], people, null)

    const found = read.flatMap((one) => ('email' in one ? [one] : []))
    const newcomers = await Promise.all(
      found.map(({ email, name }) => newcomerOf({ email, name, handle: null, circle }, now)),
    )
    const once = [...new Map(newcomers.toReversed().map((each) => [each.addressHash, each])).values()]
    const known = await insertRecipients(db, once.toReversed())
    const isTwice = ({ state, joinedAt, ...one }: Known) =>
      state === 'active' && one.circle === circle && !one.isRemoved && now - joinedAt < twiceMs
    const refused = new Map(known.filter((one) => !isTwice(one)).map((one) => [one.addressHash, one]))
    const added: Added = {
      count: once.length - refused.size,
      others: newcomers.flatMap(({ email, addressHash, id }) => {
        const before = refused.get(addressHash)
        const isFirst = once.some((one) => one.id === id)
        if (!isFirst) return [{ email, why: words.twice }]
        return before === undefined ? [] : [{ email, why: knownWords(before) }]
      }),
    }
    const left = read.flatMap((one) => ('wrong' in one ? [one] : []))
    if (left.length > 0) {
      const errors = left.map(({ typed: piece, wrong }) => {
        return { field: 'people', message: `“${shorten(piece)}” ${pastedWords[wrong]}` }
      })
      return again(errors, left.map((one) => one.typed).join('\n'), added)
    }
    if (added.others.length === 0) return redirect('/desk/people?did=peopleAdded')
    return page(refused.size > 0 ? 409 : 200, await showPeople(call, '', nothing, added))
  },
}

async function showPeople(
  call: Pick<Call, 'db' | 'now'> & { readonly caller: Caller },
  after: string,
  adding: Adding,
  added: Added | null,
  did?: Parameters<typeof peoplePage>[1]['did'],
): Promise<string> {
  const { db } = call
  const found = await listPeople(db, after, pageSize + 1)
  const people = found.slice(0, pageSize)
  const [first, last] = [people[0]?.id ?? '', people.at(-1)?.id ?? '']
  const letters = Map.groupBy(await listLastLetters(db, first, last), ({ recipient }) => recipient)
  const counts = await countPeople(db)
  const inUse = new Set<Circle>(
    counts.filter(({ state }) => state !== 'unsubscribed').map((one) => one.circle),
  )
  return peoplePage(await viewerOf(call), {
    ...{ adding, added, did, counts, hasCircles: inUse.size > 1, isFirstPage: after === '' },
    people: people.map((one) => ({ ...one, letters: letters.get(one.id) ?? [] })),
    next: found.length > pageSize ? last : null,
  })
}

function shorten(piece: string): string {
  return piece.length > 60 ? `${piece.slice(0, 59).toWellFormed()}…` : piece
}

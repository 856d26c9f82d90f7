import { fail, type Problem } from '../core/result.ts'
import { type Imported, importPart, type Part, type Refusal } from '../store/import.ts'
import { type Handlers, json } from './call.ts'
import { readPart } from './import-part.ts'

export const importHandlers: Handlers<'importPart'> = {
  async importPart({ db, body, now }) {
    const read = await readPart(body)
    if (!read.ok) return read
    const { number, part } = read.value
    const imported = await importPart(db, part, now)
    if (imported.did === 'refused') return fail(refusals[imported.why])
    return json(200, { part: number, lines: countsOf(part, imported), held: true })
  },
}

const stale = (detail: string) => ({ reason: 'stale', detail }) as const

const refusals: Readonly<Record<Refusal, Problem>> = {
  otherProject: stale(
    'another project is here: a first part goes into an empty database, the others behind it',
  ),
  notHeld: stale('the open period is not held, and an import needs that: PUT /api/digests/next/hold'),
  digestNotBelow: stale('a digest is not below the open number, or another one has its number here'),
  tooEarly: stale('a line needs one that is not here yet: import the parts in their order'),
  known: stale('a line is here under another id: an address, a date, a token, an open summary or status'),
  tooLarge: {
    reason: 'tooLarge',
    detail: 'the part, or a line of it, is larger than the database takes at once',
  },
}

function countsOf({ lines }: Part, { added }: Imported & { readonly did: 'imported' }) {
  return Object.fromEntries(
    Array.from(lines, ([type, given]) => [type, { read: given.length, added: added.get(type) ?? 0 }]),
  )
}

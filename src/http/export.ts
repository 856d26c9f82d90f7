/** The export: every row that the import takes, in pages, as they all were at one version of the project. */
import * as v from 'valibot'
import { byteLength } from '../core/grammar/text.ts'
import { formatInstant } from '../core/period.ts'
import { fail, invalid } from '../core/result.ts'
import type { Line, LineType } from '../store/columns.ts'
import { type Key, readLines } from '../store/export.ts'
import { type TypeName, typesInOrder } from '../store/lines.ts'
import { openProject } from '../store/project.ts'
import { type Handlers, lines } from './call.ts'

/** A page, the line at its head included: what one import takes, in lines and by far in bytes. */
export const maxLines = 500
const maxBytes = 4 * 1024 * 1024

/** Where a page begins: behind one row. */
type Place = { readonly type: string; readonly key: Key }

type Cursor = { readonly version: number; readonly part: number; readonly after: Place }

export const exportHandlers: Handlers<'exportPart'> = {
  async exportPart({ db, now, query }) {
    const cursor = query.cursor === undefined ? null : parseCursor(query.cursor)
    if (query.cursor !== undefined && cursor === null) return invalid('cursor', 'is none that was given out')
    const { id, version } = await openProject(db, now)
    const part = cursor?.part ?? 1
    const head = JSON.stringify({ type: 'export', format: 1, project: id, part })
    const page = await readPage(db, head, cursor?.after ?? null)
    // A period that closed meanwhile would stand half in the pages before.
    const isOneVersion = (cursor?.version ?? version) === version
    if (!isOneVersion || (await openProject(db, now)).version !== version) return changed
    const next = page.next && formatCursor({ version, part: part + 1, after: page.next })
    const text = `${page.lines.join('\n')}\n`
    return lines(text, next === null ? {} : { Link: `</api/export?cursor=${next}>; rel="next"` })
  },
}

const changed = fail({
  reason: 'stale',
  detail: 'the project changed while it was exported: begin again, without a cursor',
})

/** Fills a page; `next` is null when nothing is left. */
async function readPage(
  db: D1Database,
  head: string,
  after: Place | null,
): Promise<{ readonly lines: readonly string[]; readonly next: Place | null }> {
  const page = [head]
  let room = maxBytes - byteLength(head)
  let last = after
  const begin = typesInOrder.findIndex(([name]) => name === after?.type)
  for (const [name, type] of typesInOrder.slice(Math.max(begin, 0))) {
    const behind = name === after?.type ? after.key : null
    // One row more than fits tells that there is a next page.
    for (const row of await readLines(db, type, behind, maxLines - page.length + 1, room)) {
      const line = formatLine(name, type, row)
      room -= byteLength(line) + 1
      const isFull = page.length === maxLines || (room < 0 && page.length > 1)
      if (isFull) return { lines: page, next: last }
      page.push(line)
      last = { type: name, key: type.key.map((each) => row[each] as string | number) } // keys are never null
    }
  }
  return { lines: page, next: null }
}

/** As the import reads it; what is null is left out. */
function formatLine(name: TypeName, { columns }: LineType, row: Line): string {
  const given = Object.entries(columns).flatMap(([each, { sort }]) => {
    const value = row[each] ?? null
    if (value === null) return []
    return [[each, sort === 'instant' ? formatInstant(Number(value)) : value]]
  })
  return JSON.stringify({ type: name, ...Object.fromEntries(given) })
}

function formatCursor({ version, part, after }: Cursor): string {
  const text = JSON.stringify([version, part, after.type, ...after.key])
  return new TextEncoder().encode(text).toBase64({ alphabet: 'base64url', omitPadding: true })
}

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const cursorSchema = v.tupleWithRest([whole, whole, v.string()], v.union([v.string(), whole]))

function parseCursor(given: string): Cursor | null {
  try {
    const bytes = Uint8Array.fromBase64(given, { alphabet: 'base64url' })
    const [version, part, type, ...key] = v.parse(cursorSchema, JSON.parse(new TextDecoder().decode(bytes)))
    const known = typesInOrder.find(([name]) => name === type)
    return known?.[1].key.length === key.length ? { version, part, after: { type, key } } : null
  } catch {
    return null
  }
}

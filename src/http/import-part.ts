/** A part of an export, read line by line: judged as a whole, and what was left out computed. */
import type { Kind } from '../core/kinds.ts'
import type { FieldError, Problem, Result } from '../core/result.ts'
import { fail, invalid, ok } from '../core/result.ts'
import { newSecret, sha256 } from '../core/secret.ts'
import { renderUpdate } from '../render/markdown.ts'
import type { Part } from '../store/import.ts'
import type { TypeName } from '../store/lines.ts'
import { maxLines } from './export.ts'
import { type JudgedLine, schemaOf } from './line-schemas.ts'
import { validate } from './validate.ts'

/** More than these are not listed. */
const mostErrors = 20
/** What a part may grow to where updates are rendered here. */
const mostCharacters = 8_000_000

export type NumberedPart = { readonly number: number; readonly part: Part }

/** The part as it is to be stored. Every wrong line is named, as the field "line 12.kind". */
export async function readPart(body: string): Promise<Result<NumberedPart>> {
  const given = body.split('\n').map((text, place) => ({ at: `line ${place + 1}`, text }))
  const filled = given.filter(({ text }) => text.trim() !== '')
  if (filled.length > maxLines) return tooLarge(`a part has at most ${maxLines} lines`)
  const errors: FieldError[] = []
  const lines: JudgedLine[] = []
  for (const { at, text } of filled) {
    const judged = judge(text, lines)
    if (judged.ok) lines.push(judged.value)
    else if (judged.problem.reason === 'invalid')
      errors.push(...judged.problem.errors.map((each) => within(at, each)))
    if (lines.length === 0 || errors.length >= mostErrors) break
  }
  if (errors.length > 0) return fail({ reason: 'invalid', errors: errors.slice(0, mostErrors) })
  const [head, ...others] = lines
  if (head === undefined) return invalid('body', 'is empty')
  const complete = await completeAll(others)
  if (complete === null) return tooLarge('the part is too large once it is rendered: send it in several')
  return ok({ number: Number(head.part), part: partOf(String(head.project), others, complete) })
}

/** A line by itself, and behind those before it. */
function judge(text: string, before: readonly JudgedLine[]): Result<JudgedLine> {
  const line = parse(text)
  if (line === null) return invalid('', 'is no JSON object')
  const [head] = before
  const schema = schemaOf(line.type)
  if (schema === null) return invalid('type', 'is not known here')
  if ((line.type === 'export') !== (head === undefined)) {
    return invalid(
      'type',
      head === undefined ? 'must be export in the first line' : 'belongs into the first line',
    )
  }
  const judged = validate(schema, line)
  if (!judged.ok || judged.value.type !== 'project') return judged
  if (before.some(({ type }) => type === 'project')) return invalid('type', 'is there already')
  return judged.value.id === head?.project ? judged : invalid('id', 'is not the project of the first line')
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : null // any object is one by name
  } catch {
    return null
  }
}

function within(at: string, { field, message }: FieldError): FieldError {
  return { field: field === '' ? at : `${at}.${field}`, message }
}

function partOf(project: string, lines: readonly JudgedLine[], complete: Part['lines']): Part {
  const digests = lines.flatMap(({ type, number, freeze }) =>
    type === 'digest' ? [{ number: Number(number), freeze: String(freeze) }] : [],
  )
  return { project, isFirst: complete.has('project'), lines: complete, digests }
}

/** JSON by type; null if it grows too large. */
async function completeAll(lines: readonly JudgedLine[]): Promise<Part['lines'] | null> {
  const byType = new Map<TypeName, string[]>()
  let room = mostCharacters
  for (const line of lines) {
    const type = line.type as TypeName // its schema said so
    const json = JSON.stringify(await (completed[type]?.(line) ?? line))
    room -= json.length
    if (room < 0) return null
    byType.set(type, [...(byType.get(type) ?? []), json])
  }
  return byType
}

/** What a line that is written by hand leaves out: as a post, or a new recipient, would have it. */
const completed: { readonly [T in TypeName]?: (line: JudgedLine) => JudgedLine | Promise<JudgedLine> } = {
  update(line) {
    const { id, post = id, postedAt, at = postedAt } = line
    if (line.page !== undefined) return { ...line, post, at }
    const { brief, ...forms } = renderUpdate({
      kind: line.kind as Kind, // its schema said so
      text: String(line.text),
    })
    const first = { briefMarkdown: brief?.markdown, briefLetter: brief?.letter, briefWords: brief?.words }
    return { ...line, post, at, ...forms, ...first }
  },

  async recipient(line) {
    const { email, addressHash, unsubscribe = newSecret() } = line
    const hash = email === null ? null : await sha256(String(email).toLowerCase())
    return { ...line, unsubscribe, addressHash: addressHash === undefined ? hash : addressHash }
  },
}

function tooLarge(detail: string): { readonly ok: false; readonly problem: Problem } {
  return fail({ reason: 'tooLarge', detail })
}

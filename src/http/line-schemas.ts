/** What a line of an import must be: for each column of its type what the sort asks for, and here and there more. */
import * as v from 'valibot'
import { nothingKnown, readPost } from '../core/grammar/post.ts'
import { isInside, isPrivate } from '../core/grammar/privacy.ts'
import { byteLength, clean, isWellFormed } from '../core/grammar/text.ts'
import { isDate, parseInstant } from '../core/period.ts'
import { circles } from '../core/recipient.ts'
import type { Column, LineType, Value } from '../store/columns.ts'
import { type TypeName, typesInOrder } from '../store/lines.ts'
import { owner } from '../store/project.ts'
import { paragraphs, refusedParagraph, ticks } from './report-schemas.ts'
import { email, fields, instant, markdown, whole } from './schemas.ts'
import { settings, settingsEdit } from './settings-schema.ts'

/** What is sent. */
export const part = v.pipe(
  v.string(),
  v.description(
    'JSON Lines: a line {"type": "export", "format": 1, "project", "part"?}, then up to 499 others',
  ),
)

/** What is answered. */
export const imported = v.object({
  part: v.number(),
  lines: v.record(v.string(), v.object({ read: v.number(), added: v.number() })),
  held: v.literal(true),
})

/** A line that was judged; what the import computes is undefined where it was left out. */
export type JudgedLine = Readonly<Record<string, Value | undefined>>

type Schema = v.GenericSchema<unknown, Value | undefined>
type LineSchema = v.GenericSchema<unknown, JudgedLine>

const text = v.pipe(
  v.string(),
  v.check(isWellFormed, 'has a character that cannot be kept (NUL or half a surrogate pair)'),
)
const id = v.pipe(
  v.string(),
  v.regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/u, 'is no UUID in lower case'),
)
/** Nested no deeper than anything that is stored: JSON without end would overflow a stack. */
const object = v.pipe(
  v.custom<object>((value) => typeof value === 'object' && value !== null, 'must be Object'),
  v.check((value) => isWithin(value, 8), 'is nested too deep'),
)

const sorts: Readonly<Record<Column['sort'], Schema>> = {
  id,
  hex: v.pipe(v.string(), v.regex(/^([\da-f]{32}|[\da-f]{64})$/u, 'is not 32 or 64 hexadecimal digits')),
  text,
  count: whole(0, Number.MAX_SAFE_INTEGER),
  instant: v.pipe(instant, v.transform(parseInstant)),
  date: v.pipe(v.string(), v.check(isDate, 'is no day of the calendar like 2026-11-20')),
  flag: v.boolean(),
  json: object,
}

const projectId = v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/u, 'is not 8 to 64 letters, digits, - and _'))
const circleOrId = v.union([id, v.picklist(circles)], 'is neither a UUID nor a circle')
const millis = whole(0, Number.MAX_SAFE_INTEGER)

/** Where a value must be more than its sort says, or something would break on it later. */
const narrower: { readonly [T in TypeName]?: Readonly<Record<string, Schema>> } = {
  project: {
    id: projectId,
    settings: settingsEdit,
  },
  digest: {
    number: whole(1, 1e8),
    slug: v.pipe(
      v.string(),
      v.regex(/^\d{4}-\d\d-\d\d(-\d+)?$/u, 'is no date like 2026-11-20 or 2026-11-20-2'),
    ),
    locale: settings.entries.locale,
    zone: settings.entries.schedule.entries.zone,
  },
  recipient: { email },
  document: {
    items: v.array(
      v.object({ position: millis, brief: v.nullable(v.object({ markdown: text, letter: text })) }),
    ),
  },
  block: { updates: v.array(id) },
  post: {
    status: whole(200, 299),
    project: v.object({
      settings: settingsEdit,
      ...{ nextCutOff: millis, heldAt: v.nullable(millis), lastUntil: v.nullable(millis) },
    }),
  },
  update: {
    text: v.pipe(
      markdown,
      v.check((given) => byteLength(given) <= 32 * 1024, 'is longer than 32 KiB'),
    ),
    ...{ fields, tags: v.array(text) },
  },
  photo: {
    name: v.pipe(v.string(), v.regex(/^[\da-f]{32}\.(?:jpg|png|webp|gif)$/u, 'is no name of a photo')),
  },
  report: { paragraphs, ticks },
  delivery: { recipient: circleOrId },
}

/** The forms of an update, which a line gives all or none of. */
const forms = ['markdown', 'letter', 'page', 'words'] as const

/** What a line means before it is judged as a whole: an update without a kind is read as a post is. */
const readings: { readonly [T in TypeName]?: (line: JudgedLine) => JudgedLine } = {
  update(line) {
    if (line.kind !== undefined) return line
    const known = { ...nothingKnown, at: Number(line.at ?? line.postedAt), zone: 'UTC' }
    const given = { inside: line.inside === true, split: false }
    const [read] = readPost(clean(String(line.text)), given, known).items
    return { ...line, text: '', ...read }
  },
}

const said = 'says that it is'

/** What a whole line must hold to: the field that is wrong, and how. */
const rules: { readonly [T in TypeName]?: (line: JudgedLine) => readonly [string, string] | null } = {
  author: ({ id: given, owner: isOwner }) =>
    (given === owner.id) === isOwner ? null : ['owner', `is ${owner.id} and nobody else`],

  digest: ({ since, until }) => (Number(since) < Number(until) ? null : ['until', 'is not after since']),

  report({ since, until, circle, paragraphs: given }) {
    if (Number(since) >= Number(until)) return ['until', 'is not after since']
    const judged = v.safeParse(paragraphs, given)
    const refused = judged.success
      ? refusedParagraph(judged.output, circle === 'outer' ? 'outer' : 'inner')
      : null // told already
    return refused && ['paragraphs', `${refused.message}: ${refused.heading}`]
  },

  update(line) {
    const given = forms.filter((form) => line[form] !== undefined)
    if (line.text === '') return ['text', 'is empty but for its markers']
    if (given.length === forms.length) return null
    if (given.length > 0)
      return [forms.find((form) => line[form] === undefined) ?? '', 'is missing: all forms or none']
    const written = String(line.text)
    if (isPrivate(written) && line.kind !== 'private') return ['kind', `is not private; its text ${said}`]
    return isInside(written) && line.inside !== true ? ['inside', `is not true; its text ${said}`] : null
  },

  correction: (line) => openWords({ ...line, inside: true }, 'text'), // inside as its update is
  summary: (line) => openWords(line, 'text'),
  status: (line) => openWords(line, 'reason'),
}

/** Words that are to stand in the next letter. */
function openWords(line: JudgedLine, field: string): readonly [string, string] | null {
  if (line.digest !== null) return null
  const written = String(line[field] ?? '')
  if (isPrivate(written)) return [field, 'is private; it stands in a letter']
  return isInside(written) && line.inside !== true ? ['inside', `is not true; its ${field} ${said}`] : null
}

const lineSchemas: ReadonlyMap<unknown, LineSchema> = new Map<unknown, LineSchema>([
  [
    'export', // the head of each part
    v.strictObject({
      ...{ type: v.literal('export'), format: v.literal(1), project: projectId },
      part: v.optional(whole(1, 1e6), 1),
    }),
  ],
  ...typesInOrder.map(([name, type]) => [name, lineSchema(name, type)] as const),
])

/** What a line of `type` must be; null if there is no such type. */
export function schemaOf(type: unknown): LineSchema | null {
  return lineSchemas.get(type) ?? null
}

function lineSchema(name: TypeName, { columns }: LineType): LineSchema {
  const entries = Object.entries(columns).map(([each, column]) => {
    return [each, inLine(narrower[name]?.[each] ?? ofColumn(column), column)] as const
  })
  const schema = v.strictObject({ type: v.literal(name), ...Object.fromEntries(entries) })
  return v.pipe(
    schema,
    v.transform((line) => readings[name]?.(line) ?? line),
    v.rawCheck(({ dataset, addIssue }) => {
      const line: JudgedLine = dataset.typed ? dataset.value : {}
      const wrong = dataset.typed ? (rules[name]?.(line) ?? null) : null
      if (wrong === null) return
      const [key, message] = wrong
      addIssue({ message, path: [{ type: 'object', origin: 'value', input: line, key, value: line[key] }] })
    }),
  )
}

function ofColumn({ sort, oneOf }: Column): Schema {
  return oneOf === undefined ? sorts[sort] : v.picklist(oneOf)
}

function inLine(schema: Schema, { isNullable, isComputed, orElse }: Column): Schema {
  if (isComputed) return v.optional(isNullable ? v.nullable(schema) : schema)
  if (isNullable) return v.optional(v.nullable(schema), null)
  return orElse === undefined ? schema : v.optional(schema, orElse)
}

function isWithin(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return depth > 0 && Object.values(value).every((each) => isWithin(each, depth - 1))
}

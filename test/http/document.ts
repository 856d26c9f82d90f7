/** The OpenAPI document as tests use it: requests made from it, right and wrong ones, and answers held against it. */
import { Validator } from '@cfworker/json-schema'
import fc from 'fast-check'
import { openApi } from '../../src/http/openapi.ts'

/** A JSON schema, so far as it is read here. */
type Schema = {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'null' | 'array' | 'object'
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly examples?: readonly unknown[]
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: Schema
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly propertyNames?: Schema
  readonly additionalProperties?: Schema | boolean
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>

export type Operation = {
  readonly operationId: string
  readonly method: string
  readonly path: string
  readonly security?: readonly Readonly<Record<string, unknown>>[]
  readonly parameters?: readonly {
    readonly name: string
    readonly in: 'path' | 'query' | 'header'
    readonly schema: Schema
  }[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

/** A request but for who sends it; an id that is `known` is looked up when it is sent. */
export type Asked = {
  readonly params: Readonly<Record<string, string | { readonly known: number }>>
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array<ArrayBuffer> | undefined
}

type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }

export const operations: readonly Operation[] = Object.entries(resolved(openApi()).paths).flatMap(
  ([path, all]) =>
    Object.entries(all).map(([method, each]) => ({ ...each, path, method: method.toUpperCase() })),
)

/** With what its references lead to in their places. */
function resolved(document: object): Document {
  const at = (path: string) =>
    path
      .split('/')
      .slice(1)
      .reduce<unknown>((part, name) => Object(part)[name], document)
  const resolve = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(resolve)
    if (typeof part !== 'object' || part === null) return part
    if ('$ref' in part) return resolve(at(String(part.$ref)))
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, resolve(value)]))
  }
  return resolve(document) as Document // ours, by http/openapi.ts
}

/** Names of fields anywhere in it: forms take any, and say no more of it than that. */
const fieldNames = [...new Set(JSON.stringify(operations).match(/(?<=")[a-z][A-Za-z.]{1,20}(?=":\{)/gu))]

const validators = new Map<Schema, Validator>()

/** What the document does not say of this answer; empty if it says all of it. */
export function unsaid(operation: Operation, response: Response, text: string): string {
  const said = operation.responses[response.status]
  if (said === undefined) return `${response.status} is not said`
  const type = response.headers.get('Content-Type')?.split(';')[0] ?? ''
  if (type === '') return text === '' && said.content === undefined ? '' : `${response.status} has a body`
  const schema = said.content?.[type]?.schema
  if (schema === undefined) return `${response.status} ${type} is not said`
  if (!type.endsWith('json')) return ''
  const validator = validators.get(schema) ?? new Validator(schema as object, '2020-12')
  validators.set(schema, validator)
  const { valid, errors } = validator.validate(JSON.parse(text))
  return valid ? '' : JSON.stringify(errors.slice(-3))
}

/** Requests for an operation: most of them right but for a thing or two. */
export function askedOf({ parameters = [], requestBody, method }: Operation): fc.Arbitrary<Asked> {
  const named = (place: string) => parameters.filter((each) => each.in === place)
  const params = Object.fromEntries(named('path').map(({ name }) => [name, segment]))
  const query = Object.fromEntries(named('query').map(({ name, schema }) => [name, spoilt(schema)]))
  const heeded = Object.fromEntries(named('header').map(({ name }) => [name, header]))
  return fc
    .record({
      params: fc.record(params),
      query: fc.oneof(
        { weight: 9, arbitrary: fc.record(query, { requiredKeys: [] }) },
        { weight: 1, arbitrary: fc.record({ other: odd }) },
      ),
      headers: fc.record({ ...heeded, Accept: accept }, { requiredKeys: [] }),
      content: content(requestBody?.content, method),
    })
    .map(({ params, query, headers, content: [type, body] }) => ({
      params,
      query: String(new URLSearchParams(Object.entries(query).map(([name, value]) => [name, textOf(value)]))),
      headers: { ...headers, ...(type === '' ? {} : { 'Content-Type': type }) },
      body,
    }))
}

const accept = fc.constantFrom(
  'application/json',
  'text/plain',
  'text/html',
  'text/markdown',
  '*/*',
  'a/b;q=x',
)
const header = fc.string({ maxLength: 300 }).map((text) => text.replaceAll(/[^\x21-\x7e]/gu, '-'))

/** A part of a path: what is there, or anything that stays one part. */
const segment = fc.oneof(
  { weight: 6, arbitrary: fc.record({ known: fc.nat() }) },
  { weight: 1, arbitrary: fc.uuid() },
  {
    weight: 1,
    arbitrary: fc.constantFrom('2026-11-20', '1', '0'.repeat(32), '%ff', '%00', 'a%2Fb', 'a%0D%0Ab', '-1'),
  },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .map((text) => encodeURIComponent(text.toWellFormed()))
      .filter((text) => !/^(?:\.|%2e)+$/iu.test(text) && text !== 'next'),
  },
)

function content(all: Content | undefined, method: string): fc.Arbitrary<[string, Asked['body']]> {
  if (all === undefined) {
    const none = method === 'GET' ? undefined : ''
    return fc.constant(['', none])
  }
  const right = Object.entries(all).map(([type, { schema }]) => bodyOf(type, schema))
  const wrong = fc.tuple(
    fc.constantFrom(
      '',
      'application/xml',
      'text/plain',
      'application/json; charset=latin1',
      ...Object.keys(all),
    ),
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('{', '[]', '0'),
    ),
  )
  return fc.oneof({ weight: 9, arbitrary: fc.oneof(...right) }, { weight: 1, arbitrary: wrong })
}

function bodyOf(type: string, schema: Schema): fc.Arbitrary<[string, string]> {
  const value = spoilt(schema)
  if (type === 'application/json') return value.map((body) => [type, JSON.stringify(body)])
  if (type === 'application/x-www-form-urlencoded') {
    return value.map((body) => [type, String(new URLSearchParams(entriesOf(body)))])
  }
  if (type !== 'multipart/form-data') return value.map((body) => [type, textOf(body)])
  return value.map((body) => {
    const parts = entriesOf(body).map(([name, text]) => {
      const file = name === 'photo' ? '; filename="a.jpg"\r\nContent-Type: image/jpeg' : ''
      return `--wn\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${text}\r\n`
    })
    return [`${type}; boundary=wn`, `${parts.join('')}--wn--\r\n`]
  })
}

function entriesOf(body: unknown): [string, string][] {
  return Object.entries(Object(body)).map(([name, value]) => [name, textOf(value)])
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What no schema asks for. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', ' ', [], {}, [[]], { a: { b: [] } }),
  fc.constantFrom(
    '\0',
    '\ud800',
    '\u202e\u2066',
    '\ufeff\u2028',
    '𝕏👩‍🔬é',
    '"\'`--<b>%s\\',
    '1\n#private',
    'undo',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '2026-02-30',
    '2026-11-20T16:00:00Z',
    '9999-12-31T23:59:59.999Z',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
)

const huge = fc.constantFrom('x', '#ask ü ', '- [ ] *_', '((', '\u0301').map((text) => text.repeat(12_000))

/** A value that a schema lets through; of an object now and then a field is another, missing, or one more. */
function spoilt(schema: Schema): fc.Arbitrary<unknown> {
  const right = valid(schema)
  const names = Object.keys(schema.properties ?? {})
  if (schema.type !== 'object' && schema.anyOf === undefined) {
    return fc.oneof(
      { weight: 6, arbitrary: right },
      { weight: 2, arbitrary: odd },
      { weight: 1, arbitrary: huge },
    )
  }
  const other = fc.tuple(
    fc.constantFrom(...names, 'else', '__proto__'),
    fc.oneof(
      { weight: 8, arbitrary: odd },
      { weight: 1, arbitrary: huge },
      { weight: 3, arbitrary: fc.constant(undefined) },
    ),
  )
  const some = fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(other, { maxLength: 3 }) },
  )
  return fc.tuple(right, some).map(([value, others]) => {
    return others.length === 0 ? value : Object.fromEntries([...Object.entries(Object(value)), ...others])
  })
}

const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'date-time': fc
    .date({ min: new Date('2026-10-01'), max: new Date('2027-03-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  date: fc
    .date({ min: new Date('2026-10-01'), max: new Date('2027-03-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
}

/** A value that a schema lets through; often one of its examples. */
function valid(schema: Schema): fc.Arbitrary<unknown> {
  const { examples = [] } = schema
  const made = madeOf(schema)
  return examples.length === 0 ? made : fc.oneof(fc.constantFrom(...examples), made)
}

function madeOf(schema: Schema): fc.Arbitrary<unknown> {
  const { type, items = {}, properties = {}, required = [], minimum: min, maximum: max } = schema
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(valid))
  switch (type) {
    case 'string':
      return stringOf(schema)
    case 'integer':
    case 'number':
      return fc.integer({ ...(min !== undefined && { min }), ...(max !== undefined && { max }) })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(valid(items), { maxLength: Math.min(schema.maxItems ?? 3, 3) })
    case 'object':
      return objectOf(properties, required, schema)
    default:
      return odd
  }
}

function stringOf({ pattern, format = '', minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<string> {
  const known = formats[format]
  if (known !== undefined) return known
  if (pattern?.includes('@')) return fc.nat(500).map((n) => `reader${n}@example.edu`)
  if (pattern !== undefined && !/\\p|\(\?/u.test(pattern)) return fc.stringMatching(new RegExp(pattern, 'u'))
  const words = fc.constantFrom(
    '#done it',
    '#ask @reader1 which day?',
    '#next a\n- b',
    '1 met',
    '#result auc=0.78',
    '#inside x',
  )
  return fc.oneof(words, fc.string({ minLength, maxLength: Math.min(maxLength, 60) }))
}

function objectOf(
  properties: NonNullable<Schema['properties']>,
  required: readonly string[],
  schema: Schema,
) {
  const { propertyNames, additionalProperties } = schema
  const fields = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, valid(each)]))
  const named = fc.record(fields, { requiredKeys: [...required] })
  if (typeof additionalProperties !== 'object') return named
  const names = propertyNames === undefined ? fc.constantFrom(...fieldNames) : stringOf(propertyNames)
  const others = fc.dictionary(names, valid(additionalProperties), { maxKeys: 4 })
  return fc.tuple(others, named).map(([more, all]) => ({ ...more, ...all }))
}

import { byteLength, clean, shorten } from '../core/grammar/text.ts'
import { fail, invalid, ok, type Problem, type Result } from '../core/result.ts'
import { photoWords } from '../core/words.ts'
import { type Extra, type GivenPhoto, nothingBeside } from './call.ts'
import type { Route } from './routes.ts'

/** The body as one plain value for the route's schema to judge. */
export type Parsed = { readonly value: unknown; readonly extra: Extra }

type Form = NonNullable<Route['takes']>[number]

export const maxBodyBytes = 10 * 1024 * 1024
const maxTextBytes = 32 * 1024

/** Reads a body in any of the forms that the route takes. */
export async function readBody(request: Request, takes: readonly Form[]): Promise<Result<Parsed>> {
  const form = formOf(request.headers.get('Content-Type'), takes)
  if (form === null || !takes.includes(form)) {
    return fail({
      reason: 'unsupported',
      detail: `send ${takes.map((each) => contentTypes[each]).join(', ')}`,
    })
  }
  const bytes = await request.arrayBuffer()
  const claimed = request.headers.get('Content-Length')
  if (claimed !== null && Number(claimed) !== bytes.byteLength) {
    return unparseable(`the body has ${bytes.byteLength} bytes, not the ${claimed} it claims`)
  }
  if (form === 'file') return ok({ value: new Uint8Array(bytes), extra: nothingBeside })
  const parsed = form === 'multipart' ? await readMultipart(request, bytes) : readText(form, bytes, takes)
  return parsed.ok ? checkText(parsed.value) : parsed
}

export const contentTypes: Readonly<Record<Form, string>> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data',
  text: 'text/plain',
  lines: 'application/jsonl',
  file: 'application/octet-stream', // whatever it says: its bytes tell
  raw: 'application/json', // byte for byte, whatever type it says: its signature is looked at
}

/** Other names of JSON Lines: it has none that is registered. */
const alsoLines = ['application/x-ndjson', 'application/x-jsonlines', 'text/plain']

/** What a body without a type is taken for, where the route takes it; else it is JSON. */
const assumedForms = ['text', 'lines'] as const

function formOf(contentType: string | null, takes: readonly Form[]): Form | null {
  if (takes.includes('raw')) return 'raw'
  if (takes.includes('file')) return 'file'
  const assumed = contentTypes[assumedForms.find((form) => takes.includes(form)) ?? 'json']
  const type = (contentType ?? assumed).split(';')[0]?.trim().toLowerCase() ?? ''
  if (type.endsWith('+json')) return 'json'
  if (takes.includes('lines') && alsoLines.includes(type)) return 'lines'
  const found = Object.entries(contentTypes).find(([, name]) => name === type)
  return (found?.[0] as Form | undefined) ?? null // Object.entries forgets the names
}

const noTextInForm =
  "is missing in this form; with curl send --data-urlencode 'text=…', or -H 'Content-Type: text/plain' --data-raw '…'"

function readText(
  form: Exclude<Form, 'multipart' | 'file'>,
  bytes: ArrayBuffer,
  takes: readonly Form[],
): Result<Parsed> {
  const text = decode(bytes)
  if (text === null) return unparseable('the body is not UTF-8')
  if (form === 'text') return ok({ value: { text }, extra: { ...nothingBeside, isJson: false } })
  if (form === 'lines' || form === 'raw')
    return ok({ value: text, extra: { ...nothingBeside, isJson: false } })
  if (form === 'form') {
    const fields = new URLSearchParams(text)
    // `curl -d` says that it is a form, whatever is sent.
    if (takes.includes('text') && !fields.has('text')) return invalid('text', noTextInForm)
    return readFields(fields)
  }
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? ok({ value, extra: nothingBeside }) : invalid('body', 'is no JSON object')
  } catch {
    return unparseable('the body is not JSON')
  }
}

async function readMultipart(request: Request, bytes: ArrayBuffer): Promise<Result<Parsed>> {
  try {
    const headers = { 'Content-Type': request.headers.get('Content-Type') ?? '' }
    const form = await new Response(bytes, { headers }).formData()
    const files: File[] = []
    const descriptions: string[] = []
    const fields = new URLSearchParams()
    for (const [name, value] of form) {
      if (typeof value !== 'string')
        files.push(value) // whatever a client calls it
      else if (name === 'description') descriptions.push(describe(value))
      else fields.append(name, value)
    }
    // Browsers send an empty file where none was chosen.
    const chosen = files.filter(({ name, size }) => name !== '' || size > 0)
    const isUntitled = chosen.length > 0 && (fields.get('text') ?? '').trim() === ''
    if (isUntitled) fields.set('text', descriptions.splice(0, 1, '')[0] || photoWords.untitled)
    const photos = await Promise.all(chosen.map((file, place) => givenPhoto(file, descriptions[place])))
    return readFields(fields, { photos, isUntitled })
  } catch {
    return unparseable('the body is no multipart form')
  }
}

export async function givenPhoto(file: Blob, description = ''): Promise<GivenPhoto> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return { bytes, hash: new Uint8Array(digest).toHex(), description }
}

const maxDescription = 300

function describe(typed: string): string {
  return shorten(clean(typed), maxDescription)
}

/** Fields of a form are text; what is no text in JSON is read from it. */
function readFields(
  form: URLSearchParams,
  beside: Pick<Extra, 'photos' | 'isUntitled'> = nothingBeside,
): Result<Parsed> {
  const value: Record<string, unknown> = Object.create(null)
  for (const [name, text] of form) {
    if (name in value) return invalid(name, 'is given twice')
    value[name] = text
  }
  const { key = null, ...rest } = value
  for (const flag of ['inside', 'split']) {
    const word = typeof rest[flag] === 'string' ? rest[flag].toLowerCase() : null
    if (word !== null && ['true', '1', 'on', 'yes'].includes(word)) rest[flag] = true
    else if (word !== null && ['', 'false', '0', 'off', 'no'].includes(word)) rest[flag] = false
  }
  if (typeof rest.fields === 'string') {
    try {
      rest.fields = JSON.parse(rest.fields)
    } catch {
      return invalid('fields', 'is not JSON')
    }
  }
  for (const optional of ['kind', 'at']) if (rest[optional] === '') delete rest[optional]
  const given = typeof key === 'string' && key !== '' ? key : null
  return ok({ value: rest, extra: { ...beside, key: given, isJson: false } })
}

function checkText(parsed: Parsed): Result<Parsed> {
  const { value } = parsed
  const text = typeof value === 'object' && value !== null && 'text' in value ? value.text : ''
  const problem = typeof text === 'string' ? tooLong(text) : null
  return problem === null ? ok(parsed) : fail(problem)
}

/** A text may have 32 KiB. */
export function tooLong(text: string): Problem | null {
  if (byteLength(text) <= maxTextBytes) return null
  return { reason: 'tooLarge', detail: 'the text is longer than 32 KiB' }
}

function decode(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    return null
  }
}

function unparseable(detail: string): Result<never> {
  return fail({ reason: 'unparseable', detail })
}

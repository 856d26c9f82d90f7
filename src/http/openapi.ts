import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { maxPhotos, photoTypes } from '../core/photo/photo.ts'
import { problemWords } from '../core/words.ts'
import { contentTypes } from './body.ts'
import type { Handlers } from './call.ts'
import { json } from './call.ts'
import { examples } from './examples.ts'
import { type Answer, type Route, routes } from './routes.ts'

export const openApiHandlers: Handlers<'getOpenApi'> = {
  async getOpenApi() {
    return json(200, openApi())
  },
}

/** The OpenAPI 3.1 document, from the schemas that validate (https://spec.openapis.org/oas/v3.1.1.html). */
export function openApi() {
  const byPath = Map.groupBy(Object.entries<Route>(routes), ([, route]) => route.path)
  const paths = [...byPath].map(([path, entries]) => {
    const operations = entries.map(([name, route]) => [route.method.toLowerCase(), operation(name, route)])
    return [path, Object.fromEntries(operations)]
  })
  return {
    openapi: '3.1.0',
    info: { title: 'weeknotes', version: '1', description: 'Small updates, one weekly letter.' },
    security: [{ token: [] }],
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The OWNER_TOKEN, or one of a device' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-weeknotes' },
      },
      schemas: { problem },
      responses: Object.fromEntries(
        Object.entries(problems).map(([status, description]) => [status, problemAnswer(status, description)]),
      ),
    },
    paths: Object.fromEntries(paths),
  }
}

function operation(operationId: string, route: Route) {
  const { who, path, body, query, headers } = route
  const noun = /^\/api\/(\w+)/u.exec(path)?.[1]
  const parameters = [
    ...Array.from(path.matchAll(/\{(\w+)\}/gu), ([, name]) => ({
      ...{ name, in: 'path', required: true },
      schema: { type: 'string' },
    })),
    ...parametersOf('query', query),
    ...parametersOf('header', headers),
  ]
  return {
    operationId,
    tags: [noun ?? (isPage(route) ? 'pages' : 'others')],
    summary: route.summary,
    ...(isForTokens(route) ? {} : { security: who === 'anyone' ? [] : [{ session: [] }] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body === undefined ? {} : { requestBody: requestBody(operationId, body, route.takes ?? ['json']) }),
    responses: Object.fromEntries([
      ...[...problemsOf(route), 'default'].map((status) => [
        status,
        { $ref: `#/components/responses/${status}` },
      ]),
      ...Object.entries(route.answers).map(([status, answer]) => [status, response(status, answer)]),
    ]),
  }
}

function isForTokens({ who }: Route): boolean {
  return who === 'author' || who === 'owner' || who === 'tick'
}

function isPage({ answers }: Route): boolean {
  return Object.values(answers).flat().includes('page')
}

/** What may go wrong with each route of a kind; what only some refuse, they say themselves. */
function problemsOf(route: Route): readonly string[] {
  const { who, method, path, body, query } = route
  const isForm = method !== 'GET' && (who === 'writer' || who === 'desk')
  const isCounted = route.isCounted || isForTokens(route) || path.includes('{token}') || 401 in route.answers
  return Object.entries({
    400: body !== undefined,
    401: who !== 'anyone',
    403: who !== 'anyone' || method !== 'GET',
    404: path.includes('{') || isForm,
    409: isForm,
    413: method !== 'GET',
    415: body !== undefined,
    422: body !== undefined || query !== undefined || isForm,
    429: isCounted,
    503: true,
  }).flatMap(([status, isPossible]) => (isPossible ? [status] : []))
}

const problems: Readonly<Record<string, string>> = {
  400: problemWords.unparseable,
  401: problemWords.unauthorized,
  403: problemWords.forbidden,
  404: problemWords.notFound,
  409: `${problemWords.frozen}; or ${problemWords.stale.toLowerCase()}`,
  413: `${problemWords.tooLarge}: text over 32 KiB, or a body over 10 MiB`,
  415: problemWords.unsupported,
  422: problemWords.invalid,
  429: problemWords.slowDown,
  503: problemWords.unavailable,
  default: problemWords.unexpected,
}

function problemAnswer(status: string, description: string) {
  const retry = status === '429' || status === '503' ? { headers: { 'Retry-After': header('Seconds') } } : {}
  return { description, ...retry, content: contentOf('problem') }
}

function requestBody(name: string, schema: v.GenericSchema, takes: NonNullable<Route['takes']>) {
  const bodies: readonly unknown[] | undefined = examples[name as keyof typeof examples] // undefined for many
  const content = takes.map((form) => {
    const shown = form === 'text' ? bodies?.map((body) => Object(body).text) : bodies
    const isShown = shown !== undefined && (form === 'json' || form === 'text')
    const described = { ...bodySchema(schema, form), ...(isShown && { examples: shown }) }
    return [contentTypes[form], { schema: described }]
  })
  return { required: true, content: Object.fromEntries(content) }
}

function bodySchema(schema: v.GenericSchema, form: NonNullable<Route['takes']>[number]) {
  if (form === 'file') return { type: 'string', format: 'binary' }
  const { properties, ...rest } = jsonSchema(schema)
  if (form === 'raw') return { type: 'object', description: 'As the provider signs it' }
  if (form === 'text') return { type: 'string', description: 'The text' }
  if (properties === undefined) return rest
  if (form === 'json') return { properties, ...rest }
  const more = {
    ...('fields' in properties && { fields: { type: 'string', contentMediaType: 'application/json' } }),
    key: { type: 'string', maxLength: 255, description: 'The same key again is the same post' },
    ...(form === 'multipart' && {
      photo: { type: 'array', items: { type: 'string', format: 'binary' }, maxItems: maxPhotos },
      description: { type: 'array', items: { type: 'string' }, description: 'Of each photo, in their order' },
    }),
  }
  return { properties: { ...properties, ...more }, ...rest }
}

function response(status: string, answers: Route['answers'][number]) {
  if (answers === 'problem') return { $ref: `#/components/responses/${status}` }
  const places: Readonly<Record<string, string>> = { 201: 'What was made', 303: 'The page that is next' }
  const place = places[status]
  const content = Object.assign({}, ...[answers].flat().map(contentOf))
  return {
    description: place ?? 'Done',
    ...(place !== undefined && { headers: { Location: header(place) } }),
    ...(Object.keys(content).length > 0 && { content }),
  }
}

/** A problem (RFC 9457) is told in one line to who asks for text, and as a page to who browses. */
function contentOf(answer: Answer): object {
  switch (answer) {
    case 'none':
      return {}
    case 'page':
      return textIn('text/html')
    case 'markdown':
      return textIn('text/markdown')
    case 'text':
      return textIn('text/plain')
    case 'lines':
      return textIn(contentTypes.lines)
    case 'file':
      return Object.fromEntries(
        photoTypes.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
      )
    case 'problem':
      return {
        'application/problem+json': { schema: { $ref: '#/components/schemas/problem' } },
        ...textIn('text/plain'),
        ...textIn('text/html'),
      }
    default:
      return { 'application/json': { schema: jsonSchema(answer) } }
  }
}

function textIn(type: string) {
  return { [type]: { schema: { type: 'string' } } }
}

function header(description: string) {
  return { description, schema: { type: 'string' } }
}

function parametersOf(place: 'query' | 'header', schema: v.GenericSchema | undefined) {
  const { properties = {}, required = [] } = schema === undefined ? {} : jsonSchema(schema)
  return Object.entries(properties).map(([name, each]) => ({
    ...{ name, in: place, schema: each },
    ...(required.includes(name) && { required: true }),
  }))
}

function jsonSchema(schema: v.GenericSchema) {
  const { $schema: _, ...rest } = toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'input' })
  return rest
}

const problem = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
} as const

import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { contentTypes } from './body.ts'
import type { Handlers } from './call.ts'
import { json } from './call.ts'
import { type Route, routes } from './routes.ts'

export const openApiHandlers: Handlers<'getOpenApi'> = {
  async getOpenApi() {
    return json(200, openApi())
  },
}

/** The OpenAPI 3.1 document, from the schemas that validate (https://spec.openapis.org/oas/v3.1.1.html). */
function openApi() {
  const byPath = Map.groupBy(Object.entries<Route>(routes), ([, route]) => route.path)
  const paths = [...byPath].map(([path, entries]) => {
    const operations = entries.map(([name, route]) => [route.method.toLowerCase(), operation(name, route)])
    return [path, Object.fromEntries(operations)]
  })
  return {
    openapi: '3.1.0',
    info: { title: 'weeknotes', version: '1', description: 'Small updates, one weekly letter.' },
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths: Object.fromEntries(paths),
  }
}

function operation(operationId: string, route: Route) {
  const parameters = [...pathParameters(route.path), ...queryParameters(route.query)]
  return {
    operationId,
    summary: route.summary,
    ...(isForTokens(route) ? {} : { security: [] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body === undefined ? {} : { requestBody: requestBody(route.body, route.takes ?? ['json']) }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, answer]) => [status, response(answer)]),
      ),
      default: {
        description: 'A problem (RFC 9457)',
        content: { 'application/problem+json': { schema: problem } },
      },
    },
  }
}

/** Pages ask for a session, or for nothing. */
function isForTokens({ who }: Route): boolean {
  return who === 'author' || who === 'owner' || who === 'tick'
}

function requestBody(schema: v.GenericSchema, takes: NonNullable<Route['takes']>) {
  const content = takes.map((form) => [
    contentTypes[form],
    { schema: form === 'text' ? { type: 'string' } : jsonSchema(schema) },
  ])
  return { required: true, content: Object.fromEntries(content) }
}

function response(answer: Route['answers'][number]) {
  if (answer === 'none') return { description: 'Done' }
  if (answer === 'markdown') {
    return { description: 'Markdown', content: { 'text/markdown': { schema: { type: 'string' } } } }
  }
  if (answer === 'lines') {
    return { description: 'JSON Lines', content: { [contentTypes.lines]: { schema: { type: 'string' } } } }
  }
  if (answer === 'page')
    return { description: 'A page', content: { 'text/html': { schema: { type: 'string' } } } }
  return { description: 'Done', content: { 'application/json': { schema: jsonSchema(answer) } } }
}

function pathParameters(path: string) {
  return Array.from(path.matchAll(/\{(\w+)\}/gu), ([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters(query: v.GenericSchema | undefined) {
  const properties = query === undefined ? {} : (jsonSchema(query).properties ?? {})
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }))
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

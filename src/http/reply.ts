import { contentTypes } from './body.ts'
import type { Reply } from './call.ts'

/** A handler's reply on the wire. */
export function send({ status, body, headers = {} }: Reply): Response {
  if (body === null) return new Response(null, { status, headers })
  if ('json' in body) return Response.json(body.json, { status, headers })
  if ('file' in body)
    return new Response(body.file, { status, headers: { ...headers, 'Content-Type': body.type } })
  const [type, content] = contentOf(body)
  return new Response(content, { status, headers: { ...headers, 'Content-Type': `${type}; charset=utf-8` } })
}

type Text = Exclude<Reply['body'], null | { readonly json: unknown } | { readonly file: ReadableStream }>

function contentOf(body: Text): readonly [type: string, content: string] {
  if ('html' in body) return ['text/html', body.html]
  if ('lines' in body) return [contentTypes.lines, body.lines]
  return 'markdown' in body ? ['text/markdown', body.markdown] : ['text/plain', `${body.text}\n`]
}

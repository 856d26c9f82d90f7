/** The Worker as a client sees it: its API with the owner's token, its pages with a session. */

export type Api = {
  /** Every method throws when the answer is not 2xx, with what it says. */
  get<T>(path: string): Promise<T>
  put(path: string, body: object): Promise<void>
  patch(path: string, body: object): Promise<void>
  post(path: string, body: object): Promise<void>
  delete(path: string, body: object): Promise<void>
  /** Sends a part of an export. */
  import(part: string): Promise<void>
  /** Posts text as a phone does; the answer is one line for a person. */
  say(post: Post): Promise<string>
  /** Runs the cron as if it were `due`, in UTC milliseconds. */
  tick(due: number): Promise<void>
  /** Posts a form as a browser does; the session that it begins, as a cookie, or null. */
  submit(path: string, fields: Readonly<Record<string, string>>): Promise<string | null>
  /** A page as the session's reader sees it. */
  page(path: string, session: string): Promise<string>
}

export type Post = {
  readonly by: 'json' | 'form' | 'plain'
  readonly text: string
  readonly inside: boolean
  /** The same key again is the same post. */
  readonly key: string
}

export function createApi(url: string, token: string, stop: AbortSignal): Api {
  const ask = async (method: string, path: string, headers: Headers, body?: string): Promise<Response> => {
    const response = await fetch(new URL(path, url), {
      ...{ method, headers, body: body ?? null, redirect: 'manual' },
      signal: AbortSignal.any([stop, AbortSignal.timeout(60_000)]),
    })
    if (response.status < 400) return response
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
  }
  const send = (method: string, path: string, content?: Content): Promise<Response> =>
    ask(method, path, { ...content?.headers, authorization: `Bearer ${token}` }, content?.body)
  return {
    async get<T>(path: string) {
      const response = await send('GET', path)
      return (await response.json()) as T // the caller knows the route
    },
    async put(path, body) {
      await send('PUT', path, json(body))
    },
    async patch(path, body) {
      await send('PATCH', path, json(body))
    },
    async post(path, body) {
      await send('POST', path, json(body))
    },
    async delete(path, body) {
      await send('DELETE', path, json(body))
    },
    async import(part) {
      await send('POST', '/api/import', { headers: { 'content-type': 'application/jsonl' }, body: part })
    },
    async say(post) {
      const { headers, body } = contents[post.by](post)
      const asked = { accept: 'text/plain', 'idempotency-key': post.key }
      const response = await send('POST', '/api/updates', { headers: { ...headers, ...asked }, body })
      return (await response.text()).trim()
    },
    async tick(due) {
      await send('GET', `/cdn-cgi/local/scheduled?cron=*/5+*+*+*+*&time=${due}`)
    },
    async submit(path, fields) {
      const { headers, body } = form(fields)
      const response = await ask('POST', path, { ...headers, accept: 'text/html' }, body)
      return response.headers.get('set-cookie')?.split(';')[0] ?? null
    },
    async page(path, session) {
      return (await ask('GET', path, { cookie: session })).text()
    },
  }
}

type Headers = Readonly<Record<string, string>>

type Content = { readonly headers: Headers; readonly body: string }

/** As an app, a web form and a phone's shortcut send it. */
const contents: Record<Post['by'], (post: Post) => Content> = {
  json: ({ text, inside }) => json({ text, split: true, ...(inside && { inside }) }),
  form: ({ text }) => form({ text }),
  plain: ({ text }) => ({ headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text }),
}

function form(fields: Readonly<Record<string, string>>): Content {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return { headers, body: new URLSearchParams(fields).toString() }
}

function json(value: object): Content {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}

/** The Worker's API as a client sees it: HTTP with the owner's token. */

export type Api = {
  /** Every method throws when the answer is not 2xx, with what it says. */
  get<T>(path: string): Promise<T>
  patch(path: string, body: object): Promise<void>
  post(path: string, body: object): Promise<void>
  /** Posts text as a phone does; the answer is one line for a person. */
  say(post: Post): Promise<string>
  /** Runs the cron as if it were `due`, in UTC milliseconds. */
  tick(due: number): Promise<void>
}

export type Post = {
  readonly by: 'json' | 'form' | 'plain'
  readonly text: string
  readonly inside: boolean
  /** The same key again is the same post. */
  readonly key: string
}

export function createApi(url: string, token: string, stop: AbortSignal): Api {
  const send = async (method: string, path: string, content?: Content): Promise<Response> => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: { authorization: `Bearer ${token}`, ...content?.headers },
      body: content?.body ?? null,
      signal: AbortSignal.any([stop, AbortSignal.timeout(60_000)]),
    })
    if (response.ok) return response
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
  }
  return {
    async get<T>(path: string) {
      const response = await send('GET', path)
      return (await response.json()) as T // the caller knows the route
    },
    async patch(path, body) {
      await send('PATCH', path, json(body))
    },
    async post(path, body) {
      await send('POST', path, json(body))
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
  }
}

type Content = { readonly headers: Record<string, string>; readonly body: string }

/** As an app, a web form and a phone's shortcut send it. */
const contents: Record<Post['by'], (post: Post) => Content> = {
  json: ({ text, inside }) => json({ text, ...(inside && { inside }) }),
  form: ({ text }) => ({
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ text }).toString(),
  }),
  plain: ({ text }) => ({ headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text }),
}

function json(value: object): Content {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}

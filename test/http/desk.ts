/** Pages for those who write, as a browser with a session asks for them and sends their forms. */
import { ask } from '../world.ts'

export const home = 'https://notes.example.edu'

export type Fields = Readonly<Record<string, string>>

/** The session that an answer begins; empty if none. */
export function cookieOf(response: Response): string {
  return (response.headers.get('Set-Cookie') ?? '').split(';')[0] ?? ''
}

/** The cookie of a new session. */
export async function signIn(token: string): Promise<string> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  return cookieOf(await ask('POST', '/session', `token=${token}`, { token: null, headers }))
}

type More = {
  readonly headers?: Fields
  /** Whose page has the form; null tells nothing of it. */
  readonly origin?: string | null
  readonly db?: D1Database
}

/** Somebody who has the cookie `own()`, where a call names no other; null is none. */
export function visitor(own: () => string) {
  const request = (path: string, cookie: string | null = own()) =>
    ask('GET', path, undefined, { token: null, headers: { Accept: 'text/html', ...withCookie(cookie) } })
  /** Status, and the source of the page or where it leads. */
  const look = async (path: string, cookie?: string | null): Promise<string> => {
    const response = await request(path, cookie)
    return `${response.status} ${response.headers.get('Location') ?? (await response.text())}`
  }
  return {
    request,
    look,

    /** The page that a form leads to. */
    follow({ status, headers }: Response): Promise<string> {
      const place = headers.get('Location')
      if (status !== 303 || place === null) throw new Error(`${status}, and no page to go to`)
      return look(place.replace(/#.*/u, ''))
    },

    /** A posted form. */
    send(path: string, fields: Fields = {}, cookie: string | null = own(), more: More = {}) {
      const { headers, origin = home, ...others } = more
      return ask('POST', path, String(new URLSearchParams(fields)), {
        ...others,
        token: null,
        headers: {
          ...{ 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' },
          ...(origin === null ? {} : { Origin: origin }),
          ...withCookie(cookie),
          ...headers,
        },
      })
    },
  }
}

function withCookie(cookie: string | null): Fields {
  return cookie === null ? {} : { Cookie: cookie }
}

/** Status and where it leads, or what the page says, without its marks. */
export async function told(response: Response): Promise<string> {
  const place = response.headers.get('Location')
  return `${response.status} ${place ?? plain(await response.text())}`
}

/** Status and where it leads, or what the page says is wrong first. */
export async function outcome(response: Response): Promise<string> {
  const wrong = /role="alert"[^>]*>([^<]*)</u.exec(await response.text())?.[1] ?? ''
  return `${response.status} ${response.headers.get('Location') ?? wrong}`
}

export function plain(html: string): string {
  return unescaped(html.replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' '))
}

/** Every field of a page, or of its first form that posts to `action`, as a browser sends it back. */
export function fieldsOf(page: string, action?: string): Fields {
  const form = new RegExp(`method="post" action="${action}".*?</form>`, 'su')
  const html = action === undefined ? page : (form.exec(page)?.[0] ?? '')
  const inputs = Array.from(html.matchAll(/<(?:input|textarea)\b[^>]*>(?:([^<]*)<\/textarea>)?/gu)).flatMap(
    ([tag, text]) => {
      const name = attribute(tag, 'name')
      if (name === null || (/type="(?:checkbox|radio)"/u.test(tag) && !tag.includes('checked'))) return []
      return [[name, text === undefined ? (attribute(tag, 'value') ?? '') : unescaped(text)]]
    },
  )
  const selects = Array.from(html.matchAll(/<select\b[^>]*name="([^"]+)".*?<\/select>/gsu)).map(
    ([all, name]) => [name, /<option value="([^"]*)" selected/u.exec(all)?.[1] ?? ''],
  )
  return Object.fromEntries([...inputs, ...selects])
}

function attribute(tag: string, name: string): string | null {
  const text = new RegExp(`\\b${name}="([^"]*)"`, 'u').exec(tag)?.[1]
  return text === undefined ? null : unescaped(text)
}

export function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

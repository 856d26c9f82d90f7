/** Pages of the desk, as a browser with a session asks for them and sends their forms. */
import { ask } from '../world.ts'

const home = 'https://notes.example.edu'

/** The cookie of a new session. */
export async function signIn(token: string): Promise<string> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const response = await ask('POST', '/session', `token=${token}`, { token: null, headers })
  return (response.headers.get('Set-Cookie') ?? '').split(';')[0] ?? ''
}

export function sendForm(
  path: string,
  fields: Readonly<Record<string, string>>,
  cookie: string,
): Promise<Response> {
  const headers = {
    ...{ 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' },
    ...{ Origin: home, Cookie: cookie },
  }
  return ask('POST', path, String(new URLSearchParams(fields)), { token: null, headers })
}

/** Status and source of a page. */
export async function look(path: string, cookie: string): Promise<string> {
  const headers = { Accept: 'text/html', Cookie: cookie }
  const response = await ask('GET', path, undefined, { token: null, headers })
  return `${response.status} ${await response.text()}`
}

/** Status and where it leads, or what the page says, without its marks. */
export async function told(response: Response): Promise<string> {
  const place = response.headers.get('Location')
  const { status } = response
  return `${status} ${place ?? (await response.text()).replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' ')}`
}

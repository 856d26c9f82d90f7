/** Posts with photos, as forms send them, and what can be asked about these. */
import { env } from 'cloudflare:workers'
import { beginSession } from '../src/http/session.ts'
import { jpegWith, told } from './photos.ts'
import { ask } from './world.ts'

export type Photo = { readonly name: string; readonly type: string; readonly description: string }

/** The answer to a post, as far as photos are in it. */
export type Posted = {
  readonly id: string
  readonly kind: string
  readonly text: string
  readonly photos?: readonly Photo[]
  readonly warnings?: readonly string[]
  readonly updates?: readonly { readonly id: string; readonly photos?: readonly Photo[] }[]
}

/** A JPEG that tells where it was taken. */
export const photo = jpegWith(told.exif)

export function formOf(
  fields: Readonly<Record<string, string | readonly string[]>>,
  ...files: readonly Uint8Array[]
): FormData {
  const form = new FormData()
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) form.append(name, value)
  }
  for (const bytes of files) form.append('photo', new File([Uint8Array.from(bytes)], 'IMG_0042.JPG'))
  return form
}

export async function postWith(
  fields: Parameters<typeof formOf>[0],
  files: readonly Uint8Array[] = [photo],
  asked: Parameters<typeof ask>[3] = {},
): Promise<Posted> {
  const response = await ask('POST', '/api/updates', formOf(fields, ...files), asked)
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status} ${text}`)
  return JSON.parse(text) as Posted // what the test is about to look at
}

/** Posts a text with one photo; the ids of both. */
export async function postPhoto(
  text: string,
  more: Parameters<typeof formOf>[0] = {},
): Promise<{ readonly id: string; readonly name: string }> {
  const { id, photos } = await postWith({ text, ...more })
  return { id, name: photos?.[0]?.name ?? '' }
}

/** The cookie of a session of the owner (null) or of a recipient, or of an author by the id of a token. */
export async function sessionOf(recipient: string | null, token: string | null = null): Promise<string> {
  const url = new URL('https://notes.example.edu')
  const visit = { env, db: env.DB, now: Date.now(), url, headers: new Headers() }
  return (await beginSession(visit, recipient, token)).split(';')[0] ?? ''
}

/** What somebody with this cookie gets. */
export function look(path: string, cookie: string | null = null): Promise<Response> {
  return ask('GET', path, undefined, { token: null, headers: cookie === null ? {} : { Cookie: cookie } })
}

export async function statusOf(path: string, cookie: string | null = null): Promise<number> {
  const response = await look(path, cookie)
  await response.arrayBuffer()
  return response.status
}

export async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer())
}

/** Whether the storage has a photo's file. */
export async function isStored(name: string): Promise<boolean> {
  return (await env.FILES?.head(name)) !== null
}

export async function countRows(): Promise<number> {
  return (await env.DB.prepare('SELECT count(*) AS n FROM photos').first<number>('n')) ?? 0
}

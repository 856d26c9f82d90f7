/** How visitors come in: with a session, or by a link in a mail. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { vi } from 'vitest'
import { createApi } from '../demo/api.ts'
import type { Message } from '../resend/message.ts'
import type { State } from './pages.ts'
import { type Visit, world } from './visit.ts'

/** Only a page's own time-outs end a test. */
const never = new AbortController().signal

export const api = createApi(world.url, world.token, never)

/** The owner's page, signed in, before it goes anywhere. */
export async function asOwner(visit: Visit, options?: BrowserContextOptions): Promise<Page> {
  return signedIn(await visit(options), world.token)
}

/** Where the owner has gone to. */
export async function openAsOwner(
  visit: Visit,
  path: string,
  options?: BrowserContextOptions,
): Promise<Page> {
  const page = await asOwner(visit, options)
  await page.goto(path)
  return page
}

/** A page as the owner comes to it, by its address alone; `route` is its path in the OpenAPI document. */
export function ownersPage(
  name: string,
  heading: string,
  address: string,
  route = address.replace(/\?.*/u, ''),
): State {
  return { name, heading, route: `get ${route}`, open: (visit) => openAsOwner(visit, address) }
}

/** The page of an author with a device's token. */
export async function asAuthor(visit: Visit, token: string): Promise<Page> {
  return signedIn(await visit(), token)
}

async function signedIn(page: Page, token: string): Promise<Page> {
  await page.request.post('/session', { form: { token } })
  return page
}

/** A recipient's. */
export async function asReader(visit: Visit, { email }: { readonly email: string }): Promise<Page> {
  const page = await visit()
  await askForWayIn(email)
  await page.request.post(await linkTo('r', email))
  return page
}

/** As the form does it; a second time within minutes sends no second mail. */

export async function askForWayIn(email: string): Promise<void> {
  const mails = await mailsTo(email)
  if (mails.some(({ text }) => text.includes('/r/'))) return
  await fetch(`${world.url}/archive/access`, { method: 'POST', body: new URLSearchParams({ email }) })
}

/** The first link of this kind that was mailed to an address; waits until it is there. */
export async function linkTo(kind: 'l' | 'r' | 'unsubscribe', email: string): Promise<string> {
  const link = new RegExp(`${world.url}/${kind}/[^\\s<>()]+`, 'u')
  return vi.waitFor(
    async () => {
      const found = (await mailsTo(email)).map(({ text }) => link.exec(text)?.[0])
      const first = found.find((address) => address !== undefined)
      if (first === undefined) throw new Error(`no mail to ${email} has a link to /${kind}/`)
      return first
    },
    { timeout: 15_000, interval: 50 },
  )
}

async function mailsTo(email: string): Promise<readonly Message[]> {
  const response = await fetch(`${world.inbox}/mail.json`)
  const mails = (await response.json()) as readonly Message[] // the stand-in's own
  return mails.filter(({ to }) => to.join().includes(email))
}

export async function goTo(path: string, page: Page): Promise<Page> {
  await page.goto(path)
  return page
}

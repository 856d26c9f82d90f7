/** States of the page for writing where there is no line, and after it is back. */
import type { Page } from 'playwright-core'
import { goOffline, note, openReady } from './line.ts'
import type { State } from './pages.ts'
import type { Visit } from './visit.ts'

export const offlineStates: readonly State[] = [
  {
    name: 'writing without a line, where nobody is known',
    heading: 'Write',
    route: 'get /write/offline',
    async open(visit) {
      const page = await visit()
      await page.goto('/write/offline')
      await page.getByRole('alert').waitFor()
      return page
    },
  },
  {
    name: 'writing without a line, with posts that wait',
    heading: 'Write',
    route: 'get /write/offline',
    open: withWaiting,
  },
  {
    name: 'writing without a session, with posts that wait, and one that was refused',
    heading: 'Write',
    route: 'get /write/offline',
    async open(visit) {
      const page = await openReady(visit)
      await goOffline(page)
      await note(page, 'long '.repeat(7000), 1)
      await page.context().setOffline(false)
      await page.getByText('longer than 32 KiB').waitFor()
      await page.context().setOffline(true)
      await note(page, 'The kingfisher is back', 2)
      return signedOut(page)
    },
  },
  {
    name: 'signed out, with posts that wait',
    heading: 'Sign in',
    route: 'get /',
    async open(visit) {
      const page = await signedOut(await withWaiting(visit))
      await page.goto('/?did=signedOut')
      await page.getByRole('alert').waitFor()
      return page
    },
  },
]

async function withWaiting(visit: Visit): Promise<Page> {
  const page = await openReady(visit)
  await goOffline(page)
  await note(page, '#done The loader keeps up with eight cores', 1)
  await note(page, '#ask Which day?\n\nI could do Tuesday.', 2)
  return page
}

/** The line is back, the session is not. */
async function signedOut(page: Page): Promise<Page> {
  await page.context().clearCookies()
  await page.context().setOffline(false)
  await page.getByRole('link', { name: 'Sign in' }).waitFor()
  return page
}

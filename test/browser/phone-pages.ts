/** The pages that set a phone up, in every state. */
import type { Page } from 'playwright-core'
import type { State } from './pages.ts'
import type { Visit } from './visit.ts'
import { openAsOwner, ownersPage } from './ways.ts'

export const phoneStates: readonly State[] = [
  ownersPage('a phone', 'Your phone', '/desk/phone'),
  {
    name: 'a phone, with a code to sign it in',
    heading: 'Your phone',
    route: 'post /desk/phone/sign-in',
    open: (visit) => press(visit, 'Show the code'),
  },
  {
    name: 'a phone, with a token just made',
    heading: 'Your phone',
    route: 'post /desk/phone/token',
    open: (visit) => press(visit, 'Make a token for the phone'),
  },
  {
    name: 'what a code leads to',
    heading: 'Sign in here?',
    route: 'get /session/{token}',
    async open(visit) {
      const link = await (await press(visit, 'Show the code')).getByLabel('Or open this there').inputValue()
      const page = await visit()
      await page.goto(link)
      return page
    },
  },
  {
    name: 'what a code leads to when it has ended',
    heading: 'This link has ended',
    route: 'get /session/{token}',
    async open(visit) {
      const page = await visit()
      await page.goto(`/session/${'0'.repeat(32)}`)
      return page
    },
  },
]

async function press(visit: Visit, button: string): Promise<Page> {
  const page = await openAsOwner(visit, '/desk/phone')
  await page.getByRole('button', { name: button }).click()
  return page
}

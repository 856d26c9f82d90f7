/** The pages of letters that have closed, in every state. */
import type { Page } from 'playwright-core'
import { unsent } from './database.ts'
import type { State } from './pages.ts'
import { openAsOwner } from './ways.ts'

/** Of the letter with this slug. */
export function lettersStates(slug: string): readonly State[] {
  return [
    {
      name: 'the letters that have closed',
      heading: 'Letters',
      route: 'get /desk/letters',
      open: (visit) => openAsOwner(visit, '/desk/letters'),
    },
    {
      name: 'a letter that has closed',
      heading: 'Letter 2',
      route: 'get /desk/letters/{slug}',
      open: (visit) => openAsOwner(visit, `/desk/letters/${slug}`),
    },
    {
      name: 'the letters, of which one is late',
      heading: 'Letters',
      route: 'get /desk/letters',
      open: (visit) => withUnsent(slug, 'waiting', () => openAsOwner(visit, '/desk/letters')),
    },
    {
      name: 'a letter that is late',
      heading: 'Letter 2',
      route: 'get /desk/letters/{slug}',
      open: (visit) => withUnsent(slug, 'waiting', () => openAsOwner(visit, `/desk/letters/${slug}`)),
    },
    {
      name: 'a letter that may have arrived',
      heading: 'Letter 2',
      route: 'get /desk/letters/{slug}',
      open: (visit) => withUnsent(slug, 'uncertain', () => openAsOwner(visit, `/desk/letters/${slug}`)),
    },
    {
      name: 'a withdrawal that is asked about',
      heading: 'Withdraw this?',
      route: 'get /desk/letters/{slug}/updates/{id}',
      async open(visit) {
        const page = await openAsOwner(visit, `/desk/letters/${slug}`)
        await page.getByRole('link', { name: 'Withdraw' }).first().click()
        return page
      },
    },
    {
      name: 'a withdrawal whose reason cannot stand in a letter',
      heading: 'Withdraw this?',
      route: 'post /desk/letters/{slug}/updates/{id}/withdrawn',
      async open(visit) {
        const page = await openAsOwner(visit, `/desk/letters/${slug}`)
        await withdraw(page, '#private the reviewer asked')
        return page
      },
    },
  ]
}

async function withUnsent(slug: string, state: 'waiting' | 'uncertain', open: () => Promise<Page>) {
  const restore = unsent(slug, state)
  try {
    return await open()
  } finally {
    restore()
  }
}

/** Asks to withdraw the first update of the letter that is shown. */
export async function withdraw(page: Page, reason: string): Promise<void> {
  await page.getByRole('link', { name: 'Withdraw' }).first().click()
  await page.getByLabel('Why, for readers').fill(reason)
  await page.getByRole('button', { name: 'Yes, withdraw it' }).click()
}

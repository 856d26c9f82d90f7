/** Every page there is, in every state, and how a visitor comes to it. */
import type { Page } from 'playwright-core'
import { lettersStates } from './letters-pages.ts'
import { milestoneStates } from './milestones-pages.ts'
import { peopleStates } from './people-pages.ts'
import { phoneStates } from './phone-pages.ts'
import { previewStates } from './preview-pages.ts'
import { reportStates } from './report-pages.ts'
import { readers } from './seed.ts'
import { settingsStates } from './settings-pages.ts'
import { type Visit, world } from './visit.ts'
import { api, askForWayIn, asOwner, asReader, linkTo, openAsOwner, ownersPage } from './ways.ts'

export type State = {
  readonly name: string
  readonly heading: string
  /** What answers with the page, as in the OpenAPI document. */
  readonly route: string
  open(visit: Visit): Promise<Page>
}

const slug = world.letters[1] ?? ''

export const states: readonly State[] = [
  {
    name: 'the way in',
    heading: 'Sign in',
    route: 'get /',
    open: async (visit) => goTo('/', await visit()),
  },
  {
    name: 'the way in, after a wrong token',
    heading: 'Sign in',
    route: 'post /session',
    async open(visit) {
      const page = await goTo('/', await visit())
      await page.getByLabel('Token').fill('guessed')
      await page.getByRole('button', { name: 'Sign in' }).click()
      return page
    },
  },
  {
    name: 'the way in, where the archive would be',
    heading: 'Sign in',
    route: 'get /archive',
    open: async (visit) => goTo('/archive', await visit()),
  },
  {
    name: 'a link was mailed',
    heading: 'Look into your mail',
    route: 'post /archive/access',
    open: askInForm,
  },
  {
    name: 'no link is mailed where letters are forwarded by hand',
    heading: 'No mail from here',
    route: 'post /archive/access',
    async open(visit) {
      const { sender } = await api.get<{ sender: string }>('/api/settings')
      await api.patch('/api/settings', { sender: null })
      try {
        return await askInForm(visit)
      } finally {
        await api.patch('/api/settings', { sender })
      }
    },
  },
  {
    name: 'a way in',
    heading: 'Your letters',
    route: 'get /r/{token}',
    async open(visit) {
      await askForWayIn(readers.professor.email)
      return goTo(await linkTo('r', readers.professor.email), await visit())
    },
  },
  {
    name: 'a way in that has ended',
    heading: 'This link has ended',
    route: 'get /r/{token}',
    open: async (visit) => goTo('/r/00000000000000000000000000000000', await visit()),
  },
  ownersPage('the archive', 'Letters', '/archive'),
  {
    name: 'the archive without letters',
    heading: 'Letters',
    route: 'get /archive',
    open: async (visit) => goTo('/archive', await asReader(visit, readers.newcomer)),
  },
  ownersPage('the results', 'Results', '/archive/results'),
  ownersPage('what was read', 'Reading', '/archive/reading'),
  ownersPage('the milestones', 'Milestones', '/archive/milestones'),
  {
    name: 'what was found',
    heading: 'Search',
    route: 'get /archive/search',
    async open(visit) {
      const page = await openAsOwner(visit, '/archive')
      await page.getByRole('searchbox').fill('the loader kind:done')
      await page.getByRole('searchbox').press('Enter')
      await page.waitForURL(/search\?q=/u)
      return page
    },
  },
  ownersPage('nothing was found', 'Search', '/archive/search?q=zeppelin'),
  {
    name: 'a letter in the archive',
    heading: 'Letter 2',
    route: 'get /archive/{slug}',
    open: (visit) => openAsOwner(visit, `/archive/${slug}`),
  },
  {
    name: 'a letter by its own link',
    heading: 'Letter 2',
    route: 'get /l/{token}',
    open: async (visit) => goTo(await linkTo('l', readers.team.email), await visit()),
  },
  ownersPage('writing', 'Write', '/write'),
  {
    name: 'writing, after a look at what is understood',
    heading: 'Write',
    route: 'post /write',
    async open(visit) {
      const page = await asOwner(visit)
      await page.route('**/write.js', (script) =>
        script.fulfill({ body: '', contentType: 'text/javascript' }),
      )
      await goTo('/write', page)
      await page.getByLabel('What just happened?').fill('#ask which day?')
      await page.getByRole('button', { name: 'Check first' }).click()
      return page
    },
  },
  {
    name: 'writing, after something was refused',
    heading: 'Write',
    route: 'post /write',
    async open(visit) {
      const page = await openAsOwner(visit, '/write')
      await page.getByLabel('What just happened?').fill('#done')
      await page.getByRole('button', { name: 'Note it' }).click()
      return page
    },
  },
  {
    name: 'writing, after something was deleted',
    heading: 'Write',
    route: 'post /write/{id}/deleted',
    async open(visit) {
      const page = await asOwner(visit)
      await api.say({ by: 'plain', text: 'To be deleted', inside: false, key: 'to-be-deleted' })
      await goTo('/write', page)
      const row = page.getByRole('listitem').filter({ hasText: 'To be deleted' })
      await row.locator('summary').click()
      await row.getByRole('button', { name: 'Delete' }).click()
      return page
    },
  },
  {
    name: 'an update that stands in a letter',
    heading: 'Correct',
    route: 'get /write/{id}',
    async open(visit) {
      // Other tests post here, too: it need not be among the latest.
      const { updates } = await api.get<{ updates: { id: string; digest: string | null }[] }>(
        '/api/updates?q=cores',
      )
      return openAsOwner(visit, `/write/${updates.find(({ digest }) => digest !== null)?.id}`)
    },
  },
  {
    name: 'this week, with something found and everything open',
    heading: 'This week',
    route: 'get /desk',
    async open(visit) {
      const page = await asOwner(visit)
      for (const text of ['#ask Is it wide enough?', '#next three seeds', '#private tired'])
        await api.say({ by: 'plain', text, inside: false, key: text })
      await goTo('/desk?q=auc&did=said', page)
      for (const summary of await page.locator('summary').all()) await summary.click()
      return page
    },
  },
  {
    name: 'this week, after something was refused',
    heading: 'This week',
    route: 'post /desk/opening',
    async open(visit) {
      const page = await openAsOwner(visit, '/desk')
      await page.getByLabel('Summary, one sentence').fill('#private')
      await page.getByRole('button', { name: 'Save' }).first().click()
      return page
    },
  },
  {
    name: 'what was typed before a session ended',
    heading: 'Signed in again',
    route: 'post /session',
    async open(visit) {
      const page = await openAsOwner(visit, '/write')
      await page.getByLabel('What just happened?').fill('half written')
      await page.getByRole('status').waitFor()
      await page.context().clearCookies()
      await page.getByRole('button', { name: 'Note it' }).click()
      await page.getByLabel('Token').fill(world.token)
      await page.getByRole('button', { name: 'Sign in' }).click()
      return page
    },
  },
  ownersPage('where one is signed in', 'Signed-in browsers', '/sessions'),
  ownersPage(
    'writing, filled in by another page',
    'Write',
    '/write?text=Results&title=A+page&url=https://example.com/',
  ),
  ownersPage('from a laptop or a script', 'From a laptop or a script', '/desk/api'),
  ownersPage('a lost device', 'A lost device', '/desk/lost'),
  {
    name: 'a page that is the owner’s',
    heading: 'This page is not yours',
    route: 'get /desk/lost',
    open: async (visit) => goTo('/desk/lost', await asReader(visit, readers.professor)),
  },
  ...peopleStates,
  ...phoneStates,
  ...previewStates(slug),
  ...lettersStates(slug),
  ...milestoneStates,
  ...reportStates,
  ...settingsStates,
  ownersPage('nothing there', 'There is nothing here', '/archive/1999-12-31', '/archive/{slug}'),
  {
    name: 'stop the letters?',
    heading: 'Stop these letters?',
    route: 'get /unsubscribe/{token}',
    async open(visit) {
      const link = await linkTo('unsubscribe', readers.leaver.email)
      await fetch(`${link}/undo`, { method: 'POST' })
      return goTo(link, await visit())
    },
  },
  {
    name: 'no more letters',
    heading: 'No more letters',
    route: 'post /unsubscribe/{token}',
    async open(visit) {
      const link = await linkTo('unsubscribe', readers.leaver.email)
      await fetch(link, { method: 'POST' })
      return goTo(link, await visit())
    },
  },
  {
    name: 'the letters go on',
    heading: 'The letters go on',
    route: 'post /unsubscribe/{token}/undo',
    async open(visit) {
      const link = await linkTo('unsubscribe', readers.leaver.email)
      await fetch(link, { method: 'POST' })
      const page = await goTo(link, await visit())
      await page.getByRole('button', { name: 'send them again' }).click()
      return page
    },
  },
]

async function goTo(path: string, page: Page): Promise<Page> {
  await page.goto(path)
  return page
}

async function askInForm(visit: Visit): Promise<Page> {
  const page = await goTo('/', await visit())
  await page.getByLabel('Mail address').fill('nobody@example.edu')
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  return page
}

/** Every page there is, in every state, and how a visitor comes to it. */
import type { Page } from 'playwright-core'
import { deskStates } from './desk-pages.ts'
import { lettersStates } from './letters-pages.ts'
import { milestoneStates } from './milestones-pages.ts'
import { offlineStates } from './offline-pages.ts'
import { peopleStates } from './people-pages.ts'
import { phoneStates } from './phone-pages.ts'
import { photoStates } from './photos-pages.ts'
import { previewStates } from './preview-pages.ts'
import { reportStates } from './report-pages.ts'
import { readers } from './seed.ts'
import { settingsStates } from './settings-pages.ts'
import { type Visit, world } from './visit.ts'
import { api, askForWayIn, asReader, goTo, linkTo, openAsOwner, ownersPage } from './ways.ts'

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
  ...deskStates,
  ...offlineStates,
  ...peopleStates,
  ...phoneStates,
  ...photoStates,
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

async function askInForm(visit: Visit): Promise<Page> {
  const page = await goTo('/', await visit())
  await page.getByLabel('Mail address').fill('nobody@example.edu')
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  return page
}

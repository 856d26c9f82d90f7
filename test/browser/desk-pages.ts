/** The pages for writing, of the week, and of signed-in browsers, in every state. */
import { afterAll } from 'vitest'
import type { State } from './pages.ts'
import { readers } from './seed.ts'
import { world } from './visit.ts'
import { api, asOwner, asReader, goTo, openAsOwner, ownersPage } from './ways.ts'
import { startWorld } from './world.ts'

/** A Worker of which nothing was told yet. */
let fresh: ReturnType<typeof startWorld> | undefined

afterAll(async () => (await fresh)?.[Symbol.asyncDispose]())

export const deskStates: readonly State[] = [
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
    name: 'writing, asked before it is noted',
    heading: 'Write',
    route: 'post /write',
    async open(visit) {
      const page = await openAsOwner(visit, '/write')
      await page.getByLabel('What just happened?').fill('#answered parking')
      await page.getByRole('button', { name: 'Note it' }).click()
      await page.getByRole('button', { name: 'Note it as it is' }).waitFor()
      return page
    },
  },
  {
    name: 'writing, with what it would be',
    heading: 'Write',
    route: 'post /write',
    async open(visit) {
      const page = await openAsOwner(visit, '/write')
      await page.getByLabel('What just happened?').fill('#done the plots\n#ask which day?')
      await page.getByText('Would be 2: done, ask').waitFor()
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
    name: 'this week, with a search of which a part is looked for as words',
    heading: 'This week',
    route: 'get /desk',
    async open(visit) {
      const page = await asOwner(visit)
      await api.say({ by: 'plain', text: '#ask Who reads kind:nonsense?', inside: false, key: 'nonsense' })
      await goTo('/desk?q=kind:ask+kind:nonsense', page)
      return page
    },
  },
  {
    name: 'this week, with all that was open settled',
    heading: 'This week',
    route: 'get /desk',
    async open(visit) {
      const page = await asOwner(visit)
      const idOf = async (words: string) => {
        const { updates } = await api.get<{ updates: { id: string }[] }>(`/api/updates?q=${words}`)
        return updates[0]?.id
      }
      const settled = [
        [
          `/api/updates/${await idOf('the report')}/outcome`,
          { outcome: 'partly', why: 'the tables are missing' },
        ],
        [`/api/updates/${await idOf('Thursday at three')}/answer`, { state: 'open' }],
        [
          `/api/updates/${await idOf('waiting for the quota')}/answer`,
          { state: 'answered', answer: 'it came' },
        ],
      ] as const
      for (const [path, said] of settled) await api.put(path, said)
      await goTo('/desk', page)
      for (const [path] of settled) await api.delete(path, {})
      await page.getByText('Answered, solved or dropped: 1').click()
      for (const change of await page.locator('.settled > summary').all()) await change.click()
      return page
    },
  },
  {
    name: 'this week, after something was refused',
    heading: 'This week',
    route: 'post /desk/opening',
    async open(visit) {
      const page = await openAsOwner(visit, '/desk#summary')
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
  {
    name: 'the way in, after signing out',
    heading: 'Sign in',
    route: 'get /',
    async open(visit) {
      const page = await openAsOwner(visit, '/write')
      await page.getByRole('button', { name: 'Sign out' }).click()
      return page
    },
  },
  {
    name: 'this week, before the first letter',
    heading: 'This week',
    route: 'get /desk',
    async open(visit) {
      fresh ??= startWorld(new AbortController().signal, async () => [])
      const { url, token } = await fresh
      const page = await visit({ baseURL: url })
      await page.request.post('/session', { form: { token } })
      return goTo('/desk', page)
    },
  },
  {
    name: 'this week, changed in place',
    heading: 'This week',
    route: 'post /write/{id}',
    async open(visit) {
      const page = await asOwner(visit)
      await api.say({ by: 'plain', text: '#done To be changed', inside: false, key: 'to-be-changed' })
      await goTo('/desk', page)
      const row = page.getByRole('listitem').filter({ hasText: 'To be changed' })
      await row.locator('summary').click()
      await row.getByRole('button', { name: 'Save' }).click()
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
]

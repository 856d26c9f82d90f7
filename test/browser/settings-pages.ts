/** The pages of the settings, in every state. */
import type { Page } from 'playwright-core'
import type { State } from './pages.ts'
import type { Visit } from './visit.ts'
import { api, asOwner } from './ways.ts'

export const settingsStates: readonly State[] = [
  {
    name: 'the settings',
    heading: 'Settings',
    route: 'get /desk/settings',
    open: openSettings,
  },
  {
    name: 'the settings, after much was refused',
    heading: 'Settings',
    route: 'post /desk/settings',
    async open(visit) {
      const page = await openSettings(visit)
      await page.getByLabel('Time zone').fill('Zurich')
      await page.getByLabel('Sender').fill('somebody')
      await page.getByLabel('Preview, hours ahead').fill('100')
      await page.getByLabel('Last day').fill('2026-12-01')
      await page.getByRole('button', { name: 'Save' }).last().click()
      return page
    },
  },
  {
    name: 'the settings, with cut-offs that are not saved',
    heading: 'Settings',
    route: 'post /desk/settings',
    async open(visit) {
      const page = await openSettings(visit)
      await page.getByLabel('Time zone').fill('America/Argentina/ComodRivadavia')
      await page.getByLabel('First day').fill('2026-11-01')
      await page.getByLabel('Last day').fill('2029-12-31')
      await page.getByLabel('Last day').blur()
      await page.getByText('(you are away: no letter). Not saved yet.').waitFor()
      return page
    },
  },
  {
    name: 'the settings, saved',
    heading: 'Settings',
    route: 'get /desk/settings',
    async open(visit) {
      const page = await openSettings(visit)
      await page.getByRole('button', { name: 'Save' }).last().click()
      return page
    },
  },
  {
    name: 'the settings, changed elsewhere meanwhile',
    heading: 'Settings',
    route: 'post /desk/settings',
    async open(visit) {
      const page = await openSettings(visit)
      const { course } = await api.get<{ course: string }>('/api/settings')
      await page.getByLabel('Course').fill('Typed here')
      try {
        await api.patch('/api/settings', { course: 'Typed elsewhere' })
        await page.getByRole('button', { name: 'Save' }).last().click()
      } finally {
        await api.patch('/api/settings', { course })
      }
      return page
    },
  },
]

/** On a device in another zone. */
async function openSettings(visit: Visit): Promise<Page> {
  const page = await asOwner(visit, { timezoneId: 'America/Argentina/Buenos_Aires' })
  await page.goto('/desk/settings')
  return page
}

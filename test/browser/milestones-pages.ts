/** The page of milestones, in every state. */
import type { Page } from 'playwright-core'
import type { State } from './pages.ts'
import type { Visit } from './visit.ts'
import { api, openAsOwner } from './ways.ts'

export const milestoneStates: readonly State[] = [
  {
    name: 'the milestones, to be changed',
    heading: 'Milestones',
    route: 'get /desk/milestones',
    async open(visit) {
      const page = await openMilestones(visit)
      for (const summary of await page.locator('main summary').all()) await summary.click()
      return page
    },
  },
  {
    name: 'the milestones, after a reason without another day',
    heading: 'Milestones',
    route: 'post /desk/milestones/{id}',
    async open(visit) {
      const page = await openMilestones(visit)
      const row = page.getByRole('listitem').filter({ hasText: 'Baselines run' })
      await row.getByText('Change').click()
      await row.getByLabel('Why another day').fill('the quota came late')
      await row.getByRole('button', { name: 'Save' }).click()
      return page
    },
  },
  {
    name: 'the milestones, after one of a title that is there',
    heading: 'Milestones',
    route: 'post /desk/milestones',
    async open(visit) {
      const page = await openMilestones(visit)
      await page.getByText('Add a milestone').click()
      await page.getByLabel('What is to be reached').first().fill('baselines run')
      await page.getByLabel('Due').first().fill('2026-12-24')
      await page.getByRole('button', { name: 'Add it' }).click()
      return page
    },
  },
]

/** Beside the one of the letters, which was moved: one that is overdue and inside, one met, one dropped. */
const others = [
  { title: 'The contract with the company', due: '2020-03-02', state: 'open', inside: true },
  { title: 'Course registration', due: '2026-09-15', state: 'met', inside: false },
  { title: 'A run on the pod of the other department', due: '2026-10-30', state: 'dropped', inside: false },
] as const

type Milestone = {
  readonly id: string
  readonly title: string
  readonly due: string
  readonly state: string
  readonly revisions: readonly object[]
}

export async function listMilestones(): Promise<readonly Milestone[]> {
  return (await api.get<{ milestones: readonly Milestone[] }>('/api/milestones')).milestones
}

async function openMilestones(visit: Visit): Promise<Page> {
  const known = new Set((await listMilestones()).map(({ title }) => title))
  for (const { state, ...milestone } of others.filter(({ title }) => !known.has(title))) {
    await api.post('/api/milestones', milestone)
    const { id } = (await listMilestones()).find(({ title }) => title === milestone.title) ?? { id: '' }
    await api.patch(`/api/milestones/${id}`, { state })
  }
  return openAsOwner(visit, '/desk/milestones')
}

/** The pages of the milestone report, in every state. */
import type { Page } from 'playwright-core'
import type { State } from './pages.ts'
import type { Visit } from './visit.ts'
import { api, openAsOwner } from './ways.ts'

const begun = { since: '2020-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z' }

export const reportStates: readonly State[] = [
  {
    name: 'the reports',
    heading: 'Reports',
    route: 'get /desk/report',
    async open(visit) {
      await beginReport(begun)
      const page = await openAsOwner(visit, '/desk/report')
      await page.getByText('Another span').click()
      return page
    },
  },
  {
    name: 'the reports, after a day that is none',
    heading: 'Reports',
    route: 'post /desk/report',
    async open(visit) {
      const page = await openAsOwner(visit, '/desk/report')
      await page.getByText('Another span').click()
      await page.getByLabel('First day').fill('2026-11-20')
      await page.getByLabel('Last day').fill('2026-11-10')
      await page.getByRole('button', { name: 'Begin a report' }).click()
      return page
    },
  },
  {
    name: 'a report to be written in',
    heading: 'Report, 1 January 2020–31 December 2098',
    route: 'get /desk/report/{id}',
    async open(visit) {
      const page = await openReport(visit)
      await page.getByText('Another span').click()
      return page
    },
  },
  {
    name: 'a report that could begin earlier',
    heading: 'Report, 31 December 2098',
    route: 'get /desk/report/{id}',
    async open(visit) {
      const id = await beginReport({ since: '2098-12-31T12:00:00Z', until: '2099-01-01T00:00:00Z' })
      return openAsOwner(visit, `/desk/report/${id}`)
    },
  },
  {
    name: 'a report after something was refused',
    heading: 'Report, 1 January 2020–31 December 2098',
    route: 'post /desk/report/{id}',
    async open(visit) {
      const page = await openReport(visit)
      await page.getByLabel('Surprises').fill('#private to be kept back')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      return page
    },
  },
  {
    name: 'a report as it reads',
    heading: 'Milestone report: DLRM on TPUs',
    route: 'get /desk/report/{id}/read',
    async open(visit) {
      const page = await openReport(visit)
      await page.getByRole('link', { name: 'Read, copy or print it' }).click()
      await page.getByRole('button', { name: 'Print' }).waitFor()
      return page
    },
  },
]

/** Gives its id. */
export async function beginReport(span: {
  readonly since?: string
  readonly until?: string
}): Promise<string> {
  await api.post('/api/reports', span)
  const { reports } = await api.get<{ reports: readonly { readonly id: string }[] }>('/api/reports')
  return reports[0]?.id ?? ''
}

/** Of everything that was posted, with words of the owner's in every form. */
async function openReport(visit: Visit): Promise<Page> {
  const id = await beginReport(begun)
  const accomplished = `It **runs**, see \`loader.py\`:

| run | auc |
|---|---:|
| one-with-a-name-that-is-as-long-as-names-are-that-a-program-made-and-that-nobody-reads-aloud | 0.7921 |

\`\`\`python
dataset = tf.data.Dataset.list_files(pattern, shuffle=True).interleave(tf.data.TFRecordDataset, cycle_length=8)
\`\`\`

And $\\sum_{i=1}^{n} w_i x_i$ is not the bottleneck.`
  await api.put(`/api/reports/${id}`, { paragraphs: { accomplished }, ticks: {} })
  return openAsOwner(visit, `/desk/report/${id}`)
}

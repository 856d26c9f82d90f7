import { historiesOf } from '../core/history.ts'
import { resultsPage } from '../render/pages/results.tsx'
import { listNumbers, numbersOfMetric } from '../store/measurements.ts'
import { openProject } from '../store/project.ts'
import { type Handlers, page } from './call.ts'

export const resultHandlers: Handlers<'showResults'> = {
  async showResults({ db, caller, now }) {
    const { settings } = await openProject(db, now)
    const histories = historiesOf(await listNumbers(db, caller))
    return page(200, resultsPage({ ...settings, isOwner: caller.is === 'owner' }, histories, numbersOfMetric))
  },
}

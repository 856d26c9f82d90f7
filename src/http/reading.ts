import { joinNotes } from '../core/reading.ts'
import { milestonesPage } from '../render/pages/milestones.tsx'
import { readingPage } from '../render/pages/reading.tsx'
import { listArchivedMilestones } from '../store/archived-milestones.ts'
import { openProject } from '../store/project.ts'
import { listReading, mostNotes } from '../store/reading.ts'
import { type Handlers, page } from './call.ts'

export const readingHandlers: Handlers<'showReading' | 'showMilestones'> = {
  async showReading({ db, caller, now }) {
    const { settings } = await openProject(db, now)
    const notes = await listReading(db, caller)
    return page(
      200,
      readingPage(
        { ...settings, isOwner: caller.is === 'owner' },
        joinNotes(notes),
        notes.length >= mostNotes,
      ),
    )
  },

  async showMilestones({ db, caller, now }) {
    const { settings } = await openProject(db, now)
    const milestones = await listArchivedMilestones(db, caller)
    return page(200, milestonesPage({ ...settings, isOwner: caller.is === 'owner' }, milestones))
  },
}

import { nextCutOff, type Schedule } from '../core/period.ts'
import { deliveryOf, type Project, type Settings } from '../core/project.ts'
import { fail } from '../core/result.ts'
import { openProject, storeSettings } from '../store/project.ts'
import { type Handlers, json } from './call.ts'

/** How often a change reads again when somebody wrote meanwhile. */
const rounds = 3

export const settingsHandlers: Handlers<'getSettings' | 'editSettings'> = {
  async getSettings({ db, now }) {
    const { settings } = await openProject(db, now)
    return json(200, shown(settings))
  },

  async editSettings({ db, body, now }) {
    for (let round = 0; round < rounds; round++) {
      const project = await openProject(db, now)
      const given = Object.entries(body).filter(([, value]) => value !== undefined)
      const settings: Settings = { ...project.settings, ...Object.fromEntries(given) }
      const next =
        body.schedule === undefined ? project.nextCutOff : cutOffAfterChange(project, settings, now)
      if (await storeSettings(db, project.version, settings, next)) return json(200, shown(settings))
    }
    return fail({ reason: 'unavailable', seconds: 1 })
  },
}

/** A new schedule leaves a cut-off that has come; else the next one is the first after now. */
function cutOffAfterChange(project: Project, { schedule }: Settings, now: number): number {
  const before = project.settings.schedule
  const isSame = Object.entries(schedule).every(([name, value]) => before[name as keyof Schedule] === value)
  if (isSame || project.nextCutOff <= now) return project.nextCutOff
  return nextCutOff(schedule, Math.max(now, project.since))
}

function shown(settings: Settings) {
  return { ...settings, delivery: deliveryOf(settings) }
}

import type * as v from 'valibot'
import { nextCutOff, type Schedule } from '../core/period.ts'
import { deliveryOf, type Project, type Settings } from '../core/project.ts'
import { fail } from '../core/result.ts'
import { openProject, storeSettings } from '../store/project.ts'
import { type Handlers, json } from './call.ts'
import type { settingsEdit } from './settings-schema.ts'

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
      const settings = withChange(project.settings, body)
      const next =
        body.schedule === undefined ? project.nextCutOff : cutOffAfterChange(project, settings, now)
      if (await storeSettings(db, project.version, body, next)) return json(200, shown(settings))
    }
    return fail({ reason: 'unavailable', seconds: 1 })
  },
}

export function withChange(settings: Settings, change: v.InferOutput<typeof settingsEdit>): Settings {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  return { ...settings, ...Object.fromEntries(given) }
}

/** A new schedule leaves a cut-off that has come; else the next one is the first after now. */
export function cutOffAfterChange(project: Project, { schedule }: Settings, now: number): number {
  const before = project.settings.schedule
  const isSame = Object.entries(schedule).every(([name, value]) => before[name as keyof Schedule] === value)
  if (isSame || project.nextCutOff <= now) return project.nextCutOff
  return nextCutOff(schedule, Math.max(now, project.since))
}

function shown(settings: Settings) {
  return { ...settings, delivery: deliveryOf(settings) }
}

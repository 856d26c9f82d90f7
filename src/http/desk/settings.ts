/** The settings: a form with all of them, and what the next cut-offs are. */
import { hasEnded, isAway, isLast } from '../../core/closing.ts'
import { settingsWords as words } from '../../core/desk-words-settings.ts'
import { dateInWords, localDate, nextCutOff, weekdayAndTime } from '../../core/period.ts'
import type { Project, Settings } from '../../core/project.ts'
import { type FieldError, ok, type Result } from '../../core/result.ts'
import { type SettingsShown, settingsPage } from '../../render/pages/desk/settings.tsx'
import { fieldNames } from '../../render/pages/desk/settings-fields.tsx'
import { readStepped } from '../../store/first-steps.ts'
import { openProject } from '../../store/project.ts'
import { type Call, type Caller, type Handlers, page, type Reply, redirect } from '../call.ts'
import { wantsText } from '../posted.ts'
import { cutOffAfterChange, settingsHandlers, withChange } from '../settings.ts'
import { settingsEdit } from '../settings-schema.ts'
import { validate } from '../validate.ts'
import { errorsOf, type Form, perform, statusOf } from './perform.ts'
import { besideFields, changeOf, fieldsOf, readSettings } from './settings-fields.ts'
import { viewerOf } from './viewer.ts'

type DeskCall = Pick<Call, 'db' | 'now' | 'url'> & { readonly caller: Caller }

const cutOffsShown = 3

export const settingsPageHandlers: Handlers<'showSettings' | 'changeSettings'> = {
  async showSettings(call) {
    return show(call, 200, await openProject(call.db, call.now), { did: call.query.did })
  },

  async changeSettings(call) {
    const { db, now, body: form } = call
    const project = await openProject(db, now)
    const stored = fieldsOf(project.settings)
    const { was, fields, gone, added } = readSettings(form, stored)
    const changed = fieldNames.filter((name) => fields[name] !== was[name] && fields[name] !== stored[name])
    const wanted = { ...stored, ...Object.fromEntries(changed.map((name) => [name, fields[name]])) }
    const change = changeOf(wanted, changed, project.settings, { gone, added })
    const again = { fields: wanted, gone, added }

    if (form.act === 'cutOffs') {
      if (wantsText(call.headers))
        return ok({ status: 200, body: { text: tellCutOffs(call, project, change) } })
      const checked = validate(settingsEdit, change)
      if (!checked.ok) return refused(call, project, again, errorsOf(checked.problem), 422)
      return show(call, 200, project, { ...again, settings: withChange(project.settings, checked.value) })
    }

    const overtaken = changed.filter((name) => stored[name] !== was[name])
    if (overtaken.length > 0) {
      const errors = overtaken.map((field) => ({ field, message: words.was(stored[field]) }))
      return refused(call, project, again, errors, 409)
    }
    const { hasSchedule } = await readStepped(db)
    // Whoever saves the form for the first time has seen when letters go out, and said it so.
    const said = hasSchedule ? change : { schedule: project.settings.schedule, ...change }
    const done = await perform('editSettings', settingsHandlers, call, said)
    if (done.ok) return redirect('/desk/settings?did=settingsSaved')
    return refused(call, project, again, errorsOf(done.problem), statusOf(done.problem))
  },
}

/** What matters to the cut-offs, of a change. */
const timely: readonly string[] = ['schedule', 'away', 'ends', 'locale']

/** As a line: the cut-offs as they would be, or what is wrong with what matters to them. */
function tellCutOffs({ now }: DeskCall, project: Project, change: Form): string {
  const own = Object.fromEntries(Object.entries(change).filter(([name]) => timely.includes(name)))
  const checked = validate(settingsEdit, own)
  if (!checked.ok) {
    const labels: Readonly<Record<string, string>> = words.labels
    const errors = besideFields(errorsOf(checked.problem))
    return errors.map(({ field, message }) => `${labels[field] ?? field} ${message}`).join('; ')
  }
  const line = words.cutOffs(cutOffsOf(project, withChange(project.settings, checked.value), now))
  return Object.keys(own).length === 0 ? line : `${line}. ${words.notSaved}`
}

type Again = Pick<SettingsShown, 'fields' | 'gone' | 'added'>

function refused(
  call: DeskCall,
  project: Project,
  again: Again,
  errors: readonly FieldError[],
  status: Parameters<typeof page>[0],
): Promise<Result<Reply>> {
  return show(call, status, project, { ...again, errors: besideFields(errors) })
}

/** The page; with the cut-offs of `settings`, if these are not stored yet. */
async function show(
  call: DeskCall,
  status: Parameters<typeof page>[0],
  project: Project,
  { settings, ...shown }: Partial<SettingsShown> & { readonly settings?: Settings },
): Promise<Result<Reply>> {
  const stored = fieldsOf(project.settings)
  const origin = call.url.origin
  const isGuessed =
    shown.fields === undefined && stored.publicUrl === '' && validate(settingsEdit, { publicUrl: origin }).ok
  const viewer = await viewerOf(call)
  return page(
    status,
    settingsPage(viewer, {
      ...{ did: undefined, errors: [], gone: [], added: null },
      fields: isGuessed ? { ...stored, publicUrl: origin } : stored,
      ...shown,
      ...{ was: stored, isGuessed },
      away: project.settings.away,
      isSaved: settings === undefined,
      cutOffs: cutOffsOf(project, settings ?? project.settings, call.now),
    }),
  )
}

/** The next cut-offs in words, by settings that are stored or may come to be. */
function cutOffsOf(project: Project, settings: Settings, now: number): SettingsShown['cutOffs'] {
  const { schedule, locale } = settings
  if (hasEnded({ ...project, settings })) return []
  const { zone } = schedule
  const cutOffs = [cutOffAfterChange(project, settings, now)]
  while (cutOffs.length < cutOffsShown) cutOffs.push(nextCutOff(schedule, cutOffs.at(-1) ?? now))
  const last = cutOffs.findIndex((cutOff) => isLast({ settings }, cutOff) && !isAway({ settings }, cutOff))
  return cutOffs.slice(0, last < 0 ? cutOffsShown : last + 1).map((cutOff, index) => {
    const day = dateInWords(locale, localDate(zone, cutOff))
    const time = weekdayAndTime(zone, locale, cutOff).split(' ').at(-1)
    const note = index === last ? words.isLast : isAway({ settings }, cutOff) ? words.isAway : null
    return `${day} ${time}${note === null ? '' : ` (${note})`}`
  })
}

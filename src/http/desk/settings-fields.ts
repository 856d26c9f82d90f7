/** Settings as the fields of a form, named as the API names what is wrong with them; and back. */
import * as v from 'valibot'
import type { Away, Settings } from '../../core/project.ts'
import type { FieldError } from '../../core/result.ts'
import { type Fields, fieldNames, type SettingField } from '../../render/pages/desk/settings-fields.tsx'
import { type Form, typed, unixLines } from './perform.ts'

export function fieldsOf(settings: Settings): Fields {
  const { schedule, previewHours, nudgeDays } = settings
  return {
    title: settings.title,
    about: unixLines(settings.about),
    course: settings.course,
    homepage: settings.homepage ?? '',
    'schedule.weekday': schedule.weekday,
    'schedule.time': schedule.time,
    'schedule.zone': schedule.zone,
    sender: settings.sender ?? '',
    ownerName: settings.ownerName,
    ownerEmail: settings.ownerEmail ?? '',
    mailbox: settings.mailbox ?? '',
    publicUrl: settings.publicUrl ?? '',
    locale: settings.locale,
    delivery: settings.delivery ?? '',
    previewHours: String(previewHours),
    nudgeDays: String(nudgeDays),
    silentWeek: settings.silentWeek,
    ends: settings.ends ?? '',
    heartbeatUrl: settings.heartbeatUrl ?? '',
  }
}

/** What stood in the fields when the page was made, and what was typed over it. */
export type Typed = {
  readonly was: Fields
  readonly fields: Fields
  /** Days to be taken out, and days to be added; null if none were typed. */
  readonly gone: readonly Away[]
  readonly added: Away | null
}

const wasSchema = v.record(v.picklist(fieldNames), v.string())
const awaySchema = v.strictObject({ since: v.string(), until: v.string(), why: v.string() })

/** A field that the form does not have is left as it is. */
export function readSettings(form: Form, now: Fields): Typed {
  const was = { ...now, ...parsed(wasSchema, form.was) }
  const given = fieldNames.flatMap((name) => {
    const text = form[name]
    return typeof text === 'string' ? [[name, unixLines(text).trim()] as const] : []
  })
  const [since, until, why] = (['since', 'until', 'why'] as const).map((name) =>
    typed(form, `away.${name}`).trim(),
  )
  return {
    was,
    fields: { ...was, ...Object.fromEntries(given) },
    gone: Object.entries(form).flatMap(([name, text]) =>
      name.startsWith('away.gone.') ? (parsed(awaySchema, text) ?? []) : [],
    ),
    added: since || until || why ? { since: since ?? '', until: until || since || '', why: why ?? '' } : null,
  }
}

/** The change that the API is asked for: what is named, and nothing else. */
export function changeOf(
  fields: Fields,
  changed: readonly SettingField[],
  settings: Settings,
  { gone, added }: Pick<Typed, 'gone' | 'added'>,
): Form {
  const schedule = {
    weekday: fields['schedule.weekday'],
    time: fields['schedule.time'],
    zone: fields['schedule.zone'],
  }
  const change = changed.map((name) => {
    if (name.startsWith('schedule.')) return ['schedule', schedule] as const
    const text = fields[name]
    if (name === 'previewHours' || name === 'nudgeDays')
      return [name, /^\d+$/u.test(text) ? Number(text) : text]
    return [name, text === '' && nullable.has(name) ? null : text] as const
  })
  const kept = settings.away.filter((away) => !gone.some((one) => isSame(one, away)))
  const isKnown = added === null || kept.some((away) => isSame(added, away))
  const away = isKnown ? kept : [...kept, added]
  const isAwayChanged = kept.length < settings.away.length || !isKnown
  return { ...Object.fromEntries(change), ...(isAwayChanged ? { away } : {}) }
}

/** Errors of the API by the field of the form that they stand beside. */
export function besideFields(errors: readonly FieldError[]): readonly FieldError[] {
  return errors.map(({ field, message }) => {
    const [, name] = /^away(?:\.\d+)?(?:\.(\w+))?$/u.exec(field) ?? []
    return { field: field.startsWith('away') ? `away.${name ?? 'until'}` : field, message }
  })
}

const nullable: ReadonlySet<SettingField> = new Set([
  ...([
    'homepage',
    'sender',
    'mailbox',
    'ownerEmail',
    'publicUrl',
    'delivery',
    'ends',
    'heartbeatUrl',
  ] as const),
])

function isSame(one: Away, other: Away): boolean {
  return one.since === other.since && one.until === other.until && one.why === other.why
}

/** JSON in a field of ours; null if somebody else wrote it. */
function parsed<S extends v.GenericSchema>(schema: S, text: unknown): v.InferOutput<S> | null {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text)
  return read.success ? read.output : null
}

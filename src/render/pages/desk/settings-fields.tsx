/** The fields of the settings (PURE): a label, a control, and below it what is wrong and what helps. */
import { settingsWords as words } from '../../../core/desk-words-settings.ts'
import type { FieldError } from '../../../core/result.ts'
import { Below, described, Field } from './forms.tsx'

/** Named as the API names them in what is wrong. */
export const fieldNames = [
  ...(['ownerName', 'ownerEmail', 'title', 'about', 'course', 'homepage', 'publicUrl', 'locale'] as const),
  ...(['schedule.weekday', 'schedule.time', 'schedule.zone', 'delivery', 'sender', 'mailbox'] as const),
  ...(['previewHours', 'nudgeDays', 'silentWeek', 'ends', 'heartbeatUrl'] as const),
] as const

export type SettingField = (typeof fieldNames)[number]

export type Fields = Readonly<Record<SettingField, string>>

const awayNames = ['away.since', 'away.until', 'away.why'] as const
export const allNames: readonly FieldName[] = [...fieldNames, ...awayNames]

type FieldName = SettingField | (typeof awayNames)[number]

type Named = {
  readonly name: FieldName
  readonly hint?: string | undefined
  readonly errors: readonly FieldError[]
  readonly fields: Readonly<Partial<Record<FieldName, string>>>
}

type TextField = Named & {
  readonly type?: 'time' | 'date'
  readonly inputmode?: 'email' | 'url' | 'numeric'
  readonly autocomplete?: 'name' | 'email'
}

export function Text({ name, fields, ...field }: TextField) {
  return <Field id={name} label={words.labels[name]} value={fields[name] ?? ''} {...field} />
}

export function About({ errors, fields }: Pick<Named, 'errors' | 'fields'>) {
  return (
    <>
      <label for="about">{words.labels.about}</label>
      <textarea id="about" name="about" rows={4} {...described('about', errors, words.hints.about)}>
        {fields.about}
      </textarea>
      <Below name="about" errors={errors} hint={words.hints.about} />
    </>
  )
}

export function Choice({
  name,
  options,
  errors,
  fields,
}: Named & { options: Readonly<Record<string, string>> }) {
  return (
    <>
      <label for={name}>{words.labels[name]}</label>
      <select id={name} name={name} {...described(name, errors)}>
        {Object.entries(options).map(([value, text]) => (
          <option value={value} selected={value === fields[name]}>
            {text}
          </option>
        ))}
      </select>
      <Below name={name} errors={errors} />
    </>
  )
}

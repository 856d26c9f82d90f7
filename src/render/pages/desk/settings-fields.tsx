/** The fields of the settings (PURE): a label, a control, and below it what is wrong and what helps. */
import { settingsWords as words } from '../../../core/desk-words-settings.ts'
import type { FieldError } from '../../../core/result.ts'
import { Wrong } from './forms.tsx'

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

type Field = {
  readonly name: FieldName
  readonly hint?: string | undefined
  readonly errors: readonly FieldError[]
  readonly fields: Readonly<Partial<Record<FieldName, string>>>
}

type TextField = Field & {
  readonly type?: 'time' | 'date'
  readonly inputmode?: 'email' | 'url' | 'numeric'
  readonly autocomplete?: 'name' | 'email'
}

export function Text({
  name,
  hint,
  errors,
  fields,
  type,
  inputmode,
  autocomplete = 'off' as never,
}: TextField) {
  return (
    <>
      <label for={name}>{words.labels[name]}</label>
      <input
        id={name}
        name={name}
        type={type}
        value={fields[name] ?? ''}
        inputmode={inputmode}
        autocomplete={autocomplete}
        autocapitalize={inputmode === undefined ? undefined : 'none'}
        {...described(name, errors, hint)}
      />
      <Below name={name} errors={errors} hint={hint} />
    </>
  )
}

export function About({ errors, fields }: Pick<Field, 'errors' | 'fields'>) {
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
}: Field & { options: Readonly<Record<string, string>> }) {
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

function described(name: FieldName, errors: readonly FieldError[], hint?: string) {
  const isWrong = errors.some(({ field }) => field === name)
  const ids = [isWrong && `${name}-wrong`, hint !== undefined && `${name}-how`].filter(Boolean)
  return { 'aria-invalid': isWrong, 'aria-describedby': ids.length === 0 ? undefined : ids.join(' ') }
}

/** What is wrong, and what helps. */
function Below({ name, errors, hint }: Pick<Field, 'name' | 'errors' | 'hint'>) {
  return (
    <>
      <Wrong name={name} errors={errors} />
      {hint !== undefined && (
        <p class="said" id={`${name}-how`}>
          {hint}
        </p>
      )}
    </>
  )
}

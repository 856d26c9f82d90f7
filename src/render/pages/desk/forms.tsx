/** Pieces of the desk's forms (PURE): all of them work without a script. */
import type { Child } from 'hono/jsx'
import { deskWords } from '../../../core/desk-words.ts'
import { peopleWords } from '../../../core/desk-words-people.ts'
import { type Circle, circles } from '../../../core/recipient.ts'
import type { FieldError } from '../../../core/result.ts'

export type Hidden = Readonly<Record<string, string>>

/** A form that is one button: what it says is done by one tap. */
export function Button(props: {
  readonly action: string
  readonly hidden?: Hidden
  /** What a screen reader hears where several buttons say the same. */
  readonly label?: string
  readonly children: Child
}) {
  return (
    <form method="post" action={props.action}>
      <HiddenFields fields={props.hidden ?? {}} />
      <button type="submit" class="quiet" aria-label={props.label}>
        {props.children}
      </button>
    </form>
  )
}

/** Enter in a field presses a form's first button: this one does nothing, so that one of the others is chosen. */
export function NoneByEnter() {
  return <button type="submit" disabled hidden />
}

export function HiddenFields({ fields }: { readonly fields: Hidden }) {
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  )
}

/** What is wrong with a field, beside it; its control is `described`. */
export function Wrong({ name, errors }: { readonly name: string; readonly errors: readonly FieldError[] }) {
  const own = errors.filter(({ field }) => field === name)
  return (
    own.length > 0 && (
      <p class="wrong" role="alert" id={`${name}-wrong`}>
        {own.map(({ message }) => message).join('; ')}
      </p>
    )
  )
}

/** A field of one line with its label, and below it what is wrong and what helps. */
export function Field(props: {
  readonly id: string
  /** Its `id` unless said. */
  readonly name?: string
  readonly label: string
  readonly value: string | undefined
  readonly type?: 'time' | 'date' | undefined
  readonly hint?: string | undefined
  readonly errors: readonly FieldError[]
  readonly required?: true
  readonly maxlength?: number
  readonly inputmode?: 'email' | 'url' | 'numeric' | undefined
  readonly autocomplete?: 'name' | 'email' | undefined
}) {
  const { id, name = id, label, hint, errors, autocomplete, ...input } = props
  return (
    <>
      <label for={id}>{label}</label>
      <input
        {...input}
        id={id}
        name={name}
        autocomplete={autocomplete ?? 'off'}
        autocapitalize={input.inputmode === undefined ? undefined : 'none'}
        {...described(id, errors, hint)}
      />
      <Below name={id} errors={errors} hint={hint} />
    </>
  )
}

/** What a control says of what stands below it. */
export function described(name: string, errors: readonly FieldError[], hint?: string) {
  const isWrong = errors.some(({ field }) => field === name)
  const ids = [isWrong && `${name}-wrong`, hint !== undefined && `${name}-how`].filter(Boolean)
  return { 'aria-invalid': isWrong, 'aria-describedby': ids.length === 0 ? undefined : ids.join(' ') }
}

/** What is wrong, and what helps. */
export function Below(props: {
  readonly name: string
  readonly errors: readonly FieldError[]
  readonly hint?: string | undefined
}) {
  const { name, errors, hint } = props
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

/** What is wrong where it stands beside no field. */
export function Errors({ errors }: { readonly errors: readonly FieldError[] }) {
  return (
    <>
      {errors.map(({ field, message }) => (
        <p class="wrong" role="alert">
          {`${field} ${message}`.trim()}
        </p>
      ))}
    </>
  )
}

/** Above a long form: what is wrong where it stands beside no field, and the way to the fields that are. */
export function FormErrors<Name extends string>(props: {
  readonly errors: readonly FieldError[]
  readonly names: readonly Name[]
  readonly labels: Readonly<Record<Name, string>>
}) {
  const { errors, names, labels } = props
  const beside = names.filter((name) => errors.some(({ field }) => field === name))
  return (
    <>
      <Errors errors={errors.filter(({ field }) => !beside.some((name) => name === field))} />
      {beside.length > 0 && (
        <p class="wrong" role="alert">
          {deskWords.lookAt}{' '}
          {beside.map((name, index) => (
            <>
              {index > 0 && ', '}
              <a href={`#${name}`}>{labels[name]}</a>
            </>
          ))}
        </p>
      )}
    </>
  )
}

/** For which circle something is. */
export function Circles({ legend, circle }: { readonly legend: string; readonly circle: Circle }) {
  return (
    <fieldset class="chips">
      <legend class="unseen">{legend}</legend>
      {circles.map((name) => (
        <label>
          <input type="radio" name="circle" value={name} checked={name === circle} />
          <span>{peopleWords.circles[name]}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** A box to tick, with what it says. */
export function Check(props: {
  readonly name: string
  readonly label: string
  readonly isChecked?: boolean
}) {
  return (
    <label class="check">
      <input type="checkbox" name={props.name} value="true" checked={props.isChecked ?? false} />{' '}
      {props.label}
    </label>
  )
}

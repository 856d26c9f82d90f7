/** Pieces of the desk's forms (PURE): all of them work without a script. */
import type { Child } from 'hono/jsx'
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

export function HiddenFields({ fields }: { readonly fields: Hidden }) {
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  )
}

/** What is wrong with a field, beside it; its control says `aria-describedby="{name}-wrong"`. */
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

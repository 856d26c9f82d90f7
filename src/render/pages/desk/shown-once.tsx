/** What is there to be copied (PURE): to be selected; a script adds the button that copies it. */
import { peopleWords as words } from '../../../core/desk-words-people.ts'

type Field = { readonly id: string; readonly label: string; readonly value: string; readonly how?: string }

/** What is shown once and kept nowhere. */
export function ShownOnce(props: Omit<Required<Field>, 'id'>) {
  return <CopyField id="once" {...props} />
}

export function CopyField({ id, label, value, how }: Field) {
  return (
    <>
      <label for={id}>{label}</label>
      <input
        id={id}
        class="once"
        readonly
        value={value}
        autocomplete="off"
        aria-describedby={how === undefined ? undefined : `${id}-how`}
        data-copy={words.copy}
        data-copied={words.copied}
      />
      {how !== undefined && (
        <p class="said" id={`${id}-how`}>
          {how}
        </p>
      )}
    </>
  )
}

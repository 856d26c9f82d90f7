/** What is shown once and kept nowhere (PURE): to be selected; a script adds the button that copies it. */
import { peopleWords as words } from '../../../core/desk-words-people.ts'

export function ShownOnce(props: { readonly label: string; readonly value: string; readonly how: string }) {
  return (
    <>
      <label for="once">{props.label}</label>
      <input
        id="once"
        class="once"
        readonly
        value={props.value}
        autocomplete="off"
        aria-describedby="once-how"
        data-copy={words.copy}
        data-copied={words.copied}
      />
      <p class="said" id="once-how">
        {props.how}
      </p>
    </>
  )
}

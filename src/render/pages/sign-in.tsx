/** The page for whoever has no session (PURE): the same wherever it stands in the way. */
import { pageWords as words } from '../../core/words.ts'
import { Page, toHtml } from './frame.tsx'

export function signInPage({ isWrong }: { readonly isWrong: boolean }): string {
  return toHtml(
    <Page title={words.signIn} project="weeknotes" locale="en">
      <h1>{words.signIn}</h1>
      <p>{words.signInWhy}</p>
      <form method="post" action="/session">
        <label for="token">{words.token}</label>
        <input id="token" name="token" type="password" autocomplete="current-password" required />
        {isWrong && (
          <p class="wrong" role="alert">
            {words.wrongToken}
          </p>
        )}
        <button type="submit">{words.signInButton}</button>
      </form>
    </Page>,
  )
}

/** The pages for whoever has no session (PURE): the same wherever they stand in the way. */
import { pageWords as words } from '../../core/words.ts'
import { Page, toHtml } from './frame.tsx'

export function signInPage({ isWrong }: { readonly isWrong: boolean }): string {
  return toHtml(
    <Page title={words.signIn} project="weeknotes" locale="en">
      <h1>{words.signIn}</h1>
      <h2>{words.readers}</h2>
      <p>{words.readersWhy}</p>
      <AskForWayIn />
      <h2>{words.owners}</h2>
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

/** After an address was given, known or not. */
export function wayInSentPage(isMailed: boolean): string {
  const [title, why] = isMailed ? [words.wayInSent, words.wayInSentWhy] : [words.noMail, words.noMailWhy]
  return toHtml(
    <Page title={title} project="weeknotes" locale="en">
      <h1>{title}</h1>
      <p>{why}</p>
    </Page>,
  )
}

/** What the mailed link shows: a mail scanner that follows it starts no session. */
export function wayInPage(
  project: { readonly title: string; readonly locale: string },
  action: string,
): string {
  return toHtml(
    <Page title={words.wayIn} project={project.title} locale={project.locale}>
      <h1>{words.wayIn}</h1>
      <p>{words.wayInWhy}</p>
      <form method="post" action={action}>
        <button type="submit">{words.wayInButton}</button>
      </form>
    </Page>,
  )
}

/** A link that has ended, or never was. */
export function wayInEndedPage(): string {
  return toHtml(
    <Page title={words.wayInEnded} project="weeknotes" locale="en">
      <h1>{words.wayInEnded}</h1>
      <p>{words.wayInEndedWhy}</p>
      <AskForWayIn />
    </Page>,
  )
}

function AskForWayIn() {
  return (
    <form method="post" action="/archive/access">
      <label for="email">{words.email}</label>
      <input id="email" name="email" type="email" autocomplete="email" required />
      <button type="submit">{words.sendWayIn}</button>
    </form>
  )
}

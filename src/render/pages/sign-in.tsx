/** The pages for whoever has no session (PURE): the same wherever they stand in the way. */
import { deskWords } from '../../core/desk-words.ts'
import { pageWords as words } from '../../core/words.ts'
import { Page, toHtml } from './frame.tsx'

/** Where a sign-in leads: back to the page that asked for it, with what was typed there. */
export type SignIn = {
  readonly isWrong?: boolean
  /** A local path. */
  readonly to?: string | undefined
  /** The fields of a form that was posted without a session, URL-encoded: kept by this page alone. */
  readonly typed?: string | undefined
  /** Somebody is signed in, but not as who may come here. */
  readonly isNotTheirs?: boolean
}

export function signInPage({ isWrong = false, to, typed, isNotTheirs = false }: SignIn): string {
  const title = isNotTheirs ? deskWords.notYours : words.signIn
  return toHtml(
    <Page title={title} project="weeknotes" locale="en">
      <h1>{title}</h1>
      {typed !== undefined && <p role="status">{deskWords.keptForYou}</p>}
      {isNotTheirs ? (
        <p>{deskWords.notYoursWhy}</p>
      ) : (
        typed === undefined && (
          <>
            <h2>{words.readers}</h2>
            <p>{words.readersWhy}</p>
            <AskForWayIn />
            <h2>{words.owners}</h2>
          </>
        )
      )}
      <form method="post" action="/session">
        {to !== undefined && <input type="hidden" name="to" value={to} />}
        {typed !== undefined && <input type="hidden" name="typed" value={typed} />}
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

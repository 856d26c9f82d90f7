/** The pages for whoever has no session (PURE): the same wherever they stand in the way. */
import { deskWords } from '../../core/desk-words.ts'
import { phoneWords } from '../../core/desk-words-channels.ts'
import { waitingWords } from '../../core/desk-words-waiting.ts'
import { pageWords as words } from '../../core/words.ts'
import { Answer } from './answer.tsx'
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
  /** They just signed out. */
  readonly isSignedOut?: boolean
}

export function signInPage({
  isWrong = false,
  to,
  typed,
  isNotTheirs = false,
  isSignedOut = false,
}: SignIn): string {
  const title = isNotTheirs ? deskWords.notYours : words.signIn
  return toHtml(
    <Page title={title} project="weeknotes" locale="en" script={isSignedOut ? 'signed-out.js' : undefined}>
      <h1>{title}</h1>
      {isSignedOut && <Answer>{words.signedOut}</Answer>}
      {isSignedOut && (
        <p class="wrong" role="alert" id="left" hidden>
          {waitingWords.left}
        </p>
      )}
      {typed !== undefined && <Answer>{deskWords.keptForYou}</Answer>}
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

/** What the link of a QR code shows: what looks ahead of a person does not use it up. */
export function signInLinkPage(
  project: { readonly title: string; readonly locale: string },
  action: string,
  key: string,
): string {
  return toHtml(
    <Page title={phoneWords.signInHere} project={project.title} locale={project.locale}>
      <h1>{phoneWords.signInHere}</h1>
      <p>{phoneWords.signInHereWhy}</p>
      <form method="post" action={action}>
        <input type="hidden" name="key" value={key} />
        <button type="submit">{phoneWords.signInButton}</button>
      </form>
    </Page>,
  )
}

/** Such a link once it was used, or its ten minutes are over. */
export function signInEndedPage(): string {
  return toHtml(
    <Page title={phoneWords.ended} project="weeknotes" locale="en">
      <h1>{phoneWords.ended}</h1>
      <p>
        {phoneWords.endedWhy} <a href="/">{phoneWords.toHome}</a>
      </p>
      <p>{phoneWords.endedElse}</p>
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

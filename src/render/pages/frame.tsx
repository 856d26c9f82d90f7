/** The frame of every page (PURE): one column, one style sheet, no script needed. */
import type { Child } from 'hono/jsx'
import { searchWords } from '../../core/words.ts'
import { isOfArchive, type PageLink, SearchBox, SignOut } from './navigation.tsx'

export type Frame = {
  readonly title: string
  /** The project's title, at the top of every page. */
  readonly project: string
  readonly locale: string
  /** Where this reader may go; with them a way to sign out. */
  readonly links?: readonly PageLink[]
  /** Where one sees the browsers in which one is signed in; beside the way to sign out. */
  readonly account?: PageLink | undefined
  /** The name of its script among the assets. */
  readonly script?: string | undefined
  /** It can be installed on a device. */
  readonly isApp?: boolean
  readonly children: Child
}

export function Page({
  title,
  project,
  locale,
  links = [],
  account,
  script,
  isApp = false,
  children,
}: Frame) {
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title === project ? title : `${title} · ${project}`}</title>
        <link rel="stylesheet" href="/assets/style.css" />
        {isApp ? <AppLinks /> : <link rel="icon" href="data:," />}
        {script !== undefined && <script type="module" src={`/assets/${script}`} />}
      </head>
      <body>
        <header>
          {links.length > 0 ? (
            <a href="/">
              <strong>{project}</strong>
            </a>
          ) : (
            <strong>{project}</strong>
          )}
          {isOfArchive(links) && title !== searchWords.search && <SearchBox />}
          <nav>
            {links.map(({ href, text }) => (
              <a href={href} aria-current={text === title ? 'page' : undefined}>
                {text}
              </a>
            ))}
          </nav>
        </header>
        <main>{children}</main>
        {links.length > 0 && (
          <footer class="acts">
            <SignOut />
            {account !== undefined && (
              <a class="row" href={account.href} aria-current={account.text === title ? 'page' : undefined}>
                {account.text}
              </a>
            )}
          </footer>
        )}
      </body>
    </html>
  )
}

/** A device that installs the page asks for these. */
function AppLinks() {
  return (
    <>
      <link rel="manifest" href="/assets/weeknotes.webmanifest" />
      <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
      <link rel="apple-touch-icon" href="/assets/icon-180.png" />
    </>
  )
}

/** A whole page as text. */
export function toHtml(page: { toString(): string | Promise<string> }): string {
  return `<!doctype html>${String(page)}`
}

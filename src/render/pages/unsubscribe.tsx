/** The pages behind "Stop these letters" (PURE). */
import { pageWords as words } from '../../core/words.ts'
import { Page, toHtml } from './frame.tsx'

type Facts = {
  readonly project: string
  readonly locale: string
  readonly email: string
  /** The path of this recipient's pages. */
  readonly path: string
}

/** Asks; a mail scanner that follows every link stops nothing. */
export function askToStop({ project, locale, email, path }: Facts): string {
  return toHtml(
    <Page title={words.stopTitle} project={project} locale={locale}>
      <h1>{words.stopTitle}</h1>
      <p>{words.stopWhy(project, email)}</p>
      <form method="post" action={path}>
        <button type="submit">{words.stopButton}</button>
      </form>
    </Page>,
  )
}

export function stopped({
  project,
  locale,
  email,
  path,
  mayUndo,
}: Facts & { readonly mayUndo: boolean }): string {
  return toHtml(
    <Page title={words.stopped} project={project} locale={locale}>
      <h1>{words.stopped}</h1>
      <p>{words.stoppedWhy(project, email)}</p>
      {mayUndo && (
        <form method="post" action={`${path}/undo`}>
          <button type="submit" class="quiet">
            {words.undoButton}
          </button>
        </form>
      )}
    </Page>,
  )
}

export function resumed({ project, locale, email }: Facts): string {
  return toHtml(
    <Page title={words.undone} project={project} locale={locale}>
      <h1>{words.undone}</h1>
      <p>{words.undoneWhy(project, email)}</p>
    </Page>,
  )
}

/** The one table of routes: who may call them, what they take and give; validation and OpenAPI come from it. */
import type * as v from 'valibot'
import { deskRoutes } from './desk/routes.ts'
import { letterRoutes } from './letter-routes.ts'
import { noteRoutes } from './note-routes.ts'
import { projectRoutes } from './project-routes.ts'
import { readerRoutes } from './reader-routes.ts'

/**
 * Who may call: anybody; with a token an author (own things), the owner, or also one of scope `tick`; with a
 * session a reader, of what the circle may see, an author at the pages for writing, the owner at the desk.
 */
export type Who = 'anyone' | 'author' | 'owner' | 'tick' | 'reader' | 'writer' | 'desk'

type Schema = v.GenericSchema

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** As in OpenAPI: `{name}` is a parameter. */
  readonly path: string
  readonly who: Who
  /** Every request is counted against its address, as one without a valid credential is. */
  readonly isCounted?: true
  /** Its page has a script of ours; no other may run any. */
  readonly hasScript?: true
  /** Its page is what is installed on a device. */
  readonly isApp?: true
  /** Its page shows a mail in a frame. */
  readonly hasFrame?: true
  /** Its page is a mail, which brings its styles along; it stands in a frame of ours, and can do nothing there. */
  readonly isMail?: true
  /** It answers with a photo. */
  readonly isFile?: true
  readonly summary: string
  readonly query?: Schema
  /** Headers that its handler reads. */
  readonly headers?: Schema
  readonly body?: Schema
  /** Content types of the body; JSON alone unless said. */
  readonly takes?: readonly ('json' | 'form' | 'multipart' | 'text' | 'lines' | 'raw' | 'file')[]
  /**
   * What it answers, by status: JSON of a schema, or another form; several where Accept decides. A problem stands
   * here if not every route of its kind has it.
   */
  readonly answers: Readonly<Record<number, Answer | readonly Answer[]>>
}

/** 'page' is HTML, 'lines' JSON Lines, 'file' a photo, 'none' has no body. */
export type Answer = Schema | 'page' | 'markdown' | 'text' | 'lines' | 'file' | 'none' | 'problem'

export const routes = {
  ...noteRoutes,
  ...letterRoutes,
  ...projectRoutes,
  ...readerRoutes,
  ...deskRoutes,
} as const satisfies Record<string, Route>

export type Routes = typeof routes

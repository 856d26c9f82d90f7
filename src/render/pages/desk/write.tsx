/** The page for writing (PURE): a field, the kinds as chips, one button; below it what was understood, and one's latest. */
import type { Child } from 'hono/jsx'
import { type DeskDid, deskWords as words } from '../../../core/desk-words.ts'
import { apiWords, phoneWords } from '../../../core/desk-words-channels.ts'
import { kindNames } from '../../../core/kinds.ts'
import { photoTypes } from '../../../core/photo/photo.ts'
import type { FieldError } from '../../../core/result.ts'
import type { Update } from '../../../core/update.ts'
import { Answer } from '../answer.tsx'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Button, Check, HiddenFields, Wrong } from './forms.tsx'
import { type Unkept, UnkeptPhotos } from './photos.tsx'
import { UpdateRow } from './update.tsx'

export type Writing = {
  readonly text: string
  readonly kind: string
  /** Of a photo, which is to be chosen again. */
  readonly description: string
  /** A local date; empty for now. */
  readonly day: string
  readonly inside: boolean
  /** Once under a key, however often it is sent. */
  readonly key: string
}

type Props = {
  /** The author: whose drafts are kept on this device. */
  readonly author: string
  readonly writing: Writing
  readonly errors: readonly FieldError[]
  /** The query by which another page filled it in; empty if none did. */
  readonly handed: string
  /** What is understood, or was: a posted one can be taken back by its key. */
  readonly answer: { readonly line: string; readonly undo: string | null } | null
  /** The key of what was posted: its draft is done. */
  readonly posted: string | null
  readonly removed: Child
  readonly did: DeskDid | undefined
  /** "4 this week, out Fri 16:00" */
  readonly week: string
  readonly today: string
  readonly hasCircles: boolean
  /** What was not kept of latest posts: a mail gets no answer that could say so. */
  readonly unkept: readonly Unkept[]
  readonly latest: readonly Update[]
  /** Where those before them go on; null at the first. */
  readonly older: string | null
}

export function writePage(viewer: Viewer, props: Props): string {
  const { author, writing, errors, handed, answer, posted, removed, did, week, hasCircles, latest, older } =
    props
  return deskPage({
    viewer,
    did,
    title: words.write,
    script: 'write.js',
    isTitleUnseen: true,
    children: (
      <>
        {removed}
        <form
          method="post"
          action={`/write${handed}`}
          enctype="multipart/form-data"
          id="write"
          data-author={author}
          data-posted={posted}
        >
          <label for="text">{words.happened}</label>
          <textarea id="text" name="text" rows={5} required autofocus>
            {writing.text}
          </textarea>
          {handed !== '' && <p class="said">{words.handed}</p>}
          {[...new Set(errors.map(({ field }) => field))].map((field) => (
            <Wrong name={field} errors={errors} />
          ))}
          <Chips chosen={writing.kind} />
          <details open={errors.some(({ field }) => field === 'photo')}>
            <summary>{words.photo}</summary>
            <label for="photo">{words.photoFile}</label>
            <input id="photo" name="photo" type="file" accept={photoTypes.join()} multiple />
            <label for="description">{words.photoShows}</label>
            <input
              id="description"
              name="description"
              value={writing.description}
              maxlength={300}
              autocomplete="off"
            />
          </details>
          <details open={writing.day !== ''}>
            <summary>{words.anotherDay}</summary>
            <label for="day">{words.day}</label>
            <input id="day" name="day" type="date" max={props.today} value={writing.day} />
          </details>
          {hasCircles && <Check name="inside" isChecked={writing.inside} label={words.inside} />}
          <HiddenFields fields={{ key: writing.key }} />
          <button type="submit" class="wide">
            {words.note}
          </button>
          <button type="submit" class="quiet wide" name="act" value="check">
            {words.check}
          </button>
        </form>
        <div class="acts" id="answer">
          {answer === null ? <p class="said">{week}</p> : <Answer>{answer.line}</Answer>}
          {answer !== null && answer.undo !== null && (
            <Button action="/write/undo" hidden={{ key: answer.undo }}>
              {words.undo}
            </Button>
          )}
        </div>
        <UnkeptPhotos unkept={props.unkept} />
        <h2 id="yours">{words.yours}</h2>
        {latest.length === 0 && <p class="said">{words.none}</p>}
        <ul class="rows">
          {latest.map((update, index) => (
            <UpdateRow
              viewer={viewer}
              update={update}
              from="write"
              hasCircles={hasCircles}
              near={latest[index + 1]?.id ?? latest[index - 1]?.id ?? 'yours'}
            />
          ))}
        </ul>
        <div class="acts">
          {viewer.isOwner && (
            <a class="row" href="/desk#letter">
              {words.allOfWeek}
            </a>
          )}
          {older !== null && (
            <a class="row" rel="next" href={`/write?older=${older}#yours`}>
              {words.older}
            </a>
          )}
        </div>
        <h2>{words.elsewhere}</h2>
        <ul class="rows">
          {viewer.isOwner && (
            <li>
              <a class="row" href="/desk/phone">
                {phoneWords.phone}
              </a>
            </li>
          )}
          <li>
            <a class="row" href="/desk/api">
              {apiWords.api}
            </a>
          </li>
        </ul>
      </>
    ),
  })
}

function Chips({ chosen }: { readonly chosen: string }) {
  return (
    <fieldset class="chips">
      <legend class="unseen">{words.kind}</legend>
      {['', ...kindNames].map((kind) => (
        <label>
          <input type="radio" name="kind" value={kind} checked={kind === chosen} />
          <span>{kind || words.auto}</span>
        </label>
      ))}
    </fieldset>
  )
}

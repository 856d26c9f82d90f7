/** One's own updates (PURE): as rows to be edited in place, and alone. */
import type { Child } from 'hono/jsx'
import { deskWords as words } from '../../../core/desk-words.ts'
import { extract } from '../../../core/grammar/text.ts'
import { kindNames } from '../../../core/kinds.ts'
import { dayInWords } from '../../../core/period.ts'
import type { FieldError } from '../../../core/result.ts'
import { typedAgain } from '../../../core/typed.ts'
import type { Photo, Update } from '../../../core/update.ts'
import { Answer } from '../answer.tsx'
import { deskPage, type Viewer } from './desk-page.tsx'
import { Button, Check, Errors, HiddenFields, Wrong } from './forms.tsx'
import { Photos } from './photos.tsx'

/** The page that a change leads back to. */
export type From = 'write' | 'desk' | 'letter'

type Editable = {
  readonly update: Update
  readonly from: From
  /** The element to be looked at once it is deleted. */
  readonly near?: string
  /** Whether both circles are in use: with one alone nothing of this shows. */
  readonly hasCircles: boolean
}

/** What was typed and refused. */
export type Refused = {
  readonly text: string
  readonly kind: string
  readonly inside: boolean
  readonly errors: readonly FieldError[]
}

const maxExtract = 60

/** A row to be edited in place, or corrected where it is frozen. */
export function UpdateRow({ viewer, ...editable }: Editable & { readonly viewer: Viewer }) {
  const { update } = editable
  if (update.digest !== null) return <FoundRow viewer={viewer} update={update} />
  return (
    <li id={update.id} tabindex={-1}>
      <p class="typed">{update.text}</p>
      <Photos photos={update.photos} />
      <Edit {...editable} about={aboutOf(update, viewer)} />
    </li>
  )
}

/** A row that leads to where its update stands: on this page while it is open, in its letter after that. */
export function FoundRow({ viewer, update }: { readonly viewer: Viewer; readonly update: Update }) {
  const { id, text, digest } = update
  const isCorrectable = digest !== null && update.withdrawn === null
  return (
    <li>
      <p>{extract(text, 3 * maxExtract)}</p>
      <p class="said">
        {`${aboutOf(update, viewer)} · `}
        {digest === null && <a href={`#${id}`}>{words.edit}</a>}
        {digest !== null &&
          (viewer.isOwner ? (
            <a href={`/archive/${digest}#${id}`}>{letterOf(digest, viewer)}</a>
          ) : (
            letterOf(digest, viewer)
          ))}
        {isCorrectable && ' · '}
        {isCorrectable && <a href={`/write/${id}`}>{words.correct}</a>}
      </p>
    </li>
  )
}

/** A slug begins with the letter's local date. */
function letterOf(slug: string, { locale }: Viewer): string {
  return words.inLetter(dayInWords('UTC', locale, Date.parse(slug.slice(0, 10))))
}

function aboutOf({ kind, inside, at }: Update, { zone, locale }: Viewer): string {
  const about = [kind, inside && words.inside.toLowerCase(), dayInWords(zone, locale, at)]
  return about.filter(Boolean).join(' · ')
}

/** Folded until it is asked for: the form to change an update, and the button that deletes it. */
export function Edit({
  about,
  children,
  ...props
}: Editable & { readonly about?: string; readonly children?: Child }) {
  const { update, from, near } = props
  return (
    <details class="edit">
      <summary>
        {about !== undefined && <span class="said">{about} · </span>}
        {words.edit}
        <span class="unseen"> “{extract(update.text, maxExtract)}”</span>
      </summary>
      {children}
      <EditForm {...props} />
      <Button action={`/write/${update.id}/deleted${near === undefined ? '' : `#${near}`}`} hidden={{ from }}>
        {words.remove}
      </Button>
    </details>
  )
}

function EditForm({
  update,
  from,
  hasCircles,
  refused,
}: Editable & { readonly refused?: Refused | undefined }) {
  const { id, inside } = update
  const kind: string = refused?.kind ?? update.kind
  const errors = refused?.errors ?? []
  return (
    <form method="post" action={`/write/${id}`}>
      <label for={`text-${id}`}>{words.text}</label>
      <textarea id={`text-${id}`} name="text" rows={4} required>
        {refused?.text ?? typedAgain(update)}
      </textarea>
      <Wrong name="text" errors={errors} />
      {update.photos.map((photo) => (
        <PhotoFields photo={photo} />
      ))}
      <div class="acts">
        <select name="kind" aria-label={words.kind}>
          {kindNames.map((name) => (
            <option value={name} selected={name === kind}>
              {name}
            </option>
          ))}
        </select>
        {hasCircles && <Check name="inside" isChecked={refused?.inside ?? inside} label={words.inside} />}
        <HiddenFields
          fields={{
            ...{ from, was: update.kind, wasInside: String(inside) },
            ...(inside && !hasCircles ? { inside: 'true' } : {}),
          }}
        />
        <button type="submit">{words.save}</button>
      </div>
    </form>
  )
}

/** The fields are named after the photo, so that a page from before it was taken out changes no other. */
function PhotoFields({ photo }: { readonly photo: Photo }) {
  const { name, description } = photo
  return (
    <div class="acts">
      <Photos photos={[photo]} />
      <input
        name={`photo-${name}`}
        value={description}
        maxlength={300}
        aria-label={words.photoShows}
        placeholder={words.photoShows}
        autocomplete="off"
      />
      <Check name={`drop-${name}`} label={words.photoDrop} />
    </div>
  )
}

function CorrectionForm({ update, from, refused }: Editable & { readonly refused?: Refused | undefined }) {
  return (
    <form method="post" action={`/write/${update.id}`}>
      <p class="typed">{update.text}</p>
      <p class="said">{words.correctionWhy}</p>
      <label for="text">{words.correction}</label>
      <textarea id="text" name="text" rows={3} required>
        {refused?.text ?? ''}
      </textarea>
      <Wrong name="text" errors={refused?.errors ?? []} />
      <Check name="fact" label={words.fact} />
      <HiddenFields fields={{ from, correction: 'true' }} />
      <button type="submit">{words.save}</button>
    </form>
  )
}

/** An update alone, where a change of it was refused, or a link leads. */
export function updatePage(viewer: Viewer, editable: Editable, refused?: Refused): string {
  const { digest } = editable.update
  const general = (refused?.errors ?? []).filter(({ field }) => field !== 'text')
  return deskPage({
    viewer,
    title: digest === null ? words.edit : words.correct,
    children: (
      <>
        <Errors errors={general} />
        {digest === null ? (
          <EditForm {...editable} refused={refused} />
        ) : (
          <CorrectionForm {...editable} refused={refused} />
        )}
      </>
    ),
  })
}

/** What was deleted, with all that brings it back: it is kept nowhere else. */
export function Removed({ update, from, kept }: { update: Update | null; from: From; kept: string }) {
  if (update === null) return <Answer>{words.removedAlready}</Answer>
  const deleted = extract(update.text, maxExtract)
  return (
    <div class="acts told">
      <Answer>{words.removed(deleted)}</Answer>
      <Button action="/write/restored" hidden={{ from, deleted, kept }}>
        {words.bring}
      </Button>
    </div>
  )
}

/** That photos were taken out of an update, and the way back to all that it had; their files are there until a closing. */
export function PhotosOut({ update: { id, photos }, from }: Pick<Editable, 'update' | 'from'>) {
  return (
    <div class="acts told">
      <Answer>{words.photoOut}</Answer>
      <Button action={`/write/${id}`} hidden={{ from, photos: photos.map(({ name }) => name).join(' ') }}>
        {words.bring}
      </Button>
    </div>
  )
}

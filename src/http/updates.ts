import { readMarker } from '../core/grammar/marker.ts'
import { readAgain, readEdit } from '../core/grammar/post.ts'
import { isInside, isPrivate } from '../core/grammar/privacy.ts'
import { clean } from '../core/grammar/text.ts'
import { parseInstant } from '../core/period.ts'
import { fail, invalid, type Result } from '../core/result.ts'
import { newId } from '../core/secret.ts'
import type { Update } from '../core/update.ts'
import { renderUpdate } from '../render/markdown.ts'
import { withPhotos } from '../render/photos.ts'
import { insertCorrection } from '../store/corrections.ts'
import { deleteUpdate, editUpdate } from '../store/edits.ts'
import { readKnowing } from '../store/known.ts'
import { type Cursor, findUpdate, listUpdates } from '../store/updates.ts'
import { type Call, type Handlers, json, none, type Reply } from './call.ts'
import { chosenPhotos } from './photos.ts'
import { dayMs, postUpdate } from './posting.ts'
import type { Routes } from './routes.ts'
import { readerOf, shown, shownWhole } from './shown-update.ts'

const pageSize = 50
/** How often a change reads again when somebody wrote meanwhile. */
const rounds = 3
const maxCorrection = 2000

type Names = 'postUpdate' | 'listUpdates' | 'getUpdate' | 'editUpdate' | 'deleteUpdate'

export const updateHandlers: Handlers<Names> = {
  postUpdate,

  async listUpdates({ db, caller, query }) {
    const after = query.cursor === undefined ? null : parseCursor(query.cursor)
    if (query.cursor !== undefined && after === null) return invalid('cursor', 'is none that was given out')
    const filter = {
      kinds: query.kind === undefined ? [] : [query.kind],
      tag: query.tag?.toLowerCase() ?? null,
      texts: query.q === undefined ? [] : [query.q],
      since: parseInstant(query.since ?? ''),
      until: parseInstant(query.until ?? ''),
    }
    const found = await listUpdates(db, readerOf(caller), filter, after, pageSize + 1)
    const updates = found.slice(0, pageSize)
    const last = found.length > pageSize ? updates.at(-1) : undefined
    return json(200, {
      updates: updates.map(shown),
      nextCursor: last === undefined ? null : formatCursor(last),
    })
  },

  async getUpdate({ db, caller, params }) {
    const update = await findUpdate(db, readerOf(caller), params.id ?? '')
    return update === null ? fail({ reason: 'notFound' }) : shownWhole(db, update)
  },

  async editUpdate(call) {
    const { db, caller, params } = call
    for (let round = 0; round < rounds; round++) {
      const update = await findUpdate(db, readerOf(caller), params.id ?? '')
      if (update === null) return fail({ reason: 'notFound' })
      if (update.digest !== null) return correct(call, update)
      const edited = await editOpen(call, update)
      if (edited !== null) return edited
    }
    return fail({ reason: 'unavailable', seconds: 1 })
  },

  async deleteUpdate({ db, caller, params }) {
    const update = await findUpdate(db, readerOf(caller), params.id ?? '')
    if (update === null) return fail({ reason: 'notFound' })
    return (await deleteUpdate(db, update.id)) ? none() : frozen
  },
}

const frozen = fail({
  reason: 'frozen',
  detail: 'it stands in a letter; a correction can be added, or its words withdrawn: PUT …/withdrawal',
})

const gone = fail({ reason: 'frozen', detail: 'it was withdrawn' })

type EditCall = Call<Routes['editUpdate']>

/** null: somebody changed it meanwhile, read again. */
async function editOpen({ db, body, caller, now }: EditCall, update: Update): Promise<Result<Reply> | null> {
  if (body.fact !== undefined) return invalid('fact', 'is for updates that stand in a letter')
  const at = body.at === undefined ? update.at : (parseInstant(body.at) ?? update.at)
  if (at > now + dayMs) return invalid('at', 'lies in the future')
  const typed = body.text === undefined ? update.text : clean(body.text)
  const { said: item } = await readKnowing(db, readerOf(caller), typed, at, (known) =>
    body.text === undefined
      ? readAgain(update, body.kind ?? update.kind, body.inside ?? update.inside, known)
      : readEdit(typed, update, body, known),
  )
  if (item.text === '') return invalid('text', 'is empty but for its markers')
  const photos = body.photos === undefined ? update.photos : await chosenPhotos(db, update, body.photos)
  if (photos === null) return invalid('photos', 'names one that is not there')
  const { kind, text, tags, inside, said } = item
  const fields = body.fields ?? update.fields
  const rendered = withPhotos(renderUpdate({ kind, text }), photos)
  const edit = { kind, text, tags, inside, said, fields, at, photos, rendered }
  return (await editUpdate(db, update, edit))
    ? json(200, shown({ ...update, kind, text, tags, inside, said, fields, at, photos }))
    : null
}

/** A frozen update stays as it went out; the correction stands beside it. */
async function correct({ db, body, caller, now }: EditCall, update: Update): Promise<Result<Reply>> {
  if (update.withdrawn !== null) return gone
  const { text: typed, fact, ...others } = body
  if (typed === undefined || Object.keys(others).length > 0) return frozen
  const whole = clean(typed).trim()
  if (whole === '') return invalid('text', 'is empty')
  const text = withoutKind(whole)
  if (text === '') return invalid('text', 'is empty but for its markers')
  if (text.length > maxCorrection)
    return invalid('text', `at most ${maxCorrection} characters for a correction`)
  if (isPrivate(whole) || isPrivate(text)) return invalid('text', 'is private; a correction is not')
  if ((isInside(whole) || isInside(text)) && !update.inside)
    return invalid('text', 'is inside; the update is not')
  const correction = { id: newId(now), update: update.id, text, isFact: fact ?? false }
  await insertCorrection(db, correction, now)
  const after = await findUpdate(db, readerOf(caller), update.id)
  return after === null || after.withdrawn !== null ? gone : shownWhole(db, after)
}

/** A correction has the kind of its update, so that a kind typed before it is no word for readers. */
function withoutKind(text: string): string {
  const marker = readMarker(text)
  return marker === null || marker.isTypo || !('kind' in marker.means) ? text : marker.rest.trim()
}

export function formatCursor({ at, id }: Cursor): string {
  return `${at}_${id}`
}

export function parseCursor(text: string): Cursor | null {
  const [, at, id] = /^(-?\d{1,16})_([\da-f-]{36})$/u.exec(text) ?? []
  return at === undefined || id === undefined ? null : { at: Number(at), id }
}

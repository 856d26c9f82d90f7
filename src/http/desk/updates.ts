/** Updates changed, corrected, deleted and brought back from a page. */
import { deskWords as words } from '../../core/desk-words.ts'
import { nothingKnown, readPost } from '../../core/grammar/post.ts'
import { isPrivate } from '../../core/grammar/privacy.ts'
import { clean } from '../../core/grammar/text.ts'
import type { Kind } from '../../core/kinds.ts'
import { fail, invalid } from '../../core/result.ts'
import { typedAgain } from '../../core/typed.ts'
import type { Update } from '../../core/update.ts'
import { type From, PhotosOut, Removed, updatePage } from '../../render/pages/desk/update.tsx'
import { circlesInUse } from '../../store/recipients.ts'
import { findUpdate } from '../../store/updates.ts'
import { type Call, type Caller, type Handlers, page, redirect } from '../call.ts'
import { readerOf } from '../shown-update.ts'
import { updateHandlers } from '../updates.ts'
import { errorsOf, type Form, perform, statusOf, typed } from './perform.ts'
import { keptOf, restore } from './restored.ts'
import { viewerOf } from './viewer.ts'
import { showWeek } from './week.ts'
import { showWriting } from './write.ts'

type Names = 'showUpdate' | 'changeUpdate' | 'removeUpdate' | 'restoreUpdate'

export const updatePageHandlers: Handlers<Names> = {
  async showUpdate(call) {
    const update = await find(call)
    if (update === null) return fail({ reason: 'notFound' })
    return page(
      200,
      updatePage(await viewerOf(call), await editable(call, update, fromOf(call, call.query.from, update))),
    )
  },

  async changeUpdate(call) {
    const { body: form } = call
    const update = await find(call)
    if (update === null) return fail({ reason: 'notFound' })
    const isCorrection = form.correction === 'true'
    const isNote = update.kind === 'private' || form.kind === 'private' // it stays whole, whatever stands in it
    const isOpen = update.digest === null && !isCorrection
    const several = isOpen && !isNote ? severalIn(typed(form, 'text'), update) : null
    const done =
      several === null
        ? await perform('editUpdate', updateHandlers, call, changeOf(form, isCorrection, update))
        : invalid('text', words.several(several))
    const from = fromOf(call, form.from, update)
    const isOut = isDropping(form, update)
    if (done.ok && isOut) return showWithout(call, update, from)
    if (done.ok) {
      const did =
        form.photos !== undefined
          ? 'restored'
          : !isCorrection
            ? changedBy(form, update, await find(call))
            : form.fact === 'true'
              ? 'correctedFact'
              : 'corrected'
      const { id, digest } = update
      return redirect(
        from === 'letter' ? `/desk/letters/${digest}?did=${did}#u-${id}` : `/${from}?did=${did}#${id}`,
      )
    }
    const refused = {
      ...{ text: typed(form, 'text'), kind: typed(form, 'kind'), inside: isTicked(form) },
      errors: errorsOf(done.problem),
    }
    const found = (await find(call)) ?? update
    const html = updatePage(await viewerOf(call), await editable(call, found, from), refused)
    return page(statusOf(done.problem), html)
  },

  async removeUpdate(call) {
    const update = await find(call)
    const from = fromOf(call, call.body.from, update)
    const kept = update === null ? '' : await keptOf(call.db, update)
    const done = update === null ? null : await perform('deleteUpdate', updateHandlers, call)
    if (update !== null && done?.ok === false && done.problem.reason !== 'notFound') {
      const { kind, inside } = update
      const refused = { text: '', kind, inside, errors: errorsOf(done.problem) }
      const html = updatePage(await viewerOf(call), await editable(call, update, from), refused)
      return page(statusOf(done.problem), html)
    }
    const removed = Removed({ update: done?.ok ? update : null, from, kept })
    return page(200, await (from === 'desk' ? showWeek : showWriting)(call, { removed }))
  },

  async restoreUpdate(call) {
    const { from, kept } = call.body
    const done = await restore(call, kept)
    return done.ok ? redirect(`/${fromOf(call, from, null)}?did=restored#${done.value.id}`) : done
  },
}

/**
 * Beside the text always something that only an open update takes: what closed meanwhile is refused, not corrected by
 * its whole text. A kind is given where it was changed in this form: neither a stale page nor `#private` in the text is
 * overruled by what the form said before. The same holds of the circle.
 */
function changeOf(form: Form, isCorrection: boolean, update: Update): Form {
  const { photos, inside } = update
  if (typeof form.photos === 'string') return { photos: form.photos.split(' ').map((name) => ({ name })) }
  const text = typed(form, 'text')
  if (isCorrection) return { text, fact: form.fact === 'true' }
  const isRefiled = form.kind !== form.was && !isPrivate(text)
  const kind = isRefiled ? { kind: form.kind } : {}
  const isMoved = isTicked(form) !== (form.wasInside === 'true')
  // Words that were left as they were are not read anew: one that was filed by hand may hold markers.
  const typedWords = clean(text) === typedAgain(update) ? {} : { text }
  return { ...typedWords, inside: isMoved ? isTicked(form) : inside, ...kind, ...photosOf(form, photos) }
}

function isTicked({ inside }: Form): boolean {
  return inside === true
}

/** A marker in the text files it anew, whatever the form says: that is told. */
function changedBy({ kind, was }: Form, before: Update, after: Update | null): 'changed' | 'refiled' {
  return kind === was && after !== null && after.kind !== before.kind ? 'refiled' : 'changed'
}

/** The kinds of the updates that a text would make as a post, where they are more than the update's own words make. */
function severalIn(text: string, update: Update): readonly Kind[] | null {
  const known = { ...nothingKnown, at: update.at, zone: 'UTC' } // how many there are hangs on nothing else
  const [now, before] = [clean(text), update.text].map((each) => readPost(each, {}, known).items)
  return now !== undefined && now.length > Math.max(1, before?.length ?? 0)
    ? now.map(({ kind }) => kind)
    : null
}

function isDropping(form: Form, { photos }: Update): boolean {
  return photos.some(({ name }) => form[`drop-${name}`] === 'true')
}

/** Photos that were taken out can be put back from the page that says so; `before` is as it was. */
async function showWithout(call: Call & { readonly caller: Caller }, before: Update, from: From) {
  const removed = PhotosOut({ update: before, from })
  return page(200, await (from === 'desk' ? showWeek : showWriting)(call, { removed }))
}

/** What the form says of the photos; those that it does not know stay as they are. */
function photosOf(form: Form, photos: Update['photos']): Form {
  const said = photos.flatMap(({ name, description }) => {
    if (form[`drop-${name}`] === 'true') return []
    const typedHere = form[`photo-${name}`]
    return [{ name, description: typeof typedHere === 'string' ? typedHere : description }]
  })
  const isSame =
    JSON.stringify(said) === JSON.stringify(photos.map(({ name, description }) => ({ name, description })))
  return isSame ? {} : { photos: said }
}

type UpdateCall = Pick<Call, 'db' | 'now' | 'params'> & { readonly caller: Caller }

function find({ db, caller, params }: UpdateCall): Promise<Update | null> {
  return findUpdate(db, readerOf(caller), params.id ?? '')
}

async function editable({ db }: UpdateCall, update: Update, from: From) {
  return { update, from, hasCircles: (await circlesInUse(db)).circles.length > 1 }
}

/** The desk is the owner's alone, whatever a form says; only what is frozen has a letter. */
function fromOf({ caller }: UpdateCall, said: unknown, update: Update | null): From {
  if (caller.scope !== 'owner') return 'write'
  if (said === 'letter' && update !== null && update.digest !== null) return 'letter'
  return said === 'desk' ? 'desk' : 'write'
}

/** The page for writing: what is typed goes the way of every post. */
import { didInWords, weekInWords } from '../../core/answer-line.ts'
import { deskWords } from '../../core/desk-words.ts'
import { handedText } from '../../core/handed.ts'
import { dayInWords, formatInstant, isDate, localDate, onDay, parseInstant } from '../../core/period.ts'
import { type FieldError, fail, invalid, ok, type Result } from '../../core/result.ts'
import { newSecret } from '../../core/secret.ts'
import { photoWords } from '../../core/words.ts'
import { offlinePage } from '../../render/pages/desk/offline.tsx'
import { writePage } from '../../render/pages/desk/write.tsx'
import type { Writing } from '../../render/pages/desk/write-form.tsx'
import { findRepeated, listSettled, listUnkept } from '../../store/posts.ts'
import { circlesInUse } from '../../store/recipients.ts'
import { findLatest } from '../../store/second-thoughts.ts'
import { type Cursor, listUpdates } from '../../store/updates.ts'
import { type Call, type Caller, type Handlers, page, type Reply, redirect } from '../call.ts'
import { lineOf, wantsText } from '../posted.ts'
import { checkPost, postUpdate, whereToWithdraw } from '../posting.ts'
import { formatCursor, parseCursor } from '../updates.ts'
import { openWeek } from '../week.ts'
import { errorsOf, type Form, perform, statusOf, typed } from './perform.ts'

type WriterCall = Pick<Call, 'db' | 'now'> & { readonly caller: Caller }
type Shown = Partial<
  Omit<Parameters<typeof writePage>[1], 'author' | 'week' | 'today' | 'settled' | 'latest' | 'older'> & {
    /** Behind which one's own updates are shown; null from the latest on. */
    readonly after: Cursor | null
  }
>

/** How long a post may have waited on a device. */
const writtenAtMostMs = 90 * 24 * 3_600_000

/** On the page, and on each further one. */
const latestAtMost = 12
const olderAtMost = 50

export const writeHandlers: Handlers<'showWrite' | 'showOffline' | 'write' | 'undoWrite'> = {
  async showWrite(call) {
    const { posted = null, did, older, kind = '', ...handed } = call.query
    const text = handedText(handed)
    const writing = { ...noWriting(), text, kind }
    if (text !== '') return page(200, await showWriting(call, { writing, handed: call.url.search }))
    const answer = posted === null ? null : await answerOf(call, posted)
    const after = parseCursor(older ?? '')
    return page(200, await showWriting(call, { writing, answer, posted: answer && posted, did, after }))
  },

  async showOffline() {
    return page(200, offlinePage())
  },

  async write(call) {
    const { body: form, extra, headers } = call
    const isCheck = form.act === 'check'
    const isPlaceholder = extra.isUntitled && form.text === photoWords.untitled
    const writing: Writing = {
      text: isPlaceholder ? '' : typed(form, 'text'),
      ...{ kind: typed(form, 'kind'), day: typed(form, 'day') },
      description: extra.photos[0]?.description ?? '',
      ...{ inside: form.inside === true, key: extra.key ?? newSecret() },
    }
    const author = typed(form, 'author')
    const written = writtenAt(form, call.now)
    const asks = !wantsText(headers) && form.sure !== 'true' // a device sends later what waited on it
    const keyed = { ...call, extra: { ...extra, key: writing.key, written, asks } }
    if (author !== '' && author !== call.caller.author.id) {
      const problem = invalid('author', deskWords.otherAuthor)
      return wantsText(headers) ? fail({ reason: 'forbidden' }) : refused(call, writing, problem)
    }
    const body = await bodyOf(call, form, written ?? call.now)
    if (isCheck) {
      const line = body.ok ? await perform('postUpdate', { postUpdate: check }, keyed, body.value) : body
      // What is being typed need not be right yet.
      if (wantsText(headers)) return line.ok ? line : ok({ status: 200, body: { text: '' } })
      if (!line.ok) return refused(call, writing, line)
      const answer = { line: textOf(line.value), undo: null, isNoted: false }
      const errors = photoLost(call)
      return page(200, await showWriting(call, { writing, answer, errors, handed: call.url.search }))
    }
    const done = body.ok ? await perform('postUpdate', { postUpdate }, keyed, body.value) : body
    if (wantsText(headers)) return done
    return done.ok
      ? redirect(`/write?posted=${encodeURIComponent(writing.key)}`)
      : refused(call, writing, done)
  },

  async undoWrite(call) {
    const { db, now, caller, extra } = call
    const key = extra.key ?? ''
    const undo = `undo ${key}`.slice(0, 255)
    const post = await findPosted(call, key)
    const latest = await findLatest(db, caller.author.id, now)
    // A stale page takes nothing else back; what is taken back already is said again.
    if (post !== null && latest?.id === post.id) {
      const done = await perform(
        'postUpdate',
        { postUpdate },
        { ...call, extra: { ...extra, key: undo } },
        { text: 'undo' },
      )
      if (done.ok) return redirect(`/write?posted=${encodeURIComponent(undo)}`)
    }
    const isDone = (await findPosted(call, undo)) !== null
    return redirect(isDone ? `/write?posted=${encodeURIComponent(undo)}` : '/write?did=tooLate')
  },
}

/** The page, with whatever there is to show beside what it always shows. */
export async function showWriting(
  { db, now, caller }: WriterCall,
  { after = null, ...shown }: Shown,
): Promise<string> {
  const { project, count } = await openWeek(db, now)
  const { circles } = await circlesInUse(db)
  const reader = { author: caller.author.id, isOwner: false }
  const all = { kinds: [], tag: null, texts: [], since: null, until: null }
  const { title, locale, schedule } = project.settings
  const viewer = { title, locale, zone: schedule.zone, isOwner: caller.scope === 'owner' }
  const size = after === null ? latestAtMost : olderAtMost
  const found = await listUpdates(db, reader, all, after, size + 1)
  const latest = found.slice(0, size)
  const last = found.length > size ? latest.at(-1) : undefined
  return writePage(viewer, {
    ...{ writing: noWriting(), errors: [], answer: null, posted: null, removed: null, did: undefined },
    handed: '',
    ...shown,
    author: caller.author.id,
    week: weekInWords(project, count, now),
    today: localDate(schedule.zone, now),
    hasCircles: circles.length > 1,
    unkept: (shown.answer ?? null) === null ? await listUnkept(db, caller.author.id) : [],
    settled: after === null ? await settledInWords(db, caller.author.id, schedule.zone, locale) : [],
    latest,
    older: last === undefined ? null : formatCursor(last),
  })
}

/** What one's posts settled, which is no update of its own to be seen among the latest. */
async function settledInWords(db: D1Database, author: string, zone: string, locale: string) {
  return (await listSettled(db, author)).map(({ did, receivedAt, project }) => ({
    what: did.map((each) => didInWords(each, project)).join(' · '),
    day: dayInWords(zone, locale, receivedAt),
  }))
}

function noWriting(): Writing {
  return { text: '', kind: '', description: '', day: '', inside: false, key: newSecret() }
}

/** The form's fields as a request of the API has them: the same whenever it is sent again. */
async function bodyOf({ db, now }: WriterCall, form: Form, written: number): Promise<Result<Form>> {
  const { text, kind, inside } = form
  const day = typed(form, 'day')
  if (day === '') return ok({ text, kind, inside })
  if (!isDate(day)) return invalid('day', deskWords.noDay)
  const { zone } = (await openWeek(db, now)).project.settings.schedule
  // The day of writing is no other day: it happened when it was written.
  if (day === localDate(zone, written)) return ok({ text, kind, inside })
  return ok({ text, kind, inside, at: formatInstant(onDay(zone, day, written)) })
}

/** A device's clock may be wrong: none is ahead of ours, and none is believed that is long behind. */
function writtenAt(form: Form, now: number): number | null {
  const written = parseInstant(typed(form, 'written'))
  return written === null || written < now - writtenAtMostMs ? null : Math.min(written, now)
}

const check: Handlers<'postUpdate'>['postUpdate'] = async (call) => {
  const line = await checkPost(call)
  return line.ok ? ok({ status: 200, body: { text: line.value } }) : line
}

function textOf({ body }: Reply): string {
  return body !== null && 'text' in body ? body.text : ''
}

/** The form again as it was typed; under a key of its own, since nothing was kept under this one, or something else. */
async function refused(
  call: WriterCall & Pick<Call, 'url' | 'extra'>,
  writing: Writing,
  { problem }: Extract<Result<unknown>, { ok: false }>,
): Promise<Result<Reply>> {
  const wrong = errorsOf(problem).map(({ field, message }): FieldError => {
    if (field === 'Idempotency-Key') return { field, message: deskWords.stale }
    if (field === 'unsettled') return { field, message: deskWords.unsettled(message) }
    return { field, message: message.replace(whereToWithdraw, '.') }
  })
  const late = errorsOf(problem).flatMap(({ message }) => whereToWithdraw.exec(message)?.groups?.path ?? [])
  const withdraw = call.caller.scope === 'owner' ? late[0] : undefined // the page is the owner's
  const errors = wrong.some(({ field }) => field === 'photo') ? wrong : [...wrong, ...photoLost(call)]
  const again = { ...writing, key: newSecret() }
  return page(
    statusOf(problem),
    await showWriting(call, { writing: again, errors, withdraw, handed: call.url.search }),
  )
}

/** No page can hold a file that was chosen for another. */
function photoLost({ extra }: Pick<Call, 'extra'>): readonly FieldError[] {
  return extra.photos.length === 0 ? [] : [{ field: 'photo', message: deskWords.photoAgain }]
}

/** What this author posted under a key. */
function findPosted({ db, now, caller }: WriterCall, key: string) {
  return findRepeated(db, { author: caller.author.id, key, given: '', receivedAt: now })
}

async function answerOf(call: WriterCall, key: string) {
  const post = await findPosted(call, key)
  if (post === null) return null
  const latest = await findLatest(call.db, call.caller.author.id, call.now)
  const canUndo = latest?.id === post.id && !latest.isFrozen
  return { line: lineOf(post), undo: canUndo ? key : null, isNoted: true }
}

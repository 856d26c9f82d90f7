/** Posting: what came in becomes a post, its updates and what it settles, once, however often it is sent. */
import { unsettledInWords, wouldBeLine } from '../core/answer-line.ts'
import { readPost } from '../core/grammar/post.ts'
import { clean, isWellFormed } from '../core/grammar/text.ts'
import { parseInstant } from '../core/period.ts'
import { fail, invalid, ok, type Result } from '../core/result.ts'
import { newId, sha256 } from '../core/secret.ts'
import { answerWords, photoWords } from '../core/words.ts'
import { readKnowing } from '../store/known.ts'
import {
  type Answered,
  findRepeated,
  forgetKeys,
  insertedPost,
  insertPost,
  type Post,
} from '../store/posts.ts'
import { openProject, raiseVersionFor } from '../store/project.ts'
import { insertMetrics, insertShown, insertUpdates, type NewUpdate } from '../store/updates.ts'
import type { Call, Reply } from './call.ts'
import { newUpdate } from './made.ts'
import { judgePhotos, type Photos, privacyOf, storePhotos } from './photos.ts'
import { answer, lineOf, peopleOf, shownNew } from './posted.ts'
import type { Routes } from './routes.ts'
import { type Effects, effectsOf } from './settling.ts'
import { readerOf } from './shown-update.ts'
import { openWeek } from './week.ts'

export type PostCall = Call<Routes['postUpdate']>

/** `at` may lie a day ahead: clocks and zones differ. */
export const dayMs = 24 * 3_600_000

/** A post as it is to be stored, all in one batch. */
type Made = {
  readonly post: Post
  readonly updates: readonly NewUpdate[]
  readonly effects: Effects
  /** Why it does not settle what it was meant to; null if there is nothing of it. */
  readonly unsettled: string | null
}

/** How often a post that settles something reads again when somebody wrote meanwhile. */
const rounds = 3

export async function postUpdate(call: PostCall): Promise<Result<Reply>> {
  const judged = judgePhotos(call)
  if (judged.photos.length === 0) return storePost(call, judged)
  // No file is kept of what is refused, or was posted before.
  const made = await makePost(call, judged)
  if (!made.ok) return made
  const earlier = await findRepeated(call.db, made.value.post)
  if (earlier !== null) return repeat(earlier, made.value.post, call)
  if (isAsked(call, made.value)) return notSettled(made.value)
  return storePost(call, made.value.updates.length === 0 ? judged : await storePhotos(call, judged))
}

async function storePost(call: PostCall, photos: Photos): Promise<Result<Reply>> {
  const { db, now } = call
  for (let round = 0; round < rounds; round++) {
    const made = await makePost(call, photos)
    if (!made.ok) return made
    const { post, effects } = made.value
    if (effects.isAside && effects.statements.length === 0) {
      const done = await findRepeated(db, post)
      return done === null ? notPossible(made.value) : repeat(done, post, call)
    }
    if (isAsked(call, made.value)) {
      const done = await findRepeated(db, post) // which has settled it
      return done === null ? notSettled(made.value) : repeat(done, post, call)
    }
    const stored = await store(db, made.value)
    if (stored !== null) return answer(stored, call)
    await openProject(db, now) // the very first request finds none
    const earlier = await findRepeated(db, post)
    if (earlier !== null) return repeat(earlier, post, call)
    await forgetKeys(db, now).run() // the key may be older than its time, and free again
  }
  return fail({ reason: 'unavailable', seconds: 1 })
}

/** What a post would be, in a line; nothing is kept. */
export async function checkPost(call: PostCall): Promise<Result<string>> {
  const made = await makePost(call, judgePhotos(call))
  if (!made.ok) return made
  const { post, effects } = made.value
  if (effects.isAside && effects.statements.length === 0) return notPossible(made.value)
  const { project, count } = await openWeek(call.db, call.now)
  return ok(lineOf({ ...post, project, nth: count }, wouldBeLine))
}

/** There is nothing to take back or to file anew; where this is said again, it was done. */
function notPossible({ effects }: Made) {
  const late = effects.did.find((each) => each.did === 'tooLate')
  if (late === undefined) return invalid('text', wordsOfProblem.noPost)
  return invalid('text', wordsOfProblem.tooLate(late.update, late.digest))
}

/** Whether to ask before it is kept as an update. */
function isAsked({ extra }: PostCall, { unsettled }: Made): boolean {
  return extra.asks === true && unsettled !== null
}

function notSettled({ unsettled }: Made) {
  return invalid('unsettled', unsettled ?? '')
}

/** The end of such a problem: a page makes a link of it. */
export const whereToWithdraw = /; withdraw it: (?<path>\/desk\/\S+) .*$/u

const wordsOfProblem = {
  tooLate: (update: string | null, digest: string | null) =>
    update === null || digest === null
      ? 'comes too late: the post before it stands in a letter'
      : `comes too late: the post before it has gone out; withdraw it: /desk/letters/${digest}#u-${update} (PUT /api/updates/${update}/withdrawal)`,
  noPost: 'is empty but for its markers, and no post of the last hour is there to change',
} as const

/** The post as stored, in one round trip; null if nothing was: it repeats another, or what it settles changed. */
async function store(db: D1Database, { post, updates, effects }: Made): Promise<Answered | null> {
  const [inserted] = await db.batch([
    insertPost(db, post),
    ...(updates.length > 0 ? [insertUpdates(db, updates)] : []),
    ...insertMetrics(db, updates),
    ...insertShown(db, updates),
    ...effects.statements,
    raiseVersionFor(db, post),
  ])
  return insertedPost(inserted)
}

function keyOf({ headers, extra }: PostCall): Result<string | null> {
  const key = headers.get('Idempotency-Key') ?? extra.key
  if (key !== null && (key === '' || key.length > 255 || !isWellFormed(key))) {
    return invalid('Idempotency-Key', 'must have 1 to 255 characters that can be kept')
  }
  return ok(key)
}

/** `photos` belong to its first update. */
async function makePost(call: PostCall, { photos, warnings }: Photos): Promise<Result<Made>> {
  const { body, extra, caller, db, now } = call
  const key = keyOf(call)
  if (!key.ok) return key
  const at = parseInstant(body.at ?? '') ?? extra.written ?? now
  if (at > now + dayMs) return invalid('at', 'lies in the future')
  const text = clean(body.text)
  const given = { ...body, split: body.split ?? !extra.isJson, ...privacyOf(extra) }
  const { said: understood, looked } = await readKnowing(db, readerOf(caller), text, at, (known) =>
    readPost(text, given, known),
  )
  const fields = body.fields ?? {}
  const post = { id: newId(now), author: caller.author.id }
  const updates = understood.items.map((item, place) =>
    newUpdate(item, post, fields, at, now, place === 0 ? photos : []),
  )
  const effects = await effectsOf(db, understood, looked, { ...post, text, at }, now)
  if (updates.length === 0 && effects.did.length === 0) return invalid('text', 'is empty but for its markers')
  if (extra.isUntitled && photos.length === 0) return invalid('photo', warnings.join(' '))
  const hashes = extra.photos.map(({ hash, description }) => [hash, description])
  const all = [body.text, body.kind, body.at, Object.entries(fields).sort(), body.inside, hashes]
  const lost = photos.length > 0 && updates.length === 0 ? [photoWords.notKept.noUpdate] : []
  const warned = [...warnings, ...lost]
  return ok({
    updates,
    effects,
    // Where there are no plans, "12 done, 3 to go" speaks of something else.
    unsettled: unsettledInWords(
      understood.notes.filter((note) => note.about !== 'noPlan' || note.plans?.length !== 0),
    ),
    post: {
      ...{ ...post, receivedAt: now, key: key.value, version: effects.version, before: effects.before },
      isAside: effects.isAside,
      status: updates.length === 0 ? 200 : 201,
      publicUpdates: updates.filter(({ kind }) => kind !== 'private').length - effects.hidden,
      given: await sha256(JSON.stringify(all)),
      answer: JSON.stringify({
        updates: updates.map(shownNew),
        did: effects.did,
        notes: understood.notes,
        people: peopleOf(updates, looked.people),
        ...(warned.length > 0 ? { warnings: warned } : {}),
      }),
    },
  })
}

/** The same post again answers as the first did; another one under its key is refused. */
function repeat(earlier: Answered, { key, given }: Post, call: PostCall): Result<Reply> {
  if (earlier.given !== given) return invalid('Idempotency-Key', 'was used for another post')
  const say = key === null ? answerWords.repeated : undefined
  return answer(earlier, call, { 'Idempotent-Replayed': 'true' }, say)
}

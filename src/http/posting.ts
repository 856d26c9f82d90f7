/** Posting: what came in becomes a post and its update, once, however often it is sent. */
import { answerLine } from '../core/answer-line.ts'
import { readPost } from '../core/grammar/post.ts'
import { clean, isWellFormed } from '../core/grammar/text.ts'
import { formatInstant, parseInstant } from '../core/period.ts'
import { fail, invalid, ok, type Result } from '../core/result.ts'
import { newId, sha256 } from '../core/secret.ts'
import { answerWords, photoWords } from '../core/words.ts'
import { render } from '../render/markdown.ts'
import {
  type Answered,
  findRepeated,
  forgetKeys,
  insertedPost,
  insertPost,
  type Post,
} from '../store/posts.ts'
import { openProject, raiseVersionFor } from '../store/project.ts'
import { insertUpdate, type NewUpdate } from '../store/updates.ts'
import { type Call, json, type Reply } from './call.ts'
import type { Routes } from './routes.ts'

type PostCall = Call<Routes['postUpdate']>

/** `at` may lie a day ahead: clocks and zones differ. */
export const dayMs = 24 * 3_600_000

export async function postUpdate(call: PostCall): Promise<Result<Reply>> {
  const made = await makePost(call)
  if (!made.ok) return made
  const { post, update } = made.value
  const { db, now } = call
  const stored = await store(db, post, update)
  if (stored !== null) return answer(stored, call)
  await openProject(db, now) // the very first request finds none
  const earlier = await findRepeated(db, post)
  if (earlier !== null) return repeat(earlier, post, call)
  await forgetKeys(db, now).run() // the key may be older than its time, and free again
  const storedNow = await store(db, post, update)
  return storedNow === null ? fail({ reason: 'unavailable', seconds: 1 }) : answer(storedNow, call)
}

/** The post as stored, in one round trip; null if it repeats another, and nothing was stored. */
async function store(db: D1Database, post: Post, update: NewUpdate): Promise<Answered | null> {
  const [inserted] = await db.batch([
    insertPost(db, post),
    insertUpdate(db, update),
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

async function makePost(
  call: PostCall,
): Promise<Result<{ readonly post: Post; readonly update: NewUpdate }>> {
  const { body, extra, caller, now } = call
  const key = keyOf(call)
  if (!key.ok) return key
  const at = parseInstant(body.at ?? '') ?? now
  if (at > now + dayMs) return invalid('at', 'lies in the future')
  const understood = readPost(clean(body.text), body)
  if (understood.text === '') return invalid('text', 'is empty but for its markers')
  const author = caller.author.id
  const [post, id] = [newId(now), newId(now)]
  const fields = body.fields ?? {}
  const update = { ...understood, id, post, author, fields, at, rendered: render(understood.text) }
  const shown = {
    ...{ id, kind: update.kind, text: update.text, tags: update.tags, fields, inside: update.inside },
    ...{ at: formatInstant(at), author, digest: null },
    ...(extra.photos.length > 0 ? { warnings: [photoWords.notKept] } : {}),
  }
  const given = [body.text, body.kind, body.at, Object.entries(fields).sort(), body.inside, extra.photos]
  return ok({
    update,
    post: {
      ...{ id: post, author, receivedAt: now, key: key.value, status: 201 },
      given: await sha256(JSON.stringify(given)),
      answer: JSON.stringify(shown),
    },
  })
}

/** The same post again answers as the first did; another one under its key is refused. */
function repeat(earlier: Answered, { key, given }: Post, call: PostCall): Result<Reply> {
  if (earlier.given !== given) return invalid('Idempotency-Key', 'was used for another post')
  return answer(
    earlier,
    call,
    { 'Idempotent-Replayed': 'true' },
    key === null ? answerWords.noted : undefined,
  )
}

function answer(
  post: Answered,
  { headers }: PostCall,
  more: Readonly<Record<string, string>> = {},
  say: (line: string) => string = (line) => line,
): Result<Reply> {
  const shown: Shown = JSON.parse(post.answer) // written by makePost
  const all = { Location: `/api/updates/${shown.id}`, ...more }
  if (!wantsText(headers)) return json(201, { ...shown, postedAt: formatInstant(post.postedAt) }, all)
  const line = answerLine(shown, post.project, post.nth, post.receivedAt)
  return ok({ status: 201, body: { text: say([line, ...(shown.warnings ?? [])].join(' · ')) }, headers: all })
}

type Shown = Pick<NewUpdate, 'id' | 'kind' | 'text' | 'inside'> & { readonly warnings?: readonly string[] }

/** Whether a client asks for one line of text, as a phone's shortcut does. */
export function wantsText(headers: Headers): boolean {
  return /^\s*text\/plain\b/iu.test(headers.get('Accept') ?? '')
}

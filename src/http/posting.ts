/** Posting: what came in becomes a post and its update, once, however often it is sent. */
import { answerLine } from '../core/answer-line.ts'
import { readPost } from '../core/grammar/post.ts'
import { clean } from '../core/grammar/text.ts'
import { formatInstant, parseInstant } from '../core/period.ts'
import type { Project } from '../core/project.ts'
import { fail, invalid, ok, type Result } from '../core/result.ts'
import { newId, sha256 } from '../core/secret.ts'
import { answerWords, photoWords } from '../core/words.ts'
import { render } from '../render/markdown.ts'
import { type Answered, findRepeated, forgetKeys, insertPost, type Post } from '../store/posts.ts'
import { openProjectToPost, raiseVersionFor } from '../store/project.ts'
import { insertUpdate, type NewUpdate } from '../store/updates.ts'
import { type Call, json, type Reply } from './call.ts'
import type { Routes } from './routes.ts'

type PostCall = Call<Routes['postUpdate']>

const dayMs = 24 * 3_600_000

export async function postUpdate(call: PostCall): Promise<Result<Reply>> {
  const key = keyOf(call)
  if (!key.ok) return key
  const at = parseInstant(call.body.at ?? '') ?? call.now
  if (at > call.now + dayMs) return invalid('at', 'lies in the future')
  const { project, openCount } = await openProjectToPost(call.db, call.now)
  const made = await makePost(call, key.value, at, project, openCount + 1)
  if (!made.ok) return made
  const { post, update } = made.value
  const postedAt = await store(call.db, post, update)
  if (postedAt !== null) return answer({ ...post, postedAt }, call)
  const earlier = await findRepeated(call.db, post)
  if (earlier !== null) return repeat(earlier, post, call)
  // The key is older than its time and may be used again.
  await forgetKeys(call.db, call.now).run()
  const postedAfter = await store(call.db, post, update)
  return postedAfter === null ? unavailable : answer({ ...post, postedAt: postedAfter }, call)
}

const unavailable = fail({ reason: 'unavailable', seconds: 1 })

/** When the post came in; null if it repeats another, and nothing was stored. */
async function store(db: D1Database, post: Post, update: NewUpdate): Promise<number | null> {
  const [inserted] = await db.batch<{ posted_at: number }>([
    insertPost(db, post),
    insertUpdate(db, update),
    raiseVersionFor(db, post),
  ])
  return inserted?.results[0]?.posted_at ?? null
}

function keyOf({ headers, extra }: PostCall): Result<string | null> {
  const key = headers.get('Idempotency-Key') ?? extra.key
  if (key !== null && (key === '' || key.length > 255)) {
    return invalid('Idempotency-Key', 'must have 1 to 255 characters')
  }
  return ok(key)
}

async function makePost(
  { body, extra, caller, now }: PostCall,
  key: string | null,
  at: number,
  project: Project,
  count: number,
): Promise<Result<{ readonly post: Post; readonly update: NewUpdate }>> {
  const understood = readPost(clean(body.text), body)
  if (understood.text === '') return invalid('text', 'is empty but for its markers')
  const author = caller.author.id
  const [id, post] = [newId(now), newId(now)]
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
      ...{ id: post, author, receivedAt: now, key, status: 201 },
      given: await sha256(JSON.stringify(given)),
      answer: JSON.stringify(shown),
      line: [answerLine(update, project, count, now), ...(shown.warnings ?? [])].join(' · '),
    },
  })
}

/** The same post again answers as the first did; another one under its key is refused. */
function repeat(earlier: Answered, { key, given }: Post, call: PostCall): Result<Reply> {
  if (earlier.given !== given) return invalid('Idempotency-Key', 'was used for another post')
  const line = key === null ? answerWords.noted(earlier.line) : earlier.line
  return answer({ ...earlier, line }, call, { 'Idempotent-Replayed': 'true' })
}

function answer(
  post: Pick<Answered, 'answer' | 'line' | 'postedAt'>,
  { headers }: PostCall,
  more: Readonly<Record<string, string>> = {},
): Result<Reply> {
  const { id, ...rest }: { id: string } = JSON.parse(post.answer)
  const all = { Location: `/api/updates/${id}`, ...more }
  if (wantsText(headers)) return ok({ status: 201, body: { text: post.line }, headers: all })
  return json(201, { id, ...rest, postedAt: formatInstant(post.postedAt) }, all)
}

/** Whether a client asks for one line of text, as a phone's shortcut does. */
export function wantsText(headers: Headers): boolean {
  return /^\s*text\/plain\b/iu.test(headers.get('Accept') ?? '')
}

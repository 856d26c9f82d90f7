/** Posting: what came in becomes a post and its update, once, however often it is sent. */
import { answerLine } from '../core/answer-line.ts'
import { readPost } from '../core/grammar/post.ts'
import { clean } from '../core/grammar/text.ts'
import { formatInstant, parseInstant } from '../core/period.ts'
import { fail, invalid, ok, type Result } from '../core/result.ts'
import { newId, sha256 } from '../core/secret.ts'
import { answerWords, photoWords } from '../core/words.ts'
import { render } from '../render/markdown.ts'
import { countOpenUpdates } from '../store/open-updates.ts'
import { type Answered, findRepeated, forgetKey, insertPost, type Post } from '../store/posts.ts'
import { openProject, raiseVersion } from '../store/project.ts'
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
  const project = await openProject(call.db, call.now)
  const made = await makePost(call, key.value, at, project, await countOpenUpdates(call.db))
  if (!made.ok) return made
  const { post, update } = made.value
  const earlier = await findRepeated(call.db, post)
  if (earlier !== null) return repeat(earlier, post, call)
  const results = await call.db.batch<{ posted_at: number }>([
    ...(post.key === null ? [] : [forgetKey(call.db, post.author, post.key, call.now)]),
    insertPost(call.db, post),
    insertUpdate(call.db, update),
    raiseVersion(call.db),
  ])
  const postedAt = results.flatMap(({ results: rows }) => rows)[0]?.posted_at
  if (postedAt !== undefined) return answer({ ...post, postedAt }, call)
  // Somebody sent the same while this was read.
  const first = await findRepeated(call.db, post)
  return first === null ? fail({ reason: 'unavailable', seconds: 1 }) : repeat(first, post, call)
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
  project: Parameters<typeof answerLine>[1],
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
      line: [answerLine(update, project, count + 1, now), ...(shown.warnings ?? [])].join(' · '),
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

/** An update that was deleted: its page holds all that brings it back, since it is kept nowhere else. */
import * as v from 'valibot'
import { readAgain } from '../../core/grammar/post.ts'
import { isWellFormed } from '../../core/grammar/text.ts'
import { outcomes } from '../../core/grammar/understood.ts'
import { invalid, ok, type Result } from '../../core/result.ts'
import { newId } from '../../core/secret.ts'
import type { Update } from '../../core/update.ts'
import { renderUpdate } from '../../render/markdown.ts'
import { withPhotos } from '../../render/photos.ts'
import { answerStates } from '../../store/answers.ts'
import { readKnowing } from '../../store/known.ts'
import { findLoose } from '../../store/photos.ts'
import { owner } from '../../store/project.ts'
import { type Beside, readBeside, restoreUpdate } from '../../store/restored.ts'
import { findUpdate } from '../../store/updates.ts'
import { tooLong } from '../body.ts'
import type { Call, Caller } from '../call.ts'
import { dayMs } from '../posting.ts'
import { fields, kind, markdown } from '../schemas.ts'
import { readerOf } from '../shown-update.ts'

const id = v.pipe(v.string(), v.uuid())
const isShort = (text: string) => tooLong(text) === null
const words = v.nullable(v.pipe(v.string(), v.check(isWellFormed), v.check(isShort)))

const keptSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictObject({
    ...{
      id,
      post: id,
      author: id,
      kind,
      text: v.pipe(markdown, v.check(isShort)),
    },
    ...{ tags: v.array(v.pipe(v.string(), v.maxLength(100))), fields, inside: v.boolean() },
    at: v.pipe(v.number(), v.integer(), v.minValue(0)),
    photos: v.optional(v.array(v.pipe(v.string(), v.maxLength(100))), []),
    outcome: v.nullable(v.strictObject({ outcome: v.picklist(outcomes), why: words, inside: v.boolean() })),
    answer: v.nullable(
      v.strictObject({ state: v.picklist(answerStates), answer: words, inside: v.boolean() }),
    ),
    by: v.strictObject({ author: v.nullable(id), post: v.nullable(id) }),
  }),
)

/** Read before it is deleted. */
export async function keptOf(db: D1Database, update: Update): Promise<string> {
  const { id, author, kind, text, tags, fields, inside, at } = update
  const photos = update.photos.map(({ name }) => name)
  const kept: v.InferInput<typeof keptSchema> = JSON.stringify({
    ...{ id, author, kind, text, tags, fields, inside, at, photos },
    ...(await readBeside(db, id)),
  })
  return kept
}

type RestoreCall = Pick<Call, 'db' | 'now'> & { readonly caller: Caller }

/** Only the owner says whose it is; all that is read out of the text is read again. */
export async function restore(call: RestoreCall, said: unknown): Promise<Result<Update>> {
  const { db, now, caller } = call
  const read = v.safeParse(keptSchema, said)
  if (!read.success) return invalid('kept', 'is nothing that a page of ours says')
  const { kind, text, tags, inside, ...kept } = read.output
  // Brought back before, and perhaps changed since.
  const there = await findUpdate(db, readerOf(caller), kept.id)
  if (there !== null) return ok(there)
  const author = caller.scope === 'owner' ? kept.author : caller.author.id
  const at = Math.min(kept.at, now + dayMs)
  const { said: item } = await readKnowing(db, { author, isOwner: author === owner.id }, text, at, (known) =>
    readAgain({ text, tags }, kind, inside, known),
  )
  const photos = await findLoose(db, author, kept.photos)
  const update = { ...item, id: kept.id, post: kept.post, author, fields: kept.fields, at, photos }
  const rendered = withPhotos(renderUpdate(item), photos)
  await restoreUpdate(db, { ...update, rendered }, kept satisfies Beside, newId(now), now)
  const found = await findUpdate(db, readerOf(caller), kept.id)
  return found === null ? invalid('kept', 'is nobody’s') : ok(found)
}

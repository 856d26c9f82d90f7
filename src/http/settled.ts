import { isInside, isPrivate } from '../core/grammar/privacy.ts'
import { fail, invalid, type Problem, type Result } from '../core/result.ts'
import { newId } from '../core/secret.ts'
import type { Update } from '../core/update.ts'
import { latestAnswer, sayAnswer, takeAnswerBack } from '../store/answers.ts'
import { latestOutcome, sayOutcome, takeOutcomeBack } from '../store/outcomes.ts'
import { raiseVersion } from '../store/project.ts'
import { findUpdate } from '../store/updates.ts'
import { type Call, type Handlers, none } from './call.ts'
import { readerOf, shownWhole } from './shown-update.ts'

type Names = 'sayOutcome' | 'takeOutcomeBack' | 'sayAnswer' | 'takeAnswerBack'

const byRequest = { author: null, post: null } as const

export const settledHandlers: Handlers<Names> = {
  async sayOutcome(call) {
    const { db, body, now } = call
    const update = await own(call, ['next'])
    if (!update.ok) return update
    const { outcome, why = null, inside = false } = body
    const refused = refusedWords('why', why)
    if (refused !== null) return refused
    const said = {
      id: newId(now),
      plan: update.value.id,
      outcome,
      why,
      inside: inside || isInside(why ?? ''),
    }
    await db.batch([sayOutcome(db, said, byRequest, now), raiseVersion(db)])
    return shownWhole(call.db, update.value)
  },

  async takeOutcomeBack(call) {
    const update = await own(call, ['next'])
    if (!update.ok) return update
    const latest = await latestOutcome(call.db, update.value.id)
    if (latest === null) return fail({ reason: 'notFound' })
    if (latest.isFrozen) return fail(frozen)
    await call.db.batch([takeOutcomeBack(call.db, update.value.id), raiseVersion(call.db)])
    return none()
  },

  async sayAnswer(call) {
    const { db, body, now } = call
    const update = await own(call, ['ask', 'need', 'blocked'])
    if (!update.ok) return update
    const { state, answer = null, inside = false } = body
    const refused = refusedWords('answer', answer)
    if (refused !== null) return refused
    const said = {
      id: newId(now),
      update: update.value.id,
      state,
      answer,
      inside: inside || isInside(answer ?? ''),
    }
    await db.batch([sayAnswer(db, said, byRequest, now), raiseVersion(db)])
    return shownWhole(call.db, update.value)
  },

  async takeAnswerBack(call) {
    const update = await own(call, ['ask', 'need', 'blocked'])
    if (!update.ok) return update
    const latest = await latestAnswer(call.db, update.value.id)
    if (latest === null) return fail({ reason: 'notFound' })
    if (latest.isFrozen) return fail(frozen)
    await call.db.batch([takeAnswerBack(call.db, update.value.id), raiseVersion(call.db)])
    return none()
  },
}

const frozen: Problem = { reason: 'frozen', detail: 'it stands in a letter; say what came of it since' }

type Asked = Pick<Call, 'db' | 'params'> & { readonly caller: Parameters<typeof readerOf>[0] }

/** The update of the path, if the caller may settle it. */
async function own({ db, params, caller }: Asked, kinds: readonly Update['kind'][]): Promise<Result<Update>> {
  const update = await findUpdate(db, readerOf(caller), params.id ?? '')
  if (update === null) return fail({ reason: 'notFound' })
  if (update.withdrawn !== null) return fail({ reason: 'frozen', detail: 'it was withdrawn' })
  if (!kinds.includes(update.kind)) return invalid('id', `is of kind ${update.kind}, not ${kinds.join(', ')}`)
  return { ok: true, value: update }
}

/** These words go into the letter: a private note has no place there. */
function refusedWords(field: string, words: string | null) {
  return words !== null && isPrivate(words) ? invalid(field, 'is private; what came of a plan is not') : null
}

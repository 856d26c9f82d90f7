import { isInside, isPrivate } from '../core/grammar/privacy.ts'
import { fail, invalid, type Result } from '../core/result.ts'
import type { Update } from '../core/update.ts'
import { withdrawalWords } from '../core/withdrawal-words.ts'
import { withdraw } from '../delivery/withdraw.ts'
import { findUpdate } from '../store/updates.ts'
import { lettersWith } from '../store/withdrawals.ts'
import type { Handlers, Reply } from './call.ts'
import { deleteFiles } from './photos.ts'
import { readerOf, shownWhole } from './shown-update.ts'

export const withdrawalHandlers: Handlers<'withdrawUpdate'> = {
  /** Once is for good: said again, it answers as it did, and the first reason stays. */
  async withdrawUpdate({ env, db, caller, params, body, now }) {
    const update = await findUpdate(db, readerOf(caller), params.id ?? '')
    if (update === null) return fail({ reason: 'notFound' })
    const { reason = null } = body
    const refused = refusedReason(reason, update)
    if (refused !== null) return invalid('reason', refused)
    if (update.digest === null) return notOut
    if (update.withdrawn !== null) return answer(db, update)
    const withdrawn = await withdraw(db, update, reason, now)
    if (withdrawn.did === 'withdrawn') {
      await deleteFiles(
        env,
        update.photos.map(({ name }) => name),
      )
      return answer(db, withdrawn.update)
    }
    const after = await findUpdate(db, readerOf(caller), update.id)
    if (after !== null && after.withdrawn !== null) return answer(db, after)
    return withdrawn.did === 'refused' ? fail({ reason: 'unavailable', seconds: 1 }) : notOut
  },
}

const notOut = fail({ reason: 'stale', detail: 'it stands in no letter yet: DELETE takes it away' })

/** The update, and which letters cannot be called back. */
async function answer(db: D1Database, update: Update): Promise<Result<Reply>> {
  return shownWhole(db, update, await warningsOf(db, update.id))
}

/** It stands in the letter where the words stood. */
function refusedReason(reason: string | null, { inside }: Update): string | null {
  if (isPrivate(reason ?? '')) return 'is private; it stands in a letter'
  return isInside(reason ?? '') && !inside ? 'is inside; the update is not' : null
}

async function warningsOf(db: D1Database, update: string): Promise<readonly string[]> {
  const { gone, people, uncertain, byHand } = await lettersWith(db, update)
  return [
    ...(gone > 0 ? [withdrawalWords.gone(gone, people)] : []),
    ...(uncertain > 0 ? [withdrawalWords.uncertain(uncertain)] : []),
    ...(byHand > 0 ? [withdrawalWords.byHand] : []),
  ]
}

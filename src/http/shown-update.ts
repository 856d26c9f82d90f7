/** An update as the API shows it. */
import { formatInstant } from '../core/period.ts'
import type { Result } from '../core/result.ts'
import type { Update } from '../core/update.ts'
import { latestAnswer } from '../store/answers.ts'
import { correctionsOf } from '../store/corrections.ts'
import { latestOutcome } from '../store/outcomes.ts'
import type { Reader } from '../store/updates.ts'
import { type Caller, json, type Reply } from './call.ts'

/** With its corrections, and what came of it. */
export async function shownWhole(
  db: D1Database,
  update: Update,
  warnings: readonly string[] = [],
): Promise<Result<Reply>> {
  const corrections = await correctionsOf(db, update.id)
  const list = corrections.map(({ text, isFact, postedAt }) => {
    return { text, fact: isFact, postedAt: formatInstant(postedAt) }
  })
  const beside = warnings.length === 0 ? {} : { warnings }
  const whole = { ...shown(update), ...(await settledOf(db, update)), ...beside }
  return json(200, list.length === 0 ? whole : { ...whole, corrections: list })
}

export function shown({ said, withdrawn, photos, ...update }: Update) {
  return {
    ...update,
    ...(photos.length === 0 ? {} : { photos }),
    ...(withdrawn === null ? {} : { withdrawn: { ...withdrawn, at: formatInstant(withdrawn.at) } }),
    fields: { ...said, ...update.fields },
    at: formatInstant(update.at),
    postedAt: formatInstant(update.postedAt),
  }
}

export function readerOf({ author, scope }: Caller): Reader {
  return { author: author.id, isOwner: scope === 'owner' }
}

/** What was said last of an update that can be settled. */
async function settledOf(db: D1Database, { id, kind }: Update): Promise<object> {
  if (kind === 'next') {
    const outcome = await latestOutcome(db, id)
    return outcome === null ? {} : { outcome: dated(outcome) }
  }
  if (kind !== 'ask' && kind !== 'need' && kind !== 'blocked') return {}
  const answer = await latestAnswer(db, id)
  return answer === null ? {} : { answer: dated(answer) }
}

function dated<S extends { readonly postedAt: number; readonly isFrozen: boolean }>({
  isFrozen,
  ...said
}: S) {
  return { ...said, postedAt: formatInstant(said.postedAt), frozen: isFrozen }
}

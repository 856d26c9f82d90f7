import { type Ticked, tick } from '../delivery/tick.ts'
import { type Handlers, json } from './call.ts'
import { type Env, limitsOf, mailerOf, realTime } from './env.ts'
import { clearFiles } from './photos.ts'

/** Whoever asks over HTTP waits for the answer. */
const stopAfterMs = 15_000

export const tickHandlers: Handlers<'tick'> = {
  async tick({ env, now }) {
    return json(200, await runTick(env, now, stopAfterMs))
  },
}

/** A run that starts no call after `stopMs`; where it closed the period, files that nobody shows any more go, too. */
export async function runTick(env: Env, due: number, stopMs: number): Promise<Ticked> {
  const ticked = await tick(env.DB, mailerOf(env), due, realTime, limitsOf(env, stopMs))
  if (ticked.closed.did === 'closed') await clearFiles(env, due)
  return ticked
}

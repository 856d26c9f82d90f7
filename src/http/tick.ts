import { tick } from '../delivery/tick.ts'
import { type Handlers, json } from './call.ts'
import { limitsOf, mailerOf, realTime } from './env.ts'

/** Whoever asks over HTTP waits for the answer. */
const stopAfterMs = 15_000

export const tickHandlers: Handlers<'tick'> = {
  async tick({ env, db, now }) {
    return json(200, await tick(db, mailerOf(env), now, realTime, limitsOf(env, stopAfterMs)))
  },
}

import { app } from './http/app.ts'
import type { Env } from './http/env.ts'
import { receiveMail } from './http/mail-in.ts'
import { runTick } from './http/tick.ts'

/** A scheduled run may take 15 minutes; its last call may take half a one. */
const stopAfterMs = 14 * 60_000

export default {
  fetch: app.fetch,

  async scheduled(controller, env) {
    await runTick(env, controller.scheduledTime, stopAfterMs)
  },

  async email(message, env) {
    await receiveMail(message, env, Date.now())
  },
} satisfies ExportedHandler<Env>

import { overdueMs } from '../core/delivery.ts'
import { formatInstant } from '../core/period.ts'
import { readHealth } from '../store/watch.ts'
import { type Handlers, json } from './call.ts'

export const healthHandlers: Handlers<'getHealth'> = {
  async getHealth({ db, now }) {
    const health = await readHealth(db, now)
    if (health === null) return json(200, { ok: true })
    const { nextCutOff, isHeld, isNotReady, haltedUntil, digests, letters } = health
    // A cut-off that came, and that no tick has seen, tells of a cron that does not run.
    const isLate = nextCutOff + overdueMs <= now
    const ok = digests === 0 && !isNotReady && !isLate
    return json(ok ? 200 : 503, {
      ...{ ok, nextCutOff: formatInstant(nextCutOff), late: isLate, held: isHeld, notReady: isNotReady },
      haltedUntil: haltedUntil === null ? null : formatInstant(haltedUntil),
      overdue: { digests, letters },
    })
  },
}

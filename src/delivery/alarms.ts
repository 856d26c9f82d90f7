/** Nothing fails in silence: what the owner is told of by mail, and the heartbeat that stops with trouble. */
import { overdueMs } from '../core/delivery.ts'
import type { Project, Settings } from '../core/project.ts'
import { alarmNotice, brokenNotice, holdNotice } from '../render/notices.tsx'
import type { Watch } from '../store/project.ts'
import { keepHoldTold, keepLook, lookAtDigest, type OwnersNotice, tellOwner } from '../store/watch.ts'

const day = 24 * 3_600_000

/**
 * Looks at a digest whose time has come, tells of a period that cannot be closed, and recalls a hold; each once a
 * day. `url` is null where no mail reaches the owner.
 */
export async function raiseAlarms(
  db: D1Database,
  project: Project,
  watch: Watch,
  url: string | null,
  isBroken: boolean,
  now: number,
): Promise<void> {
  if (isBroken && now >= project.nextCutOff + overdueMs) await tellOfBroken(db, project, url, now)
  if (watch.lookAt !== null && watch.lookAt <= now) await raiseAlarm(db, project, url, now)
  if (isHoldToTell(project, watch, now)) await recallHold(db, project, url, now)
}

async function raiseAlarm(db: D1Database, project: Project, url: string | null, now: number): Promise<void> {
  const found = await lookAtDigest(db, now)
  if (found === null) return
  const missing = found.waiting + found.rejected + found.uncertain
  const statements = [keepLook(db, found, missing, now)]
  if (missing > 0 && url !== null) {
    const reason = found.waiting > 0 ? (project.halt?.reason ?? null) : null
    const letter = alarmNotice(project.settings, `${url}/desk/letters/${found.slug}`, found, reason)
    statements.push(tellOwner(db, ownersNotice('alarm', found.number, letter, now)))
  }
  await db.batch(statements)
}

async function tellOfBroken(
  db: D1Database,
  { settings, number }: Project,
  url: string | null,
  now: number,
): Promise<void> {
  if (url === null) return
  await tellOwner(db, ownersNotice('alarm', number, brokenNotice(settings, `${url}/desk`, number), now)).run()
}

/** A day after the hold began, and a day after the last time; a clock that jumped back does not silence it. */
function isHoldToTell({ heldAt }: Project, { holdToldAt }: Watch, now: number): boolean {
  if (heldAt === null) return false
  const last = holdToldAt !== null && holdToldAt <= now ? Math.max(heldAt, holdToldAt) : heldAt
  return now >= last + day
}

async function recallHold(db: D1Database, project: Project, url: string | null, now: number): Promise<void> {
  const { settings, number, heldAt } = project
  const statements = [keepHoldTold(db, now)]
  if (url !== null) {
    const letter = holdNotice(settings, `${url}/desk/preview`, number, heldAt ?? now)
    statements.push(tellOwner(db, ownersNotice('hold', number, letter, now)))
  }
  await db.batch(statements)
}

type Letter = ReturnType<typeof holdNotice>

/** One a day of its kind about a period; the next one comes when it is of no use any more. */
function ownersNotice(kind: string, number: number, letter: Letter, now: number): OwnersNotice {
  const { subject, text, html } = letter
  const ref = `${number}-${Math.floor(now / day)}`
  return { kind, ref, subject, markdown: text, html, usefulUntil: now + day }
}

const beatMs = 10_000

/** Tells whoever watches from outside that all is well; says nothing, and so raises their alarm, when it is not. */
export async function beat({ heartbeatUrl }: Settings, isOverdue: boolean): Promise<void> {
  if (heartbeatUrl === null || isOverdue) return
  try {
    await fetch(heartbeatUrl, { signal: AbortSignal.timeout(beatMs) })
  } catch {
    // Whoever watches has not heard: that is the alarm.
  }
}

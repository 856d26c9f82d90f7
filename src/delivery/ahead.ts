/** Ahead of a cut-off the owner hears of it: a nudge if hardly anything came, then a preview of the letter. */

import { cutOffName, isNudgeDue, isPreviewDue, type LookedAhead, nudgeUntil } from '../core/ahead.ts'
import type { Fate } from '../core/ahead-words.ts'
import { bySchedule } from '../core/closing.ts'
import { whenInWords } from '../core/period.ts'
import { deliveryOf, type Project } from '../core/project.ts'
import { type Ahead, nudgeNotice, previewNotice } from '../render/ahead.tsx'
import type { Letter } from '../render/letter.tsx'
import { countPosts, keepAhead } from '../store/ahead.ts'
import { nextLetter } from './next-letter.ts'

/** Tells what is due, once for each cut-off; `url` is null where no mail reaches the owner, and then nothing is kept. */
export async function tellAhead(
  db: D1Database,
  project: Project,
  looked: LookedAhead,
  url: string | null,
  due: number,
): Promise<void> {
  if (url === null) return
  if (isPreviewDue(project, looked, due)) await preview(db, project, url, due)
  else if (isNudgeDue(project, looked, due)) await nudge(db, project, url, due)
}

async function preview(db: D1Database, project: Project, url: string, due: number): Promise<void> {
  const { nextCutOff, settings } = project
  const next = await nextLetter(db, project, true, nextCutOff)
  const decision = bySchedule(project, next.facts, nextCutOff)
  const fate = decision.does === 'pass' ? fates[decision.why] : goingOut[deliveryOf(settings)]
  const letter = fate === null ? null : previewNotice(aheadOf(project, url, due), fate, next)
  await keepAhead(db, 'preview', project, letter && noticeOf(project, letter, nextCutOff))
}

const goingOut = { direct: 'goes', byHand: 'forwarded' } as const

/** Held, away or ended: the owner knows that nothing goes out. */
const fates = {
  silent: 'silent',
  notReady: 'notReady',
  held: null,
  away: null,
  ended: null,
} as const satisfies Record<string, Fate | null>

async function nudge(db: D1Database, project: Project, url: string, due: number): Promise<void> {
  const { nextCutOff } = project
  const facts = { isSilent: false, hasKey: true, hasActiveRecipient: true }
  const goesOut = bySchedule(project, facts, nextCutOff).does === 'close'
  const posts = goesOut ? await countPosts(db, 2) : 2
  const letter = posts > 1 ? null : nudgeNotice(aheadOf(project, url, due), posts)
  await keepAhead(db, 'nudge', project, letter && noticeOf(project, letter, nudgeUntil(project)))
}

function aheadOf({ number, nextCutOff, settings }: Project, url: string, due: number): Ahead {
  const { title, locale, schedule, silentWeek } = settings
  return { title, locale, silentWeek, number, when: whenInWords(schedule.zone, locale, nextCutOff, due), url }
}

function noticeOf(project: Project, { subject, text, html }: Letter, usefulUntil: number) {
  return { ref: cutOffName(project), subject, markdown: text, html, usefulUntil }
}

/** Ahead of a cut-off the owner hears of it: a nudge if hardly anything came, then a preview of the letter. */

import {
  type AheadKind,
  cutOffName,
  isNudgeDue,
  isPreviewDue,
  type LookedAhead,
  usefulUntil,
} from '../core/ahead.ts'
import type { Fate } from '../core/ahead-words.ts'
import { bySchedule } from '../core/closing.ts'
import { whenInWords } from '../core/period.ts'
import { deliveryOf, type Project } from '../core/project.ts'
import { type Ahead, nudgeNotice, previewNotice } from '../render/ahead.tsx'
import type { Letter } from '../render/letter.tsx'
import { countPosts, keepAhead, keepAnew } from '../store/ahead.ts'
import type { Notice } from '../store/notices.ts'
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
  const kind = isPreviewDue(project, looked, due)
    ? 'preview'
    : isNudgeDue(project, looked, due)
      ? 'nudge'
      : null
  if (kind === null) return
  const letter = await told[kind](db, project, url, due)
  const notice = { ref: cutOffName(project), usefulUntil: usefulUntil(kind, project) }
  await keepAhead(db, kind, project, letter && { ...notice, ...partsOf(letter) })
}

/**
 * A notice as it is to be tried: one that tells ahead of the next cut-off is made anew if what it tells has changed, and
 * was not tried since; null if it is not to be tried now.
 */
export async function upToDate(
  db: D1Database,
  project: Project,
  notice: Notice,
  now: number,
): Promise<Notice | null> {
  const kind = (['preview', 'nudge'] as const).find((each) => each === notice.kind)
  const isOver = notice.ref !== cutOffName(project) || project.heldAt !== null
  if (kind === undefined || isOver || notice.unsettled !== null || notice.version === project.version) {
    return notice
  }
  const { publicUrl } = project.settings
  const letter = publicUrl === null ? null : await told[kind](db, project, publicUrl, now)
  const parts = letter && partsOf(letter)
  return parts !== null && (await keepAnew(db, notice, parts, project.version))
    ? { ...notice, ...parts }
    : null
}

type Telling = (db: D1Database, project: Project, url: string, now: number) => Promise<Letter | null>

/** The mails, null where there is nothing to tell. */
const told: Readonly<Record<AheadKind, Telling>> = { preview, nudge }

async function preview(db: D1Database, project: Project, url: string, now: number): Promise<Letter | null> {
  const { nextCutOff, settings } = project
  const next = await nextLetter(db, project, true, { until: nextCutOff, out: nextCutOff, now })
  const decision = bySchedule(project, next.facts, nextCutOff)
  const fate = decision.does === 'pass' ? fates[decision.why] : goingOut[deliveryOf(settings)]
  return fate === null ? null : previewNotice(aheadOf(project, url, now), fate, next)
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

async function nudge(db: D1Database, project: Project, url: string, now: number): Promise<Letter | null> {
  const { nextCutOff } = project
  const facts = { isSilent: false, hasKey: true, hasActiveRecipient: true }
  const goesOut = bySchedule(project, facts, nextCutOff).does === 'close'
  const posts = goesOut ? await countPosts(db, 2) : 2
  return posts > 1 ? null : nudgeNotice(aheadOf(project, url, now), posts)
}

function aheadOf({ number, nextCutOff, settings }: Project, url: string, now: number): Ahead {
  const { title, locale, schedule, silentWeek } = settings
  return { title, locale, silentWeek, number, when: whenInWords(schedule.zone, locale, nextCutOff, now), url }
}

function partsOf({ subject, text, html }: Letter) {
  return { subject, markdown: text, html }
}

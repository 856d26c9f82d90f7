import { byOwner } from '../core/closing.ts'
import { sendMs } from '../core/delivery.ts'
import type { Document } from '../core/digest.ts'
import { isInside, isPrivate } from '../core/grammar/privacy.ts'
import { formatInstant, weekdayAndDay } from '../core/period.ts'
import { deliveryOf, isMailedByHand, type Project } from '../core/project.ts'
import { fail, invalid, type Result } from '../core/result.ts'
import { warningWords } from '../core/warning-words.ts'
import { inText, missingWarning, type Warning } from '../core/warnings.ts'
import { type ByHand, closeByOwner, liftByOwner } from '../delivery/close.ts'
import { type NextLetter, nextLetter, ofCirclesInUse } from '../delivery/next-letter.ts'
import { filesPath, withFiles } from '../render/photos.ts'
import { countStates } from '../store/deliveries.ts'
import {
  type Digest,
  documentsOf,
  findDigest,
  listDigests,
  markForwarded,
  releaseDigest,
} from '../store/digests.ts'
import { storeStatus, storeSummary } from '../store/openings.ts'
import { holdPeriod, openProject } from '../store/project.ts'
import { circlesInUse } from '../store/recipients.ts'
import { type Call, type Handlers, json, none, type Reply } from './call.ts'
import { clearFiles } from './photos.ts'

const pageSize = 50

type Names =
  | 'getNextDigest'
  | 'editNextDigest'
  | 'holdDigest'
  | 'liftHold'
  | 'closeDigest'
  | 'listDigests'
  | 'getDigest'
  | 'editDigest'

export const digestHandlers: Handlers<Names> = {
  async getNextDigest(call) {
    return showNext(call)
  },

  async editNextDigest(call) {
    const { db, body, now } = call
    const { summary, status, reason, inside } = body
    const isReasonAlone = status === undefined && reason !== undefined
    if (isReasonAlone) return invalid('reason', 'belongs to a status')
    if (inside !== undefined && summary === undefined && status === undefined) {
      return invalid('inside', 'belongs to a summary or a status')
    }
    for (const [field, text] of Object.entries({ summary, reason })) {
      if (isPrivate(text ?? '')) return invalid(field, 'is private; it stands in a letter')
    }
    if (summary !== undefined) {
      const isForInner = (inside ?? false) || isInside(summary ?? '')
      await storeSummary(db, summary === null ? null : { text: summary, inside: isForInner }, now)
    }
    if (status !== undefined) {
      const isForInner = (inside ?? false) || isInside(reason ?? '')
      await storeStatus(
        db,
        status === null ? null : { status, reason: reason ?? null, inside: isForInner },
        now,
      )
    }
    return showNext(call)
  },

  async holdDigest(call) {
    await openProject(call.db, call.now)
    return (await holdPeriod(call.db, call.body.number, call.now)) ? showNext(call) : stale
  },

  async liftHold({ db, env, body, now, later }) {
    const lifted = await liftByOwner(db, Boolean(env.RESEND_API_KEY), body.number, body.close ?? true, now)
    if (lifted.did === 'closed') later(clearFiles(env, now))
    return lifted.did === 'refused' ? refusal(lifted) : none()
  },

  async closeDigest({ db, env, body, now, later }) {
    const closed = await closeByOwner(db, Boolean(env.RESEND_API_KEY), body.number, now)
    if (closed.did === 'refused') return refusal(closed)
    const digest = closed.did === 'closed' ? await findDigest(db, closed.slug) : null
    if (digest === null) return stale
    later(clearFiles(env, now))
    return json(201, await shownWhole(db, digest), { Location: `/api/digests/${digest.slug}` })
  },

  async listDigests({ db, query }) {
    const before = query.cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(query.cursor)
    if (!Number.isSafeInteger(before)) return invalid('cursor', 'is none that was given out')
    const found = await listDigests(db, before, pageSize + 1)
    const digests = found.slice(0, pageSize)
    const nextCursor = found.length > pageSize ? String(digests.at(-1)?.number) : null
    return json(200, { digests: digests.map(shown), nextCursor })
  },

  async getDigest({ db, params }) {
    const digest = await findDigest(db, params.slug ?? '')
    return digest === null ? fail({ reason: 'notFound' }) : json(200, await shownWhole(db, digest))
  },

  async editDigest({ db, params, body, now }) {
    const digest = await findDigest(db, params.slug ?? '')
    if (digest === null) return fail({ reason: 'notFound' })
    if ('release' in body) await releaseDigest(db, digest.number, now + sendMs)
    else if (digest.delivery === 'byHand') await markForwarded(db, digest.number, now)
    else return fail({ reason: 'stale', detail: 'its letters went out by themselves' })
    const edited = await findDigest(db, digest.slug)
    return json(200, await shownWhole(db, edited ?? digest))
  },
}

const stale = fail({ reason: 'stale', detail: 'that period is not the open one' })

function refusal({ why }: ByHand & { readonly did: 'refused' }) {
  if (why === 'silent') return fail({ reason: 'stale', detail: 'there is nothing to tell' })
  return why === 'busy' ? fail({ reason: 'unavailable', seconds: 1 }) : stale
}

/** When the next letter goes out, and from which of the two it reckons. */
const moments = {
  atCutOff: { goes: 'cutOff', from: 'cutOff' },
  soFar: { goes: 'cutOff', from: 'now' },
  now: { goes: 'now', from: 'now' },
} as const

/**
 * The letters as they would be then, on that `day`; `lacks` is what they lack, `warnings` all that may be said.
 */
export async function readNext(
  { db, env, now }: Pick<Call, 'db' | 'env' | 'now'>,
  moment: keyof typeof moments = 'atCutOff',
) {
  const project = await openProject(db, now)
  // What comes at this very instant is in them.
  const byNow = byOwner(project, now).until + 1
  const at = { now: byNow, cutOff: Math.max(project.nextCutOff, byNow) }
  const { goes, from } = moments[moment]
  const hasKey = Boolean(env.RESEND_API_KEY)
  const next = await nextLetter(db, project, hasKey, { until: at[from], out: at[goes], now })
  const { locale, schedule } = project.settings
  return {
    ...{ ...next, project, day: weekdayAndDay(schedule.zone, locale, at[from]) },
    ...{ lacks: next.warnings, warnings: allWarnings(project, hasKey, next) },
  }
}

async function showNext(call: Pick<Call, 'db' | 'env' | 'now'>): Promise<Result<Reply>> {
  const { project, open, warnings, documents } = await readNext(call)
  return json(200, {
    number: project.number,
    cutOff: formatInstant(project.nextCutOff),
    held: project.heldAt !== null,
    passed: project.passed && { ...project.passed, cutOff: formatInstant(project.passed.cutOff) },
    summary: open.summary,
    status: open.status,
    warnings: warnings.map(inText),
    documents: documents.map(shownDocument),
  })
}

/** What stands in the way of the letters, and what they lack. */
function allWarnings(
  project: Project,
  hasKey: boolean,
  { missing, warnings }: NextLetter,
): readonly Warning[] {
  return [
    ...statusWarnings(project),
    ...missing.map(missingWarning),
    ...byHandWarnings(project, hasKey),
    ...warnings,
  ]
}

function byHandWarnings({ settings }: Project, hasKey: boolean): readonly string[] {
  return deliveryOf(settings) === 'byHand' ? [warningWords.byHand(isMailedByHand(settings, hasKey))] : []
}

function statusWarnings({ heldAt, passed }: Project): readonly Warning[] {
  if (heldAt !== null) return [{ words: warningWords.held, href: '/desk/preview' }]
  return passed === null ? [] : [warningWords.passed(passed.why)]
}

async function shownWhole(db: D1Database, digest: Digest) {
  const { circles } = await circlesInUse(db)
  const documents = ofCirclesInUse(await documentsOf(db, digest.number), circles)
  return {
    ...shown(digest),
    documents: documents.map(shownDocument),
    deliveries: await countStates(db, digest.number),
  }
}

function shownDocument({ circle, subject, markdown, html, words }: Document) {
  return {
    circle,
    subject,
    markdown: withFiles(markdown, filesPath),
    html: withFiles(html, filesPath),
    words,
  }
}

function shown({ number, slug, since, until, isLast, delivery, ...at }: Digest) {
  return {
    ...{ number, slug, since: formatInstant(since), until: formatInstant(until), last: isLast, delivery },
    ...{
      sendUntil: formatInstant(at.sendUntil),
      finishedAt: at.finishedAt === null ? null : formatInstant(at.finishedAt),
      forwardedAt: at.forwardedAt === null ? null : formatInstant(at.forwardedAt),
    },
  }
}

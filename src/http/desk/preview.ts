/** The preview: the next letter as it will be mailed, what becomes of it and what it lacks. */
import { bySchedule, type Decision } from '../../core/closing.ts'
import { type Fate, previewWords as words } from '../../core/desk-words-preview.ts'
import { dayInWords, weekdayAndDay, whenInWords } from '../../core/period.ts'
import { deliveryOf, isMailedByHand, type Missing, type Project, type Settings } from '../../core/project.ts'
import type { Circle } from '../../core/recipient.ts'
import { fail } from '../../core/result.ts'
import { newSecret } from '../../core/secret.ts'
import { skippedInWords } from '../../core/skipped.ts'
import { warningWords } from '../../core/warning-words.ts'
import { keptWhileSilent, missingWarning } from '../../core/warnings.ts'
import { previewPage } from '../../render/pages/desk/preview.tsx'
import { countStates } from '../../store/deliveries.ts'
import { type Digest, listDigests } from '../../store/digests.ts'
import { type Call, type Caller, type Handlers, page } from '../call.ts'
import { readNext } from '../digests.ts'
import { closedMail } from './forwarding.ts'
import { asMailed, nextMails } from './mails.ts'

export type DeskCall = Pick<Call, 'db' | 'env' | 'now' | 'url'> & { readonly caller: Caller }

export const previewHandlers: Handlers<'showPreview' | 'showMail'> = {
  async showPreview(call) {
    return page(200, await showPreview(call, { did: call.query.did }))
  },

  async showMail(call) {
    const { circle, of, as } = call.query
    const mail = of === undefined ? await nextMail(call, circle, as) : await closedMail(call, of, circle)
    if (mail === null) return fail({ reason: 'notFound' })
    // In its frame no link can lead anywhere else.
    return page(200, mail.html.replace('<head>', '<head><base target="_blank">'))
  },
}

type Shown = Partial<Pick<Parameters<typeof previewPage>[1], 'did' | 'errors'>>

/** The page, with whatever there is to show beside what it always shows. Only ever for the owner. */
export async function showPreview(call: DeskCall, shown: Shown): Promise<string> {
  const { db, env, now, url } = call
  const hasKey = Boolean(env.RESEND_API_KEY)
  const next = await readNext(call)
  const { project, open, facts, missing, lacks, day } = next
  const { number, settings, nextCutOff, heldAt, passed } = project
  const { title, locale, schedule, silentWeek } = settings
  const free = { ...project, heldAt: null }
  const decision = bySchedule(free, facts, nextCutOff)
  const isThere = !facts.isSilent || decision.does === 'close'
  const fate = fateOf(decision, settings, hasKey)
  const [last] = await listDigests(db, Number.MAX_SAFE_INTEGER, 1)
  return previewPage(
    { title, locale, zone: schedule.zone, isOwner: true },
    {
      ...{ did: undefined, errors: [] },
      ...shown,
      ...{ number, fate: heldAt === null ? fate : 'held', lifted: heldAt === null ? null : fate },
      when: whenOf(project, now),
      isLast: decision.does === 'close' && decision.isLast,
      skipped: skippedInWords(project, now),
      sent: shown.did === 'sentNow' && last !== undefined ? await sentOf(db, last) : null,
      tellsSilence: heldAt === null && fate === 'silent' && silentWeek === 'skipOnce',
      kept: isThere ? [] : keptWhileSilent(open),
      unset: missing.map(missingWarning),
      lacks: [...(passed === null || heldAt !== null ? [] : [warningWords.passed(passed.why)]), ...lacks],
      letters: isThere ? nextMails(next, url, undefined) : [],
      reads:
        day === weekdayAndDay(schedule.zone, locale, now)
          ? null
          : words.reads(day, isGoing(fate) && heldAt === null),
      canSend: !facts.isSilent,
      testLacks: testLacks(settings, hasKey).map(missingWarning),
      key: newSecret(),
      forwarding: last?.delivery === 'byHand' ? { ...last, day: forwardedOn(last, project) } : null,
    },
  )
}

function fateOf(decision: Decision, settings: Settings, hasKey: boolean): Fate {
  if (decision.does === 'pass') return decision.why
  if (deliveryOf(settings) === 'direct') return 'goes'
  return isMailedByHand(settings, hasKey) ? 'forwarded' : 'waits'
}

/** Whether a letter closes at the cut-off. */
function isGoing(fate: Fate): boolean {
  return fate === 'goes' || fate === 'forwarded' || fate === 'waits'
}

/** How the letter stands that was sent last. */
async function sentOf(db: D1Database, { number, slug, finishedAt }: Digest) {
  const { withdrawn = 0, ...states } = await countStates(db, number)
  const count = Object.values(states).reduce((sum, each) => sum + each, 0)
  return { number, slug, count, isDone: finishedAt !== null }
}

function whenOf({ nextCutOff, settings: { schedule, locale } }: Project, now: number): string {
  if (nextCutOff <= now) return words.minutes
  return whenInWords(schedule.zone, locale, nextCutOff, now)
}

function forwardedOn({ forwardedAt }: Digest, { settings: { schedule, locale } }: Project): string | null {
  return forwardedAt === null ? null : dayInWords(schedule.zone, locale, forwardedAt)
}

/** What mail to the owner lacks. */
export function testLacks({ ownerEmail, publicUrl }: Settings, hasKey: boolean): readonly Missing[] {
  return [
    ...(hasKey ? [] : (['key'] as const)),
    ...(ownerEmail === null ? (['ownerEmail'] as const) : []),
    ...(publicUrl === null ? (['publicUrl'] as const) : []),
  ]
}

/** The next letter of a circle; null if it has none. */
async function nextMail(call: DeskCall, circle: Circle, as: 'now' | undefined) {
  const { project, documents } = await readNext(call, as)
  const document = documents.find((each) => each.circle === circle)
  return document === undefined ? null : asMailed(project, document, call.url)
}

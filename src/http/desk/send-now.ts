/** Sending the next letter now: the question, to whom, and then the closing by the owner's word. */

import { byOwner } from '../../core/closing.ts'
import { previewWords as words } from '../../core/desk-words-preview.ts'
import { inWords } from '../../core/list.ts'
import { weekdayAndDay } from '../../core/period.ts'
import { deliveryOf, isMailedByHand } from '../../core/project.ts'
import { type Circle, circles } from '../../core/recipient.ts'
import type { FieldError } from '../../core/result.ts'
import { skippedDays } from '../../core/skipped.ts'
import { missingWarning } from '../../core/warnings.ts'
import { sendPage } from '../../render/pages/desk/send-now.tsx'
import { countPeople } from '../../store/people.ts'
import { openProject } from '../../store/project.ts'
import { type Handlers, page, redirect } from '../call.ts'
import { digestHandlers, readNext } from '../digests.ts'
import { nextMails } from './mails.ts'
import { perform, typed } from './perform.ts'
import type { DeskCall } from './preview.ts'
import { movedOn, numberOf, refused } from './preview-forms.ts'

export const sendNowHandlers: Handlers<'askToClose' | 'closeNext'> = {
  async askToClose(call) {
    return page(200, await showQuestion(call, []))
  },

  /** Goes by what the owner was shown: the number, the version of the letter, how many readers. */
  async closeNext(call) {
    const number = numberOf(call.body)
    const project = await openProject(call.db, call.now)
    if (project.number !== number) return movedOn(call, number, project.number)
    if (typed(call.body, 'seen') !== seenOf(project.version, await readersOf(call))) {
      return page(409, await showQuestion(call, [{ field: '', message: words.changed }]))
    }
    const done = await perform('closeDigest', digestHandlers, call, { number })
    if (!done.ok) return refused(call, number, done)
    if (deliveryOf(project.settings) === 'direct') return redirect('/desk/preview?did=sentNow')
    const slug = done.value.headers?.Location?.split('/').at(-1) // of /api/digests/{slug}
    return redirect(`/desk/preview/${slug}?did=closedNow`)
  },
}

type Readers = Readonly<Record<Circle, number>>

/** How many active recipients each circle has. */
async function readersOf({ db }: DeskCall): Promise<Readers> {
  const active = (await countPeople(db)).filter(({ state }) => state === 'active')
  const [inner = 0, outer = 0] = circles.map((name) => active.find(({ circle }) => circle === name)?.count)
  return { inner, outer }
}

function seenOf(version: number, { inner, outer }: Readers): string {
  return `${version}-${inner}-${outer}`
}

async function showQuestion(call: DeskCall, errors: readonly FieldError[]): Promise<string> {
  const readers = await readersOf(call)
  const next = await readNext(call, 'now')
  const { project, facts, missing, lacks, documents, circles: inUse, day } = next
  const { number, settings, version } = project
  const { title, locale, schedule, ownerEmail } = settings
  const byHand = deliveryOf(settings) === 'byHand'
  const reached = documents
    .map(({ circle }) => [circle, readers[circle]] as const)
    .filter(([, count]) => count > 0)
  const why = facts.isSilent
    ? words.nothing
    : missing.length > 0
      ? words.notReady
      : !byHand && reached.length === 0
        ? words.nobody
        : null
  const isMailed = isMailedByHand(settings, facts.hasKey)
  const goes = byHand
    ? isMailed && ownerEmail !== null
      ? words.comesTo(number, ownerEmail)
      : words.waitsHere(number)
    : words.goesTo(number, reached, inUse.length > 1)
  const after = byOwner(project, call.now)
  const skipped = inWords(skippedDays({ ...project, nextCutOff: after.nextCutOff }, after.until))
  const dayOf = (instant: number) => weekdayAndDay(schedule.zone, locale, instant)
  const final = after.isLast ? words.finalOfAll : words.final(dayOf(after.nextCutOff), skipped)
  const atCutOff = dayOf(Math.max(project.nextCutOff, call.now))
  const without = inUse.filter((circle) => !documents.some((each) => each.circle === circle))
  return sendPage(
    { title, locale, zone: schedule.zone, isOwner: true },
    {
      ...{ errors, number, byHand, lead: why ?? goes },
      notes: why === null ? [...without.map(words.noneFor), final] : [],
      unset: facts.isSilent ? [] : missing.map(missingWarning),
      lacks: why === null ? lacks : [],
      seen: why === null ? seenOf(version, readers) : null,
      letters: why === null ? nextMails(next, call.url, 'now') : [],
      reads: day === atCutOff ? null : words.readsToday(atCutOff),
    },
  )
}

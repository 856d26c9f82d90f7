/** This week at the owner's desk: the letter as it stands, and what can be said of it. */
import { weekInWords } from '../../core/answer-line.ts'
import { type FirstSteps, firstSteps } from '../../core/first-steps.ts'
import type { Settings } from '../../core/project.ts'
import { sees } from '../../core/recipient.ts'
import type { Result } from '../../core/result.ts'
import { readTypedQuery } from '../../core/search/query.ts'
import { skippedInWords } from '../../core/skipped.ts'
import { blockForms } from '../../render/block.ts'
import { weekPage } from '../../render/pages/desk/week.tsx'
import { hideSteps, readStepped } from '../../store/first-steps.ts'
import { formsOf } from '../../store/open.ts'
import { countPeople } from '../../store/people.ts'
import { forgottenPlans } from '../../store/plans.ts'
import { listUnkept } from '../../store/posts.ts'
import { countOpen, listOpen, listUpdates } from '../../store/updates.ts'
import { type Call, type Caller, type Handlers, page, type Reply, redirect } from '../call.ts'
import { digestHandlers, readNext } from '../digests.ts'
import { settledHandlers } from '../settled.ts'
import { readerOf } from '../shown-update.ts'
import { errorsOf, type Form, perform, statusOf, typed } from './perform.ts'

type DeskCall = Pick<Call, 'db' | 'env' | 'now'> & { readonly caller: Caller }
type Shown = Partial<Pick<Parameters<typeof weekPage>[1], 'did' | 'q' | 'removed' | 'errors' | 'typed'>>

const foundAtMost = 50

export const weekHandlers: Handlers<'showWeek' | 'hideFirstSteps' | 'sayOpening' | 'sayPlan' | 'sayItem'> = {
  async showWeek(call) {
    return page(200, await showWeek(call, { q: call.query.q?.trim() ?? '', did: call.query.did }))
  },

  async hideFirstSteps({ db, body }) {
    const isHidden = body.hidden === 'true'
    await hideSteps(db, isHidden)
    return redirect(isHidden ? '/desk?did=stepsHidden' : '/desk')
  },

  async sayOpening(call) {
    return lead(call, await perform('editNextDigest', digestHandlers, call, openingOf(call.body)))
  },

  async sayPlan(call) {
    const { outcome, inside } = call.body
    if (outcome === 'back') return lead(call, await perform('takeOutcomeBack', settledHandlers, call))
    const why = typed(call.body, 'why').trim() || undefined
    return lead(call, await perform('sayOutcome', settledHandlers, call, { outcome, why, inside }))
  },

  async sayItem(call) {
    const { state, inside } = call.body
    if (state === 'back') return lead(call, await perform('takeAnswerBack', settledHandlers, call))
    const answer = typed(call.body, 'answer').trim() || undefined
    return lead(call, await perform('sayAnswer', settledHandlers, call, { state, answer, inside }))
  },
}

/** The page, with whatever there is to show beside what it always shows. Only ever for the owner. */
export async function showWeek(call: DeskCall, shown: Shown): Promise<string> {
  const { db, now, caller } = call
  const { project, open, seen, blocks, circles, warnings } = await readNext(call, 'soFar')
  const reader = readerOf(caller)
  const mine = blocks.filter(({ circle }) => sees('inner', circle))
  const forms = await formsOf(
    db,
    mine.flatMap(({ quote }) => quote ?? []),
  )
  const { title, locale, schedule } = project.settings
  const q = shown.q ?? ''
  const { kinds, texts, unread } = readTypedQuery(q)
  const filter = { kinds, texts, tag: null, since: null, until: null }
  const isAsked = kinds.length + texts.length > 0
  const count = await countOpen(db)
  const lastUntil = project.number > 1 ? project.since : null
  return weekPage(
    { title, locale, zone: schedule.zone, isOwner: true },
    {
      ...{ did: undefined, removed: null, errors: [], typed: {} },
      ...shown,
      q,
      ...{ number: project.number, since: lastUntil },
      firstSteps: project.number === 1 ? await stepsOf(call, project.settings, count > 0) : null,
      week: weekInWords({ ...project, lastUntil }, count, now),
      skipped: skippedInWords(project, now),
      hasCircles: circles.length > 1,
      ...{ warnings, open, carried: seen?.carried ?? null },
      blocks: mine.map((block) => ({
        ...block,
        page: blockForms(block, forms.get(block.quote ?? '') ?? {}).page,
      })),
      unkept: await listUnkept(db, caller.author.id),
      updates: await listOpen(db, reader),
      forgotten: await forgottenPlans(db, project.number - 1),
      unread,
      found: isAsked ? await listUpdates(db, reader, filter, null, foundAtMost) : [],
    },
  )
}

async function stepsOf(
  { db, env }: DeskCall,
  settings: Settings,
  hasUpdate: boolean,
): Promise<FirstSteps | null> {
  const { hasSchedule, isHidden } = await readStepped(db)
  if (isHidden) return null
  const hasReader = (await countPeople(db)).some(({ state }) => state === 'active')
  return firstSteps(settings, { hasKey: Boolean(env.RESEND_API_KEY), hasSchedule, hasReader, hasUpdate })
}

type FormCall = DeskCall & { readonly body: Form; readonly params: Call['params'] }

/** Back to the page; what was refused stands there again as it was typed. */
async function lead(call: FormCall, done: Result<Reply>): Promise<Result<Reply>> {
  const { id } = call.params
  if (done.ok) return redirect(`/desk?did=said${id === undefined ? '#opening' : `#${id}`}`)
  const words = Object.entries(call.body).filter(([, value]) => typeof value === 'string')
  const again = { ...Object.fromEntries(words), id: id ?? 'opening' }
  return page(statusOf(done.problem), await showWeek(call, { errors: errorsOf(done.problem), typed: again }))
}

/** Empty is taken away; a reason belongs to a status. */
function openingOf(form: Form): Form {
  const summary = typed(form, 'summary').replace(/\s+/gu, ' ').trim() || null
  const status = typed(form, 'status') || null
  const reason = typed(form, 'reason').trim() || undefined
  return { summary, status, inside: form.inside === true, ...(status === null ? {} : { reason }) }
}

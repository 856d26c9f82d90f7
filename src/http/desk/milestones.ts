/** Milestones at the owner's desk: added, moved with a reason, met, dropped. */

import { milestoneWords as words } from '../../core/desk-words-milestones.ts'
import { localDate } from '../../core/period.ts'
import { fail, invalid, type Result } from '../../core/result.ts'
import { milestonesPage, seenOf } from '../../render/pages/desk/milestones.tsx'
import { findMilestone, listMilestones, type Milestone } from '../../store/milestones.ts'
import { circlesInUse } from '../../store/recipients.ts'
import { type Call, type Caller, type Handlers, page, type Reply, redirect } from '../call.ts'
import { changeMilestone, milestoneHandlers } from '../milestones.ts'
import { errorsOf, type Form, perform, statusOf, typed } from './perform.ts'
import { viewerOf } from './viewer.ts'

type Names = 'showMilestonesHere' | 'addMilestoneHere' | 'changeMilestone' | 'removeMilestone'
type DeskCall = Pick<Call, 'db' | 'now' | 'params'> & { readonly caller: Caller }
type Edit = Pick<Milestone, 'title' | 'due' | 'inside' | 'state'>

const here = '/desk/milestones'
const gone = () => redirect(`${here}?did=milestoneGone`)

export const milestonePageHandlers: Handlers<Names> = {
  async showMilestonesHere(call) {
    return page(200, await showMilestones(call, { did: call.query.did }))
  },

  async addMilestoneHere(call) {
    const { db, body: form } = call
    const wanted = { ...fieldsOf(form), state: 'open' as const }
    const { title, due, inside } = wanted
    const done = await perform('addMilestone', milestoneHandlers, call, { title, due, inside })
    const found = (await listMilestones(db)).find((each) => isSame(each, wanted))
    if (done.ok || found !== undefined) return redirect(`${here}?did=milestoneAdded#${found?.id ?? ''}`)
    return refused(call, done, form, 'new')
  },

  async changeMilestone(call) {
    const { db, body: form, params } = call
    const before = await findMilestone(db, params.id ?? '')
    if (before === null) return gone()
    const isState = form.title === undefined
    const wanted = { ...before, ...(isState ? {} : fieldsOf(form)), ...stateOf(form) }
    const reason = isState ? null : typed(form, 'reason').trim() || null
    const did = isState ? stateDids[wanted.state] : 'milestoneChanged'
    const isDone = isSame(before, wanted) && (reason === null || before.revisions.at(-1)?.reason === reason)
    if (isDone) return redirect(`${here}?did=${did}#${before.id}`)
    if (typed(form, 'seen') !== seenOf(before)) return refused(call, overtaken, form, before.id)
    if (reason !== null && wanted.due === before.due)
      return refused(call, invalid('reason', words.noMove), form, before.id)
    const { title, due, inside, state } = wanted
    const edit = { title, due, inside, state, reason }
    const editMilestone: typeof milestoneHandlers.editMilestone = (its) => changeMilestone(its, before)
    const done = await perform('editMilestone', { editMilestone }, call, edit)
    const after = await findMilestone(db, before.id)
    if (done.ok || (after !== null && isSame(after, wanted)))
      return redirect(`${here}?did=${did}#${before.id}`)
    const isOvertaken = after !== null && !isSame(after, before)
    return refused(call, isOvertaken ? overtaken : done, form, before.id)
  },

  async removeMilestone(call) {
    const { id = '' } = call.params
    const done = await perform('deleteMilestone', milestoneHandlers, call)
    if (!done.ok) return gone()
    const isKept = (await findMilestone(call.db, id)) !== null
    return redirect(isKept ? `${here}?did=milestoneKept#${id}` : `${here}?did=milestoneRemoved`)
  },
}

const overtaken = fail({ reason: 'stale', detail: words.stale })

const stateDids = { open: 'milestoneOpen', met: 'milestoneMet', dropped: 'milestoneDropped' } as const

/** A box that is not ticked is not sent. */
function fieldsOf(form: Form) {
  return {
    title: typed(form, 'title').trim(),
    due: typed(form, 'due'),
    inside: form.inside === true,
  }
}

/** A state that is none is refused by the API. */
function stateOf(form: Form): { readonly state?: Milestone['state'] } {
  return form.state === undefined ? {} : { state: typed(form, 'state') as Milestone['state'] }
}

function isSame(one: Edit, other: Edit): boolean {
  return seenOf(one) === seenOf(other)
}

/** The page again, with what was typed where it was typed. */
async function refused(
  call: DeskCall,
  { problem }: Extract<Result<Reply>, { ok: false }>,
  form: Form,
  id: string,
): Promise<Result<Reply>> {
  if (problem.reason === 'notFound') return gone()
  const fields = form.title === undefined ? null : { ...fieldsOf(form), reason: typed(form, 'reason') }
  const again = { id, fields, errors: errorsOf(problem) }
  return page(statusOf(problem), await showMilestones(call, { again }))
}

type Shown = Partial<Pick<Parameters<typeof milestonesPage>[1], 'did' | 'again'>>

async function showMilestones(call: DeskCall, shown: Shown): Promise<string> {
  const { db, now } = call
  const viewer = await viewerOf(call)
  const { circles } = await circlesInUse(db)
  return milestonesPage(viewer, {
    ...{ did: undefined, again: undefined },
    ...shown,
    hasCircles: circles.length > 1,
    today: localDate(viewer.zone, now),
    milestones: await listMilestones(db),
  })
}

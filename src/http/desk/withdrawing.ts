/** Withdrawing what a letter told: asked about first, with whom it has reached. */
import { fail, type Problem, type Result } from '../../core/result.ts'
import { withdrawingPage } from '../../render/pages/desk/withdrawing.tsx'
import { formsOf } from '../../store/open.ts'
import { findUpdate } from '../../store/updates.ts'
import { lettersWith } from '../../store/withdrawals.ts'
import { type Call, type Caller, type Handlers, page, type Reply, redirect } from '../call.ts'
import { readerOf } from '../shown-update.ts'
import { withdrawalHandlers } from '../withdrawal.ts'
import { errorsOf, perform, statusOf, typed } from './perform.ts'
import { viewerOf } from './viewer.ts'

export const withdrawingHandlers: Handlers<'askToWithdraw' | 'withdrawTold'> = {
  async askToWithdraw(call) {
    return ask(call, '')
  },

  async withdrawTold(call) {
    const { slug, id } = call.params
    const reason = typed(call.body, 'reason').trim()
    const done = await perform('withdrawUpdate', withdrawalHandlers, call, { reason: reason || null })
    if (done.ok) return redirect(`/desk/letters/${slug}?did=withdrawn#u-${id}`)
    return ask(call, reason, done.problem)
  },
}

type LetterCall = Pick<Call, 'db' | 'now' | 'params'> & { readonly caller: Caller }

async function ask(call: LetterCall, reason: string, problem?: Problem): Promise<Result<Reply>> {
  const { db, params, caller } = call
  const { slug = '' } = params
  const update = await findUpdate(db, readerOf(caller), params.id ?? '')
  if (update === null) return fail({ reason: 'notFound' })
  if (update.digest === null) return redirect('/desk')
  if (update.withdrawn !== null) return redirect(`/desk/letters/${slug}#u-${update.id}`)
  const forms = await formsOf(db, [update.id])
  const html = withdrawingPage(await viewerOf(call), {
    ...{
      update,
      page: forms.get(update.id)?.page ?? '',
      slug,
      reason,
      standing: await lettersWith(db, update.id),
    },
    errors: problem === undefined ? [] : errorsOf(problem),
  })
  return page(problem === undefined ? 200 : statusOf(problem), html)
}

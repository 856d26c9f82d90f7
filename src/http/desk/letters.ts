/** Letters that have closed: how they went, what waits for the owner's word, and what they told. */
import { lettersWords as words } from '../../core/desk-words-letters.ts'
import { dayInWords, spanInWords } from '../../core/period.ts'
import { fail, type Result } from '../../core/result.ts'
import { type Closed, closedPage } from '../../render/pages/desk/closed.tsx'
import { lettersPage } from '../../render/pages/desk/letters.tsx'
import { correctionsIn } from '../../store/corrections.ts'
import { type Counts, countsOf, listDeliveries } from '../../store/deliveries.ts'
import { type Digest, findDigest, listDigests } from '../../store/digests.ts'
import { formsOf } from '../../store/open.ts'
import { openProject } from '../../store/project.ts'
import { listFrozen } from '../../store/updates.ts'
import { type Call, type Caller, type Handlers, page, type Reply, redirect } from '../call.ts'
import { deliveryHandlers } from '../deliveries.ts'
import { digestHandlers } from '../digests.ts'
import { readerOf } from '../shown-update.ts'
import { perform, typed } from './perform.ts'
import { viewerOf } from './viewer.ts'

const lettersAPage = 25
const readersAPage = 50

type Names = 'showLetters' | 'showClosed' | 'releaseClosed' | 'settleDelivery'

export const lettersHandlers: Handlers<Names> = {
  async showLetters(call) {
    const { db, query } = call
    const before = query.before === undefined ? Number.MAX_SAFE_INTEGER : Number(query.before)
    const found = await listDigests(db, before, lettersAPage + 1)
    const digests = found.slice(0, lettersAPage)
    const counts = await countsOf(db, digests.at(-1)?.number ?? 0, digests[0]?.number ?? 0, call.now)
    const letters = digests.map((digest) => headOf(digest, counts.get(digest.number)))
    const older = found.length > lettersAPage ? (digests.at(-1)?.number ?? null) : null
    return page(200, lettersPage(await viewerOf(call), letters, older))
  },

  async showClosed(call) {
    const { did, after } = call.query
    return showClosed(call, 200, { did, after })
  },

  /** Goes by what the owner was shown: to how many it goes. */
  async releaseClosed(call) {
    const { db, now, params, body } = call
    const digest = await findDigest(db, params.slug ?? '')
    if (digest === null) return fail({ reason: 'notFound' })
    const here = `/desk/letters/${digest.slug}`
    if (digest.finishedAt !== null) return redirect(`${here}?did=settledBefore`)
    const { late = 0 } = (await countsOf(db, digest.number, digest.number, now)).get(digest.number) ?? {}
    // None is late any more where it was pressed twice.
    if (late > 0 && typed(body, 'letters') !== String(late)) {
      return showClosed(call, 409, { errors: [{ field: '', message: words.changed }] })
    }
    const done = await perform('editDigest', digestHandlers, call, { release: true })
    return done.ok ? redirect(`${here}?did=released`) : done
  },

  async settleDelivery(call) {
    const { state } = call.body
    const here = `/desk/letters/${call.params.slug}`
    const n = Number(typed(call.body, 'n'))
    const done = await perform('editDelivery', deliveryHandlers, call, { state, n })
    if (done.ok) return redirect(`${here}?did=${state === 'accepted' ? 'settled' : 'again'}`)
    if (done.problem.reason === 'stale') return redirect(`${here}?did=settledBefore`)
    return done
  },
}

type LetterCall = Pick<Call, 'db' | 'now' | 'params'> & { readonly caller: Caller }

type Shown = Partial<Pick<Closed, 'did' | 'errors'>> & { readonly after?: string | undefined }

async function showClosed(
  call: LetterCall,
  status: Parameters<typeof page>[0],
  shown: Shown,
): Promise<Result<Reply>> {
  const { db, now, caller, params } = call
  const digest = await findDigest(db, params.slug ?? '')
  if (digest === null) return fail({ reason: 'notFound' })
  const { number } = digest
  const viewer = await viewerOf(call)
  const { halt } = await openProject(db, now)
  const found = await listDeliveries(db, number, null, shown.after ?? '', readersAPage + 1)
  const deliveries = found.slice(0, readersAPage)
  const updates = await listFrozen(db, readerOf(caller), number)
  const forms = await formsOf(
    db,
    updates.map(({ id }) => id),
  )
  const corrections = await correctionsIn(db, number)
  const dayOf = (instant: number) => dayInWords(viewer.zone, viewer.locale, instant)
  return page(
    status,
    closedPage(viewer, {
      ...{ did: shown.did, errors: shown.errors ?? [] },
      letter: headOf(digest, (await countsOf(db, number, number, now)).get(number)),
      halted: halt?.reason ?? null,
      uncertain: await listDeliveries(db, number, 'uncertain', '', readersAPage),
      rejected: await listDeliveries(db, number, 'rejected', '', readersAPage),
      deliveries,
      after: found.length > readersAPage ? (deliveries.at(-1)?.recipient ?? null) : null,
      updates: updates.map((update) => ({
        update,
        page: forms.get(update.id)?.page ?? '',
        withdrawnOn: update.withdrawn && dayOf(update.withdrawn.at),
        corrections: (corrections.get(update.id) ?? []).map((each) => ({
          ...each,
          day: dayOf(each.postedAt),
        })),
      })),
    }),
  )
}

function headOf(digest: Digest, counts: Counts | undefined) {
  const { number, slug, delivery, forwardedAt, zone, locale, since, until } = digest
  return {
    ...{ number, slug, span: spanInWords(zone, locale, since, until) },
    isByHand: delivery === 'byHand',
    isForwarded: forwardedAt !== null,
    ...(counts ?? { states: {}, late: 0 }),
  }
}

import { parseLetterName } from '../core/delivery.ts'
import { isSame } from '../core/secret.ts'
import { letterPage } from '../render/pages/letter.tsx'
import { notFoundPage } from '../render/pages/not-found.tsx'
import { archivedBlocks } from '../store/archive.ts'
import { findDelivery } from '../store/deliveries.ts'
import { findDigestByNumber } from '../store/digests.ts'
import { type Handlers, page } from './call.ts'

export const letterHandlers: Handlers<'showLetter'> = {
  async showLetter({ db, params }) {
    const name = parseLetterName(params.token ?? '')
    const delivery = name === null ? null : await findDelivery(db, name.digest, name.recipient)
    const isByHand = delivery?.recipient === delivery?.circle
    // A deleted recipient has no address any more, and no letters.
    if (name === null || delivery === null || (delivery.email === null && !isByHand))
      return page(404, notFoundPage())
    if (!(await isSame(delivery.token, name.token))) return page(404, notFoundPage())
    const digest = await findDigestByNumber(db, delivery.digest)
    if (digest === null) return page(404, notFoundPage())
    const blocks = await archivedBlocks(db, delivery.circle, [digest.number])
    return page(200, letterPage(digest, blocks))
  },
}

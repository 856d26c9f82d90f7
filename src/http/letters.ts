import { parseLetterName } from '../core/delivery.ts'
import { isSame } from '../core/secret.ts'
import { letterPage } from '../render/pages/letter.tsx'
import { notFoundPage } from '../render/pages/not-found.tsx'
import { archivedBlocks } from '../store/archive.ts'
import { type Delivery, findDelivery } from '../store/deliveries.ts'
import { findDigestByNumber } from '../store/digests.ts'
import { findPhotoInLetter } from '../store/photos.ts'
import { type Handlers, page } from './call.ts'
import { fileReply } from './photos.ts'

export const letterHandlers: Handlers<'showLetter' | 'showLetterPhoto'> = {
  async showLetter({ db, params, url }) {
    const delivery = await findLetter(db, params.token ?? '')
    const digest = delivery === null ? null : await findDigestByNumber(db, delivery.digest)
    if (delivery === null || digest === null) return page(404, notFoundPage())
    const blocks = await archivedBlocks(db, delivery.circle, [digest.number])
    return page(200, letterPage(digest, blocks, url.pathname))
  },

  async showLetterPhoto(call) {
    const { db, params } = call
    const delivery = await findLetter(db, params.token ?? '')
    if (delivery === null) return page(404, notFoundPage())
    const name = params.name ?? ''
    const type = await findPhotoInLetter(db, delivery.digest, delivery.circle, name)
    return fileReply(call, name, type)
  },
}

/** The delivery whose letter has this name; a deleted recipient has no address any more, and no letters. */
async function findLetter(db: D1Database, token: string): Promise<Delivery | null> {
  const name = parseLetterName(token)
  const delivery = name === null ? null : await findDelivery(db, name.digest, name.recipient)
  if (name === null || delivery === null) return null
  const isByHand = delivery.recipient === delivery.circle
  if (delivery.email === null && !isByHand) return null
  return (await isSame(delivery.token, name.token)) ? delivery : null
}

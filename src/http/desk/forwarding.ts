/** A closed letter, to be passed on by the owner's own mail: by hand each is, and any other may be. */
import { previewWords as words } from '../../core/desk-words-preview.ts'
import { dayInWords } from '../../core/period.ts'
import type { Circle } from '../../core/recipient.ts'
import { fail } from '../../core/result.ts'
import { ofCirclesInUse } from '../../delivery/next-letter.ts'
import type { Letter } from '../../render/letter.tsx'
import { forwardingPage } from '../../render/pages/desk/forwarding.tsx'
import { archivedBlocks } from '../../store/archive.ts'
import { type Delivery, listDeliveries } from '../../store/deliveries.ts'
import { type Digest, documentsOf, findDigest } from '../../store/digests.ts'
import { openProject } from '../../store/project.ts'
import { circlesInUse } from '../../store/recipients.ts'
import { type Call, type Handlers, page, redirect } from '../call.ts'
import { digestHandlers } from '../digests.ts'
import { handedOn, toPassOn } from './mails.ts'
import { perform } from './perform.ts'
import { viewerOf } from './viewer.ts'

export const forwardingHandlers: Handlers<'showForwarding' | 'sayForwarded'> = {
  async showForwarding(call) {
    const digest = await findDigest(call.db, call.params.slug ?? '')
    if (digest === null) return fail({ reason: 'notFound' })
    const viewer = await viewerOf(call)
    const letters = await lettersOf(call, digest)
    const at = digest.forwardedAt
    return page(
      200,
      forwardingPage(viewer, {
        ...{ number: digest.number, slug: digest.slug, did: call.query.did },
        isByHand: digest.delivery === 'byHand',
        day: at === null ? null : dayInWords(viewer.zone, viewer.locale, at),
        letters: letters.map(({ circle, letter, delivery }) => ({
          ...{ circle: letters.length > 1 ? circle : null, subject: letter.subject, text: letter.text },
          src: `/desk/preview/letter?circle=${circle}&of=${digest.slug}`,
          came: cameWords(delivery),
        })),
      }),
    )
  },

  async sayForwarded(call) {
    const done = await perform('editDigest', digestHandlers, call, { forwarded: true })
    return done.ok ? redirect(`/desk/preview/${call.params.slug}?did=forwarded`) : done
  },
}

type MailCall = Pick<Call, 'db' | 'now' | 'url'>

/** The letter of a closed period as it is passed on to a circle; null if there is none. */
export async function closedMail(call: MailCall, slug: string, circle: Circle): Promise<Letter | null> {
  const digest = await findDigest(call.db, slug)
  const letters = digest === null ? [] : await lettersOf(call, digest)
  return letters.find((each) => each.circle === circle)?.letter ?? null
}

async function lettersOf({ db, now, url }: MailCall, digest: Digest) {
  const { settings } = await openProject(db, now)
  const isByHand = digest.delivery === 'byHand'
  const deliveries = isByHand ? await listDeliveries(db, digest.number, null, '', 2) : []
  const documents = await documentsOf(db, digest.number)
  // By hand there is a delivery for each circle that was in use when the period closed.
  const shown = isByHand
    ? documents.filter(({ circle }) => handedOn(deliveries, circle) !== null)
    : ofCirclesInUse(documents, (await circlesInUse(db)).circles)
  return Promise.all(
    shown.map(async (document) => {
      const { circle } = document
      const delivery = handedOn(deliveries, circle)
      const blocks = await archivedBlocks(db, circle, [digest.number])
      return { circle, delivery, letter: toPassOn(settings, digest, document, delivery, blocks, url) }
    }),
  )
}

/** Whether it came to the owner's inbox, too; null where nothing mails it. */
function cameWords(delivery: Delivery | null): string | null {
  if (delivery === null) return null
  const { state, providerId } = delivery
  if (state === 'accepted') return providerId === null ? null : words.mailed
  return state === 'waiting' || state === 'trying' ? words.mailing : words.unmailed
}

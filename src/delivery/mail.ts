/** From a delivery to the mail that the provider is asked to send. */

import { type Envelope, formatLetterName } from '../core/delivery.ts'
import type { Document } from '../core/digest.ts'
import type { Project, Settings } from '../core/project.ts'
import { weeklyLetter } from '../render/letter.tsx'
import { filesPath } from '../render/photos.ts'
import type { Digest } from '../store/digests.ts'
import type { Due } from '../store/due.ts'
import type { Mail } from './mailer.ts'

/** Where mail comes from and replies go; null while a setting for it is missing. */
export type Sender = { readonly from: string; readonly replyTo: string; readonly publicUrl: string }

export function senderOf(
  { sender, ownerEmail, publicUrl }: Settings,
  delivery: Digest['delivery'],
): Sender | null {
  if (ownerEmail === null || publicUrl === null) return null
  if (sender === null && delivery === 'direct') return null
  return { from: sender ?? providersSender, replyTo: ownerEmail, publicUrl }
}

/** The ways of delivery that have a sender now. */
export function sendable(settings: Settings): readonly Digest['delivery'][] {
  return (['direct', 'byHand'] as const).filter((delivery) => senderOf(settings, delivery) !== null)
}

/** By hand, without a mail domain of one's own, the provider mails its own customer from this address. */
const providersSender = 'weeknotes <onboarding@resend.dev>'

/**
 * The letter of one delivery; an unsettled one from its stored envelope, so that it comes out byte for byte.
 * null if there is no letter for the recipient's circle.
 */
export function mailOf(
  project: Project,
  sender: Sender | null,
  digest: Digest,
  documents: readonly Document[],
  due: Due,
): { readonly envelope: Envelope; readonly content: Mail } | null {
  const envelope = due.unsettled ?? (sender && envelopeOf(sender, due))
  const document = documents.find(({ circle }) => circle === envelope?.circle)
  if (envelope === null || document === undefined) return null
  const name = formatLetterName({ digest: digest.number, recipient: due.id, token: due.token })
  const page = `${envelope.publicUrl}/l/${name}`
  const stop = due.reader === null ? null : `${envelope.publicUrl}/unsubscribe/${due.reader.unsubscribe}`
  const letter = weeklyLetter(document, digest, envelope, { page, files: page + filesPath, stop })
  return {
    envelope,
    content: {
      from: envelope.from,
      to: [envelope.to],
      replyTo: [envelope.replyTo],
      ...letter,
      headers: headersOf(project, digest, envelope, stop),
      tags: [
        { name: 'project', value: project.id },
        { name: 'digest', value: String(digest.number) },
        { name: 'recipient', value: due.id },
      ],
    },
  }
}

/** By hand the letter goes to the owner, for the circle that the delivery is named after. */
function envelopeOf(sender: Sender, { id, reader, isNewcomer }: Due): Envelope | null {
  if (id === 'inner' || id === 'outer') {
    const owner = { to: sender.replyTo, name: null, circle: id, isNewcomer } as const
    return { ...sender, ...owner, byHand: true }
  }
  if (reader === null) return null
  const { email, name, circle } = reader
  return { ...sender, to: email, name, circle, isNewcomer, byHand: false }
}

/** Keeps vacation replies away (RFC 3834). */
export const automatic = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' }

/** One-click unsubscribing is RFC 8058. */
function headersOf(
  project: Project,
  digest: Digest,
  envelope: Envelope,
  stop: string | null,
): Readonly<Record<string, string>> {
  const host = new URL(envelope.publicUrl).hostname
  const common = { ...automatic, 'X-Entity-Ref-ID': `${project.id}/${digest.number}` }
  if (stop === null) return common
  return {
    ...common,
    'List-Id': `<weeknotes.${project.id}.${host}>`,
    'List-Unsubscribe': `<${stop}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

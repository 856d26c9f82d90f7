/** Letters as they are mailed: the next one, or one that was closed. */
import { formatLetterName } from '../../core/delivery.ts'
import type { Document } from '../../core/digest.ts'
import { extract } from '../../core/grammar/text.ts'
import { letterWords } from '../../core/letter-words.ts'
import { dayInWords } from '../../core/period.ts'
import { deliveryOf, type Project, type Settings } from '../../core/project.ts'
import type { Circle } from '../../core/recipient.ts'
import { draftLetter, type Letter, pastedLetter } from '../../render/letter.tsx'
import type { NextMail } from '../../render/pages/desk/mail-view.tsx'
import { filesPath } from '../../render/photos.ts'
import type { ArchivedBlock } from '../../store/archive.ts'
import type { Delivery } from '../../store/deliveries.ts'
import type { Digest } from '../../store/digests.ts'

/** The next letter of a circle, below a line of ours if there is one. What belongs to its recipient, or to a letter that has gone out, leads to the desk. */
export function asMailed(
  { number, settings }: Project,
  document: Document,
  url: URL,
  first: string | null = null,
): Letter {
  const reader = { isNewcomer: number === 1, byHand: deliveryOf(settings) === 'byHand' }
  return draftLetter(document, settings, reader, settings.publicUrl ?? url.origin, first)
}

type Next = {
  readonly project: Project
  readonly documents: readonly Document[]
  readonly circles: readonly Circle[]
}

/** The next letters as a page shows them; `as` is when they go, if not at the cut-off. */
export function nextMails(
  { project, documents, circles }: Next,
  url: URL,
  as: 'now' | undefined,
): readonly NextMail[] {
  return lettersOf(documents, circles).map(({ document, shared }) => ({
    ...{ circles: shared, circle: document.circle, subject: document.subject, words: document.words },
    text: asMailed(project, document, url).text,
    src: `/desk/preview/letter?circle=${document.circle}${as === undefined ? '' : `&as=${as}`}`,
  }))
}

/** Circles that read the same share a letter; `shared` is null where one circle alone is in use. */
export function lettersOf(documents: readonly Document[], circles: readonly Circle[]) {
  const groups = Map.groupBy(documents, ({ subject, html }) => `${subject}\n${html}`).values()
  return Array.from(groups).flatMap((group) => {
    const [document] = group
    const shared = circles.length > 1 ? group.map(({ circle }) => circle) : null
    return document === undefined ? [] : [{ document, shared }]
  })
}

/** A closed letter, to be passed on: by hand it has a page that opens for whoever gets it, else one for its readers. */
export function toPassOn(
  { publicUrl }: Settings,
  digest: Digest,
  document: Document,
  delivery: Delivery | null,
  blocks: readonly ArchivedBlock[],
  url: URL,
): Letter {
  const base = publicUrl ?? url.origin
  const own =
    delivery === null ? null : `${base}/l/${formatLetterName({ ...delivery, digest: digest.number })}`
  const links = { page: own ?? `${base}/archive/${digest.slug}`, files: (own ?? base) + filesPath }
  const corrections = blocks.flatMap((block) =>
    block.corrections.map(({ text, postedAt }) => {
      const day = dayInWords(digest.zone, digest.locale, postedAt)
      return letterWords.correctedOf(extract(block.markdown, maxExtract), day, text)
    }),
  )
  return pastedLetter(document, digest, digest.number === 1, links, corrections)
}

const maxExtract = 60

/** The delivery that the owner forwards to a circle, among those of a digest. */
export function handedOn(deliveries: readonly Delivery[], circle: Circle): Delivery | null {
  return deliveries.find(({ recipient }) => recipient === circle) ?? null
}

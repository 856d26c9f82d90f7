/** Sending the letters of a digest, a claim's worth at a time. */
import { claimSizeAfter, type Envelope } from '../core/delivery.ts'
import type { Document } from '../core/digest.ts'
import type { Project } from '../core/project.ts'
import { claimDeliveries, markChanged, settleDeliveries, withdrawDeliveries } from '../store/claims.ts'
import { type Digest, documentsOf, endRun } from '../store/digests.ts'
import { beginRun, type Due, dueDeliveries } from '../store/due.ts'
import { mailOf, type Sender, sendable, senderOf } from './mail.ts'
import type { Mailer } from './mailer.ts'
import {
  type Line,
  makeReady,
  nothingSent,
  type Outbox,
  type Ready,
  type Sent,
  sendReady,
  type Time,
} from './outbox.ts'

/** How often a run may claim, and until when it begins to. */
export type Claiming = { readonly claims: number; readonly claimUntil: number }

/** Tries letters of `digest` over `line`, a claim's worth after the other, as long as they go out. */
export async function sendDigest(
  db: D1Database,
  mailer: Mailer,
  project: Project,
  digest: Digest,
  time: Time,
  line: Line,
  { claims, claimUntil }: Claiming,
): Promise<Sent> {
  const sender = senderOf(project.settings, digest.delivery)
  await beginRun(db, digest.number, time.clock())
  // A sender in trouble is tried with a single letter.
  const limit = project.halt === null ? claimSizeAfter(digest.runs) : 1
  const documents = await documentsOf(db, digest.number)
  const letters = lettersOf(db, project, digest)
  let sum = nothingSent
  for (let claim = 0; claim < claims && (claim === 0 || time.clock() < claimUntil); claim++) {
    const due = await dueDeliveries(db, digest.number, sendable(project.settings), time.clock(), limit)
    const ready = await prepareAll(db, mailer, project, sender, digest, documents, due)
    const sent = await sendReady(db, mailer, project, letters, ready, time, line)
    sum = added(sum, sent)
    const goesWell = sent.halted === null && sent.accepted > 0 && sent.tried === ready.length
    if (!goesWell || due.length < limit || project.halt !== null) break
  }
  await endRun(db, digest.number, time.clock())
  return sum
}

function added(sum: Sent, { accepted, tried, halted }: Sent): Sent {
  return { accepted: sum.accepted + accepted, tried: sum.tried + tried, halted }
}

function lettersOf(db: D1Database, project: Project, digest: Digest): Outbox<Envelope> {
  return {
    isOfLetters: true,
    keyOf: (recipient, n) => `wn/${project.id}/${digest.number}/${recipient}/${n}`,
    claim: (lease, claims, now) => claimDeliveries(db, digest, lease, claims, now),
    settle: (lease, settlements) => settleDeliveries(db, digest.number, lease, settlements),
  }
}

/** Makes the requests; ends deliveries that have no letter, or another one than was tried. */
async function prepareAll(
  db: D1Database,
  mailer: Mailer,
  project: Project,
  sender: Sender | null,
  digest: Digest,
  documents: readonly Document[],
  dues: readonly Due[],
): Promise<readonly Ready<Envelope>[]> {
  const ready: Ready<Envelope>[] = []
  const without: Due[] = []
  const changed: Due[] = []
  for (const due of dues) {
    const mail = mailOf(project, sender, digest, documents, due)
    const letter = mail && (await makeReady(mailer, due, mail.envelope, mail.content))
    if (letter !== null) ready.push(letter)
    else if (mail === null) without.push(due)
    else changed.push(due)
  }
  await withdrawDeliveries(db, digest.number, without)
  await markChanged(db, digest.number, changed)
  return ready
}

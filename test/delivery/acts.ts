/** What people, the provider and the database do in a random schedule. */
import { env } from 'cloudflare:workers'
import type { EventType, Receipt } from '../resend/stand-in.ts'
import { resend } from '../world.ts'
import { type At, asks, lettersSent, runTick, type World } from './schedule-world.ts'

export function pick<T>(from: readonly T[], which: number): T {
  return from[which % Math.max(from.length, 1)] as T // where `from` is empty, there is none: undefined
}

/** The open period's number. */
export async function number(): Promise<{ readonly number: number }> {
  const last = await env.DB.prepare('SELECT max(number) AS n FROM digests').first<number>('n')
  return { number: 1 + (last ?? 0) }
}

function newWord(world: World): string {
  world.words += 1
  return `word${world.words}end`
}

export async function posts(world: World, marker: string, at: At): Promise<void> {
  const word = newWord(world)
  const response = await asks(at, 'POST', '/api/updates', { text: `${marker} ${word}` })
  const { id } = await response.json<{ id: string }>()
  world.updates.push({ id, words: [word], isDeleted: false })
}

/** The latest updates: those that nobody froze yet are among them. */
const latest = ({ updates }: World) => updates.slice(-4).reverse()

export async function changes(world: World, which: number, at: At, kind: object): Promise<void> {
  const update = pick(latest(world), which)
  if (update === undefined) return
  const isEdit = Object.keys(kind).length === 0
  const word = newWord(world)
  if (isEdit) update.words.push(word)
  await asks(at, 'PATCH', `/api/updates/${update.id}`, isEdit ? { text: `Now ${word}` } : kind)
}

export async function deletes(world: World, which: number, at: At): Promise<void> {
  const update = pick(latest(world), which)
  const response = await asks(at, 'DELETE', `/api/updates/${update?.id}`, undefined)
  if (update !== undefined && response.status === 204) update.isDeleted = true
}

/** Takes back the words of an update that went out. */
export async function withdraws(world: World, which: number, at: At): Promise<void> {
  const id = pick(world.updates, which)?.id ?? 'none'
  const mayCall = world.running !== null
  const { ok } = await asks(at, 'PUT', `/api/updates/${id}/withdrawal`, {})
  if (ok && !world.withdrawn.has(id)) world.withdrawn.set(id, mayCall ? null : lettersSent().length)
}

/** By hand: the owner has forwarded a letter. */
export async function forwards(_: World, which: number, at: At): Promise<void> {
  const digests = await env.DB.prepare(
    "SELECT slug FROM digests WHERE delivery = 'byHand' ORDER BY number",
  ).all()
  const slug = pick(digests.results, which)?.slug
  if (slug !== undefined) await asks(at, 'PATCH', `/api/digests/${slug}`, { forwarded: true })
}

export async function says(world: World, which: number, at: At, what: 'outcome' | 'answer'): Promise<void> {
  const kinds = what === 'outcome' ? "'next'" : "'ask', 'need', 'blocked'"
  const { results } = await env.DB.prepare(
    `SELECT id FROM updates WHERE kind IN (${kinds}) ORDER BY posted_at, text`,
  ).all<{ id: string }>()
  const word = newWord(world)
  const body =
    what === 'outcome'
      ? { outcome: pick(['met', 'partly', 'not', 'dropped'], which), why: word, inside: which % 3 === 0 }
      : { state: pick(['answered', 'open', 'dropped'], which), answer: word, inside: which % 4 === 0 }
  const method = which % 5 === 0 ? 'DELETE' : 'PUT'
  const path = `/api/updates/${pick(results, which)?.id}/${what}`
  await asks(at, method, path, method === 'PUT' ? body : undefined)
}

export async function adds(world: World, which: number, at: At): Promise<void> {
  const email = pick(['new@example.com', 'professor@example.edu', 'other@example.edu'], which)
  const circle = pick(['outer', 'inner'] as const, which)
  const response = await asks(at, 'POST', '/api/recipients', { email, circle })
  if (response.status !== 201) return
  const { id } = await response.json<{ id: string }>()
  world.recipients.push({ id, email, wasInner: circle === 'inner' })
}

export async function moves(world: World, which: number, at: At): Promise<void> {
  const recipient = pick(world.recipients, which)
  const circle = pick(['inner', 'outer'], which)
  if (circle === 'inner') recipient.wasInner = true
  await editsRecipient(world, which, at, { circle })
}

export async function editsRecipient(world: World, which: number, at: At, edit: object): Promise<void> {
  await asks(at, 'PATCH', `/api/recipients/${pick(world.recipients, which).id}`, edit)
}

/** The recipient's own hand, on the page that a letter links to. */
export async function stops(world: World, which: number, at: At, path: '' | '/undo'): Promise<void> {
  const { id } = pick(world.recipients, which)
  const token = await env.DB.prepare('SELECT unsubscribe FROM recipients WHERE id = ?1')
    .bind(id)
    .first('unsubscribe')
  await asks(at, 'POST', `/unsubscribe/${token}${path}`, undefined, { token: null })
}

type Row = { readonly number: number; readonly slug: string; readonly recipient: string }

async function deliveriesWhere(where: string): Promise<readonly Row[]> {
  const { results } = await env.DB.prepare(
    `SELECT g.number, g.slug, d.recipient FROM deliveries d JOIN digests g ON g.number = d.digest
     WHERE ${where} ORDER BY g.number, d.recipient`,
  ).all<Row>()
  return results
}

/** The owner settles what is uncertain, or says "again" of what did not arrive. */
export async function decides(
  world: World,
  which: number,
  at: At,
  state: 'accepted' | 'waiting',
): Promise<void> {
  const from =
    state === 'accepted' ? "d.state = 'uncertain'" : "d.state IN ('uncertain', 'rejected', 'withdrawn')"
  const found = pick(await deliveriesWhere(from), which)
  if (found === undefined) return
  const { number: digest, slug, recipient } = found
  if (state === 'waiting') world.again.push(`${digest}/${recipient}`)
  await asks(at, 'PATCH', `/api/digests/${slug}/deliveries/${recipient}`, { state })
}

export async function releases(world: World, which: number, at: At): Promise<void> {
  const found = pick(await deliveriesWhere("d.state IN ('waiting', 'trying')"), which)
  if (found === undefined) return
  world.released.add(found.number)
  await asks(at, 'PATCH', `/api/digests/${found.slug}`, { release: true })
}

/** An earlier letter for somebody who has none of it. */
export async function givesEarlier(world: World, which: number, at: At): Promise<void> {
  const digests = await env.DB.prepare('SELECT slug FROM digests ORDER BY number').all<{ slug: string }>()
  const recipient = pick(world.recipients, which).id
  await asks(at, 'POST', `/api/digests/${pick(digests.results, which)?.slug}/deliveries`, { recipient })
}

/** A second run that comes to its touch number `which` and waits there for the end of the one that is going on. */
export async function overlaps(world: World, which: number, at: At): Promise<void> {
  const { running } = world
  if (running === null) return runTick(world, world.now, at)
  const halfWay = Promise.withResolvers<void>()
  const other = runTick(world, world.now, async (reached) => {
    if (reached !== 1 + (which % 30)) return
    halfWay.resolve()
    await running
  }).finally(halfWay.resolve)
  world.waiting.push(other)
  await halfWay.promise
}

/** The provider takes nothing for one address. */
export async function refuses(world: World, which: number): Promise<void> {
  const { email } = pick(world.recipients, which)
  world.trouble = ({ to }) => (to.includes(email) ? { status: 422, name: 'validation_error' } : undefined)
}

const events: readonly EventType[] = [
  ...(['email.sent', 'email.delivered', 'email.delivery_delayed', 'email.bounced'] as const),
  ...(['email.complained', 'email.failed', 'email.suppressed'] as const),
]

const soft = { bounce: { type: 'Transient', subType: 'MailboxFull', message: 'Mailbox full' } }

/** A receipt of any mail that was taken, also of one that we do not know to be. */
export async function receives(world: World, which: number, at: At): Promise<void> {
  const message = pick(resend.sent, which)
  if (message === undefined) return
  const type = pick(events, Math.floor(which / 3))
  const receipt = await resend.event(
    type,
    message.id,
    type === 'email.bounced' && which % 2 === 0 ? soft : {},
  )
  world.receipts.push(receipt)
  await delivers(receipt, at)
}

export async function delivers(receipt: Receipt | undefined, at: At): Promise<void> {
  if (receipt === undefined) return
  const { body, headers } = receipt
  await asks(at, 'POST', '/webhooks/resend', body, { token: null, headers })
}

export async function restores(world: World): Promise<void> {
  if (world.restore === null) return
  await world.restore()
  world.isRestored = true
}

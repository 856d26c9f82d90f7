/** The model: what must hold of every schedule that ends quietly. */
import { expect } from 'vitest'
import { pagePlaceholder } from '../../src/render/document.ts'
import { day, hour } from '../world.ts'
import type { Evidence, Row } from './evidence.ts'
import type { World } from './schedule-world.ts'

/** Once nobody acts, the provider is well and the cron ran long enough. */
export function expectAllHolds(world: World, found: Evidence): void {
  expectPeriods(found)
  expectUpdates(found)
  expectWords(world, found)
  expectLetters(world, found)
}

/** Numbers without a gap, each period beginning where the last one ended. */
function expectPeriods({ digests }: Evidence): void {
  for (const [i, { number, since, until }] of digests.entries()) {
    expect([number, Number(until) > Number(since)]).toEqual([i + 1, true])
    if (i > 0) expect(since).toBe(digests[i - 1]?.until)
  }
}

/** Each public update stands in the one digest that took it, a private one in none; nothing is left over. */
function expectUpdates({ updates, told, settled }: Evidence): void {
  for (const { id, kind, text, digest, withdrawn_at } of updates) {
    expect([text, digest === null]).toEqual([text, kind === 'private'])
    const blocks = told.filter((block) => block.id === id)
    const own = blocks.filter((block) => block.digest === digest)
    const isTold = own.some(({ markdown }) => String(markdown).includes(wordOf(text)))
    if (withdrawn_at === null) expect([text, digest, isTold]).toEqual([text, digest, digest !== null])
    // What is open is told again: a plan in the next letter, the others until they are settled.
    const isTellable = ['next', 'ask', 'need', 'blocked'].includes(String(kind))
    const others = blocks.filter((block) => block.digest !== digest && !isTellable)
    none(others, `${text} is told once`)
    expect(
      digest === null || blocks.every((block) => Number(block.digest) >= Number(digest)),
      text as string,
    ).toBe(true)
  }
  none(
    settled.filter(({ digest }) => digest === null),
    'whatever came of plans and asks is told',
  )
}

/** Nobody reads what is private or deleted, or was another text when its period closed; inside stays inside. */
function expectWords(world: World, { updates, corrections, settled, documents, letters }: Evidence): void {
  const mails = world.isRestored ? [] : letters // those from before know what the database forgot
  /** Those that were made when it was withdrawn already. */
  const since = (id: string) =>
    mails.slice(world.withdrawn.get(id) ?? (world.withdrawn.has(id) ? mails.length : 0))
  const bodyOf = ({ text, html }: { readonly text: string; readonly html: string }) => text + html
  const kept = [...updates.filter(({ kind }) => kind !== 'private'), ...corrections]
  for (const { id, words } of world.updates) {
    const may = kept.filter((row) => row.id === id).map(({ text }) => wordOf(text))
    const all = [...since(id).map(bodyOf), ...documents.map(wholeOf)].join()
    none(
      words.filter((word) => !may.includes(word) && all.includes(word)),
      'must not be read',
    )
  }
  const isOuter = (id = '') =>
    id === 'outer' || world.recipients.some((one) => one.id === id && !one.wasInner)
  const outer = [
    ...mails.filter(({ tags }) => isOuter(tags.recipient)).map(bodyOf),
    ...documents.filter(({ circle }) => circle === 'outer').map(wholeOf),
  ].join()
  const inside = [...updates, ...settled].filter(
    (row) => row.inside === 1 && row.text !== null && !row.withdrawn_at,
  )
  none(
    inside.filter(({ text }) => outer.includes(wordOf(text))),
    'is inside',
  )
}

/** One letter each at most, the frozen one; what is known of it is true. No notice comes twice. */
function expectLetters(
  world: World,
  { deliveries, documents, letters, notices, active, digests }: Evidence,
): void {
  const isAgain = (letter: string) => world.again.includes(letter)
  const isReleased = ({ tags }: { tags: Record<string, string> }) => world.released.has(Number(tags.digest))
  // After a restore a period may close anew, into another letter: each has a page of its own.
  const nameOf = ({ tags, text }: (typeof letters)[number]) =>
    world.isRestored ? /\/l\/[\w-]+/u.exec(text)?.[0] : letterOf(tags)
  const once = letters.filter(
    (each) => !isAgain(letterOf(each.tags)) && !(world.isRestored && isReleased(each)),
  )
  none(doubled(once.map(nameOf)), 'a letter comes once')
  for (const one of active) {
    const last = deliveries.find(({ digest, recipient }) => digest === digests.length && recipient === one.id)
    expect([one.email, last?.state]).toEqual([one.email, 'accepted'])
  }
  if (world.isRestored) return
  for (const [id, before] of world.left) {
    const had = letters.filter(({ tags }) => tags.recipient === id)
    expect([id, had.length], 'whoever left is written to no more').toEqual([id, before])
  }
  none(
    doubled(notices.map(({ tags }) => `${tags.notice}/${tags.ref}/${tags.recipient}`)),
    'a notice comes once',
  )
  // A withdrawal writes documents anew: only those since are as they are now.
  const lasting = [...world.withdrawn.values()].map((count) => count ?? letters.length)
  for (const { tags, subject, text } of letters.slice(Math.max(0, ...lasting))) {
    const frozen = documents.filter((each) => each.digest === Number(tags.digest) && each.subject === subject)
    const parts = frozen.map(({ markdown }) => String(markdown).split(pagePlaceholder))
    expect([subject, parts.some((each) => each.every((part) => text.includes(part)))]).toEqual([
      subject,
      true,
    ])
  }
  for (const delivery of deliveries) {
    const { state, reason, provider_id, unsettled_since, is_by_hand } = delivery
    const taken = letters.filter(({ tags }) => letterOf(tags) === letterOf(delivery))
    const what = `${JSON.stringify(delivery)}, taken ${taken.length} times`
    if (provider_id !== null)
      expect(
        taken.map(({ id }) => id),
        what,
      ).toContain(provider_id)
    else if (state === 'accepted' && is_by_hand === 0) expect(reason, what).toBe('byOwner')
    const mayHave = ['accepted', 'uncertain'].includes(String(state)) || unsettled_since !== null
    if (taken.length > 0 && !isAgain(letterOf(delivery))) expect(mayHave, what).toBe(true)
  }
}

/** What waits does so for the owner's word, past its time; what is missing shows on /healthz, and only that. */
export function expectNothingSilent({ now }: World, { deliveries, openNotices, health }: Evidence): void {
  const waiting = deliveries.filter(isWaiting)
  none(
    waiting.filter(({ try_until }) => Number(try_until) > now),
    'nothing waits that could go out',
  )
  none(openNotices, 'a notice that was tried comes to an end')
  const lost = deliveries.filter(
    ({ state, is_wanted }) => is_wanted === 1 && (state === 'rejected' || state === 'uncertain'),
  )
  const missing = [...waiting, ...lost]
  // After a week they are told no more.
  const young = missing.filter(({ until }) => Number(until) > now - 7 * day + 2 * hour)
  expect(health.overdue).toBeGreaterThanOrEqual(new Set(young.map(({ digest }) => digest)).size)
  const { notReady } = health
  if (missing.length === 0) expect(health).toEqual({ status: notReady ? 503 : 200, overdue: 0, notReady })
}

/** After the owner's word nothing waits. */
export function expectNothingWaits({ deliveries, digests }: Evidence): void {
  none(deliveries.filter(isWaiting), 'nothing is stuck')
  none(
    digests.filter(({ finished_at }) => finished_at === null),
    'every digest is done',
  )
}

const isWaiting = ({ state }: Row) => state === 'waiting' || state === 'trying'
const letterOf = ({ digest, recipient }: Row | Readonly<Record<string, string>>) => `${digest}/${recipient}`
const wordOf = (text: unknown) => /word\d+end/u.exec(String(text))?.[0] ?? String(text)
const wholeOf = ({ markdown, html }: Row) => `${markdown}${html}`
const doubled = (names: readonly unknown[]) => names.filter((name, i) => names.indexOf(name) !== i)

/** No row breaks a rule. */
function none(breaking: readonly unknown[], rule: string): void {
  expect(breaking, rule).toEqual([])
}

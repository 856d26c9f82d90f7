/**
 * Taking words back that have gone out: out of every page, letter and table, in one batch that does nothing if
 * anything was written since it was read what they stand in. Whoever comes second reads again.
 */
import { countWords } from '../core/block.ts'
import { letterWords } from '../core/letter-words.ts'
import { dayInWords, spanInWords } from '../core/period.ts'
import { sees } from '../core/recipient.ts'
import {
  headlineAfter,
  strongOf,
  type Told,
  type ToldBlock,
  type ToldDigest,
  type ToldDocument,
} from '../core/told.ts'
import type { Forms, Update } from '../core/update.ts'
import { withoutUpdate } from '../core/withdrawn-post.ts'
import { type Item, maxDocumentBytes, textsOf } from '../render/document.ts'
import { itemAfter, markForms, type Withdrawn, withoutWords, withStrong } from '../render/withdrawn.ts'
import { type Frozen, readFrozen, readTold } from '../store/told.ts'
import { storeWithdrawal } from '../store/withdrawals.ts'

/** How often it reads: with all that it writes, twice at most fit into a run. */
const rounds = 2

export type Withdrawal =
  | { readonly did: 'withdrawn'; readonly update: Update }
  /** It stands in no letter, or was withdrawn already. */
  | { readonly did: 'nothing' }
  /** Somebody wrote all the time. */
  | { readonly did: 'refused'; readonly why: 'busy' }

/** `reason` is plain text; `update` as somebody read it. */
export async function withdraw(
  db: D1Database,
  update: Update,
  reason: string | null,
  now: number,
): Promise<Withdrawal> {
  for (let round = 0; round < rounds; round++) {
    const frozen = await readFrozen(db, update)
    if (frozen === null) return { did: 'nothing' }
    const told = await readTold(db, frozen, update.id)
    const own = told.digests.find(({ number }) => number === frozen.digest)
    if (own === undefined) return { did: 'nothing' }
    const said = letterWords.withdrawn(dayInWords(own.zone, own.locale, now), reason)
    const mark = markForms(said)
    const blocks = replacedBlocks(told, frozen, { id: update.id, text: update.text, forms: frozen }, mark)
    const isStored = await storeWithdrawal(db, frozen.version, {
      ...{ update, at: now, reason, said, mark, words: countWords(said) },
      digests: told.digests.map(({ number }) => number),
      blocks: blocks.map(({ digest, position, forms }) => ({ digest, position, ...forms })),
      documents: told.documents.flatMap((document) => rewritten(told, document, blocks)),
      posts: frozen.posts.map((post) => withoutUpdate(post, update, frozen.post, said)),
      hasSaid: frozen.has_said === 1,
      hasTicks: frozen.has_ticks === 1,
      hasPreviews: frozen.has_previews === 1,
    })
    if (isStored) {
      const bare = { text: said, tags: [], fields: {}, said: {}, photos: [] }
      return { did: 'withdrawn', update: { ...update, ...bare, withdrawn: { at: now, reason } } }
    }
  }
  return { did: 'refused', why: 'busy' }
}

/** A block as it is from now on; `strong` is what stands before it, where that is all that changed. */
type Replaced = ToldBlock & { readonly forms: Forms; readonly strong: string | null }

function replacedBlocks(
  told: Told,
  { compared }: Frozen,
  update: Withdrawn,
  mark: Forms,
): readonly Replaced[] {
  return told.blocks.flatMap((block): readonly Replaced[] => {
    const { forms, part, updates } = block
    if (forms === null) return []
    if (updates.includes(update.id)) {
      return [{ ...block, forms: withoutWords({ part, updates, forms }, update, mark), strong: null }]
    }
    if (part !== 'Found' || !compared.includes(updates[0] ?? '')) return []
    const strong = strongOf(told, block)
    return [{ ...block, forms: withStrong(forms, strong), strong }]
  })
}

/** A document with the replaced blocks; none if it showed nothing of them. */
function rewritten(
  told: Told,
  document: ToldDocument,
  replaced: readonly Replaced[],
): readonly ToldDocument[] {
  const isIn = ({ digest, circle }: ToldBlock) => digest === document.digest && sees(document.circle, circle)
  const digest = told.digests.find(({ number }) => number === document.digest)
  if (digest === undefined || !replaced.some(isIn)) return []
  const blocks = told.blocks.filter(isIn)
  const after = new Map(replaced.filter(isIn).map((block) => [block.position, block]))
  const before = document.items.length > 0 ? document.items : wholeItems(blocks)
  const items = before.map((item) => {
    const block = after.get(item.position)
    return block === undefined ? item : itemAfter(item, block.strong)
  })
  const byPosition = new Map(blocks.map((block) => [block.position, block]))
  const shown = items.flatMap((item) =>
    itemOf(item, after.get(item.position) ?? byPosition.get(item.position)),
  )
  const old = before.flatMap((item) => itemOf(item, byPosition.get(item.position)))
  const anew = {
    ...document,
    ...headlineAfter(told, digest, document),
    ...textsOf(headingOf(digest), shown, blocks.length - items.length),
    words: Math.max(document.words + wordsIn(shown) - wordsIn(old), 0),
    items,
  }
  return JSON.stringify(anew) === JSON.stringify(document) ? [] : [anew]
}

/** Of a document that does not say what it shows: whole blocks from the top, as far as there is room. */
function wholeItems(blocks: readonly ToldBlock[]): ToldDocument['items'] {
  let room = maxDocumentBytes
  return blocks.flatMap(({ position, forms }) => {
    room -= (forms?.letter.length ?? 0) + 300
    return room > 0 ? [{ position, brief: null }] : []
  })
}

function itemOf({ brief }: ToldDocument['items'][number], block: ToldBlock | undefined): readonly Item[] {
  if (block === undefined || block.forms === null) return []
  return [{ part: block.part, number: block.number, forms: brief ?? block.forms }]
}

function wordsIn(items: readonly Item[]): number {
  return items.reduce((sum, { forms }) => sum + countWords(forms.markdown), 0)
}

function headingOf({ title, number, zone, locale, since, until }: ToldDigest) {
  return { title, number, span: spanInWords(zone, locale, since, until) }
}

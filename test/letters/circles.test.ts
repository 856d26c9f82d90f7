import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addressOf, look, sessionOf } from '../http/searching.ts'
import { emptyAll, get, resend } from '../world.ts'
import { begin, close, letterTo, readers, say } from './term.ts'

/** What may be said for the inner circle alone; a word and a number tell each from all others. */
type Aside =
  | { readonly is: 'update'; readonly text: string }
  | { readonly is: 'why' | 'answer' | 'reason' }
  | { readonly is: 'milestone' | 'move' | 'correction' | 'inner plan' | 'status' }

const texts = [
  '#done TOKEN',
  '#result auc=0.9NUMBER baseline=0.8NUMBER TOKEN',
  '#result auc=0.9NUMBER',
  '#result auc=0.6NUMBER runs=3',
  '#ask @professor TOKEN due tomorrow',
  '#need TOKEN',
  '#blocked TOKEN @team',
  '#next TOKEN',
  '#read TOKEN',
  '#change TOKEN',
  '#surprise TOKEN\n\n- TOKEN more',
]

const aside: fc.Arbitrary<Aside> = fc.oneof(
  fc.constantFrom(...texts).map((text) => ({ is: 'update', text }) as const),
  fc
    .constantFrom('why', 'answer', 'reason', 'milestone', 'move', 'correction', 'inner plan', 'status')
    .map((is) => ({ is }) as const),
)

/** Asides in the first and in the second week, each at a place among what is said to all. */
const weeks = fc.tuple(fc.array(aside, { minLength: 1, maxLength: 5 }), fc.array(aside, { maxLength: 5 }))

/** Two weeks in which all is said to all but `asides`; if they are left out, as if nobody had thought of them. */
async function live(asides: readonly (readonly Aside[])[], isSaid: boolean): Promise<void> {
  await emptyAll()
  await begin()
  const has = (is: Aside['is']) => isSaid && asides.flat().some((each) => each.is === is)
  let count = 0
  const token = (text: string) => {
    count += 1
    return `${text.replaceAll('TOKEN', `zq${count}x`).replaceAll('NUMBER', `7${count}`)} #inside`
  }
  const said = (week: number) =>
    isSaid ? (asides[week] ?? []).flatMap((each) => (each.is === 'update' ? [token(each.text)] : [])) : []
  await say(
    1,
    ...said(0).slice(0, 1),
    '#next run the sweep\n#next the poster',
    '#result auc=0.71 baseline=0.70',
    '#ask @professor which split?\n#blocked the quota',
    '#milestone Baselines run due 11 Dec',
    ...(has('milestone') ? [token('#milestone TOKEN due 4 Dec')] : []),
    ...(has('inner plan') ? [token('#next first TOKEN')] : []),
    '#done the loader',
    ...said(0).slice(1),
  )
  const done = await idOf('the loader')
  await close(1)
  const [sweep, ask] = [await idOf('run the sweep'), await idOf('which split?')]
  const isNamed =
    isSaid && (asides[0] ?? []).some((each) => each.is === 'update' && each.text.includes('TOKEN'))
  const frozen = has('correction') && isNamed ? await idOf('zq') : null
  await say(2, ...said(1).slice(0, 1), '#result auc=0.72\n#done the plots\n#next more')
  await get('PUT', `/api/updates/${sweep}/outcome`, {
    outcome: 'partly',
    ...(has('why') ? { why: 'zqwhyx', inside: true } : {}),
  })
  await get('PUT', `/api/updates/${ask}/answer`, {
    state: 'answered',
    ...(has('answer') ? { answer: 'zqanswerx', inside: true } : {}),
  })
  if (has('move')) await say(2, '#milestone Baselines run due 18 Dec because zqmovex #inside')
  if (has('inner plan'))
    await get('PUT', `/api/updates/${await idOf('first zq')}/outcome`, { outcome: 'met', why: 'zqplanx' })
  if (frozen !== null) await get('PATCH', `/api/updates/${frozen}`, { text: 'zqcorrectionx', fact: true })
  if (has('status'))
    await get('PATCH', '/api/digests/next', { status: 'offTrack', reason: 'zqstatusx', inside: true })
  await get('PATCH', `/api/updates/${done}`, { text: 'It was two loaders.', fact: true })
  await say(2, ...said(1).slice(1))
  await close(2)
}

async function idOf(words: string): Promise<string> {
  const { updates } = await get<{ updates: { id: string }[] }>(
    'GET',
    `/api/updates?q=${encodeURIComponent(words)}`,
  )
  const [first] = updates
  if (first === undefined) throw new Error(`nobody said ${words}`)
  return first.id
}

/** All that an outer reader can get at. */
async function outerWorld(): Promise<string> {
  const letters = resend.inbox(readers.outer)
  const blocks = await env.DB.prepare(
    `SELECT group_concat(section || number || markdown || page, char(10)) AS all_ FROM (
       SELECT section, coalesce(number, '') AS number, markdown, page FROM blocks
       WHERE circle IN ('both', 'outer') ORDER BY digest, position)`,
  ).first<string>('all_')
  const documents = await env.DB.prepare(
    `SELECT group_concat(subject || news || preheader || coalesce(status, '') || words, char(10)) AS all_
     FROM documents WHERE circle = 'outer'`,
  ).first<string>('all_')
  const mails = letters.map(({ subject, html }) => subject + html)
  return [letterTo('outer'), blocks, documents, ...mails, ...(await searches())]
    .join('\n')
    .replaceAll(/\/l\/[\w-]+|\/unsubscribe\/\w+|[\da-f]{8}-[\da-f-]{27}/gu, '…')
}

const queries = [
  'since:2026',
  'zq*',
  'kind:result',
  'author:student auc',
  'sweep run',
  'loader*',
  '#inside 1*',
]

/** What an outer reader finds. */
async function searches(): Promise<readonly string[]> {
  const id = await env.DB.prepare('SELECT id FROM recipients WHERE email = ?1')
    .bind(readers.outer)
    .first<string>('id')
  const cookie = await sessionOf(id)
  return Promise.all(queries.map(async (q) => (await look(addressOf(q), cookie)).text()))
}

it('an outer reader’s letters, pages and searches are as if nothing inside had ever been said', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(weeks, async (asides) => {
      await live(asides, true)
      const letter = await outerWorld()
      expect(letter).not.toMatch(/zq\w+x/u)
      await live(asides, false)
      expect(letter).toBe(await outerWorld())
    }),
    { numRuns: 25 },
  )
})

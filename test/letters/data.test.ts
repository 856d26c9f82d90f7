import { Marked, type Token } from 'marked'
import { expect, it } from 'vitest'
import { emptyAll, get, resend } from '../world.ts'
import { begin, close, readers, say } from './term.ts'

/** What may stand in a name, title, metric, reason or addressee. */
const hostile = [
  'a | b',
  '[x](evil)',
  '**bold',
  '`code',
  '# Title',
  '1. one',
  '<b>bold</b>',
  '\u202eright to left',
  'w'.repeat(300),
  '![x](evil.png)',
  '~~~',
  'two\nlines',
]

/** A term in which all that is plain text is `text`; two letters. */
async function term(text: string): Promise<{ readonly text: string; readonly html: string }> {
  await emptyAll()
  await begin()
  const oneLine = text.replace(/\s+/gu, ' ')
  const name = oneLine.slice(0, 100)
  await get('PATCH', '/api/settings', { title: name, ownerName: name })
  await get('POST', '/api/recipients', { email: 'other@example.edu', name, handle: 'other' })
  await say(
    1,
    '#next the sweep\n#next the poster\n#ask @other which split?\n#blocked the quota\n#done this for @labmate',
  )
  const { id } = await get<{ id: string }>('POST', '/api/milestones', {
    title: oneLine.slice(0, 200),
    due: '2026-12-04',
  })
  const { updates } = await get<{ updates: { id: string; text: string }[] }>('GET', '/api/updates')
  const idOf = (words: string) => updates.find((update) => update.text.includes(words))?.id
  await close(1)
  await say(2, '#result auc=0.7 that is all')
  await get('PUT', `/api/updates/${idOf('sweep')}/outcome`, { outcome: 'not', why: oneLine })
  await get('PUT', `/api/updates/${idOf('quota')}/answer`, { state: 'answered', answer: oneLine })
  await get('PATCH', `/api/milestones/${id}`, { due: '2026-12-11', reason: oneLine })
  await say(2, `#summary ${text}`)
  await get('PATCH', '/api/digests/next', { status: 'atRisk', reason: oneLine })
  await get('PATCH', `/api/updates/${idOf('this for')}`, { text, fact: true })
  await close(2)
  const letter = resend.inbox(readers.inner).at(-1)
  return { text: letter?.text ?? '', html: letter?.html ?? '' }
}

/** The letter as a tree without its words: what hostile data would change. */
function shapeOf(tokens: readonly Token[]): readonly unknown[] {
  return tokens
    .filter(({ type }) => type !== 'text' && type !== 'escape' && type !== 'space')
    .map((token) => {
      const inside = token.type === 'list' ? token.items : 'tokens' in token ? (token.tokens ?? []) : []
      return [token.type, ...shapeOf(inside)]
    })
}

it('no data breaks the letter that it stands in', async () => {
  const read = (markdown: string) => shapeOf(new Marked({ gfm: true }).lexer(markdown))
  const tagsOf = (html: string) => html.match(/<\/?[a-z]\w*/gu)
  const plain = await term('plain words')
  for (const text of hostile) {
    const letter = await term(text)
    expect(read(letter.text), text).toEqual(read(plain.text))
    expect(tagsOf(letter.html), text).toEqual(tagsOf(plain.html))
  }
})

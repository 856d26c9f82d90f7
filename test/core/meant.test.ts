import { expect, it } from 'vitest'
import { readPost } from '../../src/core/grammar/post.ts'
import type { Known } from '../../src/core/grammar/understood.ts'
import { meant } from '../sample/posts/meant.ts'

/** Wednesday, 14:00 in New York; ids are handles, so that both sides speak of the same people. */
const known: Known = {
  at: Date.UTC(2026, 10, 18, 19),
  zone: 'America/New_York',
  isOwner: true,
  recipients: [
    { id: 'prof', name: 'Professor', handle: 'prof' },
    { id: 'lin', name: 'PhD student', handle: 'lin' },
    { id: 'partner', name: 'Company team', handle: 'partner' },
  ],
  metrics: ['auc', 'logloss', 'examples/s'],
  plans: [1, 2, 3],
  open: [
    { id: 'ask', kind: 'ask', text: '@prof can we use the Kaggle split?' },
    { id: 'blocker', kind: 'blocked', text: 'TPU quota' },
  ],
}

it('of a hundred posts by somebody who knew no rule, at least 90 are understood whole', () => {
  const whole = meant.filter(([text, ...lines]) => same(understood(text), lines))
  expect(whole.length).toBeGreaterThanOrEqual(90)
})

/** What is made of a post, in the words of the corpus. */
function understood(text: string): readonly string[] {
  const { items, outcomes, commands } = readPost(text, {}, known)
  return [
    ...items.map(({ kind, said }) =>
      [kind, ...(said.to ?? []), ...(said.due === undefined ? [] : [said.due])].join(' '),
    ),
    ...outcomes.map(({ number, outcome }) => `plan ${number} ${outcome}`),
    ...commands.map((command) => (command.does === 'settle' ? `${command.id} settled` : command.does)),
  ]
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

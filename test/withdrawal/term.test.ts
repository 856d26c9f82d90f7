import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { keepWorld } from '../boundaries.ts'
import { begin, close, say } from '../letters/term.ts'
import { columnsWith, withdraw } from './words.ts'

/** Three weeks in which all kinds are said, answered, corrected and told again. */
async function live(): Promise<void> {
  await begin()
  await say(
    1,
    '#ask @professor can we use the Kaggle split? due Tuesday',
    '#need an account on the machines #ask @team which batch size do you serve?',
    '#result auc=0.7729 on=clicks baseline=0.7700 n=1, embedding size 16',
    '#surprise The other one gets .7812 on the very same split.',
    '#next run the sweep with three seeds due Friday\n#next plot the curves for @labmate',
    '#next write the harness #inside',
    '#blocked the quota is not there yet @team',
    '#read https://arxiv.org/abs/1906.00091 for its table sizes',
    '#done all seven days are converted\n\n- 24 shards a day\n- 36 GB',
    '#met First Tuesday with the professor',
  )
  await close(1)
  await say(
    2,
    '1 met\n2 not, no time #inside',
    '#answered kaggle split: yes, cite it',
    '#result auc=0.7801 on=clicks runs=3 with the fixed labels',
    '#result auc=0.7755 on=clicks runs=3 for the new export #inside',
    '#change bfloat16 for the tables, they fit now',
    '#next the sweep again, with the labels fixed',
    '#read https://arxiv.org/abs/1906.00091 again, for its loss',
    '#read https://arxiv.org/abs/1906.00091 once more, by the labmate',
  )
  await close(2)
  await say(3, '#done one plot per claim', '#result auc 0.7833 on=clicks', '#solved quota: 32 cores')
  await close(3)
}

type Row = { readonly name: string; readonly text: string }

/** Every document and block, by name. */
async function told(): Promise<ReadonlyMap<string, string>> {
  const { results } = await env.DB.prepare(
    `SELECT 'document ' || digest || circle AS name, subject || char(10) || news || char(10) || markdown AS text FROM documents
     UNION ALL SELECT 'block ' || digest || ' ' || position, markdown || char(10) || page FROM blocks`,
  ).all<Row>()
  return new Map(results.map(({ name, text }) => [name, text]))
}

const linesOf = (text = '') => text.split('\n')

it('each update of a term, withdrawn by itself, is nowhere any more, and nothing else is lost', async () => {
  await live()
  const restore = await keepWorld()
  const before = await told()
  const { results: updates } = await env.DB.prepare(
    'SELECT id, text, (SELECT group_concat(digest) FROM blocks WHERE instr(blocks.updates, updates.id)) AS quoted FROM updates',
  ).all<{ id: string; text: string; quoted: string }>()
  expect(updates.length).toBeGreaterThan(18)
  for (const { id, text, quoted } of updates) {
    await restore()
    await withdraw(id)
    const words = text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, '\\$&').slice(0, 40)
    expect([text, await columnsWith(new RegExp(words, 'u'))]).toEqual([text, []])
    const isNumber = text.startsWith('auc')
    const digits = text
      .match(/0\.\d{4}/gu)
      ?.join('|')
      .replaceAll('.', '\\.')
    if (digits !== undefined) expect([text, await columnsWith(new RegExp(digits, 'u'))]).toEqual([text, []])
    for (const [name, now] of await told()) {
      const [, digest = ''] = /^\w+ (\d+)/u.exec(name) ?? []
      if (!isNumber && !quoted.split(',').includes(digest))
        expect([text, name, now]).toEqual([text, name, before.get(name)])
      const was = new Set(linesOf(before.get(name)))
      const anew = linesOf(now).filter((line) => !was.has(line))
      const isExpected = (line: string) =>
        /withdrawn 4 Dec|<strong>|\*\*auc|letter \d\)$|^DLRM on TPUs, letter|^\d+ \w+/u.test(line) ||
        line === ''
      expect([text, name, anew.filter((line) => !isExpected(line))]).toEqual([text, name, []])
    }
  }
})

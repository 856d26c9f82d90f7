import { expect, it } from 'vitest'
import { begin, close, letterTo, say } from './term.ts'

const shown = ['inner', 'outer'] as const

it('reads as it was read and found good: three weeks, both circles', async () => {
  await begin()
  await say(
    1,
    '#ask @professor can we use the Kaggle split? due Tuesday',
    '#ask @professor how many digits of AUC do you believe?',
    '#need an account on the GPU machines #ask @team which batch size do you serve with?',
    '#result auc=0.7729 on=clicks n=1, embedding size 16. A bit over an hour an epoch.',
    '#surprise The PyTorch one gets .7812 on the very same split.',
    '#next\n- run the sweep with three seeds due Friday\n- plot the curves for @labmate',
    '#next write the eval harness #inside',
    '#milestone Baselines run due 4 Dec',
    '#blocked the quota is not there yet @team',
    '#read https://arxiv.org/abs/1906.00091 the DLRM paper, for its table sizes',
    '#done all seven days are converted\n\n- 24 shards a day\n- 36 GB',
    '#met First Tuesday with the professor: three seeds or it did not happen',
    '#summary A first full run, and it is worse than the reference.',
  )
  await close(1)
  for (const circle of shown) await golden(1, circle)
  await say(
    2,
    '1 met\n3 partly, quota came only Thursday\n2 not, no time #inside',
    '#answered kaggle split: yes, cite it',
    '#result auc=0.7801 baseline=.7812 on=clicks runs=3 with the fixed labels',
    '#result auc=0.7755 on=clicks runs=3 for their new export #inside',
    '#result logloss=0.4571 runs=3',
    '#milestone Baselines run due 11 Dec because the quota came late #inside',
    '#milestone Baselines run due 12 Dec because of the holidays',
    '#done the loader for @labmate',
    '#change bfloat16 for the tables, they fit now',
    '#next the sweep again, with the labels fixed\n#next the poster due 2 Dec',
    '#status at risk: no quota',
    '#away at a conference 30 Nov to 2 Dec',
  )
  await close(2)
  for (const circle of shown) await golden(2, circle)
  await say(
    3,
    '#done one plot per claim',
    '#result auc 0.7833 on=clicks',
    '#solved quota: 32 cores, since Monday',
    '#next the related work section\n#result auc=0.7612 on=kaggle baseline=0.7701 runs=3, worse, with the same model',
  )
  await close(3)
  for (const circle of shown) await golden(3, circle)
})

async function golden(number: number, circle: (typeof shown)[number]): Promise<void> {
  await expect(letterTo(circle)).toMatchFileSnapshot(`golden/letter-${number}-${circle}.md`)
}

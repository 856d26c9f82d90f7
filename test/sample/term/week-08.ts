/** Week 8: bf16, and the team on a call. */
import type { Week } from './week.ts'

export const week08: Week = {
  updates: [
    {
      day: 'sun',
      time: '17:30',
      text: 'Mail with three proposals went to the team, and I cc’d the professor so that I cannot chicken out',
      shows: 'so that I cannot chicken out',
    },
    {
      day: 'mon',
      time: '10:00',
      text: 'They said yes within the hour. Call on Wednesday!',
      shows: 'They said yes within the hour',
    },
    {
      day: 'mon',
      time: '22:20',
      kind: 'result',
      text: '#result bf16 trains, not a single NaN. eps=530k baseline 412k. One line of code: `mixed_precision.set_global_policy("mixed_bfloat16")` #bf16',
      shows: 'bf16 trains, not a single NaN',
    },
    {
      day: 'tue',
      time: '11:45',
      kind: 'result',
      text: `Result: but it eats the gain. auc=.7838 baseline .7861 n=3 at embedding size 64, that is what plain size 32 gives (.7834). At size 16 nothing is lost (.7807). #bf16`,
      shows: 'but it eats the gain',
    },
    {
      day: 'wed',
      time: '16:10',
      kind: 'meeting',
      text: `Meeting: forty minutes with the team, at last. Three of them!

- they hash offline too, so I was not stupid
- their tables stay in fp32
  - "has always been so", nobody measured it lately
  - they want to see my bf16 numbers
- they send the sample
- I show them the plots
  - again in two weeks`,
      shows: 'forty minutes with the team, at last',
    },
    {
      day: 'wed',
      time: '16:25',
      kind: 'surprise',
      text: 'Surprise: all these weeks they were waiting for *me*. They thought I had everything.',
      shows: 'They thought I had everything',
    },
    {
      day: 'wed',
      time: '18:40',
      text: '#done The data sets came, an hour after the call. 20 million rows, other columns than ours. #data',
      shows: 'The data sets came, an hour after the call',
    },
    {
      day: 'thu',
      time: '10:30',
      kind: 'ask',
      text: '# ask @team may numbers on your sample stand in my report, as ratios if not as AUC?',
      shows: 'may numbers on your sample stand in my report',
    },
    {
      day: 'thu',
      time: '13:05',
      kind: 'blocked',
      text: '#blocked Their sample has lists in some columns, several values a row. My loader thinks one value is one value. #loader',
      shows: 'My loader thinks one value is one value',
    },
    {
      day: 'thu',
      time: '20:15',
      kind: 'read',
      text: '#paper [A Study of BFLOAT16 for Deep Learning Training](https://arxiv.org/abs/1905.12322): 8 bits of precision, so steps of $2^{-8}$, and they keep an fp32 copy of the weights. We do not. Hm.',
      shows: '8 bits of precision',
    },
    {
      day: 'fri',
      time: '00:20',
      kind: 'result',
      inside: true,
      text: 'Result: their sample, lists cut to the first value: AUC .7715. Not to be shown around before I trust the split. #inside #data',
      shows: 'lists cut to the first value',
    },
    {
      day: 'fri',
      time: '12:30',
      text: 'Plans: bf16 runs done on Tuesday as said, and the call took place. First week where everything held, I think.',
      shows: 'First week where everything held',
    },
    {
      day: 'fri',
      time: '14:15',
      kind: 'next',
      text: 'Next: find the tensors that need fp32. Embeddings are my bet',
      shows: 'find the tensors that need fp32',
    },
    {
      day: 'fri',
      time: '14:16',
      kind: 'next',
      text: 'hashtag todo list columns through the loader, due Wednesday',
      shows: 'list columns through the loader',
    },
  ],
  summary:
    'A call with the team at last, their data an hour later, and bf16 is fast but costs us the AUC we had won.',
  status: 'onTrack',
  reason: 'the oldest blocker is gone',
}

/** Week 8: bf16, and the team on a call. */
import type { Week } from './week.ts'

export const week08: Week = {
  posts: [
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
      text: '#result speed=530k examples/s baseline 412k on=tpu n=1, bf16 trains without a single NaN. One line of code: `mixed_precision.set_global_policy("mixed_bfloat16")` #bf16',
      shows: 'bf16 trains without a single NaN',
    },
    {
      day: 'tue',
      time: '11:45',
      kind: 'result',
      text: 'Result: auc=.7838 baseline .7861 on=kaggle n=3, but it eats the gain: at embedding size 64 that is what plain size 32 gives. #bf16',
      shows: 'but it eats the gain',
    },
    {
      day: 'wed',
      time: '16:10',
      kind: 'meeting',
      text: `Meeting: forty minutes with the team, at last. Three of them!

- their tables stay in fp32, "has always been so", nobody measured it lately
- they want to see my bf16 numbers
- again in two weeks`,
      shows: 'forty minutes with the team, at last',
    },
    {
      day: 'wed',
      time: '16:20',
      text: '#answered columns of strings: they hash offline too, so I was not stupid',
      does: [['answered', 'how do people feed 26 columns of strings']],
      says: 'they hash offline too, so I was not stupid',
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
      text: `#solved asked for in week one: an hour after the call
#answered a small sample would do: 20 million rows, other columns than ours`,
      does: [
        ['answered', 'promised in week four'],
        ['answered', 'Test data sets from the team'],
      ],
      says: '20 million rows, other columns than ours',
    },
    {
      day: 'thu',
      time: '10:30',
      kind: 'ask',
      text: '# ask @team may numbers on your sample stand in my report, as ratios if not as AUC? Would need to know by Wed',
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
      text: '#paper [A Study of BFLOAT16 for Deep Learning Training](https://arxiv.org/abs/1905.12322): 8 bits of precision, so steps of $2^{-8}$, and yet they lose nothing. Why do we?',
      shows: '8 bits of precision',
    },
    {
      day: 'fri',
      time: '00:20',
      kind: 'result',
      inside: true,
      text: 'Result: auc=.7715 on=sample n=1, their sample with lists cut to the first value. Not to be shown around before I trust the split. #inside #data',
      shows: 'lists cut to the first value',
    },
    {
      day: 'fri',
      time: '09:10',
      kind: 'read',
      text: 'read https://arxiv.org/pdf/1905.12322 to the end this time: they keep an fp32 copy of the weights. We do not. Hm.',
      shows: 'they keep an fp32 copy of the weights',
    },
    {
      day: 'fri',
      time: '12:30',
      text: `1 partly, the last seed of size 16 still runs
2 met`,
      does: [
        ['partly', 'bf16 at sizes 16 and 64'],
        ['met', 'with three dates to choose from'],
      ],
      says: 'the last seed of size 16 still runs',
    },
    {
      day: 'fri',
      time: '12:34',
      text: `#away my sister’s wedding, Sat to Sun
#milestone Draft to the professor due {wed+2}`,
      does: [['away'], ['milestone', 'Draft to the professor']],
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
    {
      day: 'fri',
      time: '14:18',
      kind: 'next',
      text: '#plan try stochastic rounding, one evening at most',
      shows: 'one evening at most',
    },
  ],
  summary: 'A call with the team at last, their data an hour later, and bf16 is fast but costs us AUC.',
  status: 'onTrack',
  reason: 'the oldest blocker is gone',
}

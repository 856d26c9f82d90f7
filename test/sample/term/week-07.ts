/** Week 7: back; the final report moves; the input is no longer the brake. */
import type { Week } from './week.ts'

export const week07: Week = {
  posts: [
    {
      day: 'mon',
      time: '09:15',
      text: 'Back, slowly. Mails only.',
      shows: 'Back, slowly',
    },
    {
      day: 'mon',
      time: '16:30',
      text: '#milestone Final report due {fri+4} because the sick week is gone and I would rather not cut the TPU half',
      does: [['milestone', 'Final report']],
      says: 'I would rather not cut the TPU half',
    },
    {
      day: 'tue',
      time: '14:55',
      kind: 'meeting',
      text: `Met: professor, twenty minutes.

- new date of the report is fine
- bf16 is worth a try
  - same seeds as the baseline
  - look at size 64 first, there the gain is`,
      shows: 'professor, twenty minutes',
    },
    {
      day: 'tue',
      time: '14:58',
      text: '#answered how many digits: three, and only with three seeds',
      does: [['answered', 'how many digits of AUC do you believe']],
      says: 'three, and only with three seeds',
    },
    {
      day: 'tue',
      time: '21:05',
      kind: 'result',
      text: `Result: speed=240k examples/s baseline 61k on=tpu n=1. It was all my loader again.

| what | examples/s |
|---|---:|
| as it was | 61k |
| hashed offline | 148k |
| + interleave in parallel | 187k |
| + prefetch to the device | 240k |

Twice the GPU, finally. #loader #tpu`,
      shows: 'It was all my loader again',
    },
    {
      day: 'wed',
      time: '10:40',
      text: `The PhD student shared a table with me: how often each value of each column occurs. From the mail:

> Rare ids do not need 64 numbers. Give them 8 and nobody notices.`,
      shows: 'how often each value of each column occurs',
    },
    {
      day: 'wed',
      time: '16:05',
      text: 'In return counted the ids of our seven days for @labmate, one csv a day',
      shows: 'In return counted the ids of our seven days',
    },
    {
      day: 'wed',
      time: '18:15',
      kind: 'result',
      text: '#result auc=.7852 baseline .7861 on=kaggle n=1 with the sizes of that table, and only 38 % of the memory. Thanks @labmate #embedding',
      shows: 'with the sizes of that table',
    },
    {
      day: 'thu',
      time: '09:10',
      kind: 'result',
      text: 'auc=.7798 baseline .7809 on=kaggle n=1: batch 65,536 does not work for me, and that with warm-up. Clipping as in the paper from bed did nothing. #result #batch',
      shows: 'Clipping as in the paper from bed did nothing',
    },
    {
      day: 'thu',
      time: '12:00',
      kind: 'surprise',
      text: `#til why the usual rule, $\\eta_k = k \\eta_1$ for a batch $k$ times as big, breaks here. A rare id is in one batch of thousands, its gradient does not get any less noisy:

$$\\Pr[\\text{id in batch}] = 1 - (1 - p)^b \\approx p\\,b$$

So dense layers scale, embeddings do not.`,
      shows: 'A rare id is in one batch of thousands',
    },
    {
      day: 'thu',
      time: '23:55',
      kind: 'private',
      text: 'hashtag private still tired all day, I nap between the classes. do not want to be the one who is always late',
      hides: 'I nap between the classes',
    },
    {
      day: 'fri',
      time: '10:20',
      kind: 'result',
      text: 'Result: speed=412k examples/s baseline 240k on=tpu n=3 at batch 16,384, nothing else touched. [Profile](https://runs.example.edu/dlrm/tpu-16k) says busy 71 % now. #tpu',
      shows: 'nothing else touched',
    },
    {
      day: 'fri',
      time: '13:20',
      kind: 'blocked',
      text: 'Waiting: the team’s data. Asked for in week one, promised in week four.',
      shows: 'promised in week four',
    },
    {
      day: 'fri',
      time: '14:40',
      kind: 'next',
      text: 'Next: bf16 at sizes 16 and 64, three seeds, due Tue',
      shows: 'bf16 at sizes 16 and 64',
    },
    {
      day: 'fri',
      time: '14:42',
      kind: 'next',
      text: '#next ask the team for a call, with three dates to choose from',
      shows: 'with three dates to choose from',
    },
    {
      day: 'fri',
      time: '14:45',
      text: '#summary From 61k to 412k examples a second, mostly by mending my own input.',
      does: [['summary']],
      says: 'mostly by mending my own input',
    },
  ],
  // The letter of the sick week had no plans, so no number settles the ones before it.
  desk: [
    {
      day: 'tue',
      time: '21:20',
      corrects: 'Profile says the device idles',
      text: 'The device idles 88 % of the time, not 80. I had read the wrong row of the profile.',
    },
    { day: 'fri', time: '11:50', settles: 'and measure each of them alone', outcome: 'met' },
    {
      day: 'fri',
      time: '11:51',
      settles: 'a learning rate for batch 16,384',
      outcome: 'partly',
      why: 'times four is right for the dense layers only',
    },
    { day: 'fri', time: '13:22', confirms: 'Test data sets from the team' },
  ],
  status: 'atRisk',
  reason: 'the sick week is missing at the end',
}

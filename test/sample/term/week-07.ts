/** Week 7: back; the final report moves; the input is no longer the brake. */
import type { Week } from './week.ts'

export const week07: Week = {
  updates: [
    {
      day: 'mon',
      time: '09:15',
      text: 'Back, slowly. Mails only.',
      shows: 'Back, slowly',
    },
    {
      day: 'mon',
      time: '16:30',
      kind: 'change',
      text: '#change The final report moves by a week, from the Friday in three weeks to the Friday in four. The sick week is gone and I would rather not cut the TPU half.',
      shows: 'I would rather not cut the TPU half',
    },
    {
      day: 'tue',
      time: '14:55',
      kind: 'meeting',
      text: `Met: professor, twenty minutes.

- new date of the report is fine
- plot is fine, axis from zero please
- bf16 is worth a try
  - same seeds as the baseline
  - look at size 64 first, there the gain is`,
      shows: 'professor, twenty minutes',
    },
    {
      day: 'tue',
      time: '21:05',
      kind: 'result',
      text: `Result: the input, one thing after the other, on the TPU. It was all my loader again.

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
      text: `The PhD student shared a table with me: how often each value of each column occurs, and which embedding size it deserves. From the mail:

> Rare ids do not need 64 numbers. Give them 8 and nobody notices.`,
      shows: 'how often each value of each column occurs',
    },
    {
      day: 'wed',
      time: '18:15',
      kind: 'result',
      text: '#result with the sizes of that table: auc=.7852 baseline .7861 and only 38 % of the memory. Single run! Thanks @labmate #embedding',
      shows: 'with the sizes of that table',
    },
    {
      day: 'thu',
      time: '09:10',
      kind: 'result',
      text: 'Batch 65,536 does not work for me: AUC .7779, with warm-up .7798, at 2,048 it was .7809. Clipping as in the paper from bed did nothing. Batch 16,384 is fine (.7805). #result #batch',
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
      text: 'Result: eps=412k baseline 240k at batch 16,384, nothing else touched. [Profile](https://runs.example.edu/dlrm/tpu-16k) says busy 71 % now. #tpu',
      shows: 'nothing else touched',
    },
    {
      day: 'fri',
      time: '11:50',
      text: 'Both plans from before the flu are done: the TPU gets its food, and the learning rate for 16,384 is the old one times four, *only for the dense layers*.',
      shows: 'Both plans from before the flu are done',
    },
    {
      day: 'fri',
      time: '13:20',
      kind: 'blocked',
      text: 'Waiting: test data sets of the team. Asked for in week one, promised in week four.',
      shows: 'promised in week four',
    },
    {
      day: 'fri',
      time: '14:40',
      kind: 'next',
      text: 'Next: bf16 at sizes 16 and 64, three seeds, due Tuesday',
      shows: 'bf16 at sizes 16 and 64',
    },
    {
      day: 'fri',
      time: '14:42',
      kind: 'next',
      text: '#next ask the team for a call, with three proposals when',
      shows: 'with three proposals when',
    },
  ],
  summary: 'From 61k to 412k examples a second, mostly by mending my own input.',
  status: 'atRisk',
  reason: 'the sick week moves the final report by a week',
}

/** Week 5: the quota arrives, the baselines are done, the TPU is slow. */
import type { Week } from './week.ts'

export const week05: Week = {
  posts: [
    {
      day: 'sat',
      time: '13:10',
      text: '#finished the table script. It reads the run folders and prints Markdown, no more typing by hand',
      shows: 'It reads the run folders and prints Markdown',
    },
    {
      day: 'mon',
      time: '16:20',
      text: `#solved your signature: thank you, that took an hour
#solved GPUs are full`,
      does: [
        ['answered', 'It is in your inbox'],
        ['answered', 'GPUs are full until tomorrow night'],
      ],
      says: 'thank you, that took an hour',
    },
    {
      day: 'tue',
      time: '08:50',
      kind: 'result',
      text: `Result: auc=.7861 baseline .7809 runs=3 on=kaggle at size 64, the best of the baselines. Bigger embeddings do help.

| size | AUC | spread | examples/s, GPU |
|-----:|------:|------:|-----:|
| 16 | .7809 | .0004 | 118k |
| 32 | .7834 | .0003 | 104k |
| 64 | .7861 | .0005 | 81k |

Runs are [here](https://runs.example.edu/dlrm/baselines). #baseline`,
      shows: 'Bigger embeddings do help',
    },
    {
      day: 'tue',
      time: '19:30',
      kind: 'surprise',
      text: 'Surprise: size 128 gives nothing over 64 (.7863 to .7861, that is noise). I was sure bigger is better.',
      shows: 'I was sure bigger is better',
    },
    {
      day: 'wed',
      time: '08:45',
      text: '🚀 QUOTA IS HERE, two days after the form was signed. Thanks @professor #tpu',
      shows: 'two days after the form was signed',
    },
    {
      day: 'wed',
      time: '08:47',
      text: '#solved cloud credits: eight TPU cores for two months',
      does: [['answered', 'nothing runs on a TPU without them']],
      says: 'eight TPU cores for two months',
    },
    {
      day: 'wed',
      time: '11:30',
      kind: 'blocked',
      text: `#stuck First TPU run dies before the first step, it does not know strings:

\`\`\`
InvalidArgumentError: Detected unsupported operations when
trying to compile graph on XLA_TPU_JIT: StringToHashBucketFast
\`\`\``,
      shows: 'First TPU run dies before the first step',
    },
    {
      day: 'wed',
      time: '16:05',
      text: `It RUNS. On a TPU. Two weeks before I dared to hope #tpu
#solved dies before the first step: the host does the hashing now`,
      shows: 'Two weeks before I dared to hope',
      does: [['answered', 'First TPU run dies before the first step']],
    },
    {
      day: 'thu',
      time: '10:15',
      kind: 'result',
      text: '#results speed=61k examples/s baseline 118k on=tpu n=1. Yes, the TPU is _slower_ than our GPU. Profile says the device idles 80 % of the time and waits for my input. #loader',
      shows: 'Profile says the device idles',
    },
    {
      day: 'thu',
      time: '15:40',
      kind: 'ask',
      text: 'hashtag question @team how do people feed 26 columns of strings, does everybody hash offline?',
      shows: 'how do people feed 26 columns of strings',
    },
    {
      day: 'thu',
      time: '22:10',
      kind: 'read',
      text: 'Paper: [TPU v4](https://arxiv.org/abs/2304.01433), the part on SparseCore. Embeddings are bound by memory and network, never by the matrix unit. So a big GPU number says little about us.',
      shows: 'Embeddings are bound by memory and network',
    },
    {
      day: 'fri',
      time: '12:40',
      kind: 'need',
      inside: true,
      text: 'Need: an honest word from @professor whether a workshop paper out of this is silly. Not for the team yet.',
      shows: 'whether a workshop paper out of this is silly',
    },
    {
      day: 'fri',
      time: '13:05',
      text: `1 met, both on Monday night
2 met`,
      does: [
        ['met', 'the other two seeds, at night'],
        ['met', 'a script that writes the tables'],
      ],
      says: 'both on Monday night',
    },
    {
      day: 'fri',
      time: '14:30',
      kind: 'next',
      text: 'Next: feed the TPU. Hash offline, prefetch, and measure each of them alone',
      shows: 'and measure each of them alone',
    },
    {
      day: 'fri',
      time: '14:31',
      kind: 'next',
      text: '#todo a learning rate for batch 16,384, due Thu',
      shows: 'a learning rate for batch 16,384',
    },
    {
      day: 'fri',
      time: '14:35',
      text: '#status on track: baselines a week late but done',
      does: [['status']],
      says: 'baselines a week late but done',
    },
  ],
  desk: [
    { day: 'wed', time: '16:10', meets: 'First TPU run' },
    { day: 'fri', time: '09:35', meets: 'Baselines run' },
    { day: 'fri', time: '14:50', confirms: 'how many digits of AUC do you believe' },
  ],
  summary: 'Baselines are done with three seeds, and we have a TPU. It is starving on my input.',
}

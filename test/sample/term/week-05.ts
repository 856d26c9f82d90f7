/** Week 5: the quota arrives, the baselines are done, the TPU is slow. */
import type { Week } from './week.ts'

export const week05: Week = {
  updates: [
    {
      day: 'sat',
      time: '13:10',
      text: '#finished the table script. It reads the run folders and prints Markdown, no more typing by hand',
      shows: 'It reads the run folders and prints Markdown',
    },
    {
      day: 'tue',
      time: '08:50',
      kind: 'result',
      text: `Result: the baselines, mean of 3 seeds each, from the script this time. Bigger embeddings do help.

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
      text: '🚀 QUOTA IS HERE. Eight TPU cores and credits for two months, two days after the form was signed. Thanks @professor. That closes my oldest need #tpu',
      shows: 'Eight TPU cores and credits for two months',
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
      text: 'Moved the hashing to the host, into the input. It runs on a TPU. It RUNS. #tpu',
      shows: 'Moved the hashing to the host',
    },
    {
      day: 'thu',
      time: '10:15',
      kind: 'result',
      text: '#results eps=61k baseline 118k. Yes, the TPU is _slower_ than our GPU. Profile says the device idles 80 % of the time and waits for my input. #tpu #loader',
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
      text: 'Paper: [TPU v4](https://arxiv.org/abs/2304.01433), the part on SparseCore. Embeddings are bound by memory and network, never by the matrix unit. That is why a big GPU number says little about us.',
      shows: 'Embeddings are bound by memory and network',
    },
    {
      day: 'fri',
      time: '09:35',
      text: 'Baseline milestone: reached, one week late. The other seeds ran Monday night, the script was done on Saturday, so both plans of last Friday held. #done #baseline',
      shows: 'reached, one week late',
    },
    {
      day: 'fri',
      time: '12:40',
      kind: 'need',
      inside: true,
      text: 'Need: an honest word whether a workshop paper out of this is silly. Not for the team yet.',
      shows: 'an honest word whether a workshop paper out of this is silly',
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
      text: '#todo a learning rate for batch 16,384',
      shows: 'a learning rate for batch 16,384',
    },
  ],
  summary: 'Baselines are done with three seeds, and we have a TPU. It is starving on my input.',
  status: 'onTrack',
  reason: 'baselines a week late but done, quota is here',
}

/** Week 4: the bug in the loader; the baseline runs slip. */
import type { Week } from './week.ts'

export const week04: Week = {
  posts: [
    {
      day: 'mon',
      time: '10:50',
      kind: 'blocked',
      text: 'Stuck: third evening with the gap to PyTorch. Not the optimizer, not the initial weights, not the order of the dots.',
      shows: 'third evening with the gap to PyTorch',
    },
    {
      day: 'mon',
      time: '23:52',
      kind: 'surprise',
      text: `#learned FOUND IT. The loader shuffles only inside a shard, and a shard is an hour of clicks in order of time. Every batch was a bunch of neighbours.

\`\`\`python
for shard in shards:  # always in this order
    yield from tf.data.TFRecordDataset(shard).shuffle(10_000)
\`\`\``,
      shows: 'The loader shuffles only inside a shard',
    },
    {
      day: 'mon',
      time: '23:58',
      text: '#solved gap to PyTorch: it was my own loader',
      does: [['answered', 'third evening with the gap to PyTorch']],
      says: 'it was my own loader',
    },
    {
      day: 'tue',
      time: '09:20',
      text: `Mended it: the shards come in random order now, and so do their rows.

1. a new order each epoch
2. \`interleave\` over 32 shards
3. then a shuffle buffer of 500k rows

#loader`,
      shows: 'Mended it',
    },
    {
      day: 'tue',
      time: '15:15',
      text: '#milestone Baselines run due {fri+1} because every run before Monday night used the broken loader',
      does: [['milestone', 'Baselines run']],
      says: 'every run before Monday night used the broken loader',
    },
    {
      day: 'tue',
      time: '15:18',
      text: '#answered about the gap: next time after two evenings, not after five',
      does: [['answered', 'shall I ask the team about the gap']],
      says: 'next time after two evenings, not after five',
      inside: true,
    },
    {
      day: 'wed',
      time: '12:05',
      kind: 'result',
      text: 'Result: auc=0.7809 baseline 0.7729 on=kaggle n=1, only the loader changed. PyTorch has .7812, I call that equal.',
      shows: 'I call that equal',
    },
    {
      day: 'wed',
      time: '12:07',
      text: '🎉 best lunch of the term',
      shows: 'best lunch of the term',
    },
    {
      day: 'wed',
      time: '20:30',
      kind: 'result',
      text: `# result Hash sizes, everything else the same, one run each. Below 1M it hurts, above it only costs memory.

| hash size | AUC | tables |
|---:|---:|---:|
| 100k | .7771 | 0.06 GB |
| 300k | .7793 | 0.15 GB |
| 1M | .7809 | 0.4 GB |
| no hashing | .7813 | 2.2 GB |

#hashing`,
      shows: 'Below 1M it hurts, above it only costs memory',
    },
    {
      day: 'thu',
      time: '11:15',
      kind: 'read',
      text: '#reading *On the Difficulty of Evaluating Baselines*, https://arxiv.org/abs/1905.01395. A badly tuned baseline makes everything after it look good. Felt seen.',
      shows: 'A badly tuned baseline makes everything after it look good',
    },
    {
      day: 'thu',
      time: '16:40',
      kind: 'blocked',
      text: 'Blocker: GPUs are full until tomorrow night, another group has a deadline. One seed of three is through. #gpu',
      shows: 'GPUs are full until tomorrow night',
    },
    {
      day: 'thu',
      time: '17:10',
      text: `The team wrote back! There is a form for research credits, filled it in on the bus.
#solved getting in touch: two friendly lines`,
      shows: 'filled it in on the bus',
      does: [['answered', 'Getting in touch with the team at the company is the roadblock']],
    },
    {
      day: 'thu',
      time: '17:22',
      text: '#inside #milestone First TPU run due {fri+3} because it took them two and a half weeks for two lines',
      does: [['milestone', 'First TPU run']],
      says: 'two and a half weeks for two lines',
      inside: true,
    },
    {
      day: 'fri',
      time: '09:55',
      kind: 'need',
      text: 'Needs: your signature on the credits form @professor, by Monday please. It is in your inbox.',
      shows: 'It is in your inbox',
    },
    {
      day: 'fri',
      time: '13:45',
      text: `1 met, it was the input
2 partly, one seed of three, no machine was free`,
      does: [
        ['met', 'find the missing .008'],
        ['partly', 'three seeds of the baseline'],
      ],
      says: 'one seed of three, no machine was free',
    },
    {
      day: 'fri',
      time: '14:00',
      kind: 'next',
      text: 'Next: the other two seeds, at night, by Wed',
      shows: 'the other two seeds, at night',
    },
    {
      day: 'fri',
      time: '14:02',
      kind: 'next',
      text: '#next a script that writes the tables. I typed a number wrong this week and nobody would have seen it',
      shows: 'a script that writes the tables',
    },
    {
      day: 'fri',
      time: '14:05',
      text: '#status at risk: a week lost to a bug of mine, the baselines have to be run again',
      does: [['status']],
      says: 'a week lost to a bug of mine',
    },
  ],
  summary: 'The missing .008 was in my input. Mended, and now level with PyTorch.',
}

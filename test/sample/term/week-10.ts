/** Week 10: the draft of the report. */
import type { Week } from './week.ts'

export const week10: Week = {
  posts: [
    {
      day: 'sun',
      time: '15:25',
      text: `From nothing to the table in three lines, I tried it on a fresh machine:

\`\`\`bash
git clone https://git.example.edu/dlrm-tpu && cd dlrm-tpu
make data    # 40 minutes
make tables  # reads the runs, trains nothing
\`\`\``,
      shows: 'From nothing to the table in three lines',
    },
    {
      day: 'mon',
      time: '20:50',
      kind: 'result',
      text: `#result auc=.7859 baseline .7861 on=kaggle n=3, speed=498k examples/s baseline 81k on=tpu n=3: the table of the report, size 64.

| where | numbers in | AUC | examples/s |
|---|---|---:|---:|
| GPU | fp32 | .7861 | 81k |
| TPU | fp32 | .7860 | 412k |
| TPU | bf16 | .7838 | 530k |
| TPU | **mixed** | **.7859** | **498k** |

#tpu #bf16`,
      shows: 'the table of the report, size 64',
    },
    {
      day: 'tue',
      time: '15:00',
      kind: 'meeting',
      text: `#met Figures with the professor:

1. speed by step, a bar each
2. AUC over size, fp32 and bf16
3. no third one`,
      shows: 'Figures with the professor',
    },
    {
      day: 'tue',
      time: '15:08',
      text: `#solved half an hour: had it today
#answered may the team see: yes, all of it`,
      does: [
        ['answered', 'before I draw all the figures'],
        ['answered', 'may the team see these before the report is in'],
      ],
      says: 'yes, all of it',
      inside: true,
    },
    {
      day: 'tue',
      time: '15:35',
      kind: 'surprise',
      text: 'TIL: a bar chart of my loader bugs is the best figure in the report 🙃',
      shows: 'a bar chart of my loader bugs',
    },
    {
      day: 'wed',
      time: '11:10',
      text: '#done nine pages of draft for @professor. The discussion is thin, I know.',
      shows: 'The discussion is thin, I know',
    },
    {
      day: 'wed',
      time: '11:12',
      kind: 'ask',
      text: 'Ask @professor: could you look at the part on rounding first, by Tuesday? It is the one I am least sure of.',
      shows: 'could you look at the part on rounding first',
    },
    {
      day: 'thu',
      time: '10:40',
      kind: 'result',
      text: 'Results: ratio=0.9998 on=sample n=3, that is mixed against fp32, at 3.9 times the speed of their GPU setting. @team you were right about fp32 #data',
      shows: 'you were right about fp32',
    },
    {
      day: 'thu',
      time: '13:45',
      kind: 'result',
      text: 'The PhD student ran my repository on another account, auc=.7856 on=kaggle n=1. So it is not only my machine #result',
      shows: 'So it is not only my machine',
    },
    {
      day: 'fri',
      time: '12:15',
      text: `1 met
2 met, on Thursday
3 partly, it lies about the data step, says the PhD student
4 met`,
      does: [
        ['met', 'draft of the report to the professor'],
        ['met', 'the fast setting once more'],
        ['partly', 'so that somebody else can run it'],
        ['met', 'agree on the figures with the professor'],
      ],
      says: 'it lies about the data step',
    },
    {
      day: 'fri',
      time: '14:20',
      kind: 'next',
      text: `#next
- hand in the report, due Fri. Questions before that to student@example.edu
- show the plots to the team in the second call, by Wed`,
      shows: 'hand in the report',
      also: [{ kind: 'next', shows: 'show the plots to the team in the second call' }],
    },
    {
      day: 'fri',
      time: '14:25',
      text: `#summary The draft is with the professor: the AUC of fp32, at six times the speed of the GPU.
#status on track: all seeds are through, and one week to go`,
      does: [['summary'], ['status']],
      says: 'all seeds are through, and one week to go',
    },
  ],
  desk: [{ day: 'wed', time: '11:15', meets: 'Draft to the professor' }],
}

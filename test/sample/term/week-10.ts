/** Week 10: the draft of the report. */
import type { Week } from './week.ts'

export const week10: Week = {
  updates: [
    {
      day: 'sun',
      time: '15:25',
      text: `Repository is tidy. From nothing to the table in three lines, I tried it on a fresh machine:

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
      text: `#result The table of the report, size 64, mean of 3 seeds. All from the script.

| where | numbers in | AUC | examples/s |
|---|---|---:|---:|
| GPU | fp32 | .7861 | 81k |
| TPU | fp32 | .7860 | 412k |
| TPU | bf16 | .7838 | 530k |
| TPU | **mixed** | **.7859** | **498k** |

Next to the .7812 of PyTorch at size 16. #tpu #bf16`,
      shows: 'The table of the report, size 64',
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
      time: '15:35',
      kind: 'surprise',
      text: 'TIL: a bar chart of my loader bugs is the best figure in the report 🙃',
      shows: 'a bar chart of my loader bugs',
    },
    {
      day: 'wed',
      time: '11:10',
      text: '#done Nine pages of draft are with you @professor. The discussion is thin, I know.',
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
      text: 'Results: sample of the team, mixed against fp32: AUC ratio 0.9998, 3.9 times the speed of their GPU setting. Three seeds, the lists in. @team you were right about fp32 #data',
      shows: 'you were right about fp32',
    },
    {
      day: 'thu',
      time: '13:45',
      text: 'The PhD student ran my repository on another account: .7856. So it is not only my machine. Told me where the README lies, too.',
      shows: 'So it is not only my machine',
    },
    {
      day: 'fri',
      time: '12:15',
      text: 'Done: draft on Wednesday as planned, last seeds on Thursday. Not a bad end of a list.',
      shows: 'Not a bad end of a list',
    },
    {
      day: 'fri',
      time: '14:20',
      kind: 'next',
      text: 'Next: hand in the report, due Friday. Questions before that to student@example.edu',
      shows: 'hand in the report',
    },
    {
      day: 'fri',
      time: '14:21',
      kind: 'next',
      text: '#plan show the plots to the team in the second call',
      shows: 'show the plots to the team in the second call',
    },
  ],
  summary: 'The draft is with the professor: the AUC of fp32, at six times the speed of the GPU.',
  status: 'onTrack',
  reason: 'a draft, all seeds, and one week to go',
}

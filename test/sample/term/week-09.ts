/** Week 9: why bf16 loses, and what to keep in fp32. */
import type { Week } from './week.ts'

export const week09: Week = {
  updates: [
    {
      day: 'mon',
      time: '10:10',
      text: 'did the list columns, padded to 8 values and averaged. Two days early #did #loader',
      shows: 'padded to 8 values and averaged',
    },
    {
      day: 'mon',
      time: '15:30',
      kind: 'surprise',
      text: `#surprise It is rounding, not range. An embedding is near 0.1, its step near 0.0001, and in bf16 the sum is the old value: $w + \\Delta w = w$ once $|\\Delta w| < 2^{-9}|w|$. Tried by hand:

\`\`\`python
w = tf.constant(0.1, tf.bfloat16)
print(w + 0.0001 == w)  # True, so nothing is learned
\`\`\``,
      shows: 'It is rounding, not range',
    },
    {
      day: 'tue',
      time: '19:40',
      kind: 'result',
      text: 'Result: embeddings in fp32, the rest in bf16: auc=.7859 baseline .7861 n=3 and still eps=498k. That is the one for the report. #bf16 #tpu',
      shows: 'That is the one for the report',
    },
    {
      day: 'wed',
      time: '09:30',
      text: 'Answer from the team: ratios yes, AUC no. Good enough.',
      shows: 'ratios yes, AUC no',
    },
    {
      day: 'wed',
      time: '14:20',
      kind: 'result',
      text: '#results Stochastic rounding, written by hand: .7849, but down to 305k examples a second. ~~Clever~~ dropped.',
      shows: 'Stochastic rounding, written by hand',
    },
    {
      day: 'wed',
      time: '22:00',
      kind: 'change',
      text: 'Decided: no second model in this project. DLRM alone, but all of it measured. The cross network was for the case that there is time, and there is none.',
      shows: 'no second model in this project',
    },
    {
      day: 'thu',
      time: '11:00',
      kind: 'need',
      text: '#need half an hour of the professor before I draw all the figures, so that I draw the right ones',
      shows: 'so that I draw the right ones',
    },
    {
      day: 'fri',
      time: '09:20',
      kind: 'change',
      inside: true,
      text: '#changed I leave the workshop paper. Professor is right, it is a good report and half a paper.',
      shows: 'it is a good report and half a paper',
    },
    {
      day: 'fri',
      time: '11:20',
      text: `Both plans done, and on the tensors my bet was right:

- [x] list columns
- [x] which tensors want fp32
- [ ] tidy the repository (was not a plan, should have been)`,
      shows: 'my bet was right',
    },
    {
      day: 'fri',
      time: '14:00',
      kind: 'next',
      text: 'Next: draft of the report to the professor, by Wednesday',
      shows: 'draft of the report to the professor',
    },
    {
      day: 'fri',
      time: '14:01',
      kind: 'next',
      text: '#next the fast setting once more on the sample of the team, three seeds',
      shows: 'the fast setting once more on the sample of the team',
    },
  ],
  summary: 'fp32 for the embeddings, bf16 for the rest: the AUC is back and it is still six times the GPU.',
  status: 'onTrack',
  reason: 'all numbers for the report but one are there',
}

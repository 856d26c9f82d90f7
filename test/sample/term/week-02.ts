/** Week 2: the model trains on a tenth of an open data set. */
import type { Week } from './week.ts'

export const week02: Week = {
  updates: [
    {
      day: 'sat',
      time: '11:40',
      text: 'The tutorial model takes our columns now: 13 numbers, 26 categories. Only builds, nothing trained yet. #model',
      shows: 'The tutorial model takes our columns now',
    },
    {
      day: 'mon',
      time: '09:32',
      text: 'The professor answered: meetings are Tuesdays at two, the first one next week.',
      shows: 'meetings are Tuesdays at two',
    },
    {
      day: 'mon',
      time: '10:05',
      text: 'hashtag done wrote to the team at last, five sentences and a link to the model. took ten minutes after a week of not doing it',
      shows: 'took ten minutes after a week of not doing it',
    },
    {
      day: 'mon',
      time: '12:50',
      kind: 'change',
      text: 'Decision: the PhD student says take the open click logs, seven days, 45 million rows, everybody reports on them. So that is our data until the real ones come. #data',
      shows: 'take the open click logs, seven days, 45 million rows',
    },
    {
      day: 'tue',
      time: '15:20',
      kind: 'surprise',
      text: '#til The biggest of the 26 columns has ten million values. At size 64 that is `10_131_227 * 64 * 4` bytes, 2.6 GB for **one** table. My laptop said no.',
      shows: 'The biggest of the 26 columns has ten million values',
    },
    {
      day: 'tue',
      time: '22:15',
      kind: 'result',
      text: 'Result: auc=0.7702 on=clicks10 (a tenth of the clicks, embedding size 16, laptop CPU, 9.4k examples a second). One run, so please do not quote me.',
      shows: 'One run, so please do not quote me',
    },
    {
      day: 'wed',
      time: '11:00',
      kind: 'ask',
      text: 'Ask @labmate: do you split by day or at random? I would hold out day seven.',
      shows: 'do you split by day or at random',
    },
    {
      day: 'wed',
      time: '16:45',
      kind: 'read',
      text: `Reading: the [DLRM paper](https://arxiv.org/abs/1906.00091) again, properly this time. The interaction layer matters most for us, it is all pairwise dot products and that should suit a TPU:

$$z = [\\, x,\\ \\mathrm{tril}(E E^\\top) \\,]$$`,
      shows: 'it is all pairwise dot products and that should suit a TPU',
    },
    {
      day: 'fri',
      time: '10:30',
      text: 'What came of my two plans: the model is there and trains. The baseline runs are not, there was no data until Monday and I had not planned for that.',
      shows: 'there was no data until Monday',
    },
    {
      day: 'fri',
      time: '12:10',
      kind: 'result',
      text: 'Adam on the embeddings goes to NaN after 3,000 steps (lr 0.01). Plain SGD is fine. Negative, but now I know. #result #optimizer',
      shows: 'Negative, but now I know',
    },
    {
      day: 'fri',
      time: '14:55',
      kind: 'next',
      text: '#next all seven days converted to TFRecord, by Wednesday',
      shows: 'all seven days converted to TFRecord',
    },
    {
      day: 'fri',
      time: '14:57',
      kind: 'next',
      text: 'Plan: one full baseline run on the laptop, at night if it must be',
      shows: 'one full baseline run on the laptop',
    },
  ],
  summary: 'The model trains on a tenth of the open data, and the team finally has my letter.',
  status: 'atRisk',
  reason: 'still no credits; the open data carries us for now',
}

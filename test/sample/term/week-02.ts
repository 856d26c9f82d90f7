/** Week 2: the model trains on a tenth of an open data set. */
import type { Week } from './week.ts'

export const week02: Week = {
  posts: [
    {
      day: 'sat',
      time: '11:40',
      text: 'The tutorial model takes our columns now: 13 numbers, 26 categories. Only builds, nothing trained yet. #model',
      shows: 'The tutorial model takes our columns now',
    },
    {
      day: 'mon',
      time: '09:32',
      text: '#answered which weekday: Tuesdays at two, the first one next week',
      does: [['answered', 'which weekday shall our meeting be']],
      says: 'Tuesdays at two, the first one next week',
    },
    {
      day: 'mon',
      time: '10:05',
      text: `hashtag done wrote to the team at last, five sentences and a link to the model. took ten minutes after a week of not doing it
#solved put off writing`,
      shows: 'took ten minutes after a week of not doing it',
      does: [['answered', 'I put off writing to the team because I want to show something first']],
    },
    {
      day: 'mon',
      time: '12:48',
      text: '#answered which open data set: the Kaggle click logs, seven days, 45 million rows',
      does: [['answered', 'which open data set do you take while the real ones are out of reach']],
      says: 'the Kaggle click logs, seven days, 45 million rows',
    },
    {
      day: 'mon',
      time: '12:50',
      kind: 'change',
      text: 'Decision: the Kaggle data are ours until the real ones come, everybody reports on them. #data',
      shows: 'ours until the real ones come',
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
      text: 'Result: auc=0.7702 on=kaggle10 n=1, that is a tenth of the data, embedding size 16, on the laptop. Please do not quote me.',
      shows: 'Please do not quote me',
    },
    {
      day: 'wed',
      time: '11:00',
      kind: 'ask',
      text: 'Ask @labmate: do you split by day or at random? I would hold out day seven. By Mon if you can',
      shows: 'do you split by day or at random',
    },
    {
      day: 'wed',
      time: '11:04',
      text: '#milestone First TPU run due {fri+3}',
      does: [['milestone', 'First TPU run']],
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
      text: `1 met
2 not, there was no data until Monday and I had not planned for that`,
      does: [
        ['met', 'The model with the recommender library'],
        ['not', 'so that there is something to be faster than'],
      ],
      says: 'there was no data until Monday',
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
      text: `#next
- all seven days converted to TFRecord, by Wed
- one full baseline run on the laptop, at night if it must be`,
      shows: 'all seven days converted to TFRecord',
      also: [{ kind: 'next', shows: 'one full baseline run on the laptop' }],
    },
  ],
  summary: 'The model trains on a tenth of the open data, and the team finally has my letter.',
  status: 'atRisk',
  reason: 'still no credits; the open data carries us for now',
}

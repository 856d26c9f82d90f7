/** Week 6: sick. Not a word of what was planned. */
import type { Week } from './week.ts'

export const week06: Week = {
  posts: [
    {
      day: 'mon',
      time: '11:20',
      kind: 'change',
      text: `Change: flu, fever since Saturday. No meeting on Tuesday, and all that I planned moves by a week. Sorry
#away flu till Thu`,
      shows: 'all that I planned moves by a week',
      does: [['away']],
    },
    {
      day: 'thu',
      time: '19:45',
      kind: 'read',
      text: 'Half of [CowClip](https://arxiv.org/abs/2204.06240) in bed, they train with batches of 128k by clipping the embedding gradients. Could be what I need for 16k. The only thing I got done. #read',
      shows: 'they train with batches of 128k by clipping the embedding gradients',
    },
  ],
  summary: 'Sick. More next week.',
}

/** Week 6: sick. */
import type { Week } from './week.ts'

export const week06: Week = {
  updates: [
    {
      day: 'mon',
      time: '11:20',
      kind: 'change',
      text: 'Change: flu, fever since Saturday. No meeting on Tuesday, and what I planned on Friday moves by a week. Sorry',
      shows: 'what I planned on Friday moves by a week',
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

/** Bodies as they are sent, by the route's name, for the OpenAPI document. */
import type * as v from 'valibot'
import type { Routes } from './routes.ts'

type Bodies<R> = R extends { readonly body: infer S extends v.GenericSchema }
  ? readonly v.InferInput<S>[]
  : never

const id = '0192f3c4-7000-7000-8000-000000000001'

export const examples: { readonly [N in keyof Routes]?: Bodies<Routes[N]> } = {
  postUpdate: [
    { text: '#ask @advisor Which day suits? due Friday' },
    {
      text: 'Both runs are through',
      kind: 'done',
      at: '2026-11-16T09:00:00Z',
      fields: { run: 7 },
      inside: true,
    },
    { text: '#done the loader\n#result auc=0.7889 baseline .7812 runs=3 on=kaggle', split: true },
  ],
  editUpdate: [
    { text: 'Both runs are through, with three seeds' },
    { kind: 'surprise', inside: false },
    { photos: [{ name: '0192f3c47000700080000000000000a1.jpg', description: 'Loss over steps' }] },
  ],
  sayOutcome: [{ outcome: 'met' }, { outcome: 'partly', why: 'the quota came only on Thursday' }],
  sayAnswer: [{ state: 'answered', answer: 'Thursday at three' }, { state: 'open' }],
  withdrawUpdate: [{ reason: 'a wrong number' }],
  addMilestone: [{ title: 'Baselines run', due: '2026-12-04' }],
  editMilestone: [{ due: '2026-12-11', reason: 'the loader was broken' }, { state: 'met' }],
  addReport: [{}, { since: '2026-11-02T00:00:00Z', until: '2026-11-16T09:00:00Z', circle: 'outer' }],
  replaceReport: [
    { paragraphs: { surprises: 'The loss goes NaN at bf16.' }, ticks: { 'metric:auc': false } },
  ],
  editNextDigest: [
    { summary: 'It trains on the TPU.' },
    { status: 'atRisk', reason: 'the quota has not come' },
  ],
  holdDigest: [{ number: 1 }],
  liftHold: [{ number: 1, close: false }],
  closeDigest: [{ number: 1 }],
  editDigest: [{ release: true }],
  addDelivery: [{ recipient: id }],
  editDelivery: [{ state: 'waiting' }],
  addRecipient: [
    { email: 'advisor@example.edu', name: 'My advisor', handle: 'advisor' },
    { email: 'partner@example.com', circle: 'outer' },
  ],
  editRecipient: [{ state: 'paused', reason: 'on leave until March' }],
  addAuthor: [{ name: 'A labmate' }],
  addToken: [{ name: 'phone' }, { name: 'watchdog', scope: 'tick' }],
  editSettings: [
    {
      ...{ title: 'My project', ownerName: 'My name', ownerEmail: 'me@example.edu' },
      ...{ publicUrl: 'https://notes.example.edu', sender: 'My project <notes@mail.example.edu>' },
      schedule: { weekday: 'friday', time: '16:00', zone: 'Europe/Zurich' },
    },
    { away: [{ since: '2026-12-24', until: '2027-01-03', why: 'holidays' }], ends: '2027-02-12' },
  ],
}

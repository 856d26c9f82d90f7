/** Three letters and their readers, posted and closed over the API as the owner does it. */
import { randomUUID } from 'node:crypto'
import type { Api } from '../demo/api.ts'

const title = 'DLRM on TPUs'

/** Who reads: the inner circle everything, the outer what came after joining. */
export const readers = {
  /** Has all letters, and may come to stop them. */
  leaver: { email: 'leaver@example.edu', circle: 'inner' },
  /** Joined after the first letter. */
  team: { email: 'team@example.com', circle: 'outer' },
  /** These joined after the last. */
  professor: { email: 'professor@example.edu', circle: 'inner' },
  deleted: { email: 'deleted@example.edu', circle: 'inner' },
  newcomer: { email: 'newcomer@example.com', circle: 'outer' },
} as const

/** Words that must reach those alone whom they are for. */
export const words = {
  first: 'Read my way into the code of the reference',
  all: 'The loader keeps up with eight cores now',
  inside: 'The company has not answered for three weeks',
  private: 'I did not understand a word in the seminar',
} as const

/** Gives the slugs, the first first. */
export async function seed(api: Api, publicUrl: string): Promise<readonly string[]> {
  await api.patch('/api/settings', {
    mailbox: 'weeknotes@notes.example.edu',
    ...{ title, ownerName: 'the student', ownerEmail: 'student@example.edu', publicUrl },
    sender: `${title} <notes@mail.example.edu>`,
    about: 'A research course project: making recommendation models fast on TPUs.',
  })
  const { leaver, team, ...late } = readers
  await api.post('/api/recipients', leaver)
  const slugs = [await letter(api, first, {})]
  await api.post('/api/recipients', team)
  slugs.push(await letter(api, second, { status: 'atRisk', reason: 'the quota has not come' }))
  slugs.push(await letter(api, third, { summary: 'It trains on the TPU, and no slower than on the GPU.' }))
  for (const reader of Object.values(late)) await api.post('/api/recipients', reader)
  await send(api, slugs)
  return slugs
}

/** Closes the open period by hand, as soon as all is posted. */
async function letter(api: Api, posts: readonly string[], opening: object): Promise<string> {
  for (const text of posts) await api.say({ by: 'plain', text, inside: false, key: randomUUID() })
  if (Object.keys(opening).length > 0) await api.patch('/api/digests/next', opening)
  const { number } = await api.get<{ number: number }>('/api/digests/next')
  await api.post('/api/digests', { number })
  const { digests } = await api.get<{ digests: readonly { slug: string }[] }>('/api/digests')
  return digests[0]?.slug ?? ''
}

/** Runs the cron until the letters have gone out to all. */
export async function send(api: Api, slugs: readonly string[]): Promise<void> {
  for (let runs = 0; runs < 10; runs += 1) {
    await api.tick(Date.now())
    const all = await Promise.all(slugs.map((slug) => api.get<Deliveries>(`/api/digests/${slug}/deliveries`)))
    const states = all.flatMap(({ deliveries }) => deliveries.map(({ state }) => state))
    if (states.length > 0 && states.every((state) => state === 'accepted')) return
  }
  throw new Error('The letters had not gone out to all after 10 runs of the cron.')
}

type Deliveries = { readonly deliveries: readonly { readonly state: string }[] }

const first = [
  `#done ${words.first}`,
  '#next three seeds of the baseline',
  '#milestone Baselines run due 4 Dec',
]

/** Everything that may be too wide for a phone. */
const second = [
  `#ask @professor is Thursday at three fine as the weekly slot, or shall I rather come by?`,
  `#inside ${words.inside}`,
  '#milestone Baselines run due 11 Dec because every run before Monday used the broken loader',
  '#read [DLRM](https://arxiv.org/pdf/1906.00091), for its table sizes',
  `#private ${words.private}`,
  `#result auc=0.7889 baseline 0.7812 runs=3 on=clicks: all of it, by run.

| run | embedding | hash size | batch | learning rate | examples a second | AUC on the last day | loss |
|:---|---:|---:|---:|---:|---:|---:|---:|
| clicks-16-1m-2048-adagrad-seed-1 | 16 | 1,000,000 | 2,048 | 0.01 | 118,000 | 0.7889 | 0.4567 |
| clicks-64-1m-2048-adagrad-seed-1 | 64 | 1,000,000 | 2,048 | 0.01 | 97,000 | 0.7871 | 0.4601 |`,
  `#done ${words.all}:

\`\`\`python
dataset = tf.data.Dataset.list_files(pattern, shuffle=True).interleave(tf.data.TFRecordDataset, cycle_length=8, num_parallel_calls=tf.data.AUTOTUNE)
\`\`\`

- one file a shard
  - \`a_name_that_is_as_long_as_names_are_that_a_program_made_and_that_nobody_ever_reads_aloud\`
    1. and deeper
- the rest as before`,
  `#read https://example.org/a/very/long/address/without/any/place/to/break/proceedings-of-the-conference-2026-paper-1234567890.pdf

> Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft

### What I take from it

That $\\sum_{i=1}^{n} w_i x_i$ is **not** the bottleneck.`,
]

const third = [
  '#result auc=0.7921 on=clicks, with the larger table',
  '#result eps=12,400 baseline 9,800 on the pod, single run',
  '#surprise The loss goes NaN at bf16, and only with embedding size 64',
  '#blocked waiting for the quota of the pod since Monday',
  '#next the report',
]

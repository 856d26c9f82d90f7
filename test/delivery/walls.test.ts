import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { strictDb } from '../strict-db.ts'
import {
  addRecipient,
  ask,
  friday,
  get,
  minute,
  monday,
  post,
  resend,
  setClock,
  setUp,
  tickAt,
} from '../world.ts'

const words = [
  ...[
    '#result auc=0.7889',
    '#ask @professor Which day suits?',
    '#next Run the baselines',
    '#blocked by quota',
  ],
  ...['#status at risk: quota', '#summary In short', 'Done', '#milestone Baselines run due 5 Dec'],
]

/** A week with a row in every table that a closing takes. */
beforeEach(async () => {
  setClock(monday)
  await setUp()
  await addRecipient('professor@example.edu')
  await addRecipient('team@example.com', 'outer')
  for (const text of words) await post(text)
  await ask('PUT', `/api/updates/${await idOf('next')}/outcome`, { outcome: 'met' })
  await ask('PUT', `/api/updates/${await idOf('ask')}/answer`, { state: 'open' })
  setClock(friday)
})

const idOf = (kind: string) =>
  env.DB.prepare('SELECT id FROM updates WHERE kind = ?1').bind(kind).first<string>('id')

/** D1 as it is for one run, in which somebody posts before the `at`-th round trip. */
function postingAt(at: number): D1Database {
  let trips = 0
  return strictDb(env.DB, async () => {
    trips += 1
    if (trips === at) await post('In between')
  }).db
}

describe('somebody who posts while a full week closes', () => {
  it.each([2, 3, 4, 5, 6, 7])(
    'costs a run of the cron no more than it may ask of D1 (at its round trip %i), and the next ones send',
    async (at) => {
      await tickAt(friday, friday, postingAt(at))
      await tickAt(friday + 5 * minute)
      expect(resend.inbox('professor@example.edu')).toHaveLength(1)
      expect(resend.inbox('team@example.com')).toHaveLength(1)
    },
  )

  it.each([1, 2, 3, 4, 5, 6, 7])('does not break a closing by hand before its round trip %i', async (at) => {
    const closed = await ask('POST', '/api/digests', { number: 1 }, { db: postingAt(at) })
    expect(closed.status).toBe(201)
  })

  it.each([3, 5, 6, 7, 8, 9, 10, 11])('does not break a lifting before its round trip %i', async (at) => {
    await get('PUT', '/api/digests/next/hold', { number: 1 })
    await tickAt(friday)
    const lifted = await ask('DELETE', '/api/digests/next/hold', { number: 1 }, { db: postingAt(at) })
    expect(lifted.status).toBe(204)
    expect(await idOf('result').then((id) => get('GET', `/api/updates/${id}`))).toMatchObject({
      digest: '2026-11-20',
    })
  })
})

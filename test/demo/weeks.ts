/** The weeks of the demo through the Worker's API: past ones imported and closed late, the last one posted. */
import { randomUUID } from 'node:crypto'
import { setInterval, setTimeout as sleep } from 'node:timers/promises'
import type { Api, Post } from './api.ts'
import { requestOf } from './desk.ts'
import { importWeek } from './past-week.ts'
import type { DatedWeek } from './term.ts'
import { givenWith, type ToldWeek } from './told.ts'

/** A letter that went out. */
export type Closed = { readonly subject: string; readonly deliveries: readonly Delivery[] }

type Delivery = { readonly email: string; readonly state: string }

/**
 * Closes a past week as it would have been: what was said of it comes in, and the cron runs as if it were its
 * cut-off. That is long ago, so the letter waits for the owner to release it.
 */
export async function closePastWeek(api: Api, week: ToldWeek): Promise<Closed> {
  const { number } = week
  await importWeek(week, api.import, async (method, path, body) => {
    await api[method](path, body)
  })
  await api.tick(week.cutOff)
  await api.patch(`/api/digests/${await slugOf(api, number)}`, { release: true })
  return sendAll(api, number, () => week.cutOff)
}

/**
 * Closes the open week by the owner's word. A cron that ran as if it were the cut-off would date the letter ahead,
 * and whatever is posted after that.
 */
export async function closeOpenWeek(api: Api, { number }: DatedWeek): Promise<Closed> {
  await api.post('/api/digests', { number })
  return sendAll(api, number, Date.now)
}

/** Runs the cron until no delivery is left to be tried. */
async function sendAll(api: Api, number: number, due: () => number): Promise<Closed> {
  for (let tries = 0; tries < 20; tries += 1) {
    await api.tick(due())
    const path = `/api/digests/${await slugOf(api, number)}`
    const { deliveries } = await api.get<{ deliveries: Delivery[] }>(`${path}/deliveries`)
    if (!deliveries.some(({ state }) => state === 'waiting' || state === 'trying')) {
      const { documents } = await api.get<{ documents: { subject: string }[] }>(path)
      return { subject: documents[0]?.subject ?? '', deliveries }
    }
    await sleep(1000)
  }
  throw new Error('The letters had not all gone out after 20 runs of the cron.')
}

/** Nothing calls a local Worker's cron: this does, by the real clock, until `stop`. */
export async function keepTime(api: Pick<Api, 'tick'>, every: number, stop: AbortSignal): Promise<void> {
  for await (const _ of setInterval(every, null, { signal: stop })) await api.tick(Date.now())
}

async function slugOf(api: Api, number: number): Promise<string> {
  const { digests } = await api.get<{ digests: { number: number; slug: string }[] }>('/api/digests')
  const digest = digests.find((each) => each.number === number)
  if (digest === undefined) throw new Error(`Week ${number} did not close at its cut-off.`)
  return digest.slug
}

/** Posts a week now, in the ways of app, form and phone; hands on the line that answers each post. */
export async function postWeek(api: Api, week: DatedWeek, hear: (line: string) => void): Promise<void> {
  for (const [place, post] of week.posts.entries()) {
    const { inside = false } = givenWith(post)
    const by: Post['by'] = inside ? 'json' : (ways[place % ways.length] ?? 'json')
    hear(await api.say({ by, text: post.text, inside, key: randomUUID() }))
  }
  for (const deed of week.desk) {
    const { method, path, body } = await requestOf(deed, api.get)
    await (method === 'PUT' ? api.put(path, body) : api.patch(path, body))
  }
  const { summary, status, reason } = week
  if (summary !== undefined || status !== undefined) {
    await api.patch('/api/digests/next', { summary, status, reason })
  }
}

const ways: readonly Post['by'][] = ['plain', 'form', 'json']

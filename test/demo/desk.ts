/** What the owner does on the desk, as requests to the API. */
import type { DeskDeed } from '../sample/semester.ts'

export type Request = { readonly method: 'PUT' | 'PATCH'; readonly path: string; readonly body: object }

type Get = <T>(path: string) => Promise<T>

/** The request that does it. Throws if nothing has the words that it names. */
export async function requestOf(deed: DeskDeed, get: Get): Promise<Request> {
  if ('meets' in deed) {
    const { milestones } = await get<{ milestones: { id: string; title: string }[] }>('/api/milestones')
    const met = milestones.find(({ title }) => title === deed.meets)
    return { method: 'PATCH', path: `/api/milestones/${met?.id}`, body: { state: 'met' } }
  }
  if ('corrects' in deed) {
    const path = `/api/updates/${await idOf(deed.corrects, get)}`
    return { method: 'PATCH', path, body: { text: deed.text, fact: true } }
  }
  if ('confirms' in deed) {
    const path = `/api/updates/${await idOf(deed.confirms, get)}/answer`
    return { method: 'PUT', path, body: { state: 'open' } }
  }
  const path = `/api/updates/${await idOf(deed.settles, get)}/outcome`
  return { method: 'PUT', path, body: { outcome: deed.outcome, why: deed.why ?? null } }
}

async function idOf(words: string, get: Get): Promise<string> {
  const { updates } = await get<{ updates: { id: string }[] }>(`/api/updates?q=${encodeURIComponent(words)}`)
  const [only, ...others] = updates
  if (only === undefined || others.length > 0) throw new Error(`Which update says "${words}"?`)
  return only.id
}

/** Sends what waits. A post leaves the device only after an answer that proves that it was kept. */
import { keep, markSent, type Sent, tell, type WaitingPost, waitingPosts } from './queue.ts'

/** A line that is there and carries nothing is none; half a megabit a second is one that is slow. */
const longestMs = 15_000
const bytesPerMs = 64

/** The answer to a post, sent as the page's form sends it; null without one, or if another try is due. */
export async function submit(post: WaitingPost, accept: string, url = '/write'): Promise<Response | null> {
  const form = new FormData()
  for (const [name, value] of post.fields) form.append(name, value)
  form.set('written', new Date(post.writtenAt).toISOString())
  try {
    const answer = await fetch(url, {
      ...{ method: 'POST', body: form, headers: { Accept: accept }, redirect: 'manual' },
      signal: AbortSignal.timeout(longestMs + Math.ceil(sizeOf(post) / bytesPerMs)),
    })
    return answer.status >= 500 || [408, 425, 429].includes(answer.status) ? null : answer
  } catch {
    return null
  }
}

/** Bytes of its photos: its words weigh nothing. */
function sizeOf({ fields }: WaitingPost): number {
  return fields.reduce((sum, [, value]) => sum + (typeof value === 'string' ? 0 : value.size), 0)
}

/** One at a time, whoever sends: other tabs, or this worker's successor. */
export function alone<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request('posts', work) as Promise<T> // the types know no promise in it
}

export async function sendAll(): Promise<Sent> {
  const sent = await alone(async () => {
    const others = new Set<string>()
    for (const post of await waitingPosts()) {
      if (post.error !== null || others.has(post.author)) continue
      const answer = await submit(post, 'text/plain')
      if (answer === null) return 'offline'
      if (answer.status === 401) return 'signIn'
      if (answer.status === 403) others.add(post.author)
      else if (isKept(answer)) await markSent(post.key)
      else if (answer.status < 400)
        return 'offline' // somebody between us and the Worker
      else await keep({ ...post, error: (await answer.text()).trim().slice(0, 500) })
    }
    return others.size === 0 ? 'sent' : 'signIn'
  })
  tell(sent)
  return sent
}

function isKept({ status, headers }: Response): boolean {
  return (status === 200 || status === 201) && /^text\/plain\b/u.test(headers.get('Content-Type') ?? '')
}

/** Posts that wait on this device until the Worker has them, each under its key, for its author alone. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

export type WaitingPost = {
  /** Once under a key, however often it is sent. */
  readonly key: string
  /** An id: nobody else sends it, and nobody else is shown it. */
  readonly author: string
  /** UTC milliseconds. */
  readonly writtenAt: number
  /** The form's fields. */
  readonly fields: readonly (readonly [name: string, value: FormDataEntryValue])[]
  /** Why it was not taken; null while it may be sent. */
  readonly error: string | null
}

interface Schema extends DBSchema {
  posts: { key: string; value: WaitingPost }
  /** Keys of those that were sent while no page may have been open: no draft has them any more. */
  sent: { key: string; value: string }
  /** Photos that another app has shared, by when, until the page has them: there may be a signing in between. */
  shared: { key: number; value: readonly File[] }
}

let opened: Promise<IDBPDatabase<Schema>> | undefined

function open(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('weeknotes', 1, {
    upgrade(db) {
      db.createObjectStore('posts', { keyPath: 'key' })
      db.createObjectStore('sent')
      db.createObjectStore('shared')
    },
    terminated: () => {
      opened = undefined
    },
  })
  return opened
}

export async function keep(post: WaitingPost): Promise<void> {
  await (await open()).put('posts', post)
  tell('changed')
}

/** Keeps it as a post of its own: a page that Back brings up again has the key of what was posted from it. */
export async function keepAnother(post: WaitingPost): Promise<WaitingPost> {
  const earlier = await (await open()).get('posts', post.key)
  const key = earlier === undefined || isSame(earlier, post) ? post.key : crypto.randomUUID()
  const fields = post.fields.map(([name, value]) => [name, name === 'key' ? key : value] as const)
  const kept = { ...post, key, fields }
  await keep(kept)
  return kept
}

function isSame(one: WaitingPost, other: WaitingPost): boolean {
  const told = ({ fields }: WaitingPost) =>
    JSON.stringify(
      fields.map(([name, value]) => [
        name,
        typeof value === 'string' ? value : [value.name, value.size, value.lastModified],
      ]),
    )
  return told(one) === told(other)
}

export async function forget(key: string): Promise<void> {
  await (await open()).delete('posts', key)
  tell('changed')
}

export async function markSent(key: string): Promise<void> {
  const both = (await open()).transaction(['posts', 'sent'], 'readwrite')
  await Promise.all([
    both.objectStore('posts').delete(key),
    both.objectStore('sent').put(key, key),
    both.done,
  ])
  tell('changed')
}

/** Keys of what was sent since this was asked last. */
export async function takeSent(): Promise<readonly string[]> {
  const all = (await open()).transaction('sent', 'readwrite')
  const [keys] = await Promise.all([all.store.getAllKeys(), all.store.clear(), all.done])
  return keys
}

export async function keepShared(photos: readonly File[]): Promise<void> {
  await (await open()).put('shared', photos, Date.now())
}

/** What is older was given up, and is nothing that another post should bear. */
const sharedForMs = 15 * 60_000

export async function takeShared(): Promise<readonly File[]> {
  const all = (await open()).transaction('shared', 'readwrite')
  const young = IDBKeyRange.lowerBound(Date.now() - sharedForMs)
  const [photos] = await Promise.all([all.store.getAll(young), all.store.clear(), all.done])
  return photos.flat()
}

/** All of them, as they were written. */
export async function waitingPosts(): Promise<readonly WaitingPost[]> {
  const posts = await (await open()).getAll('posts')
  return posts.sort((a, b) => a.writtenAt - b.writtenAt)
}

/** What is told to all that is open of ours: something changed, or how sending ended. */
export type Told = 'changed' | Sent

/** `sent` when all was tried that is its author's, `offline` or `signIn` while some of it waits for that. */
export type Sent = 'sent' | 'offline' | 'signIn'

const channel = new BroadcastChannel('posts')

export function tell(told: Told): void {
  channel.postMessage(told)
}

/** Hears what others tell, not itself. */
export function hear(heard: (told: Told) => void): void {
  channel.addEventListener('message', ({ data }: MessageEvent<Told>) => heard(data))
}

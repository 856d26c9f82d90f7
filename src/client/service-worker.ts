/**
 * Stands between the page for writing and the line: without one it shows the page as it was kept, which has nothing of
 * anybody, and keeps what is posted until it can be sent. It answers for no other address.
 */
import { forget, keepAnother, keepShared } from './queue.ts'
import { alone, sendAll, submit } from './sending.ts'

/** What the page needs; its name changes with what is in it. Written in by the build. */
declare const SHELL: { readonly name: string; readonly page: string; readonly files: readonly string[] }

/** The part of ServiceWorkerGlobalScope that is used; its types do not go with those of a page. */
type Scope = {
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
  readonly registration: { readonly sync?: { register(tag: string): Promise<void> } }
}

type WorkerEvent = {
  readonly request: Request
  readonly data: unknown
  respondWith(answer: Promise<Response>): void
  waitUntil(work: Promise<unknown>): void
}

const worker = self as unknown as Scope

const longestMs = 8000

worker.addEventListener('install', (event) => {
  event.waitUntil(keepShell().then(() => worker.skipWaiting()))
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(forgetOldShells().then(() => worker.clients.claim()))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return
  if (request.mode === 'navigate' && pathname === '/write')
    event.respondWith(request.method === 'POST' ? post(request) : show(request))
  else if (request.mode === 'navigate' && request.method === 'POST' && pathname === '/write/shared')
    event.respondWith(share(request))
  else if (request.method === 'GET' && SHELL.files.includes(pathname))
    event.respondWith(fetch(request).catch(() => kept(pathname)))
})

/** A page asks for it. */
worker.addEventListener('message', (event) => {
  if (event.data === 'send') event.waitUntil(sendAll())
})

/** The line is back, though no page may be open; where there is such an event. */
worker.addEventListener('sync', (event) => {
  event.waitUntil(
    sendAll().then((sent) => {
      if (sent === 'offline') throw new Error('the line is not back') // so it is tried again
    }),
  )
})

async function keepShell(): Promise<void> {
  const cache = await caches.open(SHELL.name)
  const files = [SHELL.page, ...SHELL.files].map((path) => new Request(path, { cache: 'reload' }))
  await cache.addAll(files)
}

async function forgetOldShells(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== SHELL.name).map((name) => caches.delete(name)))
}

async function kept(path: string): Promise<Response> {
  return (await (await caches.open(SHELL.name)).match(path)) ?? Response.error()
}

async function show(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(longestMs) })
  } catch {
    return kept(SHELL.page)
  }
}

/** What another app shares fills in the form; nothing is posted by it. */
async function share(request: Request): Promise<Response> {
  const form = await request.formData()
  const texts = ['title', 'text', 'url'].map((name) => [name, String(form.get(name) ?? '')])
  const query = new URLSearchParams(texts.filter(([, text]) => text !== ''))
  const photos = form.getAll('photo').filter((photo) => typeof photo !== 'string' && photo.size > 0)
  if (photos.length > 0) {
    await keepShared(photos as File[]) // as they were filtered
    query.set('shared', 'photos')
  }
  return Response.redirect(`/write?${query}`, 303)
}

/** Kept before it is sent, so that whatever ends meanwhile ends nothing. */
async function post(request: Request): Promise<Response> {
  const form = await request.clone().formData()
  const [key, author] = [form.get('key'), form.get('author')]
  const isPost = typeof key === 'string' && key !== '' && typeof author === 'string' && author !== ''
  if (!isPost || form.has('act')) return fetch(request)
  const fields = [...form].filter(([, value]) => typeof value === 'string' || value.size > 0)
  const written = { key, author, writtenAt: Date.now(), fields, error: null }
  const waiting = await keepAnother(written).catch(() => null) // a full disk, or a browser that keeps nothing
  if (waiting === null) return fetch(request)
  const accept = request.headers.get('Accept') ?? '*/*'
  const answer = await alone(() => submit(waiting, accept, request.url))
  // A page to sign in holds what was typed, but no photo; that it is too large, or not theirs, is said by one that holds neither.
  const hasPhotos = fields.some(([, value]) => typeof value !== 'string')
  const isLost = hasPhotos ? [401, 403, 413] : [403, 413]
  if (answer !== null && isLost.includes(answer.status)) return Response.redirect('/write', 303)
  if (answer !== null) {
    // The page that it leads to proves that it was noted. Any other page has what was typed.
    if (answer.type !== 'opaqueredirect') await forget(waiting.key)
    return answer
  }
  // Where there is no such event, a page that is open asks.
  await worker.registration.sync?.register('posts').catch(() => {})
  return Response.redirect('/write', 303)
}

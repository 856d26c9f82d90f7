/**
 * Quickens the page for writing: keeps the draft on this device, shows what is understood, sends by Ctrl/⌘ + Enter, and
 * works without a line, too.
 */
import { forget, takeSent, takeShared, type WaitingPost, waitingPosts } from './queue.ts'
import { showWaiting, textOf } from './waiting.ts'

type Draft = { readonly text: string; readonly key: string }

const form = document.querySelector<HTMLFormElement>('#write')
const text = form?.querySelector('textarea')
const key = form?.querySelector<HTMLInputElement>('[name=key]')
if (form && text && key) {
  const isShell = form.dataset.author === ''
  const author = isShell ? fillShell(form, text, key) : form.dataset.author
  if (author !== undefined) await begin(form, text, key, author)
}

async function begin(
  form: HTMLFormElement,
  text: HTMLTextAreaElement,
  key: HTMLInputElement,
  author: string,
): Promise<void> {
  const canWait = 'serviceWorker' in navigator && 'locks' in navigator
  const posted = form.dataset.posted ?? ''
  // It was noted: neither draft nor waiting any more.
  dropDrafts(posted)
  if (canWait && posted !== '') void forget(posted).catch(() => {})
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted || isGoneBackTo()) emptyOfNoted(text, key)
  })
  quicken(form, text, key)
  if (!canWait) return
  const [waiting, sent] = await Promise.all([waitingPosts(), takeSent()]).catch(() => [[], []])
  const done = [...waiting.map((post) => post.key), ...sent]
  for (const each of done) dropDrafts(each)
  if (done.includes(key.value)) {
    // It is safe where it is; what is typed now is another one.
    text.value = ''
    key.value = crypto.randomUUID()
  }
  localStorage.setItem('author', author)
  localStorage.setItem('hasCircles', String(form.querySelector('[name=inside]') !== null))
  const asked = { scope: '/write', updateViaCache: 'none' } as const
  const worker = await navigator.serviceWorker.register('/assets/service-worker.js', asked).catch(() => null)
  // Of any other page they would be lost that is about to give way to this one.
  if (new URLSearchParams(location.search).get('shared') === 'photos') {
    choosePhotos(form, await takeShared().catch(() => []))
    unfold(form)
  }
  const section = document.querySelector<HTMLElement>('#waiting')
  if (worker && section) await showWaiting(author, section, (post) => fill(form, text, key, post))
}

/** The page as it is kept on the device knows nobody, and what it is asked to show stands in its address. */
function fillShell(
  form: HTMLFormElement,
  text: HTMLTextAreaElement,
  key: HTMLInputElement,
): string | undefined {
  const author = localStorage.getItem('author')
  if (author === null) {
    form.hidden = true
    for (const id of ['offline', 'nobody'])
      document.querySelector<HTMLElement>(`#${id}`)?.toggleAttribute('hidden')
    return undefined
  }
  if (localStorage.getItem('hasCircles') !== 'true')
    form.querySelector('[name=inside]')?.closest('label')?.remove()
  const own = form.querySelector<HTMLInputElement>('[name=author]')
  if (own) own.value = author
  form.dataset.author = author // its drafts are theirs
  key.value = crypto.randomUUID()
  const asked = new URLSearchParams(location.search)
  const handed = ['title', 'text', 'url'].map((name) => asked.get(name) ?? '')
  text.value = handed.filter(Boolean).join('\n')
  // As the whole page has it: what was begun before has another draft, and takes its place in neither.
  if (text.value !== '') form.action = `/write${location.search}`
  choose(form, asked.get('kind') ?? '')
  return author
}

/** Another post of the same words: whatever became of the first try, this one may differ. */
function fill(
  form: HTMLFormElement,
  text: HTMLTextAreaElement,
  key: HTMLInputElement,
  post: WaitingPost,
): void {
  const field = (name: string) => String(post.fields.find(([own]) => own === name)?.[1] ?? '')
  text.value = textOf(post)
  key.value = crypto.randomUUID()
  choose(form, field('kind'))
  for (const name of ['day', 'description']) {
    const input = form.querySelector<HTMLInputElement>(`[name=${name}]`)
    if (input) input.value = field(name)
  }
  choosePhotos(
    form,
    post.fields.map(([, value]) => value),
  )
  const inside = form.querySelector<HTMLInputElement>('[name=inside]')
  if (inside) inside.checked = field('inside') !== ''
  unfold(form)
  text.focus()
  text.dispatchEvent(new Event('input'))
}

function choosePhotos(form: HTMLFormElement, files: readonly unknown[]): void {
  const photos = form.querySelector<HTMLInputElement>('[name=photo]')
  const chosen = new DataTransfer() // the one way to fill such a field
  for (const file of files) if (file instanceof File) chosen.items.add(file)
  if (photos) photos.files = chosen.files
  form.dispatchEvent(new Event('change'))
}

/** What is filled in is seen. */
function unfold(form: HTMLFormElement): void {
  for (const folded of form.querySelectorAll('details'))
    folded.open = [...folded.querySelectorAll('input')].some(({ value }) => value !== '')
}

function choose(form: HTMLFormElement, kind: string): void {
  for (const chip of form.querySelectorAll<HTMLInputElement>('[name=kind]'))
    chip.checked = chip.value === kind
}

function quicken(form: HTMLFormElement, text: HTMLTextAreaElement, key: HTMLInputElement): void {
  // What another page filled in has a draft of its own, so that the one begun here stays.
  const name = `draft ${form.dataset.author}${new URL(form.action).search}`
  // It comes back with its key: sent again it is the same post.
  const draft = readDraft(name)
  const isRefused = form.querySelector('.wrong') !== null
  if (draft !== null && !isRefused) {
    text.value = draft.text
    key.value = draft.key
  }
  const keep = () => {
    localStorage.setItem(name, JSON.stringify({ text: text.value, key: key.value } satisfies Draft))
  }
  form.querySelector('[value=check]')?.remove() // it is done all the time
  let waiting = 0
  form.addEventListener('submit', keep)
  text.addEventListener('input', () => {
    keep()
    clearTimeout(waiting)
    waiting = window.setTimeout(() => void showUnderstood(form, text), 500)
  })
  const photo = form.querySelector<HTMLInputElement>('[name=photo]')
  const allowPhotoAlone = () => {
    text.required = (photo?.files?.length ?? 0) === 0
  }
  allowPhotoAlone() // a browser may bring back what was chosen
  form.addEventListener('change', ({ target }) => {
    allowPhotoAlone()
    if (target !== text) void showUnderstood(form, text)
  })
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit()
  })
}

function isGoneBackTo(): boolean {
  const [way] = performance.getEntriesByType('navigation')
  return way instanceof PerformanceNavigationTiming && way.type === 'back_forward'
}

/** Going back, a browser fills the field again with what was noted from there: it would be noted twice. */
function emptyOfNoted(text: HTMLTextAreaElement, key: HTMLInputElement): void {
  if (text.value !== sessionStorage.getItem('noted')) return
  text.value = ''
  key.value = crypto.randomUUID()
}

/** What is noted is no draft any more. */
function dropDrafts(key: string): void {
  for (const each of Object.keys(localStorage)) {
    const draft = each.startsWith('draft ') ? readDraft(each) : null
    if (draft?.key !== key) continue
    sessionStorage.setItem('noted', draft.text)
    localStorage.removeItem(each)
  }
}

function readDraft(name: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null') as Draft | null // written above
  } catch {
    return null
  }
}

async function showUnderstood(form: HTMLFormElement, text: HTMLTextAreaElement): Promise<void> {
  const place = document.querySelector('#answer')
  const asked = text.value
  if (place === null || asked.trim() === '') return
  const fields = new FormData(form)
  fields.set('act', 'check')
  // Files are looked at when they are posted.
  const texts = [...fields].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
  const body = new URLSearchParams(texts)
  const headers = { Accept: 'text/plain' }
  const answer = await fetch('/write', { method: 'POST', body, headers }).catch(() => null)
  const said = answer?.ok ? (await answer.text()).trim() : ''
  if (said === '' || text.value !== asked) return
  const line = document.createElement('p')
  line.className = 'said' // nothing is noted yet
  line.role = 'status'
  line.textContent = said
  place.replaceChildren(line)
}

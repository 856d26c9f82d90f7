/** Shows what waits on this device, and sees to it that it is sent. */
import { forget, hear, type Told, type WaitingPost, waitingPosts } from './queue.ts'

/** When it is tried again: the first time, since a line may be there a little after the word of it, and at last. */
const firstMs = 1000
const againMs = 30_000

/** Characters of a post: what it is must be known again, not read. */
const mostShown = 300

/** Puts a post back into the form, to be sent as another one. */
export type Edit = (post: WaitingPost) => void

type TakeOut = (post: WaitingPost, act: 'edit' | 'discard') => Promise<void>

/** Shows those of `author`, now and whenever something changes. */
export async function showWaiting(author: string, section: HTMLElement, edit: Edit): Promise<void> {
  let lastTold: Told = 'offline'
  let timer = 0
  let waitMs = firstMs
  /** Whether some of those that were seen here may have been sent meanwhile. */
  let hadSome = false
  const send = async () => {
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage('send')
  }
  const show = async () => {
    const posts = (await waitingPosts()).filter((post) => post.author === author)
    render(section, posts, lastTold === 'signIn', takeOut)
    if (posts.length > 0) hadSome = true
    clearTimeout(timer)
    if (posts.some(({ error }) => error === null)) timer = window.setTimeout(send, waitMs)
    return posts
  }
  const takeOut: TakeOut = async (post, act) => {
    if (act === 'edit' && !isBlank() && !confirm(section.dataset.instead)) return
    if (act === 'edit') edit(post)
    await forget(post.key)
    if ((await show()).length === 0) hadSome = false
  }
  const button = section.querySelector<HTMLButtonElement>(':scope > .acts button')
  // The page is shown anew, with what was sent and all else; unless something is being written.
  hear(async (told) => {
    if (told !== 'changed') {
      lastTold = told
      waitMs = told === 'sent' ? firstMs : longer(waitMs)
      document.querySelector('#offline')?.toggleAttribute('hidden', told !== 'offline')
      if (button) button.disabled = false
    }
    const posts = await show()
    if (told === 'sent' && hadSome && posts.length === 0 && isBlank()) location.replace('/write?did=sent')
  })
  button?.addEventListener('click', () => {
    button.disabled = true
    void send()
  })
  addEventListener('online', () => {
    waitMs = firstMs
    void send()
  })
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !section.hidden) void send()
  })
  if ((await show()).length > 0) await send()
  if (document.querySelector('#offline')) lookForLine(firstMs, () => section.hidden && isBlank())
}

/** Whether nothing would be lost with the form: neither words nor a photo, which no draft keeps. */
function isBlank(): boolean {
  const text = document.querySelector('textarea')
  const photo = document.querySelector<HTMLInputElement>('[name=photo]')
  return text?.value === '' && (photo?.files?.length ?? 0) === 0
}

function longer(waitMs: number): number {
  return Math.min(2 * waitMs, againMs)
}

/** The page as it is kept gives way to the whole one as soon as there is a line, and nothing to be lost by it. */
function lookForLine(waitMs: number, isEmpty: () => boolean): void {
  setTimeout(async () => {
    const answer = navigator.onLine && isEmpty() ? await fetch('/write/offline').catch(() => null) : null
    if (answer?.ok && isEmpty()) location.replace('/write')
    else lookForLine(longer(waitMs), isEmpty)
  }, waitMs)
}

function render(
  section: HTMLElement,
  posts: readonly WaitingPost[],
  waitsForSignIn: boolean,
  takeOut: TakeOut,
): void {
  const [heading, list, template] = ['h2', 'ul', 'template'].map((name) => section.querySelector(name))
  const [whenOnline, whenSignedIn] = section.querySelectorAll<HTMLElement>('[aria-live] > p')
  if (!heading || !list || !(template instanceof HTMLTemplateElement) || !whenOnline || !whenSignedIn) return
  section.hidden = posts.length === 0
  heading.textContent = `${heading.textContent?.replace(/: \d+$/u, '')}: ${posts.length}`
  const canBeSent = posts.some(({ error }) => error === null)
  whenOnline.hidden = !canBeSent || waitsForSignIn
  whenSignedIn.hidden = !canBeSent || !waitsForSignIn
  list.replaceChildren(template, ...posts.map((post) => row(template, post, section.dataset.sure, takeOut)))
}

function row(
  { content }: HTMLTemplateElement,
  post: WaitingPost,
  sure: string | undefined,
  takeOut: TakeOut,
): Node {
  const item = content.cloneNode(true) as DocumentFragment // as the types of nodes forget
  const [text, wrong] = item.querySelectorAll('p')
  const [change, discard] = item.querySelectorAll('button')
  if (text) text.textContent = [beginningOf(textOf(post)), ...photosOf(post)].filter(Boolean).join('\n')
  if (wrong) {
    wrong.textContent = post.error
    wrong.hidden = post.error === null
  }
  change?.addEventListener('click', () => takeOut(post, 'edit'))
  discard?.addEventListener('click', () => confirm(sure) && takeOut(post, 'discard'))
  return item
}

function beginningOf(text: string): string {
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text
}

function photosOf({ fields }: WaitingPost): readonly string[] {
  return fields.flatMap(([, value]) => (value instanceof File ? [value.name] : []))
}

export function textOf({ fields }: WaitingPost): string {
  return String(fields.find(([name]) => name === 'text')?.[1] ?? '')
}

/** Quickens the page for writing: keeps the draft on this device, shows what is understood, sends by Ctrl/⌘ + Enter. */

type Draft = { readonly text: string; readonly key: string }

const form = document.querySelector<HTMLFormElement>('#write')
const text = form?.querySelector('textarea')
const key = form?.querySelector<HTMLInputElement>('[name=key]')
if (form && text && key) quicken(form, text, key)

function quicken(form: HTMLFormElement, text: HTMLTextAreaElement, key: HTMLInputElement): void {
  // What another page filled in has a draft of its own, so that the one begun here stays.
  const name = `draft ${form.dataset.author}${new URL(form.action).search}`
  // What was posted is no draft any more. Another one comes back with its key: sent again it is the same post.
  for (const each of Object.keys(localStorage)) {
    if (each.startsWith('draft ') && readDraft(each)?.key === form.dataset.posted)
      localStorage.removeItem(each)
  }
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
  line.className = 'answer'
  line.role = 'status'
  line.textContent = said
  place.replaceChildren(line)
}

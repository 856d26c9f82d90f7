/** Puts buttons below a letter: to copy it with its looks, and to share it where the device can. */

for (const acts of document.querySelectorAll<HTMLElement>('[data-src]')) void addButtons(acts)

async function addButtons(acts: HTMLElement): Promise<void> {
  const { src = '', title = '', copy = '', copied = '', share = '' } = acts.dataset
  const text = acts.previousElementSibling?.querySelector('pre')?.textContent ?? ''
  if ('share' in navigator) addButton(acts, share, () => navigator.share({ title, text }))
  let letter = ''
  const button = addButton(acts, copy, async () => {
    await copyBoth({ 'text/html': letter, 'text/plain': text })
    button.textContent = copied
  })
  // It stands from the start: one that came later would push the others from under a finger.
  button.disabled = true
  letter = await fetchLetter(src)
  if (letter === '') button.remove()
  else button.disabled = false
}

/** Fetched before it is asked for: a browser lets nothing be copied long after the tap. */
async function fetchLetter(src: string): Promise<string> {
  const answer = await fetch(src).catch(() => null)
  const mail = answer?.ok ? await answer.text() : ''
  // Not parsed: this page takes no styles that are written into it. No text that came in holds a comment.
  const [, style, letter] =
    /<td class="ink"[^>]* style="([^"]*)">(.*)<\/td><\/tr><\/table><!--/su.exec(mail) ?? []
  return letter === undefined ? '' : `<div style="${style}">${letter}</div>`
}

/** By the event of copying, which takes both as they are; some browsers have it only where something is selected. */
async function copyBoth(forms: Readonly<Record<string, string>>): Promise<void> {
  let isDone = false
  const fill = (event: ClipboardEvent) => {
    for (const [type, form] of Object.entries(forms)) event.clipboardData?.setData(type, form)
    event.preventDefault()
    isDone = true
  }
  document.addEventListener('copy', fill, { once: true })
  document.execCommand('copy')
  document.removeEventListener('copy', fill)
  if (isDone) return
  const blobs = Object.entries(forms).map(([type, form]) => [type, new Blob([form], { type })] as const)
  await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))])
}

function addButton(acts: HTMLElement, words: string, act: () => Promise<void>): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'quiet'
  button.textContent = words
  // Whoever closes the sheet of the device has changed their mind: nothing to tell.
  button.addEventListener('click', () => void act().catch(() => {}))
  acts.prepend(button)
  return button
}

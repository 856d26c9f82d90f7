/** Buttons that a script puts beside what works without them. */

export function addButton(acts: HTMLElement, words: string, act: () => Promise<void>): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'quiet'
  button.textContent = words
  // Whoever closes the sheet of the device has changed their mind: nothing to tell.
  button.addEventListener('click', () => void act().catch(() => {}))
  acts.prepend(button)
  return button
}

type Forms = Readonly<Record<string, string>>

/**
 * A button that copies `forms` by type, and then says so. It stands from the start, even while they are fetched: one
 * that came later would push the others from under a finger. Where there are none, it goes.
 */
export async function addCopy(
  acts: HTMLElement,
  words: string,
  copied: string,
  forms: Forms | Promise<Forms | null>,
): Promise<void> {
  let known: Forms = {}
  const button = addButton(acts, words, async () => {
    await copyAll(known)
    button.textContent = copied
  })
  button.disabled = true
  known = (await forms) ?? known
  if (Object.keys(known).length === 0) button.remove()
  else button.disabled = false
}

/** By the event of copying, which takes both as they are; some browsers have it only where something is selected. */
async function copyAll(forms: Forms): Promise<void> {
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

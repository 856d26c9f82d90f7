/** Shows a letter whole, and puts buttons below it: to copy it with its looks, and to share it where the device can. */
import { addButton, addCopy } from './buttons.ts'
import { fitFrames } from './frames.ts'

fitFrames()

for (const acts of document.querySelectorAll<HTMLElement>('[data-src]')) {
  const { src = '', title = '', copy = '', copied = '', share = '' } = acts.dataset
  const text = acts.previousElementSibling?.querySelector('pre')?.textContent ?? ''
  if ('share' in navigator) addButton(acts, share, () => navigator.share({ title, text }))
  void addCopy(acts, copy, copied, fetchForms(src, text))
}

/** Fetched before it is asked for: a browser lets nothing be copied long after the tap. */
async function fetchForms(src: string, text: string): Promise<Record<string, string> | null> {
  const answer = await fetch(src).catch(() => null)
  const mail = answer?.ok ? await answer.text() : ''
  // Not parsed: this page takes no styles that are written into it. No text that came in holds a comment.
  const [, style, letter] =
    /<td class="ink"[^>]* style="([^"]*)">(.*)<\/td><\/tr><\/table><!--/su.exec(mail) ?? []
  return letter === undefined
    ? null
    : { 'text/html': `<div style="${style}">${letter}</div>`, 'text/plain': text }
}

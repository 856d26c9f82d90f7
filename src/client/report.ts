/** Puts buttons above a report: to print it, and to copy it with its looks or as Markdown. */
import { addButton, addCopy } from './buttons.ts'

const acts = document.querySelector<HTMLElement>('[data-markdown]')
if (acts !== null) {
  const { copy = '', markdown = '', copied = '', print = '' } = acts.dataset
  const text = document.querySelector('textarea')?.value ?? ''
  const pieces = document.querySelectorAll('main > h1, article')
  const html = Array.from(pieces, (piece) => piece.outerHTML).join('')
  addButton(acts, print, async () => window.print())
  void addCopy(acts, markdown, copied, { 'text/plain': text })
  void addCopy(acts, copy, copied, { 'text/html': html, 'text/plain': text })
}

/** Plain text made safe in each form (PURE). */
import type { Forms } from '../core/update.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => entities[character] ?? character)
}

/** Text that Markdown shows as it is: on one line, so that nothing in it can start a block. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\`*_[\]<>~|&]/gu, '\\$&')
    .replace(/^([#+=-]|\d+[.)])/u, (start) =>
      /^\d/u.test(start) ? start.replace(/[.)]/u, '\\$&') : `\\${start}`,
    )
}

/** Plain text, such as a reason or a summary, in every form. */
export function plainForms(text: string): Forms {
  const html = escapeHtml(text.replace(/\s+/gu, ' ').trim())
  return { markdown: escapeMarkdown(text), letter: html, page: html }
}

/** The address of a link that may live: http, https or mailto; null for any other. */
export function liveLink(href: string): string | null {
  try {
    const url = new URL(href)
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null
  } catch {
    return null
  }
}

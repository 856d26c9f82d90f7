/** An update's words as somebody would type them again (PURE): to be edited, or posted anew. */
import type { Update } from './update.ts'

/** The text, with those hashtags that were taken off its end. */
export function typedAgain({ text, tags }: Pick<Update, 'text' | 'tags'>): string {
  const there = text.toLowerCase()
  const off = tags.filter((tag) => !there.includes(`#${tag}`)).map((tag) => `#${tag}`)
  return off.length === 0 ? text : `${text} ${off.join(' ')}`
}

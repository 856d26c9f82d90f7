/** What both forms ask of Markdown's tokens (PURE). */
import type { Token, Tokens } from 'marked'

/** A fenced block's language, if its opening line names one; else that line's words are text like the rest. */
export function readCode({ text, lang }: Tokens.Code): { readonly language: string; readonly text: string } {
  const info = lang?.trim() ?? ''
  return /^[\w+#.-]{0,20}$/u.test(info)
    ? { language: info, text }
    : { language: '', text: `${info}\n${text}` }
}

/** A link within a link is none: an image there is its description. */
export function imagesAsText(tokens: readonly Token[]): Token[] {
  return tokens.map((token) =>
    token.type === 'image' ? { type: 'text', raw: token.text, text: token.text } : token,
  )
}

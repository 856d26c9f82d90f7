/** What a bookmark or another page hands over to be written about (PURE). */

export type Handed = {
  /** What was selected there. */
  readonly text?: string | undefined
  readonly title?: string | undefined
  readonly url?: string | undefined
}

/** One line: its words are in quotation marks, so that none of them is read as a marker. Without a link, the words as they come. */
export function handedText({ text = '', title = '', url = '' }: Handed): string {
  // Android shares a page's address as the text.
  if (url === '' && /^\s*https?:\/\/\S+\s*$/iu.test(text)) return handedText({ title, url: text.trim() })
  const link = linkTo(url, oneLine(title))
  if (link === null)
    return [title, text, url]
      .map((each) => each.trim())
      .filter(Boolean)
      .join('\n')
  const quoted = oneLine(text)
  return quoted === '' ? link : `“${quoted}” ${link}`
}

function linkTo(url: string, title: string): string | null {
  if (!/^https?:\/\//iu.test(url) || !URL.canParse(url)) return null
  const { href } = new URL(url)
  if (title === '') return href
  const escaped = title.replaceAll(/[\\[\]*_`<>#$]/gu, '\\$&')
  return `[${escaped}](${href.replaceAll('(', '%28').replaceAll(')', '%29')})`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}

/** People's names as mail programs write them (PURE). */

/**
 * The name in the order in which it is spoken, "First Last" for "Last, First", without quotes and without what stands
 * in brackets behind it; null where there is none, or an address stands in its place.
 */
export function personalName(written: string): string | null {
  const plain = written.replaceAll('"', '').trim()
  const bare = plain.replace(/(?<=\S)\s*[([{][^([{]*$/u, '') || plain
  const parts = bare
    .replaceAll(/[<>()[\]{}]/gu, ' ')
    .split(',')
    .map((part) => part.replaceAll(/\s+/gu, ' ').replaceAll(/^[\s':|]+|[\s':|]+$/gu, ''))
    .filter((part) => part !== '')
  const titles = parts.slice(1).filter((part) => isTitle(part))
  const names = parts.filter((part) => !titles.includes(part))
  const [last, first] = names
  const name = names.length === 2 ? `${first} ${last}` : names.join(' ')
  const whole = [name, ...titles].join(', ')
  return whole === '' || whole.includes('@') ? null : whole
}

/** Whether it stands behind a name as a part of it: "PhD". */
export function isTitle(words: string): boolean {
  return title.test(words.trim())
}

const title = /^(?:jr|sr|i{1,3}|iv|ph\.?\s?d|m\.?\s?sc|b\.?\s?sc|m\.?\s?a|b\.?\s?a|m\.?\s?d|dr|prof)\.?$/iu

/** What scrolls by itself (PURE). */

/**
 * Code, tables and formulas that are too wide scroll by themselves, so the keyboard must reach them; nobody can
 * type a tag.
 */
export function reachable(page: string): string {
  return page.replaceAll(/<(?:pre|table|(?:div|span) class="formula")(?=>)/gu, '$& tabindex="0"')
}

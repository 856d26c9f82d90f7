/** What a browser calls itself, made short (PURE): to tell one's signed-in browsers apart, and nothing else. */

/** The first that fits: many browsers name others, too. */
const browsers = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//u],
  ['Opera', /\bOPR\//u],
  ['Samsung Internet', /\bSamsungBrowser\//u],
  ['Firefox', /\b(?:Firefox|FxiOS)\//u],
  ['Chrome', /\b(?:Headless)?Chrome\/|\bCriOS\//u],
  ['Safari', /\bSafari\//u],
] as const

const systems = [
  ['iPhone', /\biPhone\b/u],
  ['iPad', /\biPad\b/u],
  ['Android', /\bAndroid\b/u],
  ['Windows', /\bWindows\b/u],
  ['Mac', /\bMacintosh\b/u],
  ['ChromeOS', /\bCrOS\b/u],
  ['Linux', /\bLinux\b/u],
] as const

/** "Safari on iPhone"; empty where a User-Agent says nothing of it. */
export function browserOf(userAgent: string): string {
  const find = (names: typeof browsers | typeof systems) =>
    names.find(([, pattern]) => pattern.test(userAgent))?.[0]
  return [find(browsers), find(systems)].filter((name) => name !== undefined).join(' on ')
}

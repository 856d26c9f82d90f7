/** Mail addresses (PURE). */

/**
 * An address as mail on the internet has it: RFC 5321's dot-atom at a name with a dot, no quoted local part and no
 * bare IP address. Names of domains are in ASCII, so those beyond it come as `xn--…` (RFC 5890).
 */
export const address =
  /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?:[a-z]{2,63}|xn--[a-z\d-]{1,59})$/iu

/** Opens a mail to these addresses, with a subject if there is one to be said. */
export function mailLink(addresses: readonly string[], subject?: string): string {
  const to = `mailto:${addresses.map((each) => encodeURIComponent(each).replace('%40', '@')).join(',')}`
  if (subject === undefined) return to
  const query = encodeURIComponent(subject.toWellFormed()).replaceAll('(', '%28').replaceAll(')', '%29')
  return `${to}?subject=${query}`
}

const maxLength = 254
const maxLocal = 64

/** What was typed or copied for an address, in the form that mail is sent to; null if it is none. */
export function readAddress(typed: string): string | null {
  const bare = unescaped(typed.replace(/^mailto:/iu, '').replace(/\?.*$/u, '')).replace(
    /^[\s'.]+|[\s'.]+$/gu,
    '',
  )
  const at = bare.lastIndexOf('@')
  const [local, domain] = [bare.slice(0, at), toAscii(bare.slice(at + 1))]
  if (at < 1 || local.length > maxLocal || domain === null) return null
  const whole = `${local}@${domain}`
  return whole.length <= maxLength && address.test(whole) ? whole : null
}

function unescaped(text: string): string {
  try {
    return /%[\da-f]{2}/iu.test(text) ? decodeURIComponent(text) : text
  } catch {
    return text
  }
}

/** Letters beyond ASCII as a browser's address line has them (UTS 46). */
function toAscii(domain: string): string | null {
  if (/^[!-~]*$/u.test(domain)) return domain.toLowerCase()
  const isName = /^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)
  return isName && URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : null
}

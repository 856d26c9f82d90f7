/** The address at which an author posts (PURE): the project's own with a secret behind a plus sign. */

/** `weeknotes@notes.example.edu` and a secret: `weeknotes+<secret>@notes.example.edu` (RFC 5233). */
export function mailboxAddress(mailbox: string, secret: string): string {
  const at = mailbox.lastIndexOf('@')
  return `${mailbox.slice(0, at)}+${secret}${mailbox.slice(at)}`
}

/** The secret in an address, whatever stands before it: some routes have no plus sign. null if it has none. */
export function secretOf(address: string): string | null {
  return /(?:^|[^\da-f])([\da-f]{32})@[^@]*$/iu.exec(address)?.[1]?.toLowerCase() ?? null
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}

/** Ids, tokens and hashes (no I/O but the system's random source; the time is passed in). */
import { v7 } from 'uuid'

let lastTime = 0
let sequence = 0

/** A UUIDv7 (RFC 9562) whose time is `now`, in milliseconds. Those made here in one instant sort as they were made. */
export function newId(now: number): string {
  sequence = now === lastTime ? sequence + 1 : (crypto.getRandomValues(new Uint16Array(1))[0] ?? 0)
  lastTime = now
  return v7({ msecs: now, seq: sequence })
}

/** The id by which a form names what it makes, so that a double tap makes it once; a new one if it names none. */
export function idFrom(key: string | null, now: number): string {
  return key !== null && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u.test(key) ? key : newId(now)
}

/** 128 random bits, 32 hexadecimal digits: for links that nobody may guess. */
export function newSecret(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(16)))
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/**
 * A token for an author's device: `wn_`, 43 base62 characters (256 bits), and 6 of checksum, so that a slip
 * in copying is known without asking the database.
 */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  const body = base62(BigInt(`0x${toHex(bytes)}`), 43)
  return `wn_${body}${checksum(body)}`
}

/** Whether `token` has the shape and checksum of an author's token. */
export function isToken(token: string): boolean {
  const body = /^wn_([0-9A-Za-z]{43})[0-9A-Za-z]{6}$/u.exec(token)?.[1]
  return body !== undefined && token.endsWith(checksum(body))
}

/** SHA-256 of a text's UTF-8 bytes, 64 hexadecimal digits. */
export async function sha256(text: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

/** Whether two secrets are the same, in constant time: hashes have one length, whatever the texts. */
export async function isSame(one: string, other: string): Promise<boolean> {
  const digest = (text: string) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  const [first, second] = await Promise.all([digest(one), digest(other)])
  return crypto.subtle.timingSafeEqual(first, second)
}

function checksum(body: string): string {
  return base62(BigInt(crc32(body)), 6)
}

/** CRC-32 (IEEE 802.3), as GitHub's tokens carry it. */
function crc32(text: string): number {
  let crc = 0xffffffff
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

function base62(value: bigint, length: number): string {
  let rest = value
  let text = ''
  for (let place = 0; place < length; place++) {
    text = digits[Number(rest % 62n)] + text
    rest /= 62n
  }
  return text
}

function toHex(bytes: Uint8Array): string {
  return bytes.toHex()
}

/** Stands in the bundle for SHA-256 and base64 in JavaScript, which the provider's SDK brings along: the platform has both. */
import { createHmac } from 'node:crypto'

/** HMAC-SHA-256 (RFC 2104), 32 bytes. */
export function hmac(key: Uint8Array, data: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(data).digest()
}

export function encode(bytes: Uint8Array): string {
  return bytes.toBase64()
}

/** Throws a SyntaxError for what is no base64. */
export function decode(base64: string): Uint8Array {
  return Uint8Array.fromBase64(base64)
}

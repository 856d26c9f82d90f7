import { describe, expect, it } from 'vitest'
import { decode, encode, hmac } from '../../src/delivery/platform.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe("the platform's part in a receipt's signature", () => {
  // RFC 4231, 4.3, 4.2, 4.7: a key of four bytes, of twenty, and one longer than the block.
  it.each([
    [
      bytes('Jefe'),
      bytes('what do ya want for nothing?'),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [
      new Uint8Array(20).fill(0x0b),
      bytes('Hi There'),
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    ],
    [
      new Uint8Array(131).fill(0xaa),
      bytes('Test Using Larger Than Block-Size Key - Hash Key First'),
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
  ])('hashes as the RFC does', (key, data, hash) => {
    expect(hmac(key, data).toHex()).toBe(hash)
  })

  // RFC 4648, 10.
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foobar', 'Zm9vYmFy'],
  ])('writes and reads base64 as the RFC does: %s', (text, base64) => {
    expect(encode(bytes(text))).toBe(base64)
    expect(decode(base64)).toEqual(bytes(text))
  })

  it('reads nothing that is no base64', () => {
    expect(() => decode('Zg!=')).toThrow(SyntaxError)
  })
})

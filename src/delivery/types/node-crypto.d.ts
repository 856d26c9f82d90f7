/** What is used of Node's crypto, which the Worker has: Node's own types bring all of Node. tsconfig.json leads here. */
export function createHmac(
  algorithm: 'sha256',
  key: Uint8Array,
): { update(data: Uint8Array): { digest(): Uint8Array } }

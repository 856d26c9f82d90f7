/** The size of the Worker as it is uploaded, and what it is made of. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Measurement } from './measurement.ts'

/**
 * In KB. With the whole desk, mail (its parser alone is 24), photos, QR codes and the OpenAPI document; what is left is
 * for mends. The platform's wall is 3 MB.
 */
const atMost = 310

export const bundle: Measurement = {
  name: 'The bundle',

  async measure({ built }) {
    const size = gzipSync(await readFile(join(built, 'index.js'))).length / 1024
    const meta: Metafile = JSON.parse(await readFile(join(built, 'bundle-meta.json'), 'utf8'))
    const parts = partsOf(meta).map(([part, bytes]) => `${part} ${(bytes / 1024).toFixed(1)}`)
    return {
      rows: [
        { what: 'bundle, compressed', figure: `${size.toFixed(1)} KB`, value: size, budget: { atMost } },
      ],
      notes: [`its parts in KB, minified, not yet compressed: ${parts.join(' · ')}`],
    }
  },
}

/** What esbuild writes, so far as it is read here (https://esbuild.github.io/api/#metafile). */
type Metafile = {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >
}

/** Bytes by package, and by layer of our own, the largest first. */
function partsOf({ outputs }: Metafile): readonly (readonly [string, number])[] {
  const sizes = new Map<string, number>()
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const part = partOf(path)
      sizes.set(part, (sizes.get(part) ?? 0) + bytesInOutput)
    }
  }
  return [...sizes].filter(([, bytes]) => bytes >= 512).sort(([, a], [, b]) => b - a)
}

function partOf(path: string): string {
  const [, inPackage] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? []
  return inPackage ?? /src\/[^/.]+/.exec(path)?.[0] ?? 'glue'
}

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const src = fileURLToPath(new URL('../src', import.meta.url))

/** What each layer may import of ours. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'index.ts': ['http', 'delivery'],
  http: ['http', 'delivery', 'store', 'render', 'core'],
  delivery: ['delivery', 'store', 'render', 'core'],
  store: ['store', 'core'],
  render: ['render', 'core'],
  core: ['core'],
  client: ['client'],
  backup: ['backup'],
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/u.test(name))
  .map((name) => ({ name, layer: name.split('/')[0] ?? '', text: readFileSync(join(src, name), 'utf8') }))

describe('the house', () => {
  it.each(files.map(({ name }) => [name]))('%s imports only from its own layer and those below', (name) => {
    const { layer, text } = files.find((file) => file.name === name) ?? { layer: '', text: '' }
    const imports = Array.from(text.matchAll(/from '(\.[^']+)'/gu), ([, path = '']) => path)
    const layers = imports.map((path) => relative(src, join(src, dirname(name), path)).split('/')[0])
    for (const imported of layers) expect(mayImport[layer]).toContain(imported)
  })

  it('splits a file at 250 lines', () => {
    const long = files.filter(({ text }) => text.split('\n').length > 251)
    expect(long.map(({ name }) => name)).toEqual([])
  })

  it('reads the clock and the environment at the edge alone', () => {
    const below = files.filter(({ layer }) => ['core', 'render', 'store', 'delivery'].includes(layer))
    const asks = below.filter(({ text }) =>
      /Date\.now\(|new Date\(\)|Temporal\.Now|Math\.random|\benv\b/u.test(text),
    )
    expect(asks.map(({ name }) => name)).toEqual([])
  })

  it('asks no clock in SQL', () => {
    const asks = files.filter(({ text }) => /datetime\('now|current_timestamp|unixepoch\(/iu.test(text))
    expect(asks.map(({ name }) => name)).toEqual([])
  })

  it('says in one sentence what each pure file is for', () => {
    const pure = files.filter(({ layer }) => ['core', 'render'].includes(layer))
    const silent = pure.filter(({ text }) => !text.startsWith('/**'))
    expect(silent.map(({ name }) => name)).toEqual([])
  })
})

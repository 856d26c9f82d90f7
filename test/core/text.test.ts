import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extract } from '../../src/core/grammar/text.ts'

describe('an extract', () => {
  it.each([
    ['It **runs**, *at last* and _well_', 'It runs, at last and well'],
    ['takes `10_131_227 * 64 * 4` bytes', 'takes 10_131_227 * 64 * 4 bytes'],
    ['12 * 3 = 36, see snake_case and __init__', '12 * 3 = 36, see snake_case and init'],
    ['a step of $x_{i} * \\{y\\}_1$ is lost', 'a step of $x_{i} * \\{y\\}_1$ is lost'],
    ['costs \\$5 \\* 2', 'costs $5 * 2'],
    ['most of it:\n\n- [x] the loader\n- [ ] the README', 'most of it: ☑ the loader ☐ the README'],
    ['## Method\n> quoted\n* one\n+ two\n1. three', 'Method quoted one two 1. three'],
    ['[the paper](https://example.org/a_b_c) and ![a plot](p.png)', 'the paper and a plot'],
    ['a\n```\nrun `all`\n```', 'a run `all`'],
    ['a\n```python\nw = 2*3', 'a w = 2*3'],
  ])('of %j reads as %j', (markdown, words) => {
    expect(extract(markdown, 200)).toBe(words)
  })

  it('is one line of at most its length, whatever it is of, and quickly', () => {
    const scraps = fc.constantFrom('*', '_', '`', '$', '[', '](', '- [x] ', '\n', '\\', 'word ', '  ', '🎉')
    fc.assert(
      fc.property(fc.array(scraps, { maxLength: 600 }), (parts) => {
        const words = extract(parts.join(''), 60)
        expect([words.length <= 60, words.includes('\n')]).toEqual([true, false])
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clean } from '../../src/core/grammar/text.ts'
import { meant } from '../sample/posts/meant.ts'
import { posts } from '../sample/posts/posts.ts'
import { lineOf, madeOf, read } from '../sample/posts/reading.ts'

const all = Object.values(posts).flat()

it('has at least 150 posts', () => {
  expect(all.length).toBeGreaterThanOrEqual(150)
})

for (const [rule, examples] of Object.entries(posts)) {
  describe(rule, () => {
    it.each(examples)('reads %j: %s', (text, line, ...made) => {
      const understood = read(text)
      expect([lineOf(understood), ...madeOf(understood)]).toEqual([line, ...made])
    })
  })
}

/** Posts, cut and put together anew. */
const scraps = fc.constantFrom(...[...all, ...meant].flatMap(([text]) => text.split(/(?<=\s)/u)))
const patchwork = fc
  .array(fc.oneof(scraps, fc.constantFrom('\n', '\n\n', '- ', '`', '#', ': ')), { maxLength: 40 })
  .map((parts) => clean(parts.join('')))

describe('any post', () => {
  it('loses no word but its markers and the hashtags at the end', () => {
    fc.assert(
      fc.property(patchwork, (text) => {
        const { items, outcomes, commands } = read(text)
        if (commands.length > 0) return
        const kept = wordsOf(
          [...items.map((item) => item.text), ...outcomes.map(({ why }) => why ?? '')].join('\n'),
        )
        const lost = wordsOf(text).filter((word) => !kept.includes(word))
        expect(lost.filter((word) => !mayGo(word, text))).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('makes nothing public where private stands in it', () => {
    const mark = fc.constantFrom(
      '#private',
      '# private',
      'hashtag private',
      '#privat',
      '#Private',
      '#pirvate',
      '#privte',
      '\nPrivate: ',
    )
    fc.assert(
      fc.property(patchwork, mark, patchwork, (before, word, after) => {
        const text = `${before.replaceAll(/\S*:\/\/\S*|[`]/gu, '')} ${word} ${after}`
        const { items, outcomes, commands } = read(text)
        expect(items.filter(({ kind }) => kind !== 'private')).toEqual([])
        expect(outcomes).toEqual([])
        expect(commands.filter((command) => command.does !== 'refile' || command.kind !== 'private')).toEqual(
          [],
        )
      }),
      { numRuns: 500 },
    )
  })

  it('is read the same twice', () => {
    fc.assert(
      fc.property(patchwork, (text) => {
        expect(read(text)).toEqual(read(text))
      }),
    )
  })
})

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Of a marker, a hashtag, a list's number, or an outcome. */
function mayGo(word: string, text: string): boolean {
  return new RegExp(
    `#\\s*[\\p{L}\\p{N}_-]*${word}|hash ?tag\\s+${word}|hash ?${word}|\\b${word} ?tag|@[\\p{L}\\p{N}_.-]*${word}|${word}[^\\n]{0,20}:|^\\W*${word}\\W*$|^\\W*${word}[.)]|^[^\\n]*\\b\\d+[.):]?\\s+(is )?(met|done|partly|half|not|no|drop)[^\\n]*`,
    'imu',
  ).test(text)
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAlone } from '../../src/core/grammar/alone.ts'
import { commandWords } from '../../src/core/grammar/marker.ts'
import { mentionsOf } from '../../src/core/grammar/mentions.ts'
import { readPost } from '../../src/core/grammar/post.ts'
import { clean } from '../../src/core/grammar/text.ts'
import { kindWords } from '../../src/core/kinds.ts'
import { meant } from '../sample/posts/meant.ts'
import { posts } from '../sample/posts/posts.ts'
import { known, lineOf, madeOf, read } from '../sample/posts/reading.ts'

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
const scraps = fc.constantFrom(
  ...[...all, ...meant].flatMap(([text]) =>
    text.split(/(?<=\s)/u).map((piece) => piece.replace(/(?<=\S)$/u, ' ')),
  ),
)
const patchwork = fc
  .array(fc.oneof(scraps, fc.constantFrom('\n', '\n\n', '- ', '`', '#', ': ')), { maxLength: 40 })
  .map((parts) => clean(parts.join('')))

describe('any post', () => {
  it('loses no word but its markers and the hashtags at the end', () => {
    fc.assert(
      fc.property(patchwork, (text) => {
        const { items, outcomes, commands } = read(text)
        if (commands.length > 0) return
        const kept = countWords(
          [...items.map((item) => item.text), ...outcomes.map(({ why }) => why ?? '')].join('\n'),
        )
        for (const [word, count] of countWords(withoutMarks(text)))
          expect([word, (kept.get(word) ?? 0) >= count]).toEqual([word, true])
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

  it('is read the same where only what it mentions was looked up', () => {
    fc.assert(
      fc.property(patchwork, (text) => {
        const { names, numbers, plans, open } = mentionsOf(text)
        const looked = {
          ...known,
          recipients: names ? known.recipients : [],
          metrics: numbers ? known.metrics : [],
          plans: plans ? known.plans : [],
          open: open ? known.open : [],
        }
        expect(readPost(text, {}, looked)).toEqual(read(text))
      }),
      { numRuns: 1000 },
    )
  })

  it('is read the same alone, where it asks nothing of the project', () => {
    fc.assert(
      fc.property(patchwork, (text) => {
        const alone = readAlone(known, (given) => readPost(text, {}, given))
        expect([null, read(text)]).toContainEqual(alone)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['#done 3 of the 4 shards, split by hand', true],
    ['#stuck tomorrow I try it with 2 cores', true],
    ['#ask which split do we take?', true],
    ['the loader runs', true],
    ['the loader reads 412 files', false],
    ['#result auc .79', false],
    ['#next the loader by Friday', false],
    ['#ask @professor which split?', false],
    ['2 partly, no quota', false],
    ['solved the quota', false],
  ])('asks nothing of the project unless it must: %s', (text, isAlone) => {
    expect(readAlone(known, (given) => readPost(text, {}, given)) !== null).toBe(isAlone)
  })
})

function countWords(text: string): ReadonlyMap<string, number> {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  return new Map(Array.from(Map.groupBy(words, String), ([word, { length }]) => [word, length]))
}

const marks = [...kindWords.map(([word]) => word), ...commandWords].join('|')

/** Without all that may go: hashtags, markers, numbers of lists, and how a plan came out. */
function withoutMarks(text: string): string {
  return text
    .replace(
      /^[^\p{L}\n]*(?:plan\s+)?#?\d+[.):]?\s+(?:is\s+)?(?:met|done|partly|half|not|no|drop)[^\n,:;–—-]*/gimu,
      ' ',
    )
    .replace(/[#＃]\s*[\p{L}\p{N}_-]+/gu, ' ')
    .replace(/(?<![\p{L}\p{N}])hash[ -]?tag\s+\p{L}+/giu, ' ')
    .replace(new RegExp(`^([^\\p{L}\\n]*)(?:${marks})(?=(?:\\s+@[^\\s:]+)?\\s*(?::|$))`, 'gimu'), '$1')
    .replace(/(?<![\p{L}\p{N}])\d\ufe0f?\u20e3|^[^\p{L}\d\n]*\d+[.)]\s/gmu, ' ')
}

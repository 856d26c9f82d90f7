import { describe, expect, it } from 'vitest'
import { piecesOf } from '../../src/core/search/extract.ts'
import { isEmpty, readQuery } from '../../src/core/search/query.ts'

const phrasesIn = (text: string) =>
  readQuery(text).phrases.map(({ words, isPrefix }) => words.join(' ') + (isPrefix ? '*' : ''))

describe('a query', () => {
  it.each([
    ['tpu quota', ['tpu', 'quota']],
    ['"tpu quota" pods', ['tpu quota', 'pods']],
    ['“tpu quota” «pods»', ['tpu quota', 'pods']],
    ['emb* "hash si*"', ['emb*', 'hash si*']],
    ['"never closed', ['never', 'closed']],
    ['auc=0.788 wide-deep', ['auc 0 788', 'wide deep']],
    ['https://arxiv.org/abs/1', ['https arxiv org abs 1']],
    ['TPU实验 ひらがな', ['TPU 实 验', 'ひ ら が な']],
    ['naïve e\u0301', ['naïve', 'e\u0301']],
    ['kind:pods author: since:soon', ['kind pods', 'author', 'since soon']],
    ['#12 # ##', []],
    ['( ) * " \' ^ :', []],
  ])('reads %s', (text, phrases) => {
    expect(phrasesIn(text)).toEqual(phrases)
  })

  it('reads operators in any case, with and without quotes', () => {
    expect(readQuery('Kind:results author:"Jo Li" #to-do tag:x since:2026 UNTIL:2026-10-01')).toMatchObject({
      ...{
        phrases: [],
        kinds: ['result'],
        authors: ['Jo Li'],
        since: '2026',
        until: '2026-10-01',
        unread: [],
      },
      tags: [{ words: ['to', 'do'] }, { words: ['x'] }],
    })
  })

  it('is empty where nothing is left of it', () => {
    expect(['', ' ', '"" * 🎉', '\0'].map((text) => isEmpty(readQuery(text)))).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(isEmpty(readQuery('until:2026'))).toBe(false)
  })

  it('is cut where it is long, and says so', () => {
    const { phrases, isCut } = readQuery('word '.repeat(100))
    expect([phrases.length, isCut]).toEqual([32, true])
    expect(readQuery(`"${'word '.repeat(100)}"*`).phrases[0]).toMatchObject({ isPrefix: false })
    expect(readQuery('word '.repeat(32)).isCut).toBe(false)
  })
})

describe('an extract', () => {
  const read = (markdown: string) =>
    piecesOf(markdown.replaceAll('{', '\ufdd0').replaceAll('}', '\ufdd1'))
      .map(({ text, isMarked }) => (isMarked ? `{${text}}` : text))
      .join('')

  it.each([
    ['**auc 0.7 (3 runs).** the {pod}', 'auc 0.7 (3 runs). the {pod}'],
    ['see [the {paper}](https://a.example/b) now', 'see the {paper} now'],
    ['see [a paper](https://{arxiv}.org/x) now', 'see a paper (https://{arxiv}.org/x) now'],
    ['<https://{arxiv}.org/x>, yes', 'https://{arxiv}.org/x, yes'],
    ['…example/b) then {pods} [of](https://a…', '… then {pods} of…'],
    ['…paper](https://a.example/b) then {pods} [of the…', '…paper then {pods} of the…'],
    ['as in [1], {pods} (all)', 'as in [1], {pods} (all)'],
    ['#### Head\n\n- one\n- {two}\n\n```python\nx = 1\n```', 'Head · one · {two} python x = 1'],
    ['| a | b |\n| --- | ---: |\n| {1} | 2 |', 'a b {1} 2'],
    ['a \\*star\\* &lt; {b} ~5', 'a *star* &lt; {b} ~5'],
    ['\u200b{实\u200b\u200b验}\u200b室', '{实验}室'],
    ['no mark', 'no mark'],
    ['', ''],
  ])('of %s reads as text', (markdown, text) => {
    expect(read(markdown)).toBe(text)
  })

  it('shows what was found in a long stretch without spaces, and takes no time over it', () => {
    const begun = performance.now()
    for (const shape of ['[', '](', '<https:', '**', '…[a](', '| ']) {
      const pieces = piecesOf(`${shape.repeat(20_000)} \ufdd0found\ufdd1 ${shape.repeat(20_000)}`)
      expect(pieces.some(({ text, isMarked }) => isMarked && text === 'found')).toBe(true)
      expect(pieces.map(({ text }) => text).join('').length).toBeLessThan(1300)
    }
    expect(performance.now() - begun).toBeLessThan(1000)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEdit as edit, type Given, nothingKnown, readPost as read } from '../../src/core/grammar/post.ts'
import { byteLength, clean } from '../../src/core/grammar/text.ts'
import { type Kind, kindNames, kinds } from '../../src/core/kinds.ts'

const known = { ...nothingKnown, at: Date.UTC(2026, 10, 18, 19), zone: 'America/New_York' }
const readPost = (text: string, given: Given) => {
  const { items, commands } = read(text, { split: false, ...given }, known)
  const refiled = commands.find((command) => command.does === 'refile')
  return items[0] ?? { kind: refiled?.kind ?? 'done', text: '', tags: [], inside: false, said: {} }
}
const readEdit = (text: string, now: { kind: Kind; inside: boolean }, given: Given) =>
  edit(text, now, given, known)

const words = kindNames.flatMap((kind) =>
  [kind, ...kinds[kind].aliases].map((word) => ({
    word,
    kind,
    Word: word[0]?.toUpperCase() + word.slice(1),
  })),
)

describe('a marker', () => {
  it.each(words)('$word means $kind in every form and any case', ({ word, kind, Word }) => {
    const marked = [
      ...[`#${word} it works`, `# ${Word} it works`, `hashtag ${word} it works`, `Hashtag ${Word} it works`],
      ...[`${Word}: it works`, `${word} : it works`, `${Word.toUpperCase()}: it works`],
      ...[`- #${word} it works`, `* ${Word}: it works`, `1. ${Word}: it works`, `• #${word}: it works`],
      ...[`🎉 ${Word}: it works`, `👩🏽‍🔬 #${word} it works`, `#${Word.toUpperCase()}\nit works`],
      ...[`it works #${word}`, `it works\n#${word}`],
    ]
    for (const text of marked)
      expect([text, readPost(text, {})]).toEqual([text, expect.objectContaining({ kind, text: 'it works' })])
  })

  it.each<[text: string, kind: string, left: string]>([
    ['Ask @ana: does it work?', 'ask', '@ana does it work?'],
    ['#done, at last', 'done', 'at last'],
    ['#result #inside it works', 'result', 'it works'],
    ['# Loading the data\nis slow', 'done', '# Loading the data\nis slow'],
    ['## Method: first', 'done', '## Method: first'],
    ['#12 is fixed', 'done', '#12 is fixed'],
    ['#done-ish it works', 'done', '#done-ish it works'],
    ['Note: it works', 'done', 'Note: it works'],
    ['doneness: it works', 'done', 'doneness: it works'],
    ['I asked: why?', 'done', 'I asked: why?'],
    ['https://example.org is read', 'done', 'https://example.org is read'],
    ['Result: see Ask: below', 'result', 'see Ask: below'],
    ['Next:\n- the model\n- the runs', 'next', '- the model\n- the runs'],
    ['#ask it works #result', 'ask', 'it works'],
    ['fixed #done-ish things #read #next', 'read', 'fixed #done-ish things'],
  ])('reads %j as %s', (text, kind, left) => {
    expect(readPost(text, {})).toMatchObject({ kind, text: left })
  })

  it('loses against the kind that was given, and then stays in the text', () => {
    expect(readPost('Ask: it works #read', { kind: 'result' })).toMatchObject({
      kind: 'result',
      text: 'Ask: it works',
    })
    expect(readPost('Result: it works', { kind: 'result' })).toMatchObject({
      kind: 'result',
      text: 'it works',
    })
  })
})

describe('hashtags', () => {
  it.each<[text: string, left: string, tags: readonly string[]]>([
    ['it works #tpu #Loader', 'it works', ['tpu', 'loader']],
    ['it works\n\n#tpu', 'it works', ['tpu']],
    ['it works #tpu with ease', 'it works #tpu with ease', ['tpu']],
    ['closes #12', 'closes #12', []],
    ['closes #12a', 'closes', ['12a']],
    ['it works #tpu, #loader.', 'it works #tpu, #loader.', ['tpu', 'loader']],
    ['it works (#tpu)', 'it works (#tpu)', ['tpu']],
    ['use `#define` here', 'use `#define` here', []],
    ['```\n#include <x>\n```\nit works', '```\n#include <x>\n```\nit works', []],
    ['see https://example.org/a#section', 'see https://example.org/a#section', []],
    ['it works #größe #模型', 'it works', ['größe', '模型']],
    ['it works #tpu #tpu', 'it works', ['tpu']],
  ])('of %j become tags', (text, left, tags) => {
    expect(readPost(text, {})).toMatchObject({ kind: 'done', text: left, tags })
  })
})

const privates = [
  ...['#private I am tired', 'I am tired #private', 'I am #private tired', '#PRIVATE I am tired'],
  ...[
    '# private I am tired',
    '## Private\nI am tired',
    'hashtag private I am tired',
    'I am tired Hashtag Private',
  ],
  ...[
    '#privat I am tired',
    '#pivate x',
    '#privtae x',
    '#priavte x',
    '#pprivate x',
    '#privates x',
    '#privete x',
  ],
  ...['#rpivtae x', '#privaate2 x', '#pirvaet x', '#priva x', '#privado x', 'hashtag privet x'],
  ...['Result: AUC is 0.78 #private', '#ask #done #private I am tired', 'done\nfine #private'],
  ...['`#private` I am tired', '```\n# private\nI am tired\n```', '    #private', '> #private I am tired'],
  ...['- [x] Private: I am tired', '㊙️ Private: x', '**Private**: x', '__Private__: x', 'a) Private: x'],
  ...['# **Private** x', 'Did x\vPrivate: y', 'Did x\u0085Private: y', 'Did x\u2028Private: y'],
  ...['Private: I am tired', 'private : I am tired', 'PRIVATE: x', 'All is well.\nPrivate: I am tired'],
  ...['- Private: I am tired', '🤒 Private: I am tired', '**Private:** I am tired', '> Private: I am tired'],
  ...[
    '1. all is well\n2. Private: I am tired',
    'Private @ana: I am tired',
    'All is well\nPrivate @ana: I am tired',
  ],
  ...[
    '＃private I am tired',
    '#pri\u200bvate x',
    '#\u00adprivate x',
    'Private： x',
    '#private\u0301 x',
    '#𝐩𝐫𝐢𝐯𝐚𝐭𝐞 x',
  ],
  ...[
    'x#private',
    'x (#private)',
    'x,#private.',
    '[#private](https://example.org)',
    '**#private**',
    '#private_note',
  ],
  ...['#pri-vate x', '#pri_vate x', '\\#private x', '#inside #private x', 'see https://example.org #private'],
  ...[
    'see https://example.org, #private',
    '<https://example.org>#private',
    'https://example.org/a#b #private',
  ],
]

describe('private', () => {
  it.each(privates)('is meant by %j, above a given kind and in an edit too', (text) => {
    expect(readPost(text, {}).kind).toBe('private')
    expect(readPost(text, { kind: 'result' }).kind).toBe('private')
    expect(readEdit(text, { kind: 'done', inside: false }, {}).kind).toBe('private')
  })

  it.each([
    ...['a private matter', 'privately: no', 'It is private: no', 'see https://example.org/#private'],
    ...[
      '[page](https://example.org/a#private)',
      'https://example.org/a?b=c#private-notes ',
      'www.example.org/#private',
    ],
    ...['#print x', '#climate x', '#pr x', 'hashtags private', '#tpu private'],
  ])('is not meant by %j', (text) => {
    expect(readPost(text, {}).kind).toBe('done')
  })

  it('is made public by nothing but a kind given to an edit', () => {
    const now = { kind: 'private', inside: false } as const
    expect(readEdit('#done all is well', now, {}).kind).toBe('private')
    expect(readEdit('all is well', now, { inside: false }).kind).toBe('private')
    expect(readEdit('all is well', now, { kind: 'done' }).kind).toBe('done')
  })

  it('is meant by every hashtag within two edits of it', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz', '9', 'é']
    const edit = fc.record({
      how: fc.constantFrom('add', 'lose', 'change', 'swap'),
      place: fc.nat({ max: 7 }),
      letter: fc.constantFrom(...letters),
    })
    const apply = (word: string, { how, place, letter }: { how: string; place: number; letter: string }) => {
      const [head, rest] = [word.slice(0, place), word.slice(place)]
      if (how === 'add') return head + letter + rest
      if (how === 'lose') return head + rest.slice(1)
      if (how === 'change') return rest === '' ? word : head + letter + rest.slice(1)
      return head + [...rest.slice(0, 2)].reverse().join('') + rest.slice(2)
    }
    const around = fc.constantFrom<(tag: string) => string>(
      (tag) => `#${tag}`,
      (tag) => `#ask which day? #${tag.toUpperCase()} or so`,
      (tag) => `all is well\n\`# ${tag}\``,
      (tag) => `hashtag ${tag} I am tired`,
    )
    fc.assert(
      fc.property(
        fc.array(edit, { maxLength: 2 }),
        around,
        fc.constantFrom(...kindNames),
        (edits, write, kind) => {
          // Two restricted swaps that overlap are further apart than two edits; the others are not.
          fc.pre(edits.filter(({ how }) => how === 'swap').length < 2)
          const text = write(edits.reduce(apply, 'private'))
          const swapped = edits.findIndex(({ how }) => how === 'swap')
          fc.pre(
            swapped < 0 || edits.length < 2 || Math.abs((edits[0]?.place ?? 0) - (edits[1]?.place ?? 0)) > 2,
          )
          expect(readPost(text, { kind }).kind).toBe('private')
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('inside', () => {
  it.each<[text: string, left: string]>([
    ['#inside it works', 'it works'],
    ['it works #inside', 'it works'],
    ['it works #insde', 'it works'],
    ['Result: it works\n#inside', 'it works'],
    ['it works\n#inside\nat last', 'it works\nat last'],
    ['#INSIDE\nit works', 'it works'],
  ])('is meant by %j', (text, left) => {
    expect(readPost(text, {})).toMatchObject({ inside: true, text: left })
  })

  it.each(['it works inside', 'see https://example.org/#inside', '#besides x', '#tpu x'])(
    'is not meant by %j',
    (text) => {
      expect(readPost(text, {}).inside).toBe(false)
    },
  )

  it('is kept by an edit, until it is taken back', () => {
    const now = { kind: 'done', inside: true } as const
    expect(readEdit('it works', now, {}).inside).toBe(true)
    expect(readEdit('it works', now, { inside: false }).inside).toBe(false)
  })
})

describe('any text', () => {
  const scraps = fc.constantFrom(
    ...[
      '#',
      '# ',
      '`',
      '```\n',
      '\n',
      ' ',
      ':',
      '#private',
      '#inside',
      '#ask ',
      'Next: ',
      'hashtag ',
      '- ',
      '> ',
      '1. ',
    ],
    ...[
      'https://example.org/#a',
      '@ana',
      '🎉',
      '\u200d',
      '\u0301',
      'AUC 0.788',
      '\\',
      '[',
      '](',
      '<',
      '\t',
      '\u2028',
    ],
  )
  const texts = fc.oneof(
    fc
      .array(fc.oneof(scraps, fc.string({ unit: 'grapheme', maxLength: 12 })), { maxLength: 60 })
      .map((all) => all.join('')),
    fc.string({ unit: 'binary', maxLength: 300 }),
  )

  it('is read, and no word of it is lost but the marker, inside, and the hashtags at the end', () => {
    const count = (text: string) => Map.groupBy(text.match(/[\p{L}\p{N}]+/gu) ?? [], (word) => word)
    fc.assert(
      fc.property(texts, (given) => {
        const text = clean(given)
        const understood = readPost(text, {})
        const kept = count(understood.text)
        const isTakenOff = (word: string) =>
          word.toLowerCase() === 'hashtag' ||
          new RegExp(
            `#[\\p{L}\\p{N}_-]*${word}|#[^\\S\\n]*${word}|hashtag\\s+${word}|@[\\p{L}\\p{N}_.-]*${word}|^.*${word}.*:|^(?:[\\s>*+-]|\\d+[.)]\\s)*${word}[.)]`,
            'imu',
          ).test(text)
        for (const [word, all] of count(text)) {
          if (isTakenOff(word)) continue
          expect([word, kept.get(word)?.length ?? 0]).toEqual([word, all.length])
        }
        for (const word of kept.keys()) expect(text).toContain(word)
      }),
      { numRuns: 500, examples: [['> 1. #ask ']] },
    )
  })

  it('of 32 KiB is read, whatever it repeats', () => {
    fc.assert(
      fc.property(fc.array(scraps, { minLength: 1, maxLength: 4 }), (parts) => {
        const part = parts.join('')
        const text = part.repeat(Math.floor(32_768 / byteLength(part)))
        expect(readPost(clean(text), {}).kind).toBeTypeOf('string')
      }),
      { numRuns: 60 },
    )
  })
})

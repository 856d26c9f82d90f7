import fc from 'fast-check'
import { Marked, type Token, type Tokens } from 'marked'
import { describe, expect, it } from 'vitest'
import { render } from '../../src/render/markdown.ts'
import { hanging } from '../../src/render/markdown-text.ts'

/** What a reader's own program makes of the letter's Markdown: as generous as can be. */
const reader = new Marked({ gfm: true, breaks: true })

const tags = new Set([
  ...['p', 'strong', 'em', 'del', 'code', 'pre', 'a', 'br', 'hr', 'ul', 'ol', 'li', 'blockquote', 'h3'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
])
const attributes = new Set(['style', 'href', 'rel', 'start', 'align', 'scope'])

/** Pages show formulas and the parts of code, too. */
const isShown = (tag: string) => /^(?:m[a-z]+|div|span)$/u.test(tag)
const shownAttributes =
  /^(?:accent|class|display|displaystyle|fence|form|lspace|movablelimits|rspace|scriptlevel|separator|stretchy|width)$/u

type Seen = {
  readonly tags: readonly string[]
  readonly attributes: readonly (readonly [string, string])[]
  readonly text: string
}

/** HTML as a parser sees it. */
async function see(html: string): Promise<Seen> {
  const seen = { tags: [] as string[], attributes: [] as [string, string][], text: '' }
  const rewriter = new HTMLRewriter()
    .on('*', {
      element(element) {
        seen.tags.push(element.tagName)
        for (const [name, value] of element.attributes) seen.attributes.push([name ?? '', value ?? ''])
      },
    })
    .onDocument({
      text(chunk) {
        seen.text += chunk.text
      },
      comments() {
        seen.tags.push('!--')
      },
      doctype() {
        seen.tags.push('!doctype')
      },
    })
  await rewriter.transform(new Response(html, { headers: { 'Content-Type': 'text/html' } })).text()
  return seen
}

async function expectHarmless(html: string): Promise<void> {
  const seen = await see(html)
  const onPage = seen.tags.some(isShown)
  expect(seen.tags.filter((tag) => !tags.has(tag) && !isShown(tag))).toEqual([])
  for (const [name, value] of seen.attributes) {
    if (!onPage || !shownAttributes.test(name)) expect(attributes).toContain(name)
    if (onPage) expect(name).not.toBe('style')
    if (name === 'class') expect(value).toMatch(/^(?:formula|(?:(?:hljs|tml)-[\w-]+ ?)+)$/u)
    if (name === 'href') expect(value).toMatch(/^(https?:\/\/|mailto:)/u)
    if (name === 'style') expect(value).not.toMatch(/url|expression|javascript/iu)
    if (name === 'align') expect(['left', 'center', 'right']).toContain(value)
    if (name === 'start') expect(value).toMatch(/^\d+$/u)
  }
}

function wordsOf(html: string): readonly string[] {
  const text = html.replace(/<[^>]*>/gu, ' ').replace(/&lt;|&gt;|&quot;|&amp;|&#39;/gu, ' ')
  return text.match(/[\p{L}\p{N}]+/gu) ?? []
}

const hostile = [
  ...[
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<style>*{display:none}</style>',
    '<!-- gone',
    '<p>a</div>',
  ],
  ...[
    '<a href="javascript:alert(1)">x</a>',
    '</li></ul><h1>Mine</h1>',
    '<![CDATA[ x',
    '<?php x',
    '<textarea>',
    '<plaintext>',
  ],
  ...[
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\tscript:alert(1))',
    '[x](<java\nscript:alert(1)>)',
  ],
  ...[
    '[x](javascript&colon;alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](&#x6A;avascript:alert(1))',
    '[x](\u0001javascript:x)',
  ],
  ...[
    '[x](data:text/html,<script>alert(1)</script>)',
    '![x](data:image/svg+xml;base64,PHN2Zz4=)',
    '<javascript:alert(1)>',
  ],
  ...[
    '[x](vbscript:x)',
    '[x](file:///etc/passwd)',
    '[x](//evil.example)',
    '[x](/desk)',
    '[x](blob:https://a.example/1)',
  ],
  ...[
    '[x](https://a.example/"onmouseover="alert(1))',
    "[x](https://a.example/'onclick='x)",
    '[x](https://a.example "t\\" onclick=x")',
  ],
  ...[
    '![" onerror="alert(1)](https://a.example/x.png)',
    '[x](mailto:a"onclick=x@b.example)',
    '[<b>x</b>](https://a.example/<b>)',
  ],
  ...[
    '```\nnever closed',
    '```" onclick="x\ncode\n```',
    '~~~~\n```\nnever closed',
    '`` never closed',
    '    - indented\n    code',
  ],
  ...[
    '[1]: https://evil.example',
    'see [1]\n\n[1]: https://a.example "title"',
    '[professor]: https://evil.example\n\ntext',
    '[x]:\nhttps://a.example',
  ],
  ...[
    '# Title',
    '## Asked of you',
    'Title\n=====',
    'Title\n---',
    'text\n\n---\n\nmore',
    '***',
    '# ',
    '####### x',
    'a\n    ---',
    'a\n    # b',
  ],
  ...[
    '- a\n  - b\n    - c\n\n      d',
    '1. a\n1. b',
    '7) a\n8) b',
    '99999998. a\n1. b',
    '- [ ] a\n- [x] b',
    '-\n\n  a',
    '* a\n+ b\n- c',
  ],
  ...[
    '|a|b|\n|-|:-:|\n|1|\\||',
    '|`a|b`|\n|-|\n|x|',
    'a|b\n-|-\n1|2|3',
    '|a|\n|-|\n\nafter',
    '| <script> |\n|-|\n| **x |',
  ],
  ...['> a\n> > b\nlazy', '> ```\n> open', '>', '> # t\n\nb', '- > a\nlazy', '- ```\n  open', '- # h'],
  ...[
    '\\<script>',
    '\\[x](javascript:x)',
    '&lt;script&gt;',
    '&#60;script&#62;',
    '&notanentity; &amp',
    '\\',
    'a\\\nb',
    'a  \nb',
  ],
  ...[
    '**a *b** c*',
    '~~a ~b~~',
    '*__a*__',
    '`a``b`',
    '`` ` ``',
    'https://a.example/(x)_*y*',
    '<https://a.example/a_b>',
    'a@b.example',
  ],
  ...[
    '\u2028# a\u2029- b',
    'a\u0085b',
    '- \u3000# a',
    '\u202edesrever',
    '\u00a0\u00a0\u00a0\u00a0x',
    '---\ntitle: x\n---',
    '+++\nx\n+++',
    '$$\nx',
  ],
]

const huge = [
  ...[
    '>',
    '> ',
    '[',
    ']',
    '![',
    '[a](',
    '*',
    '*a ',
    'a**',
    '_',
    '`',
    '~',
    '<',
    '\\',
    '&',
    '#',
    '- ',
    '1. ',
    '|',
    '\n',
    '- > ',
    '$',
    '$$',
    '$a$ ',
    '$5 and ',
    '$$\\n',
    '$\\\\frac{',
  ],
].map((part) => [part, part.repeat(Math.floor(32_768 / part.length))] as const)

describe('the HTML of an update', () => {
  it.each(hostile)('has no tag, attribute or address but the allowed ones: %j', async (text) => {
    const { letter, page } = render(text)
    await expectHarmless(letter)
    await expectHarmless(page)
  })

  it('has none whatever the text', async () => {
    const scraps = fc.constantFrom(...hostile, '\n', '\n\n', ' ', '"', "'", '<', '>', '](', '`', '|')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(scraps, fc.string({ maxLength: 8 })), { maxLength: 12 }),
        async (parts) => {
          const { letter, page } = render(parts.join(''))
          await expectHarmless(letter)
          await expectHarmless(page)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('shows raw HTML as the text that was typed', async () => {
    const { page, letter } = render('before <b onclick="x">bold</b> <!-- after')
    for (const html of [page, letter]) {
      expect(html).toBe('before &lt;b onclick=&quot;x&quot;&gt;bold&lt;/b&gt; &lt;!-- after')
    }
  })

  it('keeps the address of a link that may not live, as text', () => {
    expect(render('[x](javascript:alert(1))').page).toBe('x (javascript:alert(1))')
  })

  it('keeps links that live', async () => {
    const text =
      '[a](https://a.example/?b=1&c=2) <https://b.example> c@d.example [e](mailto:e@f.example) http://g.example'
    const { attributes: all } = await see(render(text).page)
    expect(
      all.filter(([name]) => name === 'href').map(([, value]) => value.replaceAll('&amp;', '&')),
    ).toEqual([
      ...['https://a.example/?b=1&c=2', 'https://b.example/', 'mailto:c@d.example', 'mailto:e@f.example'],
      'http://g.example/',
    ])
  })

  it.each(huge)('stays harmless for 32 KiB of %j, and keeps it', async (_, text) => {
    const { markdown, letter, page } = render(text)
    await expectHarmless(letter)
    await expectHarmless(page)
    for (const form of [markdown, letter, page]) expect(form.length).toBeLessThanOrEqual(200_000)
  })

  it('of a wide table with many short rows stays as small as its text', () => {
    const columns = 1200
    const table = `${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${'|x\n'.repeat(1000)}`
    expect(render(table).page.length).toBeLessThanOrEqual(200_000)
  })
})

describe('the Markdown of an update', () => {
  function listOf(tokens: readonly Token[]): readonly Tokens.ListItem[] {
    const found = tokens.filter(({ type }) => type !== 'space')
    expect(found.map(({ type }) => type)).toEqual(['list'])
    return (found[0] as Tokens.List).items // the line above has checked it
  }

  /** Two updates as items of one document: each stays whole, and nothing of it is HTML or a definition. */
  function expectSeparate(one: string, other: string, mark: string): void {
    const item = (text: string) => hanging(render(text).markdown.trim(), mark)
    const tokens = reader.lexer(`${item(one)}\n${item(other)}\n\n## Next\n`)
    expect(tokens.links).toEqual({})
    expect(tokens.at(-1)).toMatchObject({ type: 'heading', depth: 2, text: 'Next' })
    const items = listOf(tokens.slice(0, -1))
    expect(items).toHaveLength(2)
    for (const [i, text] of [one, other].entries()) {
      const alone = wordsOf(reader.parser(reader.lexer(render(text).markdown.trim())))
      expect([i, ...wordsOf(reader.parser(items[i]?.tokens ?? []))]).toEqual([i, ...alone])
    }
    reader.walkTokens([...items], (token) => {
      expect(token.type).not.toBe('html')
      if (token.type === 'heading') expect(token.depth).toBeGreaterThan(2)
    })
  }

  it.each(hostile)('swallows no other, and is not swallowed: %j', (text) => {
    for (const mark of ['- ', '1. ']) {
      expectSeparate(text, 'The *other* update, see [1] and [professor]', mark)
      expectSeparate('The *other* update', text, mark)
    }
  })

  it('says the same words as the page, and again when it is rendered again', () => {
    const scraps = fc.constantFrom(
      ...hostile.filter((text) => !/lt;|#60|notan|\$/u.test(text)),
      'words',
      ' ',
      '\n',
      '\n\n',
    )
    fc.assert(
      fc.property(fc.array(scraps, { minLength: 1, maxLength: 5 }), (parts) => {
        const once = render(parts.join('\n'))
        const twice = render(once.markdown)
        expect(wordsOf(twice.page)).toEqual(wordsOf(once.page))
        expect(wordsOf(once.letter)).toEqual(wordsOf(once.page))
      }),
      { numRuns: 300 },
    )
  })

  it('keeps every word that was typed, but the title of a link and the language of code', () => {
    for (const text of hostile.filter((each) => !/"title"|"t\\|```"/u.test(each))) {
      const { page } = render(text)
      const kept = wordsOf(page.replace(/href="([^"]*)"/gu, '>$1<'))
        .join(' ')
        .toLowerCase()
      for (const word of text.replace(/&[#\w]+;/gu, ' ').match(/\p{L}{2,}/gu) ?? []) {
        expect([text, kept]).toEqual([text, expect.stringContaining(word.toLowerCase())])
      }
    }
  })
})

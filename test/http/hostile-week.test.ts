import { Marked } from 'marked'
import { describe, expect, it } from 'vitest'
import {
  addRecipient,
  ask,
  day,
  friday,
  get,
  hour,
  minute,
  monday,
  owner,
  post,
  resend,
  runCron,
  setClock,
  setUp,
} from '../world.ts'

const readers = { inner: 'professor@example.edu', outer: 'team@example.com' }

/** One of each section, told by a word that stands nowhere else. */
const honest = {
  ask: 'Which day suits for **cedar**? due tomorrow',
  result: 'The loader feeds `maple` without waiting',
  done: '- first *birch*\n- then more',
  blocked: 'The quota of [willow](https://willow.example)',
  next: 'Train with hazel',
  read: 'The paper on rowan, see [1]',
} as const

const trees = ['cedar', 'maple', 'birch', 'willow', 'hazel', 'rowan']

const hostile = [
  ...[
    '<script>alert(1)</script><img src=x onerror=alert(1)>',
    '</li></ul></td></table><h1>Mine</h1>',
    '<!-- gone',
    '<style>*{',
  ],
  ...[
    '```\nnever closed',
    '~~~',
    '`` never closed',
    '[1]: https://evil.example "x"',
    '[cedar]: https://evil.example',
  ],
  ...[
    '# Title',
    '## Found',
    'Title\n====',
    'a\n\n---\n\nb',
    '> quote\nlazy',
    '- a\n  - b\n\n    c',
    '1. a\n1. b',
    '|a|b|\n|-|-|\n|1|2|',
  ],
  ...[
    '[x](javascript:alert(1)) ![y](data:text/html,z)',
    '<javascript:alert(1)>',
    '**never closed',
    '\\',
    '\ufdd0page\ufdd1',
    '{page}',
  ],
]

/** How many elements of HTML a selector finds, and all tags, attributes and text. */
async function see(html: string, selector = 'never') {
  const seen = { found: 0, tags: new Set<string>(), attributes: [] as [string, string][], text: '' }
  const rewriter = new HTMLRewriter()
    .on('*', {
      element(element) {
        seen.tags.add(element.tagName)
        for (const [name, value] of element.attributes) seen.attributes.push([name ?? '', value ?? ''])
      },
      text(chunk) {
        seen.text += chunk.text
      },
    })
    .on(selector, {
      element() {
        seen.found += 1
      },
    })
  await rewriter.transform(new Response(html, { headers: { 'Content-Type': 'text/html' } })).text()
  return seen
}

function pageOf(text: string | undefined): string {
  return /https:\/\/notes\.example\.edu(\/l\/[^\s#)]+)/u.exec(text ?? '')?.[1] ?? ''
}

async function close(): Promise<void> {
  setClock(friday + minute)
  await runCron(friday)
}

describe('a week of hostile Markdown', () => {
  async function aHostileWeek() {
    setClock(monday)
    await setUp()
    await addRecipient(readers.inner)
    for (const [i, [kind, text]] of Object.entries(honest).entries()) {
      for (const [j, before] of hostile.entries()) if (j % 6 === i) await post(before, { kind })
      await post(text, { kind })
    }
    for (const [i, kind] of Object.keys(honest).entries()) await post(`${hostile[i]} again`, { kind })
    await close()
    const [letter] = resend.inbox(readers.inner)
    const page = await ask('GET', pageOf(letter?.text), undefined, { token: null })
    return { text: letter?.text ?? '', html: letter?.html ?? '', page: await page.text() }
  }

  const count = hostile.length + 2 * Object.keys(honest).length
  /** The letter leaves all asks but three to its page. */
  const folded = Math.ceil(hostile.length / 6) + 2 - 3

  it('leaves every update whole in the text of the letter', async () => {
    const { text } = await aHostileWeek()
    const tokens = new Marked({ gfm: true, breaks: true }).lexer(text)
    expect(tokens.links).toEqual({})
    const headings = tokens.flatMap((token) => (token.type === 'heading' ? [[token.depth, token.text]] : []))
    expect(headings).toEqual([
      [1, 'DLRM on TPUs, letter 1'],
      ...['Asked of you', 'Found', 'Planned and done', 'Changed or stuck', 'Next', 'Read'].map((name) => [
        2,
        name,
      ]),
    ])
    const items = tokens.flatMap((token) => (token.type === 'list' ? token.items : []))
    expect(items).toHaveLength(count - folded)
    for (const tree of trees)
      expect(items.filter(({ raw }) => raw.includes(tree) && !raw.includes('evil'))).toHaveLength(1)
    expect(text).toContain('[willow](https://willow.example/)')
  })

  it('leaves every update whole, and nothing alive, in the HTML of letter and page', async () => {
    const { html, page } = await aHostileWeek()
    const letter = await see(html, 'td > ul > li, td > ol > li, td > div > ul > li')
    const own = await see(page, 'section > ul > li, section > ol > li')
    expect([letter.found, own.found]).toEqual([count - folded, count])
    for (const { tags, attributes, text } of [letter, own]) {
      expect(
        [...tags].filter((tag) => /^(script|img|iframe|object|embed|svg|base|form|input)$/u.test(tag)),
      ).toEqual([])
      for (const [name, value] of attributes) {
        expect(name).not.toMatch(/^on/u)
        if (name === 'href')
          expect(value).toMatch(/^(https:\/\/|mailto:|\/archive$|\/assets\/style\.css$|#[a-z-]+$|data:,$)/u)
      }
      for (const tree of trees) expect(text).toContain(tree)
      expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    }
    expect(own.tags.has('style')).toBe(false)
    expect(page.match(/<h1>/gu)).toHaveLength(1)
  })
})

describe('a private note', () => {
  const forms = [
    ...[
      '#private {}',
      '{} #private',
      '# private {}',
      '## Private\n{}',
      'hashtag private {}',
      '{} Hashtag Private',
    ],
    ...[
      '#privat {}',
      '#privtae {}',
      '#prvate {}',
      '#pribate {}',
      '#PRIVATES {}',
      '{} #pirvaet',
      '＃private {}',
      '#pri\u200bvate {}',
    ],
    ...[
      '{} in `#private` code',
      '```\n# private\n{}\n```',
      '#result #done {} #private',
      'All is well\n\n#private\n\n{}',
    ],
    ...[
      'Private: {}',
      'PRIVATE: {}',
      '- Private: {}',
      '🤒 private : {}',
      'All is well.\nPrivate: {}',
      '**Private:** {}',
    ],
    ...[
      '1. well\n2. Private: {}',
      'Private @ana: {}',
      '#pri-vate {}',
      '{} [#private](https://example.org)',
      '{}#private',
    ],
  ]

  async function author(name: string): Promise<string> {
    const { id } = await get<{ id: string }>('POST', '/api/authors', { name })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'phone' })
    return token
  }

  it.each(forms)('reaches no letter, no page and nobody else: %j', async (form) => {
    setClock(monday)
    await setUp()
    await addRecipient(readers.inner)
    await addRecipient(readers.outer, 'outer')
    const [ana, ben] = [await author('Ana'), await author('Ben')]
    await post('The loader works')
    const text = form.replace('{}', 'I am tired')
    const given = [{ text }, { text: `${text}.`, kind: 'result', inside: true, split: true }]
    const ids: string[] = []
    for (const body of given) {
      const response = await ask('POST', '/api/updates', body, { token: ana })
      const update = (await response.json()) as { id: string; kind: string } // a post's answer
      expect(update.kind).toBe('private')
      ids.push(update.id)
    }
    const answers: string[] = []
    const read = async (path: string, token: string) => {
      answers.push(await (await ask('GET', path, undefined, { token })).text())
    }
    await read('/api/digests/next', owner)
    await close()
    const letters = Object.values(readers).flatMap((address) => resend.inbox(address))
    expect(letters).toHaveLength(2)
    for (const { subject, html, text: words } of letters) {
      answers.push(subject, html, words)
      await read(pageOf(words), '')
    }
    for (const token of [owner, ben]) {
      for (const path of ['', '?q=tired', '?kind=private', ...ids.map((id) => `/${id}`)]) {
        await read(`/api/updates${path}`, token)
      }
    }
    for (const path of ['', '/2026-11-20', '/next', '/2026-11-20/deliveries'])
      await read(`/api/digests${path}`, owner)
    for (const answer of answers) expect(answer).not.toContain('tired')
    expect(answers.filter((answer) => answer.includes('The loader works')).length).toBeGreaterThan(6)
  })

  it('reaches no letter when an update becomes private, by its text or its kind', async () => {
    setClock(monday)
    await setUp()
    await addRecipient(readers.inner)
    await post('The loader works')
    const byText = await post('I am ill')
    const byKind = await post('I am tired')
    await get('PATCH', `/api/updates/${byText}`, { text: 'I am ill #privte' })
    await get('PATCH', `/api/updates/${byKind}`, { kind: 'private' })
    await get('PATCH', `/api/updates/${byKind}`, { text: '#done I am tired', inside: true })
    await close()
    const [letter] = resend.inbox(readers.inner)
    expect(letter?.text).toContain('The loader works')
    for (const part of [letter?.subject, letter?.html, letter?.text]) expect(part).not.toMatch(/ill|tired/u)
  })

  it('reaches no letter as a correction either', async () => {
    setClock(monday)
    await setUp()
    await addRecipient(readers.inner)
    const id = await post('The loader works')
    await close()
    setClock(friday + hour)
    await ask('PATCH', `/api/updates/${id}`, { text: 'It did not, I am tired #private', fact: true })
    await post('Another week')
    setClock(friday + 7 * day + minute)
    await runCron(friday + 7 * day)
    const letter = resend.inbox(readers.inner).at(-1)
    expect(letter?.text).toContain('Another week')
    for (const part of [letter?.html, letter?.text]) expect(part).not.toContain('tired')
  })
})

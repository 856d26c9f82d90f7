import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { addRecipient, ask, get, monday, post, setClock, setUp } from '../world.ts'
import { addressOf, close, findsIn, look, search, sessionOf } from './searching.ts'

let cookie = ''

beforeEach(async () => {
  setClock(monday)
  await setUp()
  cookie = await sessionOf(await addRecipient('professor@example.edu'))
})

const found = async (q: string) => findsIn(await search(q, cookie))

describe('a search', () => {
  beforeEach(async () => {
    await post('#done The quota of the pods is spent, so nothing ran. #cluster')
    await post('#result auc=0.788 with the wide embedding tables #dlrm-v2')
    await post('#ask @professor may we ask for a quota?')
    await close(0)
    await post('#next Ask the team for pods, since the new quota has not come')
    await post('#read [Embeddings](https://arxiv.org/abs/1906.00091) at scale')
    await post('#done 我们完成了推荐模型的实验, on TPU')
    await get('PATCH', '/api/digests/next', { status: 'atRisk', reason: 'the crèche is closed' })
    await close(1)
    await post('#done quota of a week that is open')
  })

  it.each([
    ['a word in any case', 'SPENT', ['The quota of the pods is [spent], so nothing ran.']],
    ['all words, in any order', 'ran pods', ['The quota of the [pods] is spent, so nothing [ran].']],
    ['no part of a quoted word', '"embed"', []],
    ['no end of a word', 'bedding', []],
    ['a phrase', '"quota of the pods"', ['The [quota of the pods] is spent, so nothing ran.']],
    ['no phrase in another order', '"pods the of quota"', []],
    [
      'a number as it was typed',
      '0.788',
      ['auc [0.788] (single run, no baseline): with the wide embedding tables'],
    ],
    ['a word without its accent', 'creche', ['At risk: the [crèche] is closed']],
    ['a Chinese word in a sentence', '推荐模型', ['我们完成了[推荐模型]的实验, on TPU']],
    ['a Chinese word in the middle of words of others', '实验 tpu', ['我们完成了推荐模型的[实验], on [TPU]']],
    ['no Chinese characters apart from each other', '完验', []],
    ['the address of a link', '1906.00091', ['Embeddings (https://arxiv.org/abs/[1906.00091]) at scale']],
    ['no address of the owner behind an ask', 'mailto', []],
    ['no text that is not frozen', '"week that is open"', []],
  ])('finds %s', async (_, q, extracts) => {
    const finds = await found(q)
    expect(finds).toEqual(extracts)
  })

  it.each([
    ['kind:result', 1],
    ['kind:results', 1],
    ['#result', 1],
    ['kind:done', 2],
    ['kind:done quota', 1],
    ['kind:done kind:result', 3],
    ['tag:cluster', 1],
    ['#cluster', 1],
    ['tag:dlrm-v2', 1],
    ['tag:cluster kind:result', 0],
    ['since:2026-11-27', 4],
    ['since:2026-11 until:2026-11-20', 3],
    ['until:2026-11-20 quota', 2],
    ['since:2026-11-21 quota', 2],
    ['since:2027', 0],
    ['until:2025', 0],
    ['author:student', 6],
    ['author:"the STUDENT" pods', 2],
    ['author:nobody', 0],
  ])('narrows by %s', async (q, count) => {
    // The carried ask stands in both letters; the status quotes nothing and is by nobody.
    const finds = (await found(q)).filter((extract) => !extract.startsWith('At risk'))
    expect(finds).toHaveLength(count)
  })

  it('finds words that begin like one, behind the word itself unless that is asked for', async () => {
    await post('#done one embed, and nothing more')
    await post('#done embeddings, of which there are many')
    await close(2)
    const begin = async (q: string) => (await found(q)).map((extract) => /\[\w+\]/u.exec(extract)?.[0])
    expect(await begin('embed')).toEqual(['[embed]', '[embeddings]', '[Embeddings]', '[embedding]'])
    expect(await begin('embed*')).toEqual(['[embed]', '[embeddings]', '[Embeddings]', '[embedding]'])
    expect(await begin('embeddings')).toEqual(['[embeddings]', '[Embeddings]'])
    expect(await begin('embedding')).toEqual(['[embedding]', '[embeddings]', '[Embeddings]'])
    expect(await begin('"embed"')).toEqual(['[embed]'])
    expect(await begin('embedding table')).toEqual(['[embedding]'])
  })

  it('knows the author among several', async () => {
    const { id } = await get<{ id: string }>('POST', '/api/authors', { name: 'Émile' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'phone' })
    await ask('POST', '/api/updates', { text: '#done his pods' }, { token })
    await close(2)
    expect(await found('author:émile pods')).toEqual(['his [pods] (Émile)'])
    expect((await found('author:student pods')).join()).not.toContain('his')
  })

  it('shows first where the words stand close together, then the newest', async () => {
    await post(
      '#done Long after the loader was written, and with many words between that say nothing at all, came a crash',
    )
    await close(2)
    await post('#done the loader is fast')
    await post('#done a crash of the loader')
    await close(3)
    await post('#done loader: what else is there to say of it than that one day there was some crash')
    await close(4)
    expect((await found('loader crash')).map((extract) => extract.slice(0, 12).trim())).toEqual([
      'a [crash] of',
      '[loader]: wh',
      'Long after t',
    ])
  })

  it('says what several letters quote once, with links to each', async () => {
    const html = await search('"ask for a quota"', cookie)
    expect(findsIn(html)).toHaveLength(1)
    expect(html).toMatch(/href="\/archive\/2026-11-27#([\da-f-]{36})">Letter 2, 27 November 2026<\/a>/u)
    expect(html).toMatch(/also in letter <a href="\/archive\/2026-11-20#[\da-f-]{36}">1<\/a>/u)
  })

  it('leads to a place that the letter’s page has', async () => {
    for (const q of ['spent', 'pods', 'scale', 'crèche']) {
      const [, path = '', anchor] =
        /href="(\/archive\/\d[\d-]+)(?:#([^"]+))?">Letter/u.exec(await search(q, cookie)) ?? []
      const letter = await (await look(path, cookie)).text()
      if (anchor !== undefined) expect(letter).toContain(`id="${anchor}"`)
    }
  })

  it('finds a corrected fact in the letter that corrects it', async () => {
    const { updates } = await get<{ updates: { id: string }[] }>('GET', '/api/updates?q=spent')
    await get('PATCH', `/api/updates/${updates[0]?.id}`, { text: 'Half of it was left', fact: true })
    await close(2)
    expect(await found('"half of it"')).toEqual(['To letter 1: [Half of it] was left'])
  })

  it('says plainly that nothing was found, and how to search', async () => {
    const html = await search('zeppelin', cookie)
    expect(html).toContain('Nothing was found')
    expect(html).toContain('embed*')
    expect(html).toContain('value="zeppelin"')
    expect(await search('', cookie)).not.toContain('Nothing was found')
    expect((await look('/archive/search', cookie)).status).toBe(200)
  })

  it('looks for operators that say nothing as words, and says so', async () => {
    const html = await search('kind:pods since:monday', cookie)
    expect(html).toContain('Looked for as words: kind:pods since:monday')
  })

  it('stands on every page of the archive, and is noindex like them', async () => {
    const response = await look('/archive', cookie)
    expect(response.headers.get('X-Robots-Tag')).toBe('noindex')
    expect(await response.text()).toContain('<form action="/archive/search">')
    const page = await look(addressOf('quota'), cookie)
    expect(page.headers.get('X-Robots-Tag')).toBe('noindex')
    expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  })
})

describe('pages of a search', () => {
  it('show each find once, the newest letter first, and none is left out', async () => {
    for (const week of [0, 1, 2]) {
      for (let i = 0; i < 23; i++) await post(`#done word number ${week * 23 + i} and one`)
      await close(week)
    }
    for (const q of ['word', 'word one', 'number one']) {
      const numbers: string[] = []
      const counts: number[] = []
      for (let path: string | undefined = addressOf(q); path !== undefined; ) {
        const html: string = await (await look(path, cookie)).text()
        const finds = findsIn(html).map((extract) => /\d+/u.exec(extract)?.[0] ?? '')
        numbers.push(...finds)
        counts.push(finds.length)
        path = /rel="next" href="([^"]+)"/u.exec(html)?.[1]?.replaceAll('&amp;', '&')
      }
      expect(counts).toEqual([25, 25, 19])
      expect(new Set(numbers).size).toBe(69)
      expect(numbers.map((number) => Math.floor(Number(number) / 23))).toEqual(
        numbers.map((number) => Math.floor(Number(number) / 23)).toSorted((a, b) => b - a),
      )
    }
  })

  it.each(['x', '3-1-1', '1-1', '1-1-99999'])('refuse a place that was not given out: %s', async (after) => {
    const response = await look(`${addressOf('word')}&after=${after}`, cookie)
    expect(response.status).toBe(422)
  })
})

describe('whatever is typed', () => {
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          ...[
            '"',
            '""',
            "'",
            '*',
            '(',
            ')',
            '^',
            ':',
            '-',
            '+',
            ',',
            '{',
            '}',
            '\\',
            '%',
            ';',
            '--',
            '_',
            '#',
            '“',
            '«',
          ],
          ...[
            'AND',
            'OR',
            'NOT',
            'NEAR',
            'NEAR(',
            'text',
            'text :',
            'circle:inner',
            '{text circle}:',
            'rowid',
            'rank',
          ],
          ...[
            'kind:',
            'kind:result',
            'author:"',
            'since:2026-99-99',
            'until:',
            'tag:*',
            'since:0000',
            '#️⃣',
            '🎉',
            '👩‍💻',
          ],
          ...[
            '\0',
            '\u202e',
            'שלום',
            'مرحبا',
            '实验',
            'ㅎ',
            '𠮷',
            'e\u0301',
            '\u0301',
            '\ud800',
            '\ufdd0',
            '\u200b',
            ' ',
            '\n',
          ],
        ),
        { maxLength: 30 },
      )
      .map((pieces) => pieces.join('')),
    fc.array(fc.string({ maxLength: 6 }), { maxLength: 12 }).map((words) => words.join(' ')),
  )

  it('is answered with a page', async () => {
    await post('#done The quota AND NOT the pods, 实验 NEAR text (circle)')
    await close(0)
    await fc.assert(
      fc.asyncProperty(odd, async (q) => {
        const response = await look(addressOf(q), cookie)
        expect(response.status).toBe(200)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['4 KB of one word', 'a'.repeat(4096)],
    ['4 KB of words', 'ab '.repeat(1365)],
    ['4 KB of quotes', '"'.repeat(4096)],
    ['4 KB of prefixes', 'a* '.repeat(1365)],
    ['4 KB of emoji', '🎉'.repeat(1024)],
    ['4 KB of Chinese', '实验'.repeat(682)],
    ['4 KB of operators', 'kind:ask tag:a author:b '.repeat(170)],
    ['16 KB', 'since:2026 quota '.repeat(963)],
  ])('is answered with a page, and stays in the box: %s', async (_, q) => {
    await post('#done ab 实验')
    await close(0)
    const html = await search(q, cookie)
    expect(html.replaceAll('&quot;', '"')).toContain(`value="${q}"`)
  })

  it('stays text: no tag comes out of a query or of what was found', async () => {
    const attack = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`
    await post(`#done quota ${attack} </mark><mark> &lt;b&gt;`)
    await close(0)
    for (const q of [attack, `quota ${attack}`, 'quota', 'script', 'onerror', 'kind:<b>']) {
      const html = await search(q, cookie)
      expect(html).not.toMatch(/<script|<img|<b>/u)
      expect(html.match(/<mark>/gu)?.length ?? 0).toBe(html.match(/<\/mark>/gu)?.length ?? 0)
    }
    expect((await found('alert'))[0]).toContain('&lt;script&gt;[alert](1)&lt;/script&gt;')
  })
})

describe('the index', () => {
  /** Everything that search keeps, as bytes that are text. */
  async function kept(): Promise<string> {
    const { results } = await env.DB.prepare(
      `SELECT hex(block) AS bytes FROM search_data
       UNION ALL SELECT hex(concat_ws(' ', c0, c1, c2, c3, c4, c5, c6, c7)) FROM search_content
       UNION ALL SELECT hex(term) FROM search_idx`,
    ).all<{ bytes: string }>()
    return results.map(({ bytes }) => bytes).join(' ')
  }

  /** The end of a word: of words that begin alike, the index keeps only the rest. */
  const bytesOf = (text: string) =>
    Array.from(text, (each) => each.charCodeAt(0).toString(16))
      .join('')
      .toUpperCase()

  it.each([
    [
      'is replaced',
      `UPDATE blocks SET markdown = 'withdrawn', letter = '', page = '' WHERE markdown LIKE '%zqxword%'`,
    ],
    ['is removed', `DELETE FROM blocks WHERE markdown LIKE '%zqxword%'`],
  ])('keeps nothing of a block that %s', async (_, sql) => {
    await post('#done the zqxword of it')
    await post('#done and more')
    await close(0)
    expect(await kept()).toContain(bytesOf('qxword'))
    await env.DB.prepare(sql).run()
    expect(await found('zqxword')).toEqual([])
    expect(await found('zqx*')).toEqual([])
    expect(await kept()).not.toContain(bytesOf('qxword'))
    expect(await found('"and more"')).toHaveLength(1)
  })

  it('keeps no tag that is taken from a frozen update', async () => {
    const id = await post('#done something #zqxtag')
    await close(0)
    expect(await found('tag:zqxtag')).toHaveLength(1)
    await env.DB.prepare(`UPDATE updates SET tags = '[]' WHERE id = ?1`).bind(id).run()
    expect(await found('tag:zqxtag')).toEqual([])
    expect(await kept()).not.toContain(bytesOf('qxtag'))
    expect(await found('something')).toHaveLength(1)
  })

  it('holds what had gone out before there was a search', async () => {
    await post('#done the loader #early')
    await close(0)
    await env.DB.prepare('DELETE FROM search').run()
    expect(await found('loader')).toEqual([])
    const { queries = [] } = env.MIGRATIONS.find(({ name }) => name === '0016_search.sql') ?? {}
    await env.DB.prepare(queries.at(-1) ?? '').run()
    expect(await found('loader tag:early')).toEqual(['the [loader]'])
  })

  it('takes any block that an import may bring, and leaves out what it cannot place', async () => {
    await post('#done something')
    await close(0)
    const add = (position: number, updates: string) =>
      env.DB.prepare(
        `INSERT INTO blocks (digest, position, section, circle, updates, markdown, letter, page)
         VALUES (1, ?1, 'Found', 'both', ?2, 'odd one', '', '')`,
      ).bind(position, updates)
    await env.DB.batch([add(7, '{"a":{"b":1}}'), add(8, '[1,null,{}]'), add(Number.MAX_SAFE_INTEGER, '[]')])
    expect(await found('odd')).toHaveLength(2)
    await env.DB.prepare('DELETE FROM blocks').run()
    expect(await found('odd')).toEqual([])
  })
})

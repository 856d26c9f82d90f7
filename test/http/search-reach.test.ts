/** Whom a search reaches, what it costs, and whether it is there again in another database. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { counting } from '../counting.ts'
import { addRecipient, ask, emptyAll, get, monday, post, setClock, setUp } from '../world.ts'
import { exportAll } from './parts.ts'
import { addressOf, close, findsIn, look, search, sessionOf } from './searching.ts'

let professor = ''
let team = ''

async function begin(): Promise<void> {
  await emptyAll()
  setClock(monday)
  await setUp()
  professor = await addRecipient('professor@example.edu')
  team = await addRecipient('team@example.com', 'outer')
}

beforeEach(begin)

/** All pages of a search, without ids, which differ from run to run. */
async function pagesOf(q: string, cookie: string): Promise<readonly string[]> {
  const pages: string[] = []
  for (let path: string | undefined = addressOf(q); path !== undefined; ) {
    const html: string = await (await look(path, cookie)).text()
    pages.push(html.replaceAll(/[\da-f]{8}-[\da-f-]{27}/gu, '…'))
    path = /rel="next" href="([^"]+)"/u.exec(html)?.[1]?.replaceAll('&amp;', '&')
  }
  return pages
}

describe('an outer reader', () => {
  it('finds page after page as if nothing inside had ever been said', async () => {
    const live = async (hasAsides: boolean) => {
      await begin()
      const aside = async (text: string) => hasAsides && (await post(`${text} #inside`))
      for (const week of [0, 1]) {
        for (let i = 0; i < 35; i++) {
          if (i % 3 === 0) await aside(`#done loader zqx${week}x${i}x crash`)
          await post(`#done loader number ${i} and ${'many words between '.repeat(i % 2 ? 4 : 0)} a crash`)
          if (i % 10 === 0) await aside(`#result loader=0.${i} crash`)
        }
        await close(week)
      }
      const cookie = await sessionOf(team)
      return Promise.all(['loader', 'loader crash', 'kind:done', 'load*'].map((q) => pagesOf(q, cookie)))
    }
    const [withAsides, without] = [await live(true), await live(false)]
    expect(withAsides[0]).toHaveLength(3)
    expect(withAsides).toEqual(without)
  })

  it('finds nothing inside, by no operator, which an inner one finds', async () => {
    await post('#result zqauc=0.9 zqword #zqtag #inside')
    await post('#done something for all')
    await close(0)
    for (const q of [
      'zqword',
      'zq*',
      'tag:zqtag',
      'kind:result',
      '"zqauc 0.9"',
      'zqword kind:result since:2026',
    ]) {
      expect(findsIn(await search(q, await sessionOf(professor)))).toHaveLength(1)
      expect(findsIn(await search(q, await sessionOf(team)))).toEqual([])
    }
  })

  it('finds letters from joining on alone', async () => {
    await post('#done the loader before')
    await close(0)
    const newcomer = await addRecipient('new@example.com', 'outer')
    expect(findsIn(await search('loader', await sessionOf(newcomer)))).toEqual([])
    await post('#done the loader after')
    await close(1)
    expect(findsIn(await search('loader', await sessionOf(newcomer)))).toEqual(['the [loader] after'])
    expect(findsIn(await search('loader until:2026-11-20', await sessionOf(newcomer)))).toEqual([])
    expect(findsIn(await search('loader', await sessionOf(team)))).toHaveLength(2)
  })
})

describe('an imported project', () => {
  it('finds the same by the same words and operators', async () => {
    await post('#result auc=0.788 on the pod #dlrm')
    await post('#done 我们完成了推荐模型的实验')
    await post('#next more pods #inside')
    await close(0)
    const queries = ['pod*', 'kind:result', 'tag:dlrm', 'author:student', '推荐模型', 'since:2026-11']
    const look = async () => {
      const cookie = await sessionOf(null)
      return Promise.all(queries.map((q) => pagesOf(q, cookie)))
    }
    const before = await look()
    const parts = await exportAll()
    await emptyAll()
    expect(findsIn((await look())[0]?.[0] ?? '')).toEqual([])
    for (const part of parts) {
      const response = await ask('POST', '/api/import', part, {
        headers: { 'Content-Type': 'application/jsonl' },
      })
      expect(response.status).toBeLessThan(300)
    }
    expect(await look()).toEqual(before)
    expect(before.every(([page = '']) => findsIn(page).length > 0)).toBe(true)
  })
})

describe('a search in 10,000 letters', () => {
  it('reads at most two rows for each find and five', async () => {
    await get('GET', '/api/settings')
    const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)'
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO digests (number, slug, since, until, freeze, send_until, finished_at, delivery,
                              title, about, owner_name, locale, zone)
         ${numbers} SELECT i, date('2000-01-01', i || ' days'), i * 1e8, i * 1e8 + 1e8, 'f', 0, 1, 'direct',
                           'A term', '', '', 'en-GB', 'UTC' FROM n`,
      ),
      env.DB.prepare(
        `INSERT INTO blocks (digest, position, section, circle, updates, markdown, letter, page)
         ${numbers} SELECT i, 0, 'Found', iif(i % 100 = 0, 'both', 'inner'), '[]',
                           'loader number ' || i || iif(i % 2, ' crash', ' with many words between it and the next, so that it is not near: crash'), '', '' FROM n`,
      ),
    ])
    await env.DB.prepare('UPDATE recipients SET joined_at = 5e11 WHERE id = ?1').bind(team).run()
    for (const cookie of [await sessionOf(professor), await sessionOf(team)]) {
      for (const q of ['loader', 'load*', 'loader crash', 'loader 2500', 'since:2008 until:2010 loader']) {
        const { db, rowsRead } = counting(env.DB)
        const html = await (await look(addressOf(q), cookie, db)).text()
        expect(rowsRead()).toBeLessThanOrEqual(2 * findsIn(html).length + 8)
        expect(rowsRead()).toBeLessThanOrEqual(2 * 25 + 5)
      }
    }
  })
})

import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { beginSession } from '../../src/http/session.ts'
import { counting } from '../counting.ts'
import { strictDb } from '../strict-db.ts'
import { addRecipient, ask, day, friday, monday, post, setClock, setUp, tickAt } from '../world.ts'

async function look(path: string, recipient: string | null, db = strictDb(env.DB).db): Promise<string> {
  const url = new URL('https://notes.example.edu')
  const visit = { env, db: env.DB, now: Date.now(), url, headers: new Headers() }
  const cookie = (await beginSession(visit, recipient)).split(';')[0] ?? ''
  const response = await ask('GET', path, undefined, {
    db,
    token: null,
    headers: { Accept: 'text/html', Cookie: cookie },
  })
  expect(response.status).toBe(200)
  return response.text()
}

async function close(week: number): Promise<void> {
  setClock(friday + 7 * week * day)
  await tickAt(friday + 7 * week * day)
  setClock(friday + (7 * week + 1) * day)
}

let professor = ''
let team = ''

beforeEach(async () => {
  setClock(monday)
  await setUp()
  professor = await addRecipient('professor@example.edu')
})

describe('the page of results', () => {
  it('tells an outer reader what may be seen, and computes from nothing else', async () => {
    await post('#result AUC=0.7702 baseline .7011 on=Clicks')
    await close(0)
    team = await addRecipient('team@example.com', 'outer')
    await post('#result auc=0.7809 baseline .7729 runs=3 on=clicks https://runs.example.edu/7')
    await post('#inside #result auc=0.9999 baseline .8888 on=clicks')
    await post('#private #result auc=0.6666 on=clicks')
    await close(1)
    await post('#result auc=0.7852 on=clicks')
    await post('#result loss=0.46')
    await close(2)
    await post('#result auc=0.5555 on=clicks')
    const inner = await look('/archive/results', professor)
    for (const seen of ['AUC on Clicks', '0.7702', '.7011', '0.9999', '.8888', '4 numbers, from 0.7702 on'])
      expect(inner).toContain(seen)
    const outer = await look('/archive/results', team)
    expect(outer).toContain('auc on clicks')
    expect(outer).toContain('2 numbers, from 0.7809 on 21 Nov to 0.7852 on 28 Nov.')
    expect(outer).toContain('Lowest 0.7809, highest 0.7852. The baseline is .7729.')
    expect(outer.match(/<td><bdi>\.7729<\/bdi>/gu)).toHaveLength(2)
    expect(outer).toContain('href="https://runs.example.edu/7"')
    expect(outer).toMatch(/href="\/archive\/2026-11-27#[\da-f-]{36}"/u)
    for (const hidden of ['0.7702', '.7011', '0.9999', '.8888', 'AUC on']) expect(outer).not.toContain(hidden)
    for (const page of [inner, outer]) {
      for (const unpublished of ['0.6666', '0.5555']) expect(page).not.toContain(unpublished)
      expect(page).not.toContain('style=')
    }
  })

  it('puts the metric first that was measured last, and charts no single number', async () => {
    await post('#result loss=0.46, single')
    await close(0)
    await post('#result auc=0.78')
    await close(1)
    const page = await look('/archive/results', null)
    expect(page.indexOf('>auc<')).toBeLessThan(page.indexOf('>loss<'))
    expect(page).not.toContain('<svg')
  })

  it('stands whatever was measured', async () => {
    await close(0)
    await post('#result x=0.5')
    await close(1)
    const { update, digest } = (await env.DB.prepare(
      'SELECT update_id AS "update", digest FROM measurements',
    ).first<{ update: string; digest: number }>()) ?? { update: '', digest: 0 }
    const strange = ['<b>|', '\u202eright', 'n'.repeat(300)]
    const values = ['1e308', '-1e308', '-0', '-0', '1e300', 'words', '']
    const rows = strange.flatMap((metric) => values.map((value) => ({ metric, value })))
    await env.DB.batch(
      rows.map(({ metric, value }, i) =>
        env.DB.prepare(
          `INSERT INTO measurements (identity, at, update_id, position, digest, inside, metric, value, baseline)
           VALUES (lower(?1), ?2, ?3, ?4, ?5, 0, ?1, ?6, ?6)`,
        ).bind(metric, monday, update, i + 1, digest, value),
      ),
    )
    const page = await look('/archive/results', null)
    expect(page).not.toMatch(/NaN|Infinity|undefined|<b>/u)
    expect(page.match(/<svg/gu)).toHaveLength(3)
  })
})

describe('the chart before the list of letters', () => {
  /** What stands between the heading and the list. */
  const chartIn = (page: string) => page.slice(page.indexOf('<h1'), page.indexOf('<ol'))

  it('shows what was measured last, with the way to all results', async () => {
    await post('#result loss=0.46')
    await post('#result auc=0.771 baseline .765 on=clicks, ctr=0.11')
    await close(0)
    expect(chartIn(await look('/archive', professor))).not.toContain('<svg')
    await post('#result loss=0.44')
    setClock(friday + 2 * day)
    await post('#result auc=0.788 on=clicks, ctr=0.13')
    await post('#result hitrate=0.5')
    await close(1)
    const chart = chartIn(await look('/archive', professor))
    expect(chart.match(/<svg/gu)).toHaveLength(1)
    expect(chart).toContain('<bdi>auc on clicks</bdi>')
    expect(chart).toContain('2 numbers, from 0.771 on 16 Nov to 0.788 on 22 Nov.')
    expect(chart).toContain('The baseline is .765.')
    expect(chart).toContain('href="/archive/results"')
  })

  it('is not there without results, and not before older letters', async () => {
    await post('#done nothing measured')
    await close(0)
    expect(await look('/archive', professor)).not.toMatch(/<svg|All results/u)
    await post('#result auc=0.771')
    await close(1)
    await post('#result auc=0.788')
    await close(2)
    expect(await look('/archive', professor)).toContain('<svg')
    expect(await look('/archive?before=3', professor)).not.toMatch(/<svg|All results/u)
  })

  it('is made for an outer reader of what that circle may see, from joining on, and of nothing else', async () => {
    await post('#result auc=0.7702 baseline .7011')
    await close(0)
    const newcomer = await addRecipient('new@example.com', 'outer')
    await post('#result auc=0.7809')
    await post('#inside #result auc=0.9999 baseline .8888')
    await close(1)
    const latecomer = await addRecipient('late@example.com', 'outer')
    await post('#private #result auc=0.6666')
    await post('#result auc=0.7852')
    await post('#inside #result secret=1')
    await close(2)
    await post('#inside #result secret=2')
    await post('#done something')
    await close(3)
    await post('#result auc=0.5555')
    expect(chartIn(await look('/archive', professor))).toContain('<bdi>secret</bdi>')
    const chart = chartIn(await look('/archive', newcomer))
    expect(chart).toContain('2 numbers, from 0.7809 on 21 Nov to 0.7852 on 28 Nov.')
    expect(chart).not.toMatch(/secret|9999|8888|7702|7011|6666|5555|baseline/u)
    expect(await look('/archive', latecomer)).not.toContain('<svg')
  })

  it('is gone for an outer reader to whom all numbers are inside, and reads none of them', async () => {
    await post('#inside #result auc=0.771')
    await post('#done something')
    await close(0)
    await post('#inside #result auc=0.788')
    await post('#done something else')
    await close(1)
    team = await addRecipient('team@example.com', 'outer')
    await env.DB.prepare('UPDATE recipients SET joined_at = ?1 WHERE id = ?2').bind(monday, team).run()
    expect(await look('/archive', professor)).toContain('<svg')
    const page = await look('/archive', team)
    expect(page).toContain('/archive/2026-11-27')
    expect(page).not.toMatch(/<svg|auc|All results/u)
  })

  it('reads no row that it does not show, however much was measured', async () => {
    await post('#result auc=0.771, loss=0.46')
    await close(0)
    team = await addRecipient('team@example.com', 'outer')
    await post('#result auc=0.775, loss=0.45')
    await close(1)
    const copies = (digest: number, inside: number) =>
      env.DB.prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= 100)
         INSERT INTO measurements (identity, at, update_id, position, digest, inside, metric, value)
         SELECT identity, at, update_id, 2 + i, digest, ?2, metric, value FROM measurements, n
         WHERE digest = ?1 AND position = 1`,
      ).bind(digest, inside)
    await env.DB.batch([copies(1, 0), copies(2, 1)])
    const rowsReadFor = async (reader: string) => {
      const { db, rowsRead } = counting(env.DB)
      await look('/archive', reader, db)
      return rowsRead()
    }
    const [session, aLetter, numbers] = [2, 2, 50]
    expect(await rowsReadFor(professor)).toBeLessThanOrEqual(session + 2 * aLetter + numbers)
    expect(await rowsReadFor(team)).toBeLessThanOrEqual(session + 2 * aLetter + 2)
  })
})

import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { beginSession } from '../../src/http/session.ts'
import { addRecipient, ask, day, friday, get, monday, post, setClock, setUp, tickAt } from '../world.ts'

async function look(path: string, recipient: string): Promise<string> {
  const url = new URL('https://notes.example.edu')
  const visit = { env, db: env.DB, now: Date.now(), url, headers: new Headers() }
  const cookie = (await beginSession(visit, recipient)).split(';')[0] ?? ''
  const headers = { Accept: 'text/html', Cookie: cookie }
  const response = await ask('GET', path, undefined, { token: null, headers })
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
  team = await addRecipient('team@example.com', 'outer')
})

describe('the page of what was read', () => {
  it('has each paper once, with its notes and BibTeX, as far as the circle sees', async () => {
    await post('#read [DLRM](https://arxiv.org/pdf/1906.00091v3.pdf), for its table sizes')
    await post('#read #inside https://arxiv.org/abs/1906.00091 they may have overfitted')
    await post('#read #private not for anybody')
    await post('#done no paper')
    await close(0)
    await post('#read not in a letter yet')
    const inner = await look('/archive/reading', professor)
    expect(inner.match(/<li>/gu)).toHaveLength(1)
    for (const seen of ['for its table sizes', 'overfitted', 'eprint = {1906.00091}', 'title = {{DLRM}}'])
      expect(inner).toContain(seen)
    expect(inner).toMatch(/href="\/archive\/2026-11-20#[\da-f-]{36}"/u)
    const outer = await look('/archive/reading', team)
    expect(outer).toContain('for its table sizes')
    for (const page of [inner, outer]) expect(page).not.toMatch(/anybody|no paper|not in a letter/u)
    expect(outer).not.toContain('overfitted')
  })
})

describe('the page of milestones', () => {
  const add = (body: object) => get<{ id: string }>('POST', '/api/milestones', body)
  const edit = (id: string, body: object) => get('PATCH', `/api/milestones/${id}`, body)

  it('tells what the letters told, and nothing since', async () => {
    const { id } = await add({ title: 'Baselines | run', due: '2026-12-05' })
    await post('#done something')
    await close(0)
    await edit(id, { due: '2026-12-12', reason: 'the quota' })
    await close(1)
    expect(await look('/archive/milestones', professor)).toContain(
      'Moved 21 Nov: Sat 5 Dec → Sat 12 Dec – the quota',
    )
    await edit(id, { due: '2026-12-19', reason: 'not told yet' })
    await edit(id, { state: 'met' })
    await add({ title: 'Too new', due: '2026-12-31' })
    const page = await look('/archive/milestones', professor)
    expect(page).toContain('Baselines | run')
    expect(page).toContain('datetime="2026-12-12"')
    expect(page).not.toMatch(/19 Dec|not told|Too new|✓ met/u)
    await post('#done something else')
    await close(2)
    expect(await look('/archive/milestones', professor)).toMatch(
      /datetime="2026-12-19"[\s\S]*✓ met[\s\S]*Too new/u,
    )
  })

  it('shows the outer circle a milestone as if nothing inside had ever been said', async () => {
    await add({ title: 'Draft', due: '2026-12-05' })
    await add({ title: 'Grant', due: '2026-12-06', inside: true })
    await post('#done something')
    await get('POST', '/api/updates', { text: '#milestone Draft due 18 Dec because zq #inside' })
    await close(0)
    expect(await look('/archive/milestones', professor)).toMatch(/5 Dec → Fri 18 Dec – zq/u)
    const outer = await look('/archive/milestones', team)
    expect(outer).toMatch(/Draft[\s\S]*datetime="2026-12-05"/u)
    expect(outer).not.toMatch(/Grant|18 Dec|zq/u)
  })

  it('tells a newcomer of the outer circle no move of letters that it may not read', async () => {
    const { id } = await add({ title: 'Draft', due: '2026-12-05' })
    await edit(id, { due: '2026-12-12', reason: 'before' })
    await post('#done something')
    await close(0)
    const newcomer = await addRecipient('new@example.com', 'outer')
    expect(await look('/archive/milestones', newcomer)).not.toContain('Draft')
    await post('#done something else')
    await close(1)
    const page = await look('/archive/milestones', newcomer)
    expect(page).toContain('datetime="2026-12-12"')
    expect(page).not.toContain('before')
  })
})

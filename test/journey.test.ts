import { env } from 'cloudflare:workers'
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
  post,
  resend,
  runCron,
  setClock,
  setUp,
} from './world.ts'

const readers = {
  professor: 'professor@example.edu',
  student: 'phd@example.edu',
  company: 'team@example.com',
}

async function aWeek() {
  setClock(monday)
  await setUp({ about: 'Making recommendation models fast on TPUs.' })
  await addRecipient(readers.professor)
  await addRecipient(readers.student)
  await addRecipient(readers.company, 'outer')
  await post('#ask Which day suits for the weekly meeting?')
  await post('Read the paper on experiments at Facebook #read')
  await post('Result: the loader feeds the TPU **without** waiting')
  await post('#inside the team has not answered yet #blocked')
  await post('Private: I am tired')
}

describe('the journey of a week', () => {
  it('brings each recipient exactly one letter, whatever ticks come', async () => {
    await aWeek()
    setClock(friday - hour)
    await runCron(friday - hour)
    expect(resend.sent.map(({ tags, to }) => [tags.notice, to])).toEqual([
      ['preview', ['student@example.edu']],
    ])
    setClock(friday + minute)
    await runCron(friday)
    await runCron(friday)
    setClock(friday + 6 * minute)
    await runCron(friday + 5 * minute)
    await runCron(friday - day)
    for (const address of Object.values(readers)) expect(resend.inbox(address)).toHaveLength(1)
    expect(resend.sent).toHaveLength(1 + 3)
  })

  it('tells each circle what it may see, the same in both parts', async () => {
    await aWeek()
    setClock(friday + minute)
    await runCron(friday)
    const [professor] = resend.inbox(readers.professor)
    const [company] = resend.inbox(readers.company)
    for (const part of [professor?.text, professor?.html]) {
      expect(part).toContain('Which day suits')
      expect(part).toContain('has not answered yet')
      expect(part).not.toContain('tired')
    }
    for (const part of [company?.text, company?.html]) {
      expect(part).toContain('Which day suits')
      expect(part).not.toContain('has not answered')
      expect(part).not.toContain('tired')
    }
    expect(professor?.subject).toBe('1 ask; 1 result; 1 blocker; 1 read (DLRM on TPUs, letter 1)')
    expect(company?.subject).toBe('1 ask; 1 result; 1 read (DLRM on TPUs, letter 1)')
  })

  it('sends what a mailbox provider asks of a list', async () => {
    await aWeek()
    setClock(friday + minute)
    await runCron(friday)
    const [letter] = resend.inbox(readers.professor)
    expect(letter?.from).toBe('DLRM on TPUs <notes@mail.example.edu>')
    expect(letter?.replyTo).toEqual(['student@example.edu'])
    expect(letter?.headers).toMatchObject({
      'Auto-Submitted': 'auto-generated',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Unsubscribe': expect.stringMatching(
        /^<https:\/\/notes\.example\.edu\/unsubscribe\/[\da-f]{32}>$/u,
      ),
      'List-Id': expect.stringMatching(/^<weeknotes\.[\da-f]{32}\.notes\.example\.edu>$/u),
    })
    const project = await env.DB.prepare('SELECT id FROM project').first<string>('id')
    expect(letter?.tags).toMatchObject({ project, digest: '1' })
    expect(letter?.key).toMatch(new RegExp(`^wn/${project}/1/[\\da-f-]{36}/1$`, 'u'))
  })

  it('leads from the letter to its own page, and from there to the door of the archive alone', async () => {
    await aWeek()
    setClock(friday + minute)
    await runCron(friday)
    const [letter] = resend.inbox(readers.company)
    const link = /https:\/\/notes\.example\.edu(\/l\/\S+)/u.exec(letter?.text ?? '')?.[1] ?? ''
    expect(letter?.html).toContain(link)
    const page = await ask('GET', link, undefined, { token: null })
    expect(page.status).toBe(200)
    const html = await page.text()
    expect(html).toContain('Letter 1')
    expect(html).toContain('Which day suits')
    expect(html).not.toContain('has not answered')
    const [, ...more] = html.match(/href="\/(?!assets)[^"]*"/gu) ?? []
    expect([html.includes('href="/archive"'), more]).toEqual([true, []])
    const door = await (await ask('GET', '/archive', undefined, { token: null })).text()
    expect(door).not.toMatch(/Letter 1|Which day suits/u)
    const other = await ask('GET', `${link.slice(0, -1)}${link.endsWith('0') ? '1' : '0'}`, undefined, {
      token: null,
    })
    expect(other.status).toBe(404)
  })

  it('says what this is about in the first letter only', async () => {
    await aWeek()
    setClock(friday + minute)
    await runCron(friday)
    await post('#done Another week')
    setClock(friday + 7 * day + minute)
    await runCron(friday + 7 * day)
    const [first, second] = resend.inbox(readers.professor)
    expect(first?.text).toContain('Making recommendation models fast')
    expect(second?.text).not.toContain('Making recommendation models fast')
  })

  it('shows the owner the letter beforehand exactly as it goes out', async () => {
    await aWeek()
    setClock(friday - hour)
    const next = await get<{ documents: { subject: string; markdown: string }[] }>('GET', '/api/digests/next')
    setClock(friday + minute)
    await runCron(friday)
    const { documents } = await get<{ documents: { subject: string; markdown: string }[] }>(
      'GET',
      '/api/digests/2026-11-20',
    )
    expect(documents).toEqual(next.documents)
    expect(resend.inbox(readers.student)[0]?.text).toContain(next.documents[0]?.markdown)
  })
})

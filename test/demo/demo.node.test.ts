import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PrivateNote, semester, shownTo, updatesOf, type Week } from '../sample/semester.ts'
import type { Api } from './api.ts'
import { type Archive, check, type Letter } from './checks.ts'
import { datedWeeks } from './term.ts'
import { tellTerm } from './told.ts'
import { closeOpenWeek, keepTime } from './weeks.ts'

const day = 24 * 3_600_000

describe('the term of the demo', () => {
  it('is ten weeks, one after the other, the last one open, whenever it begins', () => {
    const spring = Date.UTC(2026, 1, 1)
    fc.assert(
      fc.property(fc.integer({ min: spring, max: spring + 400 * day }), (now) => {
        const weeks = datedWeeks(now)
        expect(weeks.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
        for (const [place, { since, cutOff }] of weeks.entries()) {
          expect(cutOff - since).toBeGreaterThan(6 * day)
          expect(since).toBe(weeks[place - 1]?.cutOff ?? since)
        }
        expect(weeks.at(-1)?.cutOff).toBeGreaterThan(now)
        expect(weeks.at(-1)?.since).toBeLessThanOrEqual(now)
      }),
    )
  })

  it('has what was said in its own week, also over a change of the clocks', () => {
    for (const now of [Date.UTC(2026, 10, 23), Date.UTC(2027, 0, 9), Date.UTC(2027, 3, 12)]) {
      let dates = 0
      const told = tellTerm('project-1', 'http://localhost', datedWeeks(now).slice(0, -1))
      for (const { part, posts, since, cutOff } of told) {
        const lines: { type: string; postedAt?: string }[] = part
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
        const notes = posts.filter((post) => 'hides' in post)
        const updates = [...notes, ...posts.flatMap(updatesOf)]
        expect(lines.filter(({ type }) => type === 'update')).toHaveLength(updates.length)
        expect(posts.filter(({ text }) => /\{\w{3}\+/.test(text))).toEqual([])
        dates += lines.filter(({ type }) => type === 'milestone' || type === 'revision').length
        for (const postedAt of lines.flatMap((line) =>
          line.postedAt === undefined ? [] : [line.postedAt],
        )) {
          expect(Date.parse(postedAt)).toBeGreaterThanOrEqual(since)
          expect(Date.parse(postedAt)).toBeLessThan(cutOff)
        }
      }
      expect(dates).toBe(10)
    }
  })
})

describe('time in the demo', () => {
  it('runs the cron by the real clock until it is stopped', async () => {
    const stop = new AbortController()
    const before = Date.now()
    const dues: number[] = []
    const tick = async (due: number) => {
      dues.push(due)
      if (dues.length === 3) stop.abort()
    }
    await expect(keepTime({ tick }, 1, stop.signal)).rejects.toThrow('aborted')
    expect(dues).toHaveLength(3)
    for (const due of dues) expect(due).toBeGreaterThanOrEqual(before)
  })

  it('is never ahead: the open week is closed by its owner, not by a cron of another day', async () => {
    const [week] = datedWeeks(Date.now()).slice(-1)
    if (week === undefined) throw new Error('there is one')
    const asked: unknown[] = []
    const api = {
      post: async (path: string, body: object) => void asked.push([path, body]),
      tick: async (due: number) => void asked.push(due <= Date.now() ? 'now' : 'ahead'),
      get: async (path: string) =>
        path === '/api/digests'
          ? { digests: [{ number: week.number, slug: 'last' }] }
          : { deliveries: [{ email: 'professor@example.edu', state: 'accepted' }], documents: [] },
    } as unknown as Api // it asks for nothing else
    await closeOpenWeek(api, week)
    expect(asked).toEqual([['/api/digests', { number: week.number }], 'now'])
  })
})

describe('the checks of the demo', () => {
  const weeks: readonly Week[] = semester.slice(0, 2)
  const to = 'professor@example.edu'
  const letters: readonly Letter[] = weeks.map((week, place) => {
    const words = shownTo('inner', week).join('. ')
    return { to, circle: 'inner', number: place + 1, html: words, text: words, page: words }
  })
  const all = letters.map(({ text }) => text).join('\n')
  const archives: readonly Archive[] = [
    { of: to, circle: 'inner', list: '<li value="2"><li value="1">', markdown: all },
  ]
  const [first, second] = letters
  if (first === undefined || second === undefined) throw new Error('two weeks have two letters')
  const word = shownTo('inner', weeks[0] ?? { posts: [] })[0] ?? ''
  const notes = weeks.flatMap(({ posts }) => posts.filter((post): post is PrivateNote => 'hides' in post))
  const secret = notes[0]?.hides ?? ''

  const problemsOf = (given: readonly Letter[], of = archives) =>
    check([{ email: to }], given, of, weeks).map(({ problems }) => problems.length > 0)

  it('hold for letters that are right', () => {
    expect(problemsOf(letters)).toEqual([false, false, false, false, false])
  })

  it.each<[string, readonly Letter[], readonly boolean[]]>([
    ['a letter is missing', [first], [true, false, false, false, false]],
    ['one came twice', [first, first, second], [true, false, false, false, false]],
    [
      'an update is missing',
      [{ ...first, html: first.html.replace(word, '') }, second],
      [false, true, false, false, false],
    ],
    [
      'one stands in two letters',
      [first, { ...second, text: second.text + word }],
      [false, false, true, false, false],
    ],
    [
      'a note is shown',
      [first, { ...second, page: second.page + secret }],
      [false, false, false, true, false],
    ],
  ])('do not hold when %s', (_, given, expected) => {
    expect(problemsOf(given)).toEqual(expected)
  })

  it('do not hold when an archive lacks a letter or says something twice', () => {
    const [archive] = archives
    if (archive === undefined) throw new Error('there is one')
    for (const wrong of [{ list: '<li value="1">' }, { markdown: all + word }, { markdown: first.text }]) {
      expect(problemsOf(letters, [{ ...archive, ...wrong }]).at(-1)).toBe(true)
    }
  })
})

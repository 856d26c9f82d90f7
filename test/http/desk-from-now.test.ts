import { beforeEach, describe, expect, it } from 'vitest'
import {
  addRecipient,
  day,
  friday,
  get,
  hour,
  monday,
  owner,
  post,
  runCron,
  setClock,
  setUp,
} from '../world.ts'
import { plain, signIn, visitor } from './desk.ts'

let cookie = ''
const { look } = visitor(() => cookie)

const read = async (path: string) => plain(await look(path))
const warnings = async () =>
  (await get<{ warnings: string[] }>('GET', '/api/digests/next')).warnings.join(' ')

beforeEach(async () => {
  setClock(monday)
  await setUp()
  await addRecipient('professor@example.edu')
  cookie = await signIn(owner)
})

describe('the desk speaks from now', () => {
  beforeEach(async () => {
    await get('POST', '/api/milestones', { title: 'Baselines run', due: '2026-11-19' })
    await post('#ask @professor Which split? due Thursday')
    await post('#need a badge')
  })

  it('so that what is due before the cut-off is ahead, though the letter will call it late', async () => {
    const week = await read('/desk')
    expect(week).toContain('Baselines run, due Thu 19 Nov (in 3 days)')
    expect(week).toContain('By Thu 19 Nov')
    expect(week).not.toMatch(/overdue|late[^r]/u)
    const preview = await read('/desk/preview')
    expect(preview).toContain('Baselines run, was due Thu 19 Nov, 1 day late')
    expect(preview).toContain('overdue since Thu 19 Nov')
  })

  it('says today of what is due today, and overdue of what was due before', async () => {
    setClock(monday + 3 * day)
    expect(await read('/desk')).toContain('Baselines run, due Thu 19 Nov, today')
    setClock(monday + 4 * day)
    const week = await read('/desk')
    expect(week).toContain('Baselines run, was due Thu 19 Nov, 1 day late')
    expect(week).toContain('Overdue since Thu 19 Nov')
  })

  it('counts the days that something is open until today', async () => {
    await runCron(friday)
    setClock(friday + day)
    await post('The loader keeps up')
    expect(await read('/desk')).toContain('Needed, open 5 days')
    expect(await read('/desk/preview')).toContain('Needed, open 11 days')
  })

  it('warns that a milestone is late only once its day is over, on each page and to the API', async () => {
    for (const [now, isLate] of [
      [monday, false],
      [monday + 3 * day, false],
      [friday - hour, true],
    ] as const) {
      setClock(now)
      const said = [await read('/desk'), await read('/desk/preview'), await warnings()]
      const late = said.map((each) => each.includes('“Baselines run” is late'))
      expect([now, late]).toEqual([now, [isLate, isLate, isLate]])
    }
  })

  it('asks for a word about what is open once its readers have had some days to answer', async () => {
    await runCron(friday)
    const nag = '“a badge” has been open since an earlier letter'
    for (const [days, isAsked] of [
      [0.01, false],
      [2, false],
      [3, true],
    ] as const) {
      setClock(friday + days * day)
      if (days === 0.01) await post('The loader keeps up')
      const said = [await read('/desk'), await read('/desk/preview'), await warnings()]
      expect([days, said.map((each) => each.includes(nag))]).toEqual([days, [isAsked, isAsked, isAsked]])
    }
  })
})

describe('what the letter lacks', () => {
  it('leads to where it is mended, from the desk and from the preview', async () => {
    const id = await post('#need a badge')
    await runCron(friday)
    setClock(friday + 4 * day)
    await get('POST', '/api/milestones', { title: 'Baselines run', due: '2026-11-23' })
    await post('The loader keeps up')
    const places = async (path: string) =>
      Array.from((await look(path)).matchAll(/<li>[^<]*<a href="([^"]*)"/gu), ([, href]) => href)
    expect(await places('/desk')).toEqual([
      expect.stringMatching(/^\/desk\/milestones#[\w-]+$/u),
      ...[`#${id}`, '#opening', '/write'],
    ])
    expect((await places('/desk/preview')).slice(1)).toEqual([`/desk#${id}`, '/desk#opening', '/write'])
    const week = await look('/desk')
    for (const place of [id, 'opening']) expect(week).toContain(` id="${place}"`)
  })

  it('opens a mail to whom the letter would reach too late, or leads to the ask where no address is known', async () => {
    await get('POST', '/api/recipients', { email: 'phd@example.edu', handle: 'phd' })
    await post('#ask @phd Which split? due Thursday')
    await post('#ask Which day? due Thursday')
    const mail =
      '<a href="mailto:phd@example.edu?subject=Which%20split%3F%20due%20Thursday">write to them now</a>'
    for (const path of ['/desk', '/desk/preview']) expect(await look(path)).toContain(mail)
    expect(await look('/desk')).toMatch(/“Which day\? due Thursday” <a href="#[\w-]+">is due before/u)
  })

  it('leads to the settings and to the people that are missing', async () => {
    await setUp({ ownerEmail: null })
    await post('The loader keeps up')
    for (const path of ['/desk', '/desk/preview', '/desk/preview/send'])
      expect(await look(path)).toContain('<a href="/desk/settings#ownerEmail">No address of yours is set')
  })

  it('says in a week without news what is open from before', async () => {
    await post('#need a badge')
    await runCron(friday)
    setClock(friday + day)
    expect(await read('/desk')).toContain(
      'Nothing new to tell yet; one thing that an earlier letter told is still open.',
    )
  })
})

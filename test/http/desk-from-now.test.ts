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
import { fieldsOf, plain, signIn, visitor } from './desk.ts'

let cookie = ''
const { look, send: submit, follow } = visitor(() => cookie)

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

  it('calls what was told and asked on one day open since today', async () => {
    await get('POST', '/api/digests', { number: 1 })
    await post('The loader keeps up')
    const letter = await read('/desk/preview/send')
    expect(letter).toContain('Needed, open since today')
    expect(letter).not.toContain('0 days')
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
      ...[`#${id}`, '#summary', '/write'],
    ])
    expect((await places('/desk/preview')).slice(1)).toEqual([`/desk#${id}`, '/desk#summary', '/write'])
    const week = await look('/desk')
    for (const place of [id, 'summary']) expect(week).toContain(` id="${place}"`)
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

describe('the preview', () => {
  it('says for which day it is written, where that is not today', async () => {
    await post('The loader keeps up')
    expect(await read('/desk/preview')).toContain('As it will read on Fri 20 Nov')
    setClock(friday - hour)
    expect(await read('/desk/preview')).not.toContain('As it will read')
  })

  it('says how it would read, where no letter goes out that day', async () => {
    await post('The loader keeps up')
    await setUp({ away: [{ since: '2026-11-20', until: '2026-11-22', why: 'a wedding' }] })
    expect(await read('/desk/preview')).toContain('As it would read on Fri 20 Nov')
  })
})

describe('sending now', () => {
  it('shows the very letter that goes, reckoned from now', async () => {
    await get('POST', '/api/milestones', { title: 'Baselines run', due: '2026-11-19' })
    await post('#ask @professor Which split? due Thursday')
    const question = await look('/desk/preview/send')
    expect(plain(question)).toContain('As it reads today')
    expect(plain(question)).toContain('Baselines run, due Thu 19 Nov (in 3 days)')
    const src = /<iframe src="([^"]*)"/u.exec(question)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const mail = plain(await look(src))
    expect(mail).toContain('By Thu 19 Nov')
    expect(mail).not.toContain('overdue')
    expect(plain(await look('/desk/preview/letter?circle=inner'))).toContain('Overdue since Thu 19 Nov')
  })

  it('shows nothing where nothing can be sent', async () => {
    expect(await look('/desk/preview/send')).not.toContain('<iframe')
  })
})

describe('a letter that is sent early', () => {
  const send = async () => {
    const fields = fieldsOf(await look('/desk/preview/send'), '/desk/preview/send')
    return follow(await submit('/desk/preview/send', fields))
  }

  it('goes in the place of the next cut-off’s, as the question says before and the desk after', async () => {
    await post('The loader keeps up')
    expect(await read('/desk/preview/send')).toContain(
      'The next one is then due Fri 27 Nov; none goes out on Fri 20 Nov.',
    )
    expect(await read('/desk')).not.toContain('None goes out')
    await send()
    for (const path of ['/desk', '/desk/preview'])
      expect(await read(path)).toContain('None goes out on Fri 20 Nov: letter 1 went out early instead.')
    await post('And more')
    expect(await read('/desk/preview/send')).toContain(
      'The next one is then due Fri 4 Dec; none goes out on Fri 20 Nov and Fri 27 Nov.',
    )
    await send()
    expect(await read('/desk')).toContain(
      'None goes out on Fri 20 Nov and Fri 27 Nov: letters 1 and 2 went out early instead.',
    )
    setClock(friday)
    expect(await read('/desk')).toContain('None goes out on Fri 27 Nov: letter 2 went out early instead.')
    await post('And at last')
    for (let cutOff = friday; cutOff <= friday + 14 * day; cutOff += 7 * day) await runCron(cutOff)
    const { digests } = await get<{ digests: { until: string }[] }>('GET', '/api/digests')
    expect(digests[0]?.until).toBe('2026-12-04T16:00:00.000Z')
  })

  it('leaves the next cut-off as it is where one passed while the period was held', async () => {
    await post('The loader keeps up')
    await get('PUT', '/api/digests/next/hold', { number: 1 })
    await runCron(friday)
    setClock(friday + day)
    expect(await read('/desk/preview/send')).toContain('The next one is then due Fri 27 Nov.')
    await send()
    expect(await read('/desk')).not.toContain('None goes out')
  })

  it('is the last where the project ends, and then says so', async () => {
    await setUp({ ends: '2026-11-16' })
    await post('The loader keeps up')
    expect(await read('/desk/preview/send')).toContain(
      'It is the last letter: after it nothing goes out by itself.',
    )
    await send()
    expect(await read('/desk/preview')).not.toContain('None goes out')
  })

  it('is said in one sentence with its link, beside the next one by its number', async () => {
    await post('The loader keeps up')
    const sent = await send()
    const said = '<a href="/desk/letters/2026-11-16">Letter 1</a>'
    expect(sent).toContain(`${said} is on its way to 1 person.`)
    expect(sent).toContain('Hold letter 2')
    expect(plain(sent)).toContain('nothing new to tell yet for letter 2')
    expect(sent).not.toContain('After a second week')
    await runCron(monday)
    expect(await look('/desk/preview?did=sentNow')).toContain(`${said} has gone out to 1 person.`)
    expect(await look('/desk/preview')).not.toContain(said)
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import { addRecipient, ask, day, get, hour, monday, owner, post, setClock, setUp } from '../world.ts'
import { type Fields, fieldsOf, outcome, plain, signIn, told, visitor } from './desk.ts'

type Report = {
  readonly id: string
  readonly since: string
  readonly until: string
  readonly circle: string
  readonly markdown: string
  readonly headings: readonly {
    readonly heading: string
    readonly paragraph: string
    readonly points: readonly { readonly id: string; readonly ticked: boolean }[]
  }[]
}

const here = '/desk/report'
let cookie = ''
const { look, send, follow } = visitor(() => cookie)

const read = (id: string) => get<Report>('GET', `/api/reports/${id}`)
const begin = async (): Promise<string> => (await get<Report>('POST', '/api/reports', {})).id
const open = async (id: string): Promise<Fields> => fieldsOf(await look(`${here}/${id}`), `${here}/${id}`)
const save = (id: string, fields: Fields) => send(`${here}/${id}`, fields)
const saved = (id: string) => `303 ${here}/${id}?did=reportSaved`

const paragraph = async (id: string, heading: string) =>
  (await read(id)).headings.find((each) => each.heading === heading)?.paragraph

/** Points that are ticked. */
async function ticked(id: string): Promise<readonly string[]> {
  const points = (await read(id)).headings.flatMap((each) => each.points)
  return points.filter((point) => point.ticked).map((point) => point.id)
}

function without(fields: Fields, name: string): Fields {
  const { [name]: _, ...others } = fields
  return others
}

beforeEach(async () => {
  setClock(monday)
  await setUp()
  cookie = await signIn(owner)
})

describe('a report at the desk', () => {
  it('is begun since the last meeting, or over days that are chosen, and once for a double tap', async () => {
    await post('#meeting Agreed on the split')
    setClock(monday + 2 * day)
    const html = await look(here)
    expect(plain(html)).toContain(
      'A new one begins with the meeting of Mon 16 Nov 09:00, and reaches to now.',
    )
    const fields = fieldsOf(html, here)
    const both = await Promise.all([send(here, fields), send(here, fields)])
    const { reports } = await get<{ reports: readonly Report[] }>('GET', '/api/reports')
    expect(reports).toMatchObject([{ since: '2026-11-16T09:00:00.000Z', until: '2026-11-18T09:00:00.000Z' }])
    for (const response of both) expect(await told(response)).toBe(`303 ${here}/${reports[0]?.id}`)

    const chosen = { ...fieldsOf(await look(here), here), since: '2026-11-17', until: '2026-11-17' }
    const page = plain(await follow(await send(here, chosen)))
    expect(page).toContain('Report, 17 November 2026')
    expect(plain(await look(here))).toMatch(/17 November 2026.*16–18 November 2026/u)
  })

  it('says since when it is, and why, and goes back to the meeting before', async () => {
    const words = async () =>
      /Since .*? instead\.|Since [^.]*\./u.exec(plain(await look(`${here}/${id}`)))?.[0]
    const back = async () => {
      const html = await look(`${here}/${id}`)
      const [, to = ''] = /name="begin" value="([^"]+)"/u.exec(html) ?? []
      return told(await save(id, { ...fieldsOf(html, `${here}/${id}`), ahead: 'kept', begin: to }))
    }
    setClock(monday + hour)
    await get('POST', '/api/reports', {})
    await post('#done Before both')
    setClock(monday + 2 * hour)
    await post('#meeting The first')
    await post('#done Between both')
    setClock(monday + day)
    await post('#meeting The second')
    setClock(monday + day + hour)
    const id = await begin()
    expect(await words()).toBe('Since the meeting of Tue 17 Nov 09:00, up to Tue 17 Nov 10:00.')
    expect(plain(await look(`${here}/${id}`))).toContain(
      'Save, and begin with the meeting of Mon 16 Nov 11:00',
    )
    expect(plain(await look(`${here}/${id}`))).not.toContain('Between both')
    expect(await back()).toBe(saved(id))
    expect(await words()).toBe('Since the meeting of Mon 16 Nov 11:00, up to Tue 17 Nov 10:00.')
    expect(plain(await look(`${here}/${id}`))).toContain('Between both')
    expect(await paragraph(id, 'ahead')).toBe('kept')
    await back()
    expect(await words()).toBe(
      'Since Mon 16 Nov 10:00, where the report before it ended, up to Tue 17 Nov 10:00.',
    )
    await back()
    expect(await words()).toBe('Since Mon 16 Nov 09:00, when the project began, up to Tue 17 Nov 10:00.')
    expect(await look(`${here}/${id}`)).not.toContain('name="begin"')
    await save(id, { ...(await open(id)), since: '2026-11-15' })
    expect(await words()).toBe('Since Sun 15 Nov 00:00, up to Tue 17 Nov 10:00.')
  })

  it('tells the outer circle of no meeting that is inside', async () => {
    await addRecipient('team@example.com', 'outer')
    setClock(monday + hour)
    await post('#meeting With the professor #inside')
    setClock(monday + day)
    const { id } = await get<Report>('POST', '/api/reports', {
      circle: 'outer',
      since: '2026-11-16T10:00:00Z',
    })
    const html = await look(`${here}/${id}`)
    expect(plain(html)).toContain('Since Mon 16 Nov 10:00, up to')
    expect(html).toContain('name="begin" value="2026-11-16T09:00:00.000Z"')
  })

  it('leaves out a heading whose points are all unticked, and says so where it is written', async () => {
    const gone = await post('#surprise It was the cable')
    await post('#ask Which split?')
    setClock(monday + hour)
    const id = await begin()
    const before = plain(await look(`${here}/${id}`))
    expect(before).toContain('Nothing of it is ticked: it says “None.”')
    expect(before).not.toContain('left out')
    await save(id, without(await open(id), `update:${gone}`))
    expect(plain(await look(`${here}/${id}`))).toContain(
      'You have unticked all of it: this heading is left out.',
    )
    const { markdown } = await read(id)
    expect(markdown).not.toContain('Surprises')
    expect(markdown).toContain('## Resources needed\n\nNone.')
    expect(plain(await look(`${here}/${id}/read`))).not.toContain('Surprises None')
    await save(id, { ...(await open(id)), surprises: 'None that matter.' })
    expect((await read(id)).markdown).toContain('## Surprises\n\nNone that matter.')
  })

  it('is another one only by another form, which has the days that were typed', async () => {
    setClock(monday + 2 * day)
    const fields = fieldsOf(await look(here), here)
    await send(here, fields)
    const again = await send(here, { ...fields, since: '2026-11-17' })
    expect(again.status).toBe(409)
    const html = await again.text()
    expect(html).toContain('value="2026-11-17"')
    await follow(await send(here, fieldsOf(html, here)))
    expect((await get<{ reports: readonly Report[] }>('GET', '/api/reports')).reports).toHaveLength(2)
  })

  it('is not begun over days that are none, or end before they begin', async () => {
    const fields = fieldsOf(await look(here), here)
    expect(await outcome(await send(here, { ...fields, since: '2026-02-30' }))).toMatch(/^422 is no day/u)
    const backwards = { ...fields, since: '2026-11-17', until: '2026-11-16' }
    expect(await outcome(await send(here, backwards))).toBe('422 is before the first day')
    expect(await get('GET', '/api/reports')).toMatchObject({ reports: [] })
  })

  it('keeps own words and ticks while what is found is compiled anew, also up to now', async () => {
    const gone = await post('#done The loader keeps up')
    setClock(monday + hour)
    const id = await begin()
    const fields = { ...(await open(id)), accomplished: 'It **runs** <now>.\r\n\r\nAnd well.' }
    expect(await told(await save(id, without(fields, `update:${gone}`)))).toBe(saved(id))
    setClock(monday + day)
    const later = await post('#done Three seeds')
    expect(await look(`${here}/${id}`)).not.toContain('Three seeds')
    const html = await follow(await save(id, { ...(await open(id)), act: 'now' }))
    expect(html).not.toContain('Three seeds') // it ends now, and is half-open
    setClock(monday + day + hour)
    const now = await follow(await save(id, { ...(await open(id)), act: 'now' }))
    expect(now).toContain('Three seeds')
    expect(now).toContain('It **runs** &lt;now&gt;.\n\nAnd well.</textarea>')
    expect(await ticked(id)).toEqual([`update:${later}`])
    const read = await look(`${here}/${id}/read`)
    expect(read).toContain('It <strong>runs</strong> &lt;now&gt;.')
    expect(read).toContain('<li>Three seeds</li>')
    expect(read).not.toContain('<li>The loader keeps up</li>')
  })

  it('moves to other days, and keeps the hour of a day that stays', async () => {
    await post('#done The loader keeps up')
    setClock(monday + day)
    const id = await begin()
    await save(id, { ...(await open(id)), until: '2026-11-20' })
    expect(await read(id)).toMatchObject({
      since: '2026-11-16T09:00:00.000Z',
      until: '2026-11-21T00:00:00.000Z',
    })
    expect(await open(id)).toMatchObject({ since: '2026-11-16', until: '2026-11-20' })
    expect(plain(await look(`${here}/${id}`))).toContain('Report, 16–20 November 2026')
    for (const wrong of ['', '2026-02-30', '2026-11-15']) {
      const refused = await save(id, { ...(await open(id)), until: wrong, ahead: 'kept' })
      expect(refused.status).toBe(422)
      expect(fieldsOf(await refused.text(), `${here}/${id}`)).toMatchObject({ until: wrong, ahead: 'kept' })
    }
    expect(await read(id)).toMatchObject({ until: '2026-11-21T00:00:00.000Z' })
  })

  it('reads as its Markdown does, with every heading', async () => {
    await get('PATCH', '/api/settings', { course: 'CSE 599', homepage: 'https://student.example.edu/dlrm' })
    await post('#surprise Half of the step time was the **input** pipeline')
    setClock(monday + hour)
    const id = await begin()
    const html = await look(`${here}/${id}/read`)
    const said = plain(html)
    for (const line of (await read(id)).markdown.split('\n').filter(Boolean)) {
      expect(said).toContain(line.replace(/^[#*]+ /u, '').replaceAll(/<(http[^>]*)>/gu, '$1'))
    }
    expect(html).toContain('<a href="https://student.example.edu/dlrm">')
    expect(fieldsOf(html)).toEqual({})
    expect(html).toMatch(/<textarea id="markdown"[^>]*readonly/u)
  })

  it('has what was typed again beside what is wrong with it, and keeps none of it', async () => {
    const point = await post('#done The loader keeps up')
    await addRecipient('team@example.com', 'outer')
    await addRecipient('professor@example.edu')
    setClock(monday + hour)
    const { id } = await get<Report>('POST', '/api/reports', { circle: 'outer' })
    const fields = without(
      { ...(await open(id)), ahead: 'a talk #inside', changes: 'kept' },
      `update:${point}`,
    )
    const refused = await save(id, fields)
    expect(refused.status).toBe(422)
    const html = await refused.text()
    expect(html).toMatch(/id="ahead-wrong">is inside; this report is for the outer circle/u)
    expect(html).toContain('<a href="#ahead">Looking ahead</a>')
    expect(html).toContain('For the outer circle.')
    const again = fieldsOf(html, `${here}/${id}`)
    expect(again).toEqual(fields)
    expect(await paragraph(id, 'changes')).toBe('')
    expect((await save(id, { ...again, ahead: 'ü'.repeat(16 * 1024 + 1) })).status).toBe(413)
    expect(await told(await save(id, { ...again, ahead: 'a talk' }))).toBe(saved(id))
    expect([await paragraph(id, 'changes'), await ticked(id)]).toEqual(['kept', []])
  })

  it('is the owner’s: an author’s session is refused, and changes nothing', async () => {
    setClock(monday + hour)
    const id = await begin()
    const fields = await open(id)
    const { id: author } = await get('POST', '/api/authors', { name: 'Second author' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${author}/tokens`, { name: 'phone' })
    cookie = await signIn(token)
    for (const path of [here, `${here}/${id}`, `${here}/${id}/read`]) {
      expect(await look(path)).toMatch(/^403/u)
      expect((await ask('GET', path, undefined, { token: null })).status).toBe(401)
    }
    expect((await save(id, { ...fields, ahead: 'mine' })).status).toBe(403)
    expect((await send(here)).status).toBe(403)
    expect(await paragraph(id, 'ahead')).toBe('')
  })

  it('is not there under an id that has none', async () => {
    expect(await look(`${here}/none`)).toMatch(/^404/u)
    expect(await look(`${here}/none/read`)).toMatch(/^404/u)
    expect((await save('none', {})).status).toBe(404)
  })
})

describe('a report in two tabs', () => {
  let id = ''
  let points: readonly string[] = []

  beforeEach(async () => {
    points = [`update:${await post('#done One thing')}`, `update:${await post('#done Another thing')}`]
    setClock(monday + hour)
    id = await begin()
  })

  it('takes the words under one heading from the one, and those under another from the other', async () => {
    const [one, other] = [await open(id), await open(id)]
    await save(id, { ...one, changes: 'From one' })
    expect(await told(await save(id, { ...other, ahead: 'From the other' }))).toBe(saved(id))
    expect([await paragraph(id, 'changes'), await paragraph(id, 'ahead')]).toEqual([
      'From one',
      'From the other',
    ])
  })

  it('keeps the words of the first, and shows those of the second again, who may then have theirs', async () => {
    const [one, other] = [await open(id), await open(id)]
    await save(id, { ...one, changes: 'From one' })
    const stale = await save(id, without({ ...other, changes: 'From the other' }, points[0] ?? ''))
    expect(stale.status).toBe(409)
    const html = await stale.text()
    expect(plain(html)).toContain('was changed elsewhere meanwhile: “From one”. Save again to have yours.')
    expect([await paragraph(id, 'changes'), await ticked(id)]).toEqual(['From one', points])
    const again = fieldsOf(html, `${here}/${id}`)
    expect(again).toMatchObject({ changes: 'From the other', 'was:changes': 'From one' })
    expect(await told(await save(id, again))).toBe(saved(id))
    expect([await paragraph(id, 'changes'), await ticked(id)]).toEqual(['From the other', [points[1]]])
  })

  it('loses no tick and no words, also when both save at once', async () => {
    const [one, other] = [await open(id), await open(id)]
    const both = await Promise.all([
      save(id, without({ ...one, changes: 'From one' }, points[0] ?? '')),
      save(id, without({ ...other, ahead: 'From the other' }, points[1] ?? '')),
    ])
    for (const response of both) expect(await told(response)).toBe(saved(id))
    expect(await ticked(id)).toEqual([])
    expect([await paragraph(id, 'changes'), await paragraph(id, 'ahead')]).toEqual([
      'From one',
      'From the other',
    ])
  })
})

describe('whoever was signed out while writing in a report', () => {
  it('finds the words again after signing in', async () => {
    setClock(monday + hour)
    const id = await begin()
    const fields = { ...(await open(id)), changes: 'Half a day of work' }
    const out = await send(`${here}/${id}`, fields, null)
    const html = await (await send('/session', { ...fieldsOf(await out.text()), token: owner }, null)).text()
    expect(html).toMatch(/<textarea name="changes"[^>]*>\s*Half a day of work/u)
    expect(await told(await save(id, fieldsOf(html, `${here}/${id}`)))).toBe(saved(id))
    expect(await paragraph(id, 'changes')).toBe('Half a day of work')
  })
})

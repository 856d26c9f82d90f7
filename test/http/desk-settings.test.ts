import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { stepWords } from '../../src/core/desk-words-settings.ts'
import { addRecipient, ask, emptyAll, friday, get, monday, owner, post, runCron, setClock } from '../world.ts'
import { type Fields, fieldsOf, home, plain, signIn, told, visitor } from './desk.ts'

let cookie = ''
const { look, send: sendTo } = visitor(() => cookie)
const send = (fields: Fields, as = cookie) => sendTo('/desk/settings', fields, as)

/** Every field of the page as a browser sends it back, and what is typed over. */
async function fill(over: Fields): Promise<Fields> {
  return { ...fieldsOf(await look('/desk/settings')), ...over }
}

const save = async (over: Fields) => told(await send(await fill(over)))

const saved = '303 /desk/settings?did=settingsSaved'
const settings = () => get('GET', '/api/settings')

beforeEach(async () => {
  setClock(monday)
  await emptyAll()
  cookie = await signIn(owner)
})

describe('the settings', () => {
  it('are all there, and each is changed once', async () => {
    const typed = {
      ...{
        title: 'DLRM on TPUs',
        about: 'A course.\r\n\r\nAnd more.',
        course: 'Research',
        homepage: 'https://example.edu/dlrm',
      },
      ...{ 'schedule.weekday': 'thursday', 'schedule.time': '17:30', 'schedule.zone': 'Europe/Zurich' },
      ...{
        sender: 'DLRM <notes@mail.example.edu>',
        ownerName: 'The student',
        ownerEmail: 'student@example.edu',
      },
      mailbox: 'weeknotes@notes.example.edu',
      ...{
        publicUrl: 'https://letters.example.edu/',
        locale: 'de-CH',
        delivery: 'direct',
        previewHours: '12',
      },
      ...{
        nudgeDays: '1',
        silentWeek: 'note',
        ends: '2027-02-26',
        heartbeatUrl: 'https://beat.example.com/x',
      },
      ...{ 'away.since': '2026-12-24', 'away.until': '2027-01-03', 'away.why': 'holidays' },
    }
    const before = await settings()
    expect(await save(typed)).toBe(saved)
    const after = await settings()
    expect(after).toEqual({
      ...{
        title: 'DLRM on TPUs',
        about: 'A course.\n\nAnd more.',
        course: 'Research',
        homepage: 'https://example.edu/dlrm',
      },
      schedule: { weekday: 'thursday', time: '17:30', zone: 'Europe/Zurich' },
      ...{
        sender: 'DLRM <notes@mail.example.edu>',
        ownerName: 'The student',
        ownerEmail: 'student@example.edu',
      },
      mailbox: 'weeknotes@notes.example.edu',
      ...{ publicUrl: 'https://letters.example.edu', locale: 'de-CH', delivery: 'direct', previewHours: 12 },
      ...{ nudgeDays: 1, silentWeek: 'note', ends: '2027-02-26', heartbeatUrl: 'https://beat.example.com/x' },
      away: [{ since: '2026-12-24', until: '2027-01-03', why: 'holidays' }],
    })
    expect(
      Object.keys(after).filter((name) => JSON.stringify(after[name]) === JSON.stringify(before[name])),
    ).toEqual([])
    const again = await fill({})
    for (const [name, text] of Object.entries(typed))
      if (!name.startsWith('away.') && name !== 'publicUrl')
        expect([name, again[name]]).toEqual([name, text.replaceAll('\r', '')])
  })

  it('are emptied where they may be', async () => {
    await save({
      homepage: 'https://example.edu',
      ends: '2027-02-26',
      course: 'Research',
      delivery: 'byHand',
    })
    expect(await save({ homepage: '', ends: '', course: '', delivery: '', title: '' })).toMatch(
      /^422 .*Look at: Title .*is empty/u,
    )
    expect(await save({ homepage: '', ends: '', course: '', delivery: '' })).toBe(saved)
    expect(await settings()).toMatchObject({ homepage: null, ends: null, course: '', delivery: 'byHand' })
    expect((await fill({})).delivery).toBe('')
  })

  it('keep what was typed, each message beside its field, and nothing is saved', async () => {
    const wrong = {
      ...{
        title: ' ',
        homepage: 'example',
        'schedule.time': '4 pm',
        'schedule.zone': 'Zurich',
        sender: 'me',
      },
      ...{ ownerEmail: 'student', publicUrl: 'http://notes.example.edu/x', locale: 'x', previewHours: 'two' },
      ...{
        ends: '2027-02-30',
        heartbeatUrl: 'ftp://x',
        'away.since': '2026-12-24',
        'away.until': '2026-12-01',
      },
      'away.why': '<b>',
    }
    const before = await settings()
    const response = await send(await fill({ ...wrong, ownerName: 'The student' }))
    expect(response.status).toBe(422)
    const html = await response.text()
    for (const name of Object.keys(wrong).filter((each) => !/^away\.(?:since|why)$/u.test(each))) {
      expect(html).toContain(`id="${name}-wrong"`)
      expect(html).toMatch(
        new RegExp(`id="${name}"[^>]*aria-invalid="true"[^>]*aria-describedby="${name}-wrong`, 'u'),
      )
    }
    expect(fieldsOf(html)).toMatchObject({ ...wrong, title: '', ownerName: 'The student' })
    expect(html).toContain('is no time zone like Europe/Zurich')
    expect(await settings()).toEqual(before)
    expect(await save({ previewHours: '97' })).toMatch(/^422 .*at most 96/u)
  })

  it('changed elsewhere meanwhile stay, but for what is typed anew; the same one is asked about', async () => {
    const stale = await fill({ title: 'Typed here', ownerName: 'The student' })
    await get('PATCH', '/api/settings', { course: 'Changed elsewhere', title: 'There' })
    const response = await send(stale)
    expect(response.status).toBe(409)
    const html = await response.text()
    expect(plain(html)).toContain('was changed elsewhere meanwhile: “There”. Save again to have yours.')
    expect(fieldsOf(html)).toMatchObject({
      title: 'Typed here',
      ownerName: 'The student',
      course: 'Changed elsewhere',
    })
    expect(await settings()).toMatchObject({ title: 'There', ownerName: '' })
    expect(await told(await send(fieldsOf(html)))).toBe(saved)
    const mine = { title: 'Typed here', ownerName: 'The student', course: 'Changed elsewhere' }
    expect(await settings()).toMatchObject(mine)
  })

  it('are saved once when the button is pressed twice', async () => {
    const fields = await fill({ title: 'Twice', 'away.since': '2026-12-24', 'away.why': 'once' })
    expect(await Promise.all([send(fields), send(fields)].map(async (sent) => told(await sent)))).toEqual([
      saved,
      saved,
    ])
    expect(await told(await send(fields))).toBe(saved)
    const away = [{ since: '2026-12-24', until: '2026-12-24', why: 'once' }]
    expect(await settings()).toMatchObject({ title: 'Twice', away })
  })

  it('take days away out again, and leave those that a post added meanwhile', async () => {
    await save({ 'away.since': '2026-12-24', 'away.until': '2026-12-26' })
    await save({ 'away.since': '2027-02-01' })
    const stale = await fill({})
    await get('POST', '/api/updates', { text: '#away 4 Jan to 8 Jan: exams' })
    const [first, second, third] = (await settings()).away as readonly { readonly since: string }[]
    expect([first?.since, second?.since, third?.since]).toEqual(['2026-12-24', '2027-02-01', '2027-01-04'])
    expect(await told(await send({ ...stale, 'away.gone.0': JSON.stringify(first) }))).toBe(saved)
    expect((await settings()).away).toEqual([second, third])
    expect(await told(await send({ ...stale, 'away.gone.0': JSON.stringify(first) }))).toBe(saved)
    expect((await settings()).away).toEqual([second, third])
  })

  it('show the next three cut-offs of what is typed, also where away and to the last, and save nothing', async () => {
    expect(await look('/desk/settings')).toContain(
      'Next: Fri 20 Nov 16:00 · Fri 27 Nov 16:00 · Fri 4 Dec 16:00<',
    )
    const typed = { 'schedule.weekday': 'sunday', 'schedule.time': '09:05', 'schedule.zone': 'Europe/Zurich' }
    const shown = await told(await send(await fill({ ...typed, act: 'cutOffs', title: 'Typed' })))
    expect(shown).toMatch(/^200 .*Next: Sun 22 Nov 09:05 · Sun 29 Nov 09:05 · Sun 6 Dec 09:05 Not saved yet/u)
    const more = { ...typed, 'away.since': '2026-11-29', ends: '2026-12-01', act: 'cutOffs' }
    const html = await (await send(await fill(more))).text()
    expect(plain(html)).toContain(
      'Next: Sun 22 Nov 09:05 · Sun 29 Nov 09:05 (you are away: no letter) · Sun 6 Dec 09:05 (the last letter)',
    )
    expect(fieldsOf(html)).toMatchObject({ ...typed, 'away.since': '2026-11-29', ends: '2026-12-01' })
    expect(await told(await send(await fill({ 'schedule.zone': 'Nowhere', act: 'cutOffs' })))).toMatch(
      /^422 .*is no time zone/u,
    )
    expect(await settings()).toMatchObject({
      title: 'Weeknotes',
      schedule: { weekday: 'friday', zone: 'UTC' },
      away: [],
    })
    expect(await told(await send(fieldsOf(html)))).toBe(saved)
    const { cutOff } = await get<{ cutOff: string }>('GET', '/api/digests/next')
    expect(cutOff).toBe('2026-11-22T08:05:00.000Z')
  })

  it('tell the cut-offs of what is typed as a line, or what is wrong with it, whatever else is typed', async () => {
    const line = async (over: Fields) => {
      const fields = await fill({ ...over, act: 'cutOffs' })
      return told(await sendTo('/desk/settings', fields, cookie, { headers: { Accept: 'text/plain' } }))
    }
    expect(await line({ sender: 'wrong' })).toBe(
      '200 Next: Fri 20 Nov 16:00 · Fri 27 Nov 16:00 · Fri 4 Dec 16:00 ',
    )
    expect(await line({ 'schedule.weekday': 'sunday', sender: 'wrong' })).toBe(
      '200 Next: Sun 22 Nov 16:00 · Sun 29 Nov 16:00 · Sun 6 Dec 16:00. Not saved yet. ',
    )
    expect(await line({ 'schedule.zone': 'Nowhere' })).toBe(
      '200 Time zone is no time zone like Europe/Zurich ',
    )
    expect(await line({ 'away.since': '2026-12-24', 'away.until': '2026-12-01' })).toBe(
      '200 Last day ends before it begins ',
    )
  })

  it('fill in the public address from where one is, to be saved', async () => {
    expect(await look('/desk/settings')).toContain('Filled in from where you are now, and not saved yet')
    expect((await fill({})).publicUrl).toBe(home)
    expect(await settings()).toMatchObject({ publicUrl: null })
    expect(await save({})).toBe(saved)
    expect(await settings()).toMatchObject({ publicUrl: home })
    expect(await look('/desk/settings')).not.toContain('Filled in from where you are now')
  })

  it('are the owner’s, and change by a form of ours alone', async () => {
    const { id } = await get<{ id: string }>('POST', '/api/authors', { name: 'An author' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'phone' })
    const theirs = await signIn(token)
    expect(await look('/desk/settings', theirs)).toMatch(/^403/u)
    expect((await send({ title: 'Theirs' }, theirs)).status).toBe(403)
    const headers = {
      'Content-Type': 'application/x-www-form-urlencoded',
      Origin: 'https://example.com',
      Cookie: cookie,
    }
    const foreign = await ask('POST', '/desk/settings', 'title=Foreign', { token: null, headers })
    expect(foreign.status).toBe(403)
    expect((await send({ title: 'x', was: '{"title":1}', 'away.gone.0': 'no JSON' })).status).toBe(303)
    expect(await settings()).toMatchObject({ title: 'x' })
  })
})

describe('the first steps', () => {
  /** What is done, and what is missing. */
  const steps = async () => {
    const html = await look('/desk')
    const marked = (mark: string) =>
      Object.entries(stepWords.steps).flatMap(([step, text]) =>
        html.includes(`${mark}: </span>${text}</a>`) ? [step] : [],
      )
    return { done: marked('done'), missing: marked('missing') }
  }

  it('are ticked one by one, until the first letter can go out; once it has, nothing of them shows', async () => {
    expect(await steps()).toEqual({
      done: [],
      missing: ['who', 'address', 'schedule', 'delivery', 'reader', 'update'],
    })
    await get('PATCH', '/api/settings', { ownerName: 'The student', ownerEmail: 'student@example.edu' })
    expect(await steps()).toEqual({
      done: ['who'],
      missing: ['address', 'schedule', 'delivery', 'reader', 'update'],
    })
    await save({ delivery: 'byHand' })
    await addRecipient('first@example.edu')
    expect(await steps()).toEqual({
      done: ['who', 'address', 'schedule', 'delivery', 'reader'],
      missing: ['update'],
    })
    await post('Trained the baseline')
    expect(await steps()).toEqual({ done: [], missing: [] })
    expect(await look('/desk')).toMatch(/All is there for the first letter.*href="\/desk\/preview"/su)
    await runCron(friday)
    setClock(friday)
    expect(await look('/desk')).not.toContain(stepWords.see)
  })

  it('have the schedule done by whoever saves it as it is, and by whoever says it', async () => {
    await get('PATCH', '/api/settings', { title: 'DLRM on TPUs' })
    expect((await steps()).missing).toContain('schedule')
    expect(await save({})).toBe(saved)
    expect((await steps()).done).toContain('schedule')
    expect(await settings()).toMatchObject({ schedule: { weekday: 'friday', time: '16:00', zone: 'UTC' } })
    await emptyAll()
    cookie = await signIn(owner)
    await get('PATCH', '/api/settings', { schedule: { weekday: 'monday', time: '08:00', zone: 'UTC' } })
    expect((await steps()).done).toEqual(['schedule'])
  })

  it('are hidden by a button, and there again by another', async () => {
    const hide = (hidden: string) => sendTo('/desk/first-steps', { hidden }).then(told)
    expect(fieldsOf(await look('/desk'), '/desk/first-steps')).toEqual({ hidden: 'true' })
    for (const _ of [1, 2]) expect(await hide('true')).toBe('303 /desk?did=stepsHidden')
    expect(await steps()).toEqual({ done: [], missing: [] })
    expect(fieldsOf(await look('/desk?did=stepsHidden'), '/desk/first-steps')).toEqual({ hidden: 'false' })
    expect(await hide('false')).toBe('303 /desk')
    expect((await steps()).missing).toHaveLength(6)
    const { id } = await get<{ id: string }>('POST', '/api/authors', { name: 'An author' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'phone' })
    expect((await sendTo('/desk/first-steps', { hidden: 'true' }, await signIn(token))).status).toBe(403)
  })

  it('name the key that letters by themselves need, and what lacks without it by hand', async () => {
    const page = async (key?: string) => {
      const { default: worker } = await import('../../src/index.ts')
      const { createExecutionContext } = await import('cloudflare:test')
      const request = new Request(`${home}/desk`, { headers: { Accept: 'text/html', Cookie: cookie } })
      return (
        await worker.fetch(request, { ...env, RESEND_API_KEY: key ?? '' }, createExecutionContext())
      ).text()
    }
    for (const [delivery, lacks] of [
      ['byHand', stepWords.keys.useful],
      ['direct', stepWords.keys.needed],
    ] as const) {
      await save({ sender: 'DLRM <notes@mail.example.edu>', delivery })
      expect(await page('re_test')).not.toContain('RESEND_API_KEY')
      expect(await page()).toContain(lacks)
    }
  })
})

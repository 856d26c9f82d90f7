import { beforeEach, describe, expect, it } from 'vitest'
import {
  addRecipient,
  ask,
  day,
  friday,
  get,
  minute,
  monday,
  owner,
  runCron,
  setClock,
  setUp,
} from '../world.ts'
import { signIn, told, visitor } from './desk.ts'

type Milestone = {
  readonly id: string
  readonly title: string
  readonly due: string
  readonly inside: boolean
  readonly state: string
  readonly revisions: readonly { readonly oldDue: string; readonly newDue: string; readonly reason: string }[]
}

const here = '/desk/milestones'
let cookie = ''
const { look, send } = visitor(() => cookie)

async function list(): Promise<readonly Milestone[]> {
  return (await get<{ milestones: readonly Milestone[] }>('GET', '/api/milestones')).milestones
}

const add = (title: string, due: string, more = {}) => send(here, { title, due, ...more })

async function added(title: string, due: string, inside = false): Promise<Milestone> {
  return get<Milestone>('POST', '/api/milestones', { title, due, inside })
}

const seen = ({ title, due, state, inside }: Milestone) => `${due} ${state} ${inside} ${title}`

function change(milestone: Milestone, fields: Readonly<Record<string, string>>): Promise<Response> {
  const { title, due } = milestone
  const form = { title, due, reason: '', seen: seen(milestone), inside: String(milestone.inside) }
  return send(`${here}/${milestone.id}`, { ...form, ...fields })
}

beforeEach(async () => {
  setClock(monday)
  await setUp()
  cookie = await signIn(owner)
})

describe('a milestone at the desk', () => {
  it('is added once, however often its form is sent, also at once', async () => {
    const both = await Promise.all([add(' Baselines run ', '2026-12-04'), add('Baselines run', '2026-12-04')])
    const [made] = await list()
    for (const response of both)
      expect(await told(response)).toBe(`303 ${here}?did=milestoneAdded#${made?.id}`)
    expect(await list()).toMatchObject([{ title: 'Baselines run', due: '2026-12-04', revisions: [] }])
    expect(await told(await add('baselines run', '2026-12-05'))).toMatch(
      /^409 .*another milestone has this title/u,
    )
  })

  it('keeps what was typed beside what is wrong with it', async () => {
    const html = await (await add('Baselines <run>', '2026-02-30')).text()
    expect(html).toContain('value="Baselines &lt;run&gt;"')
    expect(html).toMatch(/id="due-new-wrong">is no day of the calendar/u)
    expect(await list()).toEqual([])
  })

  it('is moved with a reason, and shows old → new with the reason and the day', async () => {
    const milestone = await added('Baselines run', '2026-12-04')
    setClock(monday + day)
    const moved = { due: '2026-12-11', reason: 'the quota came late' }
    const answers = [await change(milestone, moved), await change(milestone, moved)]
    for (const response of answers)
      expect(await told(response)).toBe(`303 ${here}?did=milestoneChanged#${milestone.id}`)
    expect((await list())[0]?.revisions).toMatchObject([
      { oldDue: '2026-12-04', newDue: '2026-12-11', reason: 'the quota came late' },
    ])
    expect(await look(here)).toContain('Moved 17 Nov: Fri 4 Dec → Fri 11 Dec – the quota came late')
  })

  it('takes no reason for a day that stays, and says so', async () => {
    const milestone = await added('Baselines run', '2026-12-04')
    const response = await change(milestone, { reason: 'because', title: 'All baselines' })
    expect(response.status).toBe(422)
    const html = await response.text()
    expect(html).toMatch(/id="reason-[^"]*-wrong">belongs to a new day/u)
    expect(html).toContain('value="because"')
    expect(html).toContain('value="All baselines"')
    expect(await list()).toMatchObject([{ title: 'Baselines run' }])
  })

  it('is met, dropped and opened again by a button', async () => {
    const { id } = await added('Baselines run', '2026-12-04')
    for (const [state, did] of [
      ['met', 'milestoneMet'],
      ['open', 'milestoneOpen'],
      ['dropped', 'milestoneDropped'],
    ] as const) {
      const [now] = await list()
      const fields = { state, seen: now === undefined ? '' : seen(now) }
      for (const _ of ['once', 'twice'])
        expect(await told(await send(`${here}/${id}`, fields))).toBe(`303 ${here}?did=${did}#${id}`)
      expect(await list()).toMatchObject([{ state }])
    }
  })

  it('is not changed by a page that does not know what it is now', async () => {
    const milestone = await added('Baselines run', '2026-12-04')
    await get('PATCH', `/api/milestones/${milestone.id}`, { due: '2026-12-09' })
    const old = { state: 'met', seen: seen(milestone) }
    expect(await told(await send(`${here}/${milestone.id}`, old))).toMatch(
      /^409 .*changed meanwhile, and nothing was saved/u,
    )
    const response = await change(milestone, { title: 'All baselines' })
    expect(response.status).toBe(409)
    expect(await response.text()).toContain('value="All baselines"')
    expect(await list()).toMatchObject([{ title: 'Baselines run', state: 'open', due: '2026-12-09' }])
  })

  it('is changed by one of two tabs that save at once, and the other keeps what was typed', async () => {
    const milestone = await added('Baselines run', '2026-12-04')
    const both = await Promise.all([
      change(milestone, { title: 'All baselines', due: '2026-12-11', reason: 'the quota came late' }),
      change(milestone, { title: 'Three baselines', due: '2026-12-18', reason: 'the loader was broken' }),
    ])
    const refused = both.find(({ status }) => status === 409)
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409])
    const all = await list()
    expect(all).toMatchObject([{ id: milestone.id, revisions: [{ oldDue: '2026-12-04' }] }])
    const lost = all[0]?.title === 'All baselines' ? 'Three baselines' : 'All baselines'
    expect(await refused?.text()).toContain(`value="${lost}"`)
  })

  it('is changed once by a form that is sent twice at once', async () => {
    const milestone = await added('Baselines run', '2026-12-04')
    const moved = { due: '2026-12-11', reason: 'the quota came late' }
    for (const response of await Promise.all([change(milestone, moved), change(milestone, moved)]))
      expect(await told(response)).toBe(`303 ${here}?did=milestoneChanged#${milestone.id}`)
    expect(await list()).toMatchObject([{ revisions: [{ newDue: '2026-12-11' }] }])
  })

  it('speaks of circles only where two are in use, and keeps its own where one is', async () => {
    const milestone = await added('Pilot', '2026-12-04', true)
    await addRecipient('professor@example.edu')
    expect(await look(here)).not.toContain('inner circle only')
    await change(milestone, { title: 'The pilot' })
    expect(await list()).toMatchObject([{ title: 'The pilot', inside: true }])
    await addRecipient('team@example.com', 'outer')
    expect(await look(here)).toContain('inner circle only')
    const { id, due } = milestone
    const unticked = { title: 'The pilot', due, seen: `${due} open true The pilot` }
    await send(`${here}/${id}`, unticked)
    expect(await list()).toMatchObject([{ inside: false }])
  })

  it('is deleted; one that a letter has told of stays as dropped, and the answer says which', async () => {
    const told1 = await added('Told', '2026-12-04')
    const untold = await added('Untold', '2026-12-05')
    await addRecipient('professor@example.edu')
    await get('PATCH', `/api/milestones/${told1.id}`, { due: '2026-12-11', reason: 'the quota' })
    setClock(friday)
    await runCron(friday)
    setClock(friday + minute)
    const remove = async (id: string) => told(await send(`${here}/${id}/deleted`, {}))
    expect(await remove(told1.id)).toBe(`303 ${here}?did=milestoneKept#${told1.id}`)
    expect(await remove(untold.id)).toBe(`303 ${here}?did=milestoneRemoved`)
    expect(await remove(untold.id)).toBe(`303 ${here}?did=milestoneGone`)
    expect(await list()).toMatchObject([{ title: 'Told', state: 'dropped' }])
  })

  it('is the owner’s: an author’s session is refused, and changes nothing', async () => {
    const { id } = await get('POST', '/api/authors', { name: 'Second author' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'phone' })
    const author = await signIn(token)
    expect(await look(here, author)).toMatch(/^403/u)
    expect((await send(here, { title: 'Mine', due: '2026-12-04' }, author)).status).toBe(403)
    expect((await ask('GET', here, undefined, { token: null })).status).toBe(401)
    expect(await list()).toEqual([])
  })
})

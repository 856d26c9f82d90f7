import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
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
  setClock,
  setUp,
  tickAt,
} from '../world.ts'

const thursday = friday - day
const desk = 'https://notes.example.edu/desk'

const told = (kind: 'preview' | 'nudge') => resend.sent.filter(({ tags }) => tags.notice === kind)
const letters = () => resend.sent.filter(({ tags }) => tags.digest !== undefined)

async function tickEvery(step: number, since: number, until: number) {
  for (let now = since; now <= until; now += step) {
    setClock(now)
    await tickAt(now)
  }
}

/** A run at `now`, the clock with it. */
const tickOn = (now: number) => tickEvery(minute, now, now)

const set = (settings: object) => get('PATCH', '/api/settings', settings)

type Document = { readonly circle: string; readonly subject: string; readonly html: string }

beforeEach(async () => {
  setClock(monday)
  await setUp()
  await addRecipient('professor@example.edu')
})

describe('a preview', () => {
  it('comes to the owner alone, 24 hours before the cut-off, once', async () => {
    await post('One')
    await post('Two')
    await tickEvery(hour, monday, thursday - hour / 2)
    await tickOn(thursday - minute)
    expect(resend.sent).toEqual([])
    await tickEvery(hour / 2, thursday, friday - 5 * minute)
    expect(resend.sent).toHaveLength(1)
    expect(told('preview')[0]).toMatchObject({
      to: ['student@example.edu'],
      subject: 'Letter 1 goes out Fri 16:00 (DLRM on TPUs)',
    })
  })

  it('is the very letter that closing sends, in both parts and circles, if nothing changes', async () => {
    await addRecipient('team@example.com', 'outer')
    await post('#ask @professor Which day suits? due 24 Nov')
    await post('#result auc=0.7889 baseline 0.781, `batch=8` **bold**')
    await post('#inside Only for us')
    await post('#next Write chapter two\n\nA long one, with more to say.')
    await post('#summary A good week & a <short> one')
    await tickOn(thursday)
    const [preview] = told('preview')
    await tickOn(friday)
    expect(letters()).toHaveLength(2)
    const { documents } = await get<{ documents: (Document & { markdown: string })[] }>(
      'GET',
      '/api/digests/2026-11-20',
    )
    expect(documents).toHaveLength(2)
    let place = 0
    for (const { circle, subject, html, markdown } of documents) {
      const letter = letters().find(({ subject: sent, to }) => {
        return sent === subject && to[0]?.endsWith(circle === 'inner' ? '.edu' : '.com')
      })
      expect(letter?.html).toContain(html)
      expect(letter?.text).toContain(markdown.trimEnd())
      expect(preview?.html).toContain(html)
      expect(preview?.text).toContain(markdown.trimEnd())
      const named = preview?.html.indexOf(`To the ${circle} circle`, place) ?? -1
      expect(named).toBeGreaterThan(place)
      place = named
    }
    const outer = preview?.html.slice(preview.html.indexOf('To the outer circle'))
    expect(outer).not.toContain('Only for us')
  })

  it('links what a letter leaves to its page to the desk, since it has no page yet', async () => {
    for (let i = 0; i < 30; i++) await post(`Paragraph ${i}\n\n${'words and more words '.repeat(20)}`)
    await tickOn(thursday)
    const [preview] = told('preview')
    expect(preview?.html).toContain(`href="${desk}/preview#`)
    expect(preview?.text).toContain(`](${desk}/preview#`)
    await tickOn(friday)
    const body = (html: string) => /<h1[\s\S]*<\/ul>/u.exec(html)?.[0].replaceAll(/https:[^"#]+/gu, '')
    expect(body(preview?.html ?? '')).toContain('Paragraph 29')
    expect(body(preview?.html ?? '')).toBe(body(letters()[0]?.html ?? ''))
  })

  it('has come when the answer to a post says that the letter goes out', async () => {
    const say = async (text: string) =>
      (await ask('POST', '/api/updates', { text }, { headers: { Accept: 'text/plain' } })).text()
    setClock(thursday - minute)
    expect(await say('One')).toContain(', out Fri 16:00')
    await tickOn(thursday)
    expect(told('preview')).toHaveLength(1)
    expect(await say('Two')).toContain(', goes out Fri 16:00')
    setClock(friday - hour)
    expect(await say('Three')).toContain(', goes out today 16:00')
  })

  it('says what the letter lacks, and where to change, hold and send it', async () => {
    await post('#next Write chapter two')
    await get('POST', '/api/digests', { number: 1 })
    const next = friday + 7 * day
    setClock(next - 2 * day)
    await post('Something else')
    const { warnings } = await get<{ warnings: string[] }>('GET', '/api/digests/next')
    expect(warnings.join()).toContain('plan 1')
    resend.reset()
    await tickOn(next - day)
    const [preview] = told('preview')
    expect(preview?.subject).toBe('Letter 2 goes out Fri 16:00 (DLRM on TPUs)')
    for (const warning of warnings) expect(preview?.html).toContain(warning)
    expect(preview?.text).toContain(`Change something: ${desk}\n\nHold it, or send it now: ${desk}/preview\n`)
    expect(preview?.html).toContain(`href="${desk}"`)
    expect(preview?.html).toContain(`href="${desk}/preview"`)
    expect(preview?.html).not.toContain('circle')
  })

  it('of a silent week says that it passes, then that a note goes out', async () => {
    await tickOn(thursday)
    expect(told('preview')[0]).toMatchObject({
      subject: 'No letter goes out Fri 16:00 (DLRM on TPUs)',
      text: expect.stringMatching(
        /^There is nothing new to tell yet for letter 1\..*\n\nAfter a second week .*\n\nPost something: \S+\/write\n$/u,
      ),
    })
    await tickOn(friday)
    expect(letters()).toEqual([])
    await tickOn(thursday + 7 * day)
    expect(told('preview')[1]).toMatchObject({ subject: 'Letter 1 goes out Fri 16:00 (DLRM on TPUs)' })
    expect(told('preview')[1]?.text).toContain('Nothing to report this week.')
    await tickOn(friday + 7 * day)
    expect(letters()).toHaveLength(1)
  })

  it('says that the letter comes by hand, and that one cannot go out', async () => {
    await post('One')
    await set({ delivery: 'byHand' })
    await tickOn(thursday)
    expect(told('preview')[0]?.subject).toBe('Letter 1 comes to you Fri 16:00, to forward (DLRM on TPUs)')
    await set({
      delivery: 'direct',
      sender: null,
      schedule: { weekday: 'friday', time: '17:00', zone: 'UTC' },
    })
    await tickOn(thursday + hour)
    expect(told('preview')[1]?.subject).toBe('Letter 1 cannot go out Fri 17:00 (DLRM on TPUs)')
    expect(told('preview')[1]?.text).toContain('- No sender is set')
  })

  it.each([
    ['previews are off', { previewHours: 0 }],
    ['the owner is away that day', { away: [{ since: '2026-11-19', until: '2026-11-21', why: '' }] }],
    ['no mail reaches the owner', { ownerEmail: null }],
    ['it is not known where the desk is', { publicUrl: null }],
  ])('does not come while %s, and comes at once when that changes', async (_, settings) => {
    await post('One')
    await set(settings)
    await tickEvery(6 * hour, thursday, thursday + 12 * hour)
    expect(told('preview')).toEqual([])
    expect(await env.DB.prepare('SELECT count(*) FROM notices').first('count(*)')).toBe(0)
    await set({ previewHours: 24, away: [] })
    await setUp()
    await tickOn(thursday + 13 * hour)
    await tickOn(thursday + 14 * hour)
    expect(told('preview')).toHaveLength(1)
  })

  it('does not come while the period is held, and comes once that is lifted', async () => {
    await post('One')
    await get('PUT', '/api/digests/next/hold', { number: 1 })
    await tickEvery(hour, thursday, thursday + 4 * hour)
    expect(told('preview')).toEqual([])
    await ask('DELETE', '/api/digests/next/hold', { number: 1 })
    await tickEvery(hour, thursday + 5 * hour, friday)
    expect(told('preview')).toHaveLength(1)
    expect(letters()).toHaveLength(1)
  })

  it('comes again for another cut-off, and only for another', async () => {
    await post('One')
    await tickOn(thursday)
    await set({ about: 'Something else' })
    await tickOn(thursday + hour)
    expect(told('preview')).toHaveLength(1)
    await set({ schedule: { weekday: 'sunday', time: '16:00', zone: 'UTC' } })
    await tickEvery(hour, thursday + 2 * hour, friday + 2 * day - hour)
    expect(told('preview').map(({ subject }) => subject)).toEqual([
      'Letter 1 goes out Fri 16:00 (DLRM on TPUs)',
      'Letter 1 goes out Sun 16:00 (DLRM on TPUs)',
    ])
  })

  it('does not come after the last letter', async () => {
    await set({ ends: '2026-11-20' })
    await post('One')
    await tickEvery(6 * hour, thursday, friday)
    expect(letters()).toHaveLength(1)
    await post('Two')
    await tickEvery(6 * hour, friday + hour, friday + 7 * day)
    expect(told('preview')).toHaveLength(1)
    expect(told('nudge')).toEqual([])
  })
})

describe('a preview that could not go out', () => {
  beforeEach(async () => {
    await post('One')
    resend.fault(({ tags }) => (tags.notice === 'preview' ? { status: 503 } : undefined))
    await tickOn(thursday)
    resend.fault()
  })

  const states = async () =>
    (await env.DB.prepare("SELECT state, html FROM notices WHERE kind = 'preview'").all()).results

  it('comes as soon as it can', async () => {
    await tickOn(thursday + 5 * minute)
    expect(told('preview')).toHaveLength(1)
  })

  it.each([
    ['the schedule', () => tickOn(friday)],
    ['the owner', () => get('POST', '/api/digests', { number: 1 })],
  ])('does not come once %s has closed the period', async (_, close) => {
    await close()
    await tickEvery(hour, Date.now() + 5 * minute, friday + 2 * hour)
    expect(letters()).toHaveLength(1)
    expect(told('preview').map(({ subject }) => subject)).toEqual([])
    expect(await states()).toEqual([{ state: 'uncertain', html: '' }]) // its answer was no proof
  })

  it('does not come once the period is held', async () => {
    await get('PUT', '/api/digests/next/hold', { number: 1 })
    await tickOn(thursday + hour)
    expect(told('preview')).toEqual([])
  })
})

describe('what waits while the provider is busy', () => {
  const busy = { status: 429, name: 'rate_limit_exceeded', headers: { 'retry-after': '60' } }
  const edit = (id: string, body: object) => get('PATCH', `/api/updates/${id}`, body)

  /** A run that the provider answers so, of the preview of one update; gives its id. */
  const tryAt = async (now: number, fault: Parameters<typeof resend.fault>[0]) => {
    const id = await post('One')
    resend.fault(fault)
    await tickOn(now)
    resend.fault()
    expect(resend.sent).toEqual([])
    return id
  }

  it('is the very letter again, with what was edited and without what was made private', async () => {
    const secret = await post('Not for them')
    const id = await tryAt(thursday, () => busy)
    await edit(id, { text: 'One, mended' })
    await edit(secret, { text: '#private Not for them' })
    await tickOn(thursday + 5 * minute)
    await tickOn(thursday + 10 * minute)
    expect(told('preview')).toHaveLength(1)
    expect(told('preview')[0]?.text).toContain('- One, mended\n')
    expect(told('preview')[0]?.text).not.toContain('Not for them')
    await tickOn(friday)
    expect(told('preview')[0]?.html).toContain(/<h2[\s\S]*<\/ul>/u.exec(letters()[0]?.html ?? '')?.[0])
  })

  it('says what goes out by then, and nothing while nothing does', async () => {
    const id = await tryAt(thursday, () => busy)
    await set({ away: [{ since: '2026-11-20', until: '2026-11-20', why: '' }] })
    await tickOn(thursday + 5 * minute)
    expect(told('preview')).toEqual([])
    await set({ away: [] })
    await get('DELETE', `/api/updates/${id}`)
    await tickOn(thursday + 10 * minute)
    expect(told('preview').map(({ subject }) => subject)).toEqual([
      'No letter goes out Fri 16:00 (DLRM on TPUs)',
    ])
  })

  it('is repeated as it was if the provider may have taken it', async () => {
    const id = await tryAt(thursday, () => ({ status: 503 }))
    await edit(id, { text: 'One, mended' })
    await tickOn(thursday + 5 * minute)
    expect(told('preview')).toHaveLength(1)
    expect(told('preview')[0]?.text).toContain('- One\n')
  })

  it('is no nudge any more once two posts came', async () => {
    await tryAt(friday - 3 * day, () => busy)
    await post('Two')
    await tickOn(friday - 3 * day + 5 * minute)
    expect(told('nudge')).toEqual([])
  })
})

describe('a nudge', () => {
  const tuesday = friday - 3 * day

  it('comes to the owner alone when nothing came by three days before, once', async () => {
    await tickEvery(hour / 2, monday, thursday - hour)
    expect(resend.sent).toHaveLength(1)
    expect(told('nudge')[0]).toMatchObject({
      to: ['student@example.edu'],
      subject: 'Nothing for letter 1 so far (DLRM on TPUs)',
      text: expect.stringMatching(/\n\nPost something: https:\/\/notes\.example\.edu\/write\n$/u),
    })
  })

  it('counts posts, not what they hold, and no private ones', async () => {
    await post('#done One\n#done Two\n#next Three')
    await post('#private Not for the letter')
    await tickOn(tuesday)
    expect(told('nudge')[0]?.subject).toBe('One post for letter 1 so far (DLRM on TPUs)')
  })

  it('does not come once two posts came, if only to say what came of plans', async () => {
    await post('#next One')
    await post('#next Two')
    await get('POST', '/api/digests', { number: 1 })
    setClock(friday + 4 * day - hour)
    await get('POST', '/api/updates', { text: '1 met', split: true })
    await get('POST', '/api/updates', { text: '2 not, no quota', split: true })
    await tickOn(friday + 4 * day)
    expect(told('nudge')).toEqual([])
  })

  it.each([
    ['nudges are off', { nudgeDays: 0 }],
    ['the owner is away at the cut-off', { away: [{ since: '2026-11-20', until: '2026-11-20', why: '' }] }],
    ['nothing could go out', { sender: null, delivery: 'direct' }],
  ])('does not come while %s', async (_, settings) => {
    await set(settings)
    await tickEvery(hour, tuesday, thursday - hour)
    expect(resend.sent).toEqual([])
  })

  it('does not come for a period that began later, or to whom it would come late', async () => {
    await set({ schedule: { weekday: 'tuesday', time: '16:00', zone: 'UTC' } })
    await tickEvery(hour, monday + hour, tuesday - hour)
    expect(told('nudge')).toEqual([])
    await set({ schedule: { weekday: 'friday', time: '16:00', zone: 'UTC' } })
    await tickOn(tuesday + day + hour)
    expect(told('nudge')).toEqual([])
  })

  it('does not come beside the preview', async () => {
    await set({ nudgeDays: 1 })
    await tickEvery(hour, tuesday, friday - hour)
    expect(told('nudge')).toEqual([])
    expect(told('preview')).toHaveLength(1)
  })
})

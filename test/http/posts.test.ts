import { beforeEach, describe, expect, it } from 'vitest'
import {
  addRecipient,
  ask,
  friday,
  get,
  hour,
  minute,
  monday,
  owner,
  post,
  runCron,
  setClock,
  setUp,
} from '../world.ts'
import { signIn } from './desk.ts'

/** As a phone posts: text, and a line for an answer. */
async function say(text: string, more: { token?: string; key?: string } = {}): Promise<string> {
  const headers = {
    'Content-Type': 'text/plain; charset=utf-8',
    Accept: 'text/plain',
    ...(more.key === undefined ? {} : { 'Idempotency-Key': more.key }),
  }
  const response = await ask('POST', '/api/updates', text, {
    headers,
    ...(more.token === undefined ? {} : { token: more.token }),
  })
  return `${response.status} ${(await response.text()).trim()}`
}

type Listed = { updates: { id: string; kind: string; text: string; inside: boolean; fields: object }[] }

const all = async () => (await get<Listed>('GET', '/api/updates')).updates

const briefly = async () => (await all()).map(({ kind, text }) => `${kind}: ${text}`)

async function closeAt(cutOff: number): Promise<void> {
  setClock(cutOff)
  await runCron(cutOff)
  setClock(cutOff + minute)
}

async function newAuthor(): Promise<string> {
  const { id } = await get<{ id: string }>('POST', '/api/authors', { name: 'A labmate' })
  return (await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'phone' })).token
}

beforeEach(async () => {
  setClock(monday)
  await setUp()
  const id = await addRecipient('professor@example.edu')
  await get('PATCH', `/api/recipients/${id}`, { name: 'Professor', handle: 'prof' })
})

describe('a post', () => {
  it('of several updates makes them all, and says so in one line', async () => {
    expect(
      await say('#done the loader\n#ask @prof can we meet? due 24 Nov\n#next\n- the baseline\n- the plots'),
    ).toBe('201 4 noted: done, ask → Professor, 2 plans · 4 this week, out Fri 16:00')
    expect((await briefly()).sort()).toEqual(
      [
        'ask: @prof can we meet? due 24 Nov',
        'done: the loader',
        'next: the baseline',
        'next: the plots',
      ].sort(),
    )
  })

  it('answers in JSON with all its updates', async () => {
    const form = new URLSearchParams({ text: '#done one\n#done two' }).toString()
    const response = await ask('POST', '/api/updates', form, {
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    })
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({ updates: [{ text: 'one' }, { text: 'two' }] })
  })

  it('of a program stays one unless it asks to be split', async () => {
    await post('#done one\n#next two')
    expect(await briefly()).toEqual(['done: one\n#next two'])
    await get('POST', '/api/updates', { text: '#done three\n#next four', split: true })
    expect(await briefly()).toHaveLength(3)
  })

  it('knows whom it asks, until when, and how to reach them sooner', async () => {
    expect(await say('#ask @prof may I use the Kaggle split? due Wednesday')).toBe(
      '201 Ask → Professor, due Wed 18 Nov: “@prof may I use the Kaggle split? due…” · ' +
        'due before the letter is read: mailto:professor@example.edu · 1 this week, out Fri 16:00',
    )
    const [update] = await all()
    expect(update?.fields).toMatchObject({ due: '2026-11-18', to: [expect.any(String)] })
    expect(await say('#ask @anna who are you?')).toContain('@anna is nobody here')
  })

  it('reads the numbers of a result, and knows the metric from then on', async () => {
    expect(await say('#resutl auc=0.788 baseline .781')).toBe(
      '201 Result: auc 0.788 vs .781 (+0.007) (read “#resutl”) · 1 this week, out Fri 16:00',
    )
    expect(await say('AUC 0.791 after the fix')).toContain('201 Result: AUC 0.791')
  })

  it('of fifty updates is stored within what a run may ask', async () => {
    const text = Array.from({ length: 50 }, (_, i) => `#done thing ${i} @prof due Friday`).join('\n')
    expect(await say(text)).toContain('201 50 noted: 50 done')
    const settling = Array.from({ length: 12 }, (_, i) => `#milestone Thing ${i} due 5 Dec`).join('\n')
    expect((await say(settling)).slice(0, 3)).toBe('200')
    expect(await say(`${settling}\n#status on track`)).toMatch(/^201 Done: “/u)
  })

  it('is stored once however often its key comes, and tells the same', async () => {
    const first = await say('#done one\n#next two', { key: 'k1' })
    expect(await say('#done one\n#next two', { key: 'k1' })).toBe(first)
    expect(await all()).toHaveLength(2)
  })
})

describe('what came of the plans', () => {
  it('is said by their numbers in the last letter, and stands in the next', async () => {
    await say('#next\n- run the baseline\n- write the section')
    await closeAt(friday)
    expect(await say('1 met\n2 partly, quota came only Thursday')).toBe(
      '200 Plan 1 “run the baseline”: met · Plan 2 “write the section”: partly · 0 this week, out Fri 27 Nov 16:00',
    )
    expect(await say('5 met')).toContain('no plan 5 in the last letter, only 1 to 2: kept as an update')
    const next = await get<{ documents: { markdown: string }[] }>('GET', '/api/digests/next')
    expect(next.documents[0]?.markdown).toContain('**✓ met:** run the baseline')
    expect(next.documents[0]?.markdown).toContain(
      '**◐ partly:** write the section – quota came only Thursday',
    )
  })

  it('makes a letter by itself, once', async () => {
    await say('#next run the baseline')
    await closeAt(friday)
    await say('1 met')
    await closeAt(friday + 7 * 24 * hour)
    const { digests } = await get<{ digests: { number: number }[] }>('GET', '/api/digests')
    expect(digests.map(({ number }) => number)).toEqual([2, 1])
    await say('#done something else')
    const next = await get<{ documents: { markdown: string }[] }>('GET', '/api/digests/next')
    expect(next.documents[0]?.markdown).not.toContain('run the baseline')
  })

  it('is said of one’s own plans alone', async () => {
    const labmate = await newAuthor()
    await say('#next run the baseline')
    await closeAt(friday)
    expect(await say('1 met', { token: labmate })).toMatch(
      /^201 Done: “1 met” · no plan 1 of yours in the last letter: kept as an update/u,
    )
  })
})

describe('an open ask or blocker', () => {
  it('is closed by the words that it alone holds', async () => {
    await say('#ask @prof can we use the Kaggle split?')
    await say('#blocked no TPU quota')
    expect(await say('#answered kaggle split: yes, cite it')).toMatch(
      /^200 Answered: “@prof can we use the Kaggle split\?”/u,
    )
    expect(await say('#solved tpu quota')).toMatch(/^200 Solved: “no TPU quota”/u)
    expect(await say('#solved tpu quota again')).toContain('nothing open holds “tpu quota again”')
  })

  it('stays open where several hold them', async () => {
    await say('#blocked no TPU quota')
    await say('#blocked no disk quota')
    expect(await say('#solved quota')).toContain('“quota” fits')
  })
})

describe('a command', () => {
  it('makes and moves a milestone, with its reason', async () => {
    expect(await say('#milestone Baselines run due 5 Dec')).toMatch(
      /^200 Milestone “Baselines run”: due Sat 5 Dec/u,
    )
    await say('#milestone Baselines run due 12 Dec because the quota came late')
    const { milestones } = await get<{ milestones: object[] }>('GET', '/api/milestones')
    expect(milestones).toMatchObject([
      {
        title: 'Baselines run',
        due: '2026-12-12',
        revisions: [{ oldDue: '2026-12-05', newDue: '2026-12-12', reason: 'the quota came late' }],
      },
    ])
  })

  it('moves a milestone again within the hour: told as one move, in letter, archive and report', async () => {
    await say('#milestone Baselines run due 5 Dec')
    setClock(monday + 2 * hour)
    await say('#milestone Baselines run due 21 Dec because the quota came late')
    await say('#milestone Baselines run due 12 Dec')
    setClock(monday + 4 * hour)
    const { milestones } = await get<{ milestones: { revisions: object[] }[] }>('GET', '/api/milestones')
    expect(milestones[0]?.revisions).toHaveLength(2)
    const told = 'Sat 5 Dec → Sat 12 Dec – the quota came late'
    const next = await get<{ documents: { markdown: string }[] }>('GET', '/api/digests/next')
    expect(next.documents[0]?.markdown).toContain(`Baselines run, ${told}`)
    const { markdown } = await get<{ markdown: string }>('POST', '/api/reports', {})
    expect(markdown).toContain(`Baselines run: ${told}`)
    await closeAt(friday)
    const cookie = await signIn(owner)
    const archive = await ask('GET', '/archive/milestones', undefined, { headers: { Cookie: cookie } })
    const page = await archive.text()
    expect(page).toContain(told)
    expect(page).not.toContain('21 Dec')
    await say('#milestone Baselines run due 14 Dec')
    const later = await get<{ documents: { markdown: string }[] }>('GET', '/api/digests/next')
    expect(later.documents[0]?.markdown).toContain('Baselines run, Sat 12 Dec → Mon 14 Dec')
  })

  it('sets summary, status and days away', async () => {
    await say('#summary A good week.')
    await say('#status at risk: no quota')
    expect(await say('#away sick till Wed')).toMatch(/^200 Away Mon 16 Nov to Wed 18 Nov/u)
    expect(await get('GET', '/api/digests/next')).toMatchObject({
      summary: { text: 'A good week.' },
      status: { status: 'atRisk', reason: 'no quota' },
    })
    expect(await get('GET', '/api/settings')).toMatchObject({
      away: [{ since: '2026-11-16', until: '2026-11-18', why: 'sick' }],
    })
  })

  it('that is the owner’s is an update of anybody else', async () => {
    const labmate = await newAuthor()
    expect(await say('#summary A good week.', { token: labmate })).toContain('“#summary” is the owner’s')
    expect(await get('GET', '/api/digests/next')).toMatchObject({ summary: null })
  })

  it('that is not understood is kept as an update', async () => {
    expect(await say('#status fine I guess')).toContain(
      '“#status” was not understood, say “on track”, “at risk” or “off track”: kept as an update',
    )
    expect(await briefly()).toEqual(['done: status: fine I guess'])
  })
})

describe('second thoughts', () => {
  it('take back the latest post whole, once', async () => {
    await say('#done one')
    await say('#done two\n#next three')
    expect(await say('undo', { key: 'u1' })).toMatch(/^200 Taken back: “two”/u)
    expect(await briefly()).toEqual(['done: one'])
    expect(await say('undo', { key: 'u1' })).toMatch(/^200 Taken back: “two”/u)
    expect(await briefly()).toEqual(['done: one'])
  })

  it('twice within ten minutes are one, where no key tells them apart', async () => {
    await say('#done one')
    await say('#done two')
    await say('undo')
    expect(await say('undo')).toMatch(/^200 Already noted\. Taken back: “two”/u)
    expect(await briefly()).toEqual(['done: one'])
  })

  it('put back what the post replaced', async () => {
    await say('#next run the baseline')
    await say('#summary The first.')
    await closeAt(friday)
    await say('#summary A good week.')
    await say('1 partly')
    await say('#summary A better week.')
    await say('undo')
    expect(await get('GET', '/api/digests/next')).toMatchObject({ summary: { text: 'A good week.' } })
    await say('1 met, after all')
    await say('Undo.')
    const [plan] = (await all()).filter(({ kind }) => kind === 'next')
    expect(await get('GET', `/api/updates/${plan?.id}`)).toMatchObject({ outcome: { outcome: 'partly' } })
  })

  it('undo a milestone that was made, and the move of one', async () => {
    await say('#milestone Baselines run due 5 Dec')
    await say('#milestone Baselines run due 12 Dec')
    await say('undo')
    expect(await get('GET', '/api/milestones')).toMatchObject({
      milestones: [{ due: '2026-12-05', revisions: [] }],
    })
  })

  it('file the latest post anew, and never make it public', async () => {
    await say('one more run')
    expect(await say('#next')).toMatch(/^200 Filed as plan/u)
    expect(await briefly()).toEqual(['next: one more run'])
    expect(await say('#private')).toMatch(/^200 Filed as private note/u)
    expect((await say('#done')).slice(0, 3)).toBe('422')
    expect(await briefly()).toEqual(['private: one more run'])
  })

  it('come too late for what stands in a letter', async () => {
    setClock(friday - minute)
    await say('#done one')
    await closeAt(friday)
    expect(await say('undo')).toMatch(/^422 .*comes too late/u)
    expect(await briefly()).toEqual(['done: one'])
  })

  it('come too late after an hour, and touch nobody else’s post', async () => {
    const labmate = await newAuthor()
    await say('#done one')
    expect((await say('undo', { token: labmate })).slice(0, 3)).toBe('422')
    setClock(monday + hour + 1)
    expect((await say('undo')).slice(0, 3)).toBe('422')
    expect(await briefly()).toEqual(['done: one'])
  })
})

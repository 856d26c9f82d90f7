import { env } from 'cloudflare:workers'
import { Marked } from 'marked'
import { beforeEach, describe, expect, it } from 'vitest'
import { strictDb } from '../strict-db.ts'
import {
  addRecipient,
  ask,
  day,
  emptyAll,
  friday,
  get,
  hour,
  minute,
  monday,
  post,
  runCron,
  setClock,
  setUp,
} from '../world.ts'
import { exportAll, linesOf, moveHouse, send, written } from './parts.ts'

type Point = { readonly id: string; readonly text: string; readonly ticked: boolean }
type Report = {
  readonly id: string
  readonly since: string
  readonly until: string
  readonly circle: string
  readonly changedAt: string
  readonly title: string
  readonly headings: readonly {
    readonly heading: string
    readonly paragraph: string
    readonly points: readonly Point[]
  }[]
  readonly warnings: readonly string[]
  readonly markdown: string
}

const make = (body: object = {}) => get<Report>('POST', '/api/reports', body)
const read = (id: string) => get<Report>('GET', `/api/reports/${id}`)
const put = (id: string, body: object) =>
  get<Report>('PUT', `/api/reports/${id}`, { paragraphs: {}, ticks: {}, ...body })
const iso = (instant: number) => new Date(instant).toISOString()

const pointsUnder = (report: Report, heading: string) =>
  report.headings.find((each) => each.heading === heading)?.points ?? []
const textsUnder = (report: Report, heading: string) => pointsUnder(report, heading).map(({ text }) => text)

async function closeAt(cutOff: number): Promise<void> {
  setClock(cutOff)
  await runCron(cutOff)
  setClock(cutOff + minute)
}

const addMilestone = (body: object) => get<{ id: string }>('POST', '/api/milestones', body)

beforeEach(async () => {
  setClock(monday)
  await setUp()
  await addRecipient('professor@example.edu')
})

describe('a report', () => {
  it('reads well', async () => {
    await get('PATCH', '/api/settings', {
      course: 'CSE 599: Systems for ML',
      homepage: 'https://student.example.edu/dlrm',
    })
    const baselines = await addMilestone({ title: 'Baselines run', due: '2026-11-20' })
    await addMilestone({ title: 'Related work', due: '2026-11-24' })
    const draft = await addMilestone({ title: 'Draft of the paper', due: '2026-12-05' })
    await post('#meeting Agreed to train on Criteo Kaggle first')
    const plan = await post('#next Run the baseline on one TPU')
    const plots = await post('#next Plot loss against batch size by Wednesday')
    const sweep = await post('#next Sweep the learning rate')
    const quota = await post('#blocked Waiting for the TPU quota')
    await post('#blocked No access to the cluster.')
    await post('#need 200 GB of bucket space by Friday')
    await post('#ask @professor may I use the Kaggle split?')
    setClock(monday + day)
    await post('#done The loader reads **sharded** TFRecords; see `loader.py`')
    await post('#result auc=0.771 baseline .781 runs=3 on=kaggle')
    await post('#result The embedding tables fit on one host after all')
    await post('#surprise Half of the step time was the input pipeline')
    setClock(monday + 2 * day)
    await get('PUT', `/api/updates/${quota}/answer`, { state: 'answered', answer: 'granted till March' })
    await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'met' })
    await get('PUT', `/api/updates/${plots}/outcome`, { outcome: 'partly', why: 'two sizes are missing' })
    await get('PUT', `/api/updates/${sweep}/outcome`, { outcome: 'not', why: 'the quota came late' })
    await post('#change We train on Criteo Kaggle, not on the 1 TB set')
    await post('#read [DLRM](https://arxiv.org/abs/1906.00091) explains why the tables are sharded')
    await get('PATCH', `/api/milestones/${draft.id}`, { due: '2026-12-12', reason: 'the quota came late' })
    await get('PATCH', `/api/milestones/${baselines.id}`, { state: 'met' })
    await closeAt(friday)
    setClock(friday + 3 * day)
    await post('#result auc 0.788 baseline .781 runs=3 on=kaggle')
    await post('#next Write the evaluation section by 4 Dec')
    await post('#next Ask the team for their traces')
    setClock(friday + 5 * day)
    const { id } = await make()
    const report = await put(id, {
      paragraphs: { accomplished: 'The baseline **runs**, and is on par with the paper.' },
    })
    expect(report.markdown).toBe(`# Milestone report: DLRM on TPUs

CSE 599: Systems for ML · The student · 16–25 November 2026 · <https://student.example.edu/dlrm>

## Major changes

* We train on Criteo Kaggle, not on the 1 TB set
* Blocked: Waiting for the TPU quota (solved 18 Nov: granted till March)
* Blocked: No access to the cluster (open since 16 Nov)

## What I have accomplished since the last meeting

The baseline **runs**, and is on par with the paper.

* ✓ Run the baseline on one TPU (met 18 Nov)
* ◐ Plot loss against batch size by Wednesday – partly: two sizes are missing
* ✗ Sweep the learning rate – not met: the quota came late
* auc on kaggle: 0.771 → 0.788 (+0.017), baseline .781, 3 runs
* The loader reads sharded TFRecords; see loader.py
* The embedding tables fit on one host after all
* Read: DLRM explains why the tables are sharded

## Meeting the milestones

* ✓ Baselines run – met 18 Nov, due Fri 20 Nov
* ✗ Related work – was due Tue 24 Nov, not met yet

## Surprises

* Half of the step time was the input pipeline

## Looking ahead

* Write the evaluation section by 4 Dec (due Fri 4 Dec)
* Ask the team for their traces
* Milestone: Draft of the paper – due Sat 12 Dec

## Revisions to future milestones

* Draft of the paper: Sat 5 Dec → Sat 12 Dec – the quota came late

## Resources needed

* 200 GB of bucket space by Friday (open since 16 Nov, due Fri 20 Nov)
`)
    const asMarkdown = await ask('GET', `/api/reports/${id}`, undefined, {
      headers: { Accept: 'text/markdown' },
    })
    expect(asMarkdown.headers.get('Content-Type')).toBe('text/markdown; charset=utf-8')
    expect(await asMarkdown.text()).toBe(report.markdown)
  })

  it('has all seven headings, in order, where nothing happened', async () => {
    setClock(monday + hour)
    const { headings, markdown, circle, warnings } = await make()
    expect(headings.map(({ heading, points }) => [heading, points.length])).toEqual([
      ['changes', 0],
      ['accomplished', 0],
      ['milestones', 0],
      ['surprises', 0],
      ['ahead', 0],
      ['revisions', 0],
      ['resources', 0],
    ])
    expect(markdown.match(/^None\.$/gmu)).toHaveLength(7)
    expect([circle, warnings]).toEqual(['inner', []])
  })

  it('is listed, the latest first, a page at a time, and found by its address', async () => {
    setClock(monday + hour)
    const ids: string[] = []
    for (let i = 0; i < 51; i++) ids.push((await make({ since: iso(monday) })).id)
    const first = await get<{ reports: { id: string }[]; nextCursor: string }>('GET', '/api/reports')
    expect(first.reports.map(({ id }) => id)).toEqual(ids.slice(1).toReversed())
    expect(await get('GET', `/api/reports?cursor=${first.nextCursor}`)).toMatchObject({
      reports: [{ id: ids[0], circle: 'inner', since: iso(monday), until: iso(monday + hour) }],
      nextCursor: null,
    })
    const made = await ask('POST', '/api/reports', {})
    expect(made.status).toBe(201)
    expect((await ask('GET', made.headers.get('Location') ?? '')).status).toBe(200)
  })
})

describe('a report that two write in', () => {
  const change = (id: string, ahead: string, changedAt: string) =>
    ask('PUT', `/api/reports/${id}`, { paragraphs: { ahead }, ticks: {}, changedAt })

  it('is not replaced by whoever read it before it was changed, if they say when that was', async () => {
    setClock(monday + hour)
    const { id, changedAt } = await make()
    expect((await put(id, { paragraphs: { ahead: 'First' }, changedAt })).changedAt > changedAt).toBe(true)
    const response = await change(id, 'Second', changedAt)
    expect([response.status, await response.json()]).toMatchObject([409, { detail: 'it was changed since' }])
    expect((await read(id)).markdown).toContain('First')
  })

  it('is replaced once by two who do so at once', async () => {
    setClock(monday + hour)
    const { id, changedAt } = await make()
    const both = await Promise.all([change(id, 'One', changedAt), change(id, 'Other', changedAt)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const kept = both[0]?.status === 200 ? 'One' : 'Other'
    expect((await read(id)).markdown).toContain(kept)
  })
})

describe('the span of a report', () => {
  it('begins with the project where there was no meeting and no report', async () => {
    setClock(monday + day)
    expect(await make()).toMatchObject({ since: iso(monday), until: iso(monday + day) })
  })

  it('begins with the project, not with its open period', async () => {
    await post('#done one')
    await closeAt(friday)
    expect(textsUnder(await make(), 'accomplished')).toEqual(['one'])
  })

  it('begins where the last report for the same circle ended', async () => {
    setClock(monday + day)
    await make()
    setClock(monday + 2 * day)
    expect(await make()).toMatchObject({ since: iso(monday + day) })
    expect(await make({ circle: 'outer' })).toMatchObject({ since: iso(monday) })
  })

  it('begins with the last meeting, also before the last report', async () => {
    await post('#done before the meeting')
    setClock(monday + hour)
    await get('POST', '/api/updates', { text: '#meeting Agreed\n#done at the meeting', split: true })
    setClock(monday + 2 * hour)
    await make()
    setClock(monday + 3 * hour)
    const report = await make()
    expect(report.since).toBe(iso(monday + hour))
    expect(textsUnder(report, 'accomplished')).toEqual(['at the meeting'])
  })

  it('does not begin with a meeting that is inside where the outer circle reads it', async () => {
    setClock(monday + hour)
    await post('#meeting with the professor', { inside: true })
    setClock(monday + 2 * hour)
    expect((await make()).since).toBe(iso(monday + hour))
    expect((await make({ circle: 'outer' })).since).toBe(iso(monday))
  })

  it('is half-open, and moved by its owner', async () => {
    await post('#done one')
    setClock(monday + day)
    await post('#done two')
    setClock(monday + 2 * day)
    const { id, ...report } = await make({ since: iso(monday), until: iso(monday + day) })
    expect(textsUnder({ id, ...report }, 'accomplished')).toEqual(['one'])
    const moved = await put(id, { since: iso(monday + 1), until: iso(monday + day + 1) })
    expect(textsUnder(moved, 'accomplished')).toEqual(['two'])
    expect((await read(id)).until).toBe(iso(monday + day + 1))
  })

  it('may end ahead: then it grows, and nothing is overdue before its day', async () => {
    await addMilestone({ title: 'Draft', due: '2026-11-18' })
    const { id } = await make({ until: iso(friday) })
    await post('#done later')
    expect(textsUnder(await read(id), 'accomplished')).toEqual(['later'])
    expect(textsUnder(await read(id), 'milestones')).toEqual([])
    expect(textsUnder(await read(id), 'ahead')).toEqual(['Milestone: Draft – due Wed 18 Nov'])
    setClock(monday + 3 * day)
    expect(textsUnder(await read(id), 'milestones')).toEqual(['✗ Draft – was due Wed 18 Nov, not met yet'])
  })
})

describe('under its headings a report', () => {
  it('shows a plan that was met after the span as open in it', async () => {
    const plan = await post('#next run the baseline')
    setClock(monday + day)
    const { id } = await make()
    setClock(monday + 2 * day)
    await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'met' })
    expect(textsUnder(await read(id), 'ahead')).toEqual(['run the baseline'])
    expect(textsUnder(await read(id), 'accomplished')).toEqual([])
    setClock(monday + 3 * day)
    const next = await make()
    expect(textsUnder(next, 'ahead')).toEqual([])
    expect(textsUnder(next, 'accomplished')).toEqual(['✓ run the baseline (met 18 Nov)'])
  })

  it('tells of a plan what was said last', async () => {
    const plan = await post('#next run the baseline')
    await closeAt(friday)
    await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'partly', why: 'quota' })
    await closeAt(friday + 7 * day)
    await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'met' })
    setClock(friday + 8 * day)
    expect(textsUnder(await make(), 'accomplished')).toEqual(['✓ run the baseline (met 27 Nov)'])
  })

  it('keeps a blocker while it is open, and tells once that it was solved', async () => {
    const blocker = await post('#blocked waiting for the quota')
    setClock(monday + day)
    expect(textsUnder(await make(), 'changes')).toEqual([
      'Blocked: waiting for the quota (open since 16 Nov)',
    ])
    setClock(monday + 2 * day)
    await get('PUT', `/api/updates/${blocker}/answer`, { state: 'answered' })
    setClock(monday + 3 * day)
    expect(textsUnder(await make(), 'changes')).toEqual(['Blocked: waiting for the quota (solved 18 Nov)'])
    setClock(monday + 4 * day)
    expect(textsUnder(await make(), 'changes')).toEqual([])
  })

  it('asks for needs while they are open, and for questions if they are ticked', async () => {
    const need = await post('#need a TPU')
    const question = await post('#ask which split?')
    setClock(monday + day)
    const { id, ...report } = await make()
    expect(pointsUnder({ id, ...report }, 'resources')).toMatchObject([
      { id: `update:${need}`, ticked: true },
      { id: `update:${question}`, text: 'Question: which split? (open since 16 Nov)', ticked: false },
    ])
    expect(report.markdown).not.toContain('which split')
    expect((await put(id, { ticks: { [`update:${question}`]: true } })).markdown).toContain('which split')
    setClock(monday + 2 * day)
    await get('PUT', `/api/updates/${need}/answer`, { state: 'dropped' })
    setClock(monday + 3 * day)
    expect(textsUnder(await make(), 'resources')).toHaveLength(1)
  })

  it('compares a metric under one condition alone, and in one unit', async () => {
    await post('#result auc=.771 on=kaggle')
    await post('#result step=1.2h loss=0.52')
    await post('#result time=90 min')
    setClock(monday + day)
    await post('#result auc=.788 on=kaggle')
    await post('#result auc=.90 on=toy')
    await post('#result time=1.2 h')
    setClock(friday)
    const texts = textsUnder(await make(), 'accomplished')
    expect(texts.slice(0, 4).toSorted()).toEqual([
      'auc .90 on toy',
      'auc on kaggle: .771 → .788 (+0.017)',
      'loss 0.52',
      'time: 90 min → 1.2 h',
    ])
  })

  it('tells the same metrics before and after the letter froze them', async () => {
    await post('#result auc=.771 on=kaggle')
    setClock(monday + day)
    await post('#result auc=.779 on=kaggle')
    setClock(monday + 2 * day)
    await post('#result AUC=.788 on=kaggle')
    setClock(monday + 3 * day)
    const { id, ...report } = await make()
    await closeAt(friday)
    const after = await read(id)
    expect(after.headings).toEqual(report.headings)
    expect(textsUnder(after, 'accomplished')[0]).toBe('AUC on kaggle: .771 → .788 (+0.017)')
  })

  it('tells a result in words, too, where it says no numbers or was corrected', async () => {
    const plain = await post('#result the tables fit')
    const measured = await post('#result auc=.771')
    await closeAt(friday)
    setClock(friday + day)
    const { id, ...report } = await make()
    const ticked = (of: Report) =>
      pointsUnder(of, 'accomplished').flatMap((each) => (each.ticked ? [each.id] : []))
    expect(ticked({ id, ...report })).toEqual(['metric:auc', `update:${plain}`])
    await get('PATCH', `/api/updates/${measured}`, { text: 'auc is .77', fact: true })
    setClock(friday + 2 * day)
    const corrected = await put(id, { until: iso(friday + 2 * day) })
    expect(ticked(corrected)).toContain(`update:${measured}`)
    expect(textsUnder(corrected, 'accomplished')).toContain('auc .771 (corrected 21 Nov: auc is .77)')
  })

  it('shows milestones as they stood at its end', async () => {
    const { id } = await addMilestone({ title: 'Draft', due: '2026-12-05' })
    const talk = await addMilestone({ title: 'Talk', due: '2026-11-18' })
    setClock(monday + day)
    const report = await make()
    setClock(monday + 2 * day)
    await get('PATCH', `/api/milestones/${id}`, { due: '2026-12-12', reason: 'quota' })
    await get('PATCH', `/api/milestones/${talk.id}`, { state: 'met' })
    await addMilestone({ title: 'Poster', due: '2026-12-20' })
    expect((await read(report.id)).headings).toEqual(report.headings)
    expect(textsUnder(report, 'ahead')).toEqual([
      'Milestone: Talk – due Wed 18 Nov',
      'Milestone: Draft – due Sat 5 Dec',
    ])
    setClock(monday + 3 * day)
    const next = await make()
    expect(textsUnder(next, 'milestones')).toEqual(['✓ Talk – met 18 Nov, due Wed 18 Nov'])
    expect(textsUnder(next, 'ahead')).toEqual([
      'Milestone: Draft – due Sat 12 Dec',
      'Milestone: Poster – due Sun 20 Dec',
    ])
    expect(textsUnder(next, 'revisions')).toEqual(['Draft: Sat 5 Dec → Sat 12 Dec – quota'])
  })

  it('quotes of an update what can be read in a line, not its table or code', async () => {
    await post('#done the baselines, three seeds\n\n| size | AUC |\n|---|---|\n| 16 | .78 |')
    await post('#done the script\n```\nrun all\n```\nand its test')
    await post('#done `run` alone')
    setClock(monday + hour)
    expect(textsUnder(await make(), 'accomplished')).toEqual([
      'the baselines, three seeds',
      'the script',
      'run alone',
    ])
  })

  it('says what was measured as a person would, and nothing that leads to what it does not show', async () => {
    await post('#result auc=.771 baseline .781 on=kaggle n=3: it is _worse_')
    await post('#done the run:\n\n| a |\n|---|\n| 1 |')
    await post('#read read the paper on DLRM:\n```\nx\n```')
    const blocker = await post('#blocked it does not know strings:\n```\nTypeError\n```')
    setClock(monday + hour)
    const report = await make()
    expect(textsUnder(report, 'accomplished')).toEqual([
      'auc .771 vs .781 (−0.010) on kaggle (3 runs)',
      'the run',
      'auc .771 vs .781 (−0.010) on kaggle (3 runs): it is worse',
      'Read: the paper on DLRM',
    ])
    expect(textsUnder(report, 'changes')).toEqual(['Blocked: it does not know strings (open since 16 Nov)'])
    expect(pointsUnder(report, 'changes')[0]?.id).toBe(`update:${blocker}`)
  })

  it('names an author who is not the owner', async () => {
    const { id } = await get<{ id: string }>('POST', '/api/authors', { name: 'A labmate' })
    const { token } = await get<{ token: string }>('POST', `/api/authors/${id}/tokens`, { name: 'phone' })
    await ask('POST', '/api/updates', { text: '#done the plots' }, { token })
    setClock(monday + hour)
    expect(textsUnder(await make(), 'accomplished')).toEqual(['A labmate: the plots'])
    expect((await ask('GET', '/api/reports', undefined, { token })).status).toBe(403)
    expect((await ask('POST', '/api/reports', {}, { token })).status).toBe(403)
  })
})

describe('made again, a report', () => {
  it('keeps the owner’s paragraphs and ticks, whatever changed beneath', async () => {
    const kept = await post('#done the loader')
    const gone = await post('#done a false start')
    setClock(monday + day)
    const { id } = await make()
    const ticks = { [`update:${kept}`]: false, [`update:${gone}`]: false, 'metric:auc': false }
    await put(id, { paragraphs: { surprises: 'None that matter.' }, ticks })
    await get('DELETE', `/api/updates/${gone}`)
    await post('#result auc=.78', { at: iso(monday + hour) })
    await post('#done written later, done before', { at: iso(monday + hour) })
    const again = await read(id)
    expect(again.markdown).toContain('## Surprises\n\nNone that matter.\n')
    expect(pointsUnder(again, 'accomplished').map(({ text, ticked }) => [text, ticked])).toEqual([
      ['auc .78', false],
      ['the loader', false],
      ['written later, done before', true],
      ['auc .78', false],
    ])
    expect((await put(id, { ticks })).headings).toHaveLength(7)
    expect((await read(id)).markdown).not.toContain('that matter')
  })

  it('travels with the export', async () => {
    await post('#done the loader')
    const { id: milestone } = await addMilestone({ title: 'Draft', due: '2026-11-20' })
    await get('PATCH', `/api/milestones/${milestone}`, { state: 'met' })
    setClock(monday + day)
    const { id } = await make()
    const before = await put(id, { paragraphs: { ahead: 'More *soon*.' }, ticks: { 'metric:auc': false } })
    await moveHouse()
    expect(await read(id)).toEqual(before)
  })

  it('is refused by an import where it could not have been written here', async () => {
    await make({ until: iso(friday) })
    const parts = await exportAll()
    for (const [more, field] of [
      [{ paragraphs: { gossip: 'x' } }, 'paragraphs.gossip'],
      [{ paragraphs: { ahead: '\ud800' } }, 'paragraphs.ahead'],
      [{ paragraphs: { ahead: 'x '.repeat(20_000) } }, 'paragraphs'],
      [{ paragraphs: { ahead: '#private tired' } }, 'paragraphs'],
      [{ paragraphs: { ahead: 'a talk #inside' }, circle: 'outer' }, 'paragraphs'],
      [{ ticks: { 'metric:auc': 'yes' } }, 'ticks.metric:auc'],
      [{ until: iso(monday) }, 'until'],
    ] as const) {
      await emptyAll()
      const lines = linesOf(...parts).map((line) => (line.type === 'report' ? { ...line, ...more } : line))
      const response = await send(written(lines))
      expect(response.status).toBe(422)
      const { errors } = await response.json<{ errors: { field: string }[] }>()
      expect(errors.map((each) => each.field)).toEqual([expect.stringMatching(`line \\d+\\.${field}$`)])
    }
  })
})

describe('to the outer circle a report', () => {
  it('tells nothing of what is inside, nor anything computed from it', async () => {
    const inside = { inside: true }
    await post('#done the open loader')
    const plan = await post('#next the open plan')
    const blocker = await post('#blocked the open blocker')
    for (const kind of ['done', 'surprise', 'ask', 'need', 'change', 'blocked', 'read', 'next'])
      await post(`#${kind} a Marked thing`, inside)
    const hidden = await post('#next the Marked plan', inside)
    await post('#result auc=.771')
    await post('#result auc=.71717', inside)
    await post('#result Markedmetric=3', inside)
    await post('#private Marked note')
    await addMilestone({ title: 'Marked milestone', due: '2026-11-17', inside: true })
    const { id } = await addMilestone({ title: 'Marked talk', due: '2026-12-05', inside: true })
    setClock(monday + hour)
    await get('PATCH', `/api/milestones/${id}`, { due: '2026-12-12', reason: 'Marked reason' })
    await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'not', why: 'Marked why', inside: true })
    await get('PUT', `/api/updates/${hidden}/outcome`, { outcome: 'met', why: 'Marked why' })
    await get('PUT', `/api/updates/${blocker}/answer`, { state: 'answered', answer: 'Marked', inside: true })
    await post('#result auc=.72727', inside)
    for (const when of ['open', 'frozen']) {
      if (when === 'open') setClock(monday + 2 * day)
      else await closeAt(friday)
      const since = iso(monday)
      const [inner, outer] = [await make({ since }), await make({ since, circle: 'outer' })]
      expect(JSON.stringify(inner).match(/Marked/gu)?.length).toBeGreaterThan(20)
      expect(JSON.stringify(inner)).toContain('.72727')
      expect(JSON.stringify(inner)).not.toContain('Marked note')
      expect(JSON.stringify(outer)).not.toMatch(/Marked|\.7[12]7|milestone:|ahead:|revision:/u)
      expect(JSON.stringify(await read(outer.id))).not.toMatch(/Marked|\.7[12]7/u)
      expect(textsUnder(outer, 'accomplished')).toEqual([
        '✗ the open plan – not met',
        'auc .771',
        'the open loader',
        'auc .771',
      ])
      expect(textsUnder(outer, 'changes')).toEqual(['Blocked: the open blocker (solved 16 Nov)'])
    }
  })
})

describe('in its Markdown', () => {
  const hostile = [
    'a | b | c\n\n|-|-|\n|1|2|',
    '[x](javascript:alert(1)) ![y](z) [open',
    '``` never closed `',
    '<script>alert(1)</script> <!-- gone',
    '# Heading\n\n## Surprises',
    'a\u202e reversed \u05d0',
    '**bold _and ~~open',
    '1. one\n2. two',
    '---\n***',
    'x'.repeat(300),
  ]

  it('no text of a row breaks out of its point', async () => {
    for (const [i, text] of hostile.entries()) {
      const line = text.replaceAll('\n', ' ').slice(0, 180)
      for (const kind of ['done', 'change', 'read', 'need', 'surprise']) await post(text, { kind })
      const plan = await post(text, { kind: 'next' })
      await get('PUT', `/api/updates/${plan}/outcome`, { outcome: 'not', why: line })
      const { id } = await addMilestone({ title: `${line} ${i}`, due: '2026-12-05' })
      await get('PATCH', `/api/milestones/${id}`, { due: '2026-12-12', reason: line })
    }
    setClock(monday + day)
    const { markdown, headings } = await make()
    const tokens = new Marked({ gfm: true }).lexer(markdown).filter(({ type }) => type !== 'space')
    expect(tokens.map(({ type }) => type).join(' ')).toMatch(
      /^heading paragraph (heading (list|paragraph) ?){7}$/u,
    )
    const items = tokens.flatMap((token) => (token.type === 'list' ? token.items : []))
    expect(items).toHaveLength(headings.flatMap(({ points }) => points).length)
    expect(new Marked({ gfm: true }).parse(markdown)).not.toMatch(
      /<(?:script|table|a |img|em|strong|del|code)/u,
    )
  })

  it('no paragraph of the owner swallows a heading or a point', async () => {
    for (const kind of ['done', 'change', 'surprise', 'next', 'need']) await post(`#${kind} elm`)
    setClock(monday + day)
    const { id } = await make()
    for (const text of [...hostile, '- a list\n- of two', '> quoted', '~~~\ncode', '    indented', '\\']) {
      const paragraphs = Object.fromEntries(
        ['changes', 'accomplished', 'milestones', 'surprises', 'ahead', 'revisions', 'resources'].map(
          (heading) => [heading, text],
        ),
      )
      const tokens = new Marked({ gfm: true }).lexer((await put(id, { paragraphs })).markdown)
      const titles = tokens.flatMap((token) =>
        token.type === 'heading' && token.depth === 2 ? [token.text] : [],
      )
      expect(titles, text).toEqual([
        'Major changes',
        'What I have accomplished since the last meeting',
        'Meeting the milestones',
        'Surprises',
        'Looking ahead',
        'Revisions to future milestones',
        'Resources needed',
      ])
      const points = tokens.filter(({ type, raw }) => type === 'list' && raw.includes('elm'))
      expect(
        points.map(({ raw }) => raw.trim()),
        text,
      ).toEqual(['* elm', '* elm', '* elm', '* elm', '* elm (open since 16 Nov)'])
    }
  })
})

describe('a report that is no good', () => {
  const refusal = async (method: string, path: string, body: unknown) => {
    const response = await ask(method, path, body)
    const { errors } = await response.json<{ errors?: { field: string }[] }>()
    return [response.status, errors?.map(({ field }) => field)]
  }

  it.each<[what: string, body: object, field: string]>([
    ['a date for an instant', { since: '2026-11-16' }, 'since'],
    ['an impossible instant', { until: '2026-02-30T10:00:00Z' }, 'until'],
    ['an end before the begin', { since: iso(monday), until: iso(monday - 1) }, 'until'],
    ['an empty span', { since: iso(monday), until: iso(monday) }, 'until'],
    ['an end before the project', { until: iso(monday - day) }, 'until'],
    ['an unknown circle', { circle: 'all' }, 'circle'],
    ['an unknown field', { title: 'x' }, 'title'],
  ])('is not begun with %s', async (_, body, field) => {
    setClock(monday + hour)
    expect(await refusal('POST', '/api/reports', body)).toEqual([422, [field]])
    expect(await get('GET', '/api/reports')).toEqual({ reports: [], nextCursor: null })
  })

  it.each<[what: string, body: object, field: string]>([
    ['without paragraphs', { ticks: {} }, 'paragraphs'],
    ['without ticks', { paragraphs: {} }, 'ticks'],
    ['with an unknown heading', { paragraphs: { gossip: 'x' }, ticks: {} }, 'paragraphs.gossip'],
    [
      'with a heading that every object has',
      { paragraphs: { constructor: 'x' }, ticks: {} },
      'paragraphs.constructor',
    ],
    ['with a paragraph that is no text', { paragraphs: { ahead: 7 }, ticks: {} }, 'paragraphs.ahead'],
    ['with half a surrogate pair', { paragraphs: { ahead: '\ud800' }, ticks: {} }, 'paragraphs.ahead'],
    ['with what is private', { paragraphs: { ahead: 'tired #private' }, ticks: {} }, 'paragraphs.ahead'],
    ['with a tick that is none', { paragraphs: {}, ticks: { 'metric:auc': 'on' } }, 'ticks.metric:auc'],
    [
      'with a point of 501 characters',
      { paragraphs: {}, ticks: { [`metric:${'x'.repeat(494)}`]: true } },
      `ticks.metric:${'x'.repeat(46)}…`,
    ],
    ['with a tick at no point', { paragraphs: {}, ticks: { auc: true } }, 'ticks.auc'],
    ['with ticks as a list', { paragraphs: {}, ticks: [true] }, 'ticks.0'],
    ['with an end before its begin', { paragraphs: {}, ticks: {}, until: iso(monday) }, 'until'],
    ['with another circle', { paragraphs: {}, ticks: {}, circle: 'outer' }, 'circle'],
  ])('is not changed %s', async (_, body, field) => {
    setClock(monday + hour)
    const { id, ...report } = await make()
    expect(await refusal('PUT', `/api/reports/${id}`, body)).toEqual([422, [field]])
    expect(await read(id)).toEqual({ id, ...report })
  })

  it('is not changed with a paragraph over 32 KiB, or one that is inside for the outer circle', async () => {
    setClock(monday + hour)
    const { id } = await make({ circle: 'outer' })
    const change = (ahead: string) =>
      refusal('PUT', `/api/reports/${id}`, { paragraphs: { ahead }, ticks: {} })
    expect(await change('a '.repeat(16 * 1024))).toEqual([200, undefined])
    expect(await change('ü'.repeat(16 * 1024 + 1))).toEqual([413, undefined])
    expect(await change('a talk #inside')).toEqual([422, ['paragraphs.ahead']])
  })

  it('is not found where there is none', async () => {
    expect((await refusal('GET', '/api/reports/none', undefined))[0]).toBe(404)
    expect((await refusal('PUT', '/api/reports/none', { paragraphs: {}, ticks: {} }))[0]).toBe(404)
    expect(
      (await ask('POST', '/api/reports', '', { headers: { 'Content-Type': 'application/json' } })).status,
    ).toBe(400)
  })
})

describe('what an import says of an update', () => {
  it('breaks no report, whatever it is', async () => {
    const id = await post('#result auc=.78')
    const plan = await post('#next run')
    setClock(monday + day)
    for (const said of [
      '{"measurements": 7}',
      '{"measurements": [1, null, {"metric": 1}]}',
      '[]',
      '7',
      '{"measurements": [{"metric": "a", "value": "1", "baseline": 3, "unit": {}, "runs": "x", "on": 4}], "due": "2026-02-31"}',
    ]) {
      await env.DB.prepare('UPDATE updates SET said = ?1 WHERE id IN (?2, ?3)').bind(said, id, plan).run()
      expect((await ask('POST', '/api/reports', { since: iso(monday) })).status, said).toBe(201)
    }
  })
})

describe('a report of a long time', () => {
  it('says that it leaves the oldest out, and takes few statements', async () => {
    const id = await post('#done 0')
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
       INSERT INTO updates (id, post, author, kind, text, at, posted_at, markdown, letter, page, words)
       SELECT printf('made-%05d', i), post, author, kind, 'number ' || i, at + i, posted_at, '', '', '', 1
       FROM updates, n WHERE id = ?1`,
    )
      .bind(id)
      .run()
    setClock(monday + day)
    const { db, statements } = strictDb(env.DB)
    const response = await ask('POST', '/api/reports', {}, { db })
    const report = await response.json<Report>()
    const texts = textsUnder(report, 'accomplished')
    expect([texts.length, texts[0], texts.at(-1)]).toEqual([1000, 'number 201', 'number 1200'])
    expect(report.warnings).toHaveLength(1)
    expect(statements()).toBeLessThan(15)
  })
})

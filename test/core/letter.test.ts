import { describe, expect, it } from 'vitest'
import { compose, materials } from '../../src/core/digest.ts'
import type { Said } from '../../src/core/grammar/understood.ts'
import { headlineOf } from '../../src/core/headline.ts'
import type { PublicKind } from '../../src/core/kinds.ts'
import { fitLetter } from '../../src/core/length.ts'
import type {
  Carried,
  CarriedItem,
  Letterhead,
  Material,
  Open,
  OpenMilestone,
  OpenOutcome,
  OpenUpdate,
} from '../../src/core/open.ts'
import type { Circle } from '../../src/core/recipient.ts'
import { inText, type Moment, warningsOf } from '../../src/core/warnings.ts'

const day = 24 * 3_600_000
/** A Friday, 16:00. */
const until = Date.UTC(2026, 10, 20, 16)

const extent = { words: 5, size: 50 }

function update(kind: PublicKind, text: string, more: Partial<OpenUpdate> = {}): OpenUpdate {
  return {
    ...{ id: text, kind, text, inside: false, at: until - 2 * day, author: 'owner', said: {} },
    ...{ whole: extent, brief: null, hasTable: false },
    ...more,
  }
}

function carried(kind: PublicKind, text: string, unconfirmed: number, said: Said = {}): CarriedItem {
  return { ...update(kind, text, { at: until - 9 * day, said }), unconfirmed }
}

function outcome(plan: string, more: Partial<OpenOutcome> = {}): OpenOutcome {
  const said = { outcome: 'met', why: null, inside: false, isPlanInside: false, before: null } as const
  return { ...said, plan, text: plan, ...more }
}

const plan = (text: string, number: number) => {
  return { plan: text, text, inside: false, circle: 'both', number } as const
}

function milestone(title: string, due: string, more: Partial<OpenMilestone> = {}): OpenMilestone {
  return { id: title, title, due, inside: false, state: 'open', moves: [], ...more }
}

const move = (oldDue: string, newDue: string, reason: string | null, inside = false) => {
  return { oldDue, newDue, reason, inside, told: null, postedAt: 0 }
}

type Given = { open?: Partial<Open>; carried?: Partial<Carried>; head?: Partial<Letterhead> }

function material(given: Given): Material {
  const nothing = { updates: [], corrections: [], outcomes: [], answers: [], revisions: [] }
  return {
    open: { ...nothing, summary: null, status: null, ...given.open },
    carried: { items: [], plans: [], past: [], milestones: [], names: new Map(), ...given.carried },
    head: {
      ...{ number: 6, title: 'DLRM on TPUs', ownerEmail: 'student@example.edu', locale: 'en-GB' },
      ...{ zone: 'UTC', away: [], today: '2026-11-20', isLast: false },
      ...given.head,
    },
  }
}

/** A circle's letter: a line a piece, "Section 1: lead [quote] tail". */
function linesFor(circle: Circle, given: Given): readonly string[] {
  const blocks = compose(materials(material(given)))
  return blocks
    .filter((block) => block.circle === 'both' || block.circle === circle)
    .map(({ part, number, strong, lead, quote, tail }) => {
      const said = [strong, lead, quote === null ? '' : `[${quote}]`, tail].filter((each) => each !== '')
      return `${part}${number === null ? '' : ` ${number}`}: ${said.join(' ')}`
    })
}

const lines = (given: Given) => linesFor('inner', given)

const subject = (given: Given) => headlineOf(material(given)).subject

describe('asked of you', () => {
  const names = new Map([
    ['p', 'Professor'],
    ['t', 'Company team'],
  ])
  const ask = (text: string, to: string, due?: string) =>
    update('ask', text, { said: { to: [to], ...(due === undefined ? {} : { due }) } })

  it('stands by addressee, then due date, then age; three of each, the others on the page', () => {
    const updates = [
      ask('a', 'p'),
      ask('b', 't', '2026-11-24'),
      ask('c', 'p', '2026-11-25'),
      ask('d', 'p', '2026-11-23'),
      ask('e', 'p'),
    ]
    const given = { open: { updates }, carried: { names } }
    expect(lines(given)).toEqual([
      'Asked of you: Professor, by Mon 23 Nov: [d]',
      'Asked of you: Professor, by Wed 25 Nov: [c]',
      'Asked of you: Professor: [a]',
      'Asked of you: Professor: [e]',
      'Asked of you: Company team, by Tue 24 Nov: [b]',
    ])
    const { shown, cut } = fitLetter(compose(materials(material(given))), 'inner', 68_000)
    expect([shown.map(({ block }) => block.quote), cut]).toEqual([['d', 'c', 'a', 'b'], 1])
    expect(subject(given)).toBe('Professor: 4 asks, 1 by Mon 23 Nov (DLRM on TPUs, letter 6)')
  })

  it('names nobody twice', () => {
    const given = { open: { updates: [ask('@professor which split?', 'p')] }, carried: { names } }
    expect(lines(given)).toEqual(['Asked of you: [@professor which split?]'])
    expect(subject(given)).toBe('Professor: 1 ask (DLRM on TPUs, letter 6)')
  })

  it('says how long it is open, and after two letters without a word names it in one line', () => {
    const items = [carried('ask', 'which split?', 1, { to: ['p'] }), carried('need', 'a badge', 2)]
    expect(
      lines({ open: { updates: [update('done', 'x')] }, carried: { items, names } }).slice(0, 2),
    ).toEqual([
      'Asked of you: Professor, open 9 days: [which split?]',
      'Asked of you: Also open: “a badge” (9 days)',
    ])
  })

  it('holds nothing that was answered, also in its own period, and what is asked again', () => {
    const answer = { state: 'answered', answer: 'Kaggle', inside: false, isItemInside: false } as const
    const answers = [{ ...answer, kind: 'ask', item: 'which split?', text: 'which split?' } as const]
    const updates = [update('ask', 'which split?'), update('ask', 'which split, again?')]
    expect(lines({ open: { updates, answers } })).toEqual([
      'Asked of you: [which split, again?]',
      'Changed or stuck: Answered: [which split?] – Kaggle',
    ])
  })

  it('is overdue once its day is past', () => {
    expect(lines({ open: { updates: [ask('which split?', 'x', '2026-11-19')] } })).toEqual([
      'Asked of you: Overdue since Thu 19 Nov: [which split?]',
    ])
  })

  it('opens a mail to the owner, if there is an address', () => {
    const of = (head: Partial<Letterhead>) =>
      compose(materials(material({ open: { updates: [update('ask', '@professor a (b) & c?')] }, head })))[0]
        ?.answer
    expect(of({})).toBe('mailto:student@example.edu?subject=Re%3A%20a%20%28b%29%20%26%20c%3F')
    expect(of({ ownerEmail: null })).toBeNull()
  })

  it('says in that mail whose ask it is, if another author asked: the owner hands the answer on', () => {
    const updates = [update('ask', '@professor which split?', { author: 'ben' })]
    const given = material({ open: { updates }, carried: { names: new Map([['ben', 'A co-author']]) } })
    const [piece] = compose(materials(given))
    expect(decodeURIComponent(piece?.answer ?? '')).toBe(
      'mailto:student@example.edu?subject=Re: which split? (asked by A co-author)',
    )
  })
})

describe('found', () => {
  const result = (id: string, ...measurements: NonNullable<Said['measurements']>) =>
    update('result', `${id} in words`, { id, said: { measurements } })
  const auc = { metric: 'AUC', value: '0.788' }

  it('gives each number its baseline, change, last value and runs', () => {
    const past = [
      { identity: 'auc', inside: false, at: 1, value: '0.7', unit: null, baseline: '.781' },
      { identity: 'auc', inside: false, at: 2, value: '0.785', unit: null, baseline: null },
    ]
    const given = { open: { updates: [result('r', { ...auc, runs: 3 })] }, carried: { past } }
    expect(lines(given)).toEqual(['Found: AUC 0.788, +0.007 vs baseline .781, last time 0.785 (3 runs): [r]'])
    expect(subject(given)).toBe('AUC 0.788 (+0.007) (DLRM on TPUs, letter 6)')
  })

  it('compares one condition, and one unit, with itself alone', () => {
    const updates = [
      result('a', { ...auc, on: 'kaggle' }),
      result('b', auc),
      result('c', { ...auc, value: '79', unit: '%' }),
      result('d', { ...auc, on: 'Kaggle', value: '0.79' }),
    ]
    expect(lines({ open: { updates } })).toEqual([
      'Found: AUC 0.788 on kaggle (single run, no baseline): [a]',
      'Found: AUC 0.788 (single run, no baseline): [b]',
      'Found: AUC 79% (single run, no baseline): [c]',
      'Found: AUC 0.79 on Kaggle, last time 0.788 (+0.002) (single run, no baseline): [d]',
    ])
  })

  it('says marks that all numbers share once, and no more than four numbers', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((metric) => ({ metric, value: '1' }))
    expect(lines({ open: { updates: [result('r', ...many)] } })).toEqual([
      'Found: a 1; b 1; c 1; d 1; and 2 more (single run, no baseline): [r]',
    ])
    const mixed = [auc, { metric: 'loss', value: '1', runs: 2, baseline: '1' }]
    expect(lines({ open: { updates: [result('r', ...mixed)] } })).toEqual([
      'Found: AUC 0.788 (single run, no baseline); loss 1, 0 vs baseline 1 (2 runs): [r]',
    ])
  })

  it('denies nothing that the words say, whether it was read as a number or not', () => {
    const said = { measurements: [auc, { metric: 'loss', value: '0.4', runs: 3 }] }
    const typed = (text: string, given: Said = said) =>
      lines({ open: { updates: [update('result', text, { said: given })] } })[0]
    expect(typed('AUC .788, loss .4, 3 runs each')).toMatch(
      /: AUC 0.788 \(no baseline\); loss 0.4 \(3 runs, no baseline\):/u,
    )
    const one = { measurements: [auc] }
    expect(typed('AUC .788 vs .78 last week', one)).toContain('AUC 0.788 (single run):')
    expect(typed('AUC .788, better than the baseline over all seeds', one)).toContain('AUC 0.788: [')
    expect(typed('AUC .788 at last', one)).toContain('AUC 0.788 (single run, no baseline):')
    const both = {
      measurements: [
        { ...auc, baseline: '.78' },
        { metric: 'loss', value: '0.4' },
      ],
    }
    expect(typed('AUC .788 vs .78, loss .4 at last', both)).toContain('loss 0.4 (single run, no baseline):')
  })

  it('does not say again what is nothing but the numbers', () => {
    const said = { measurements: [{ ...auc, baseline: '.781', runs: 3, on: 'kaggle' }] }
    const typed = (text: string) => lines({ open: { updates: [update('result', text, { said })] } })[0]
    expect(typed('AUC=0.788 baseline .781, runs=3 on=kaggle')).not.toContain('[')
    expect(typed('AUC 0.788 vs .781, 3 runs on=kaggle')).not.toContain('[')
    expect(typed('AUC=0.788 baseline .781, runs=3 on=kaggle, at last')).toContain('[')
    expect(typed('AUC=0.788 vs .779 baseline .781, runs=3 on=kaggle')).toContain('[')
    expect(typed('AUC=0.788 baseline .781, runs=3, 5 runs')).toContain('[')
  })

  it('does not begin with the numbers again, where its words do', () => {
    const said = { measurements: [{ ...auc, unit: 'x', baseline: '.781', runs: 3, on: 'kaggle' }] }
    const skipped = (text: string) =>
      compose(
        materials(
          material({ open: { updates: [update('result', text, { said, whole: { words: 30, size: 99 } })] } }),
        ),
      )[0]?.skip
    expect(skipped('auc=0.788 x baseline .781, n=3 on=kaggle. Better')).toBe(
      'auc=0.788 x baseline .781, n=3 on=kaggle. ',
    )
    expect(skipped('auc=0.788 x vs .781, 3 runs. Better')).toBe('auc=0.788 x vs .781, 3 runs. ')
    expect(skipped('auc=0.788 x vs .780 of last week')).toBe('auc=0.788 x ')
    expect(skipped('auc=0.788 x, 2 runs crashed')).toBe('auc=0.788 x, ')
    expect(skipped('AUC 0.788, with lr=0.1')).toBe('AUC 0.788, ')
    expect(skipped('lr=0.1 auc=0.788 is better')).toBe('')
    expect(skipped('baseline .7859, ours .7901, 3 seeds')).toBe('')
    expect(skipped('auc=0.788 baseline .7859, ours .7901')).toBe('auc=0.788 ')
    expect(skipped('auc=0.788 francs on=kaggle')).toBe('')
    expect(skipped('auc is better now')).toBe('')
    expect(skipped('on the bus: auc=0.788')).toBe('')
    expect(skipped('baseline runs are done')).toBe('')
    expect(skipped('**auc=0.788** at last')).toBe('')
  })

  it('leaves a table to the page, however short the letter is', () => {
    const updates = [update('result', 'r', { hasTable: true, brief: { words: 1, size: 9 } })]
    const { shown } = fitLetter(compose(materials(material({ open: { updates } }))), 'inner', 68_000)
    expect(shown.map(({ isBrief }) => isBrief)).toEqual([true])
  })
})

describe('planned and done', () => {
  it('tells by number what came of the plans, and where no word came', () => {
    const plans = [plan('sweep', 1), plan('harness', 2), plan('plots', 3)]
    const outcomes = [outcome('plots', { outcome: 'partly', why: 'no time' }), outcome('sweep')]
    expect(lines({ open: { updates: [update('done', 'x')], outcomes }, carried: { plans } })).toEqual([
      'Planned and done 1: ✓ met: sweep',
      'Planned and done 2: – no word yet: harness',
      'Planned and done 3: ◐ partly: plots – no time',
      'Planned and done: [x]',
    ])
  })

  it('says what an outcome was before, and nothing where the same was said again', () => {
    const outcomes = [outcome('sweep', { before: 'partly' }), outcome('plots', { before: 'met' })]
    expect(lines({ open: { outcomes } })).toEqual([
      'Planned and done: ✓ met (was ◐ partly): sweep',
      'Planned and done: ✓ met: plots',
    ])
  })

  it('holds a plan that was made and settled in one period, and Next does not', () => {
    const updates = [update('next', 'sweep'), update('next', 'plots')]
    const outcomes = [outcome('sweep', { outcome: 'dropped', why: 'pointless' })]
    expect(lines({ open: { updates, outcomes } })).toEqual([
      'Planned and done: ✗ dropped: [sweep] – pointless',
      'Next 1: [plots]',
    ])
  })

  it('says who asked for what was done', () => {
    const names = new Map([['l', 'PhD student']])
    const updates = [update('done', 'the loader for @labmate', { said: { credit: ['l'] } })]
    expect(lines({ open: { updates }, carried: { names } })).toEqual([
      'Planned and done: [the loader for @labmate] (asked by PhD student)',
    ])
  })
})

describe('changed or stuck', () => {
  it('tells every move of a milestone in one line', () => {
    const moves = [move('2026-12-05', '2026-12-12', 'quota'), move('2026-12-12', '2026-12-05', null)]
    const milestones = [milestone('Baselines', '2026-12-05', { moves })]
    expect(lines({ open: { revisions: [{ inside: false }] }, carried: { milestones } })).toEqual([
      'Changed or stuck: Milestone: Baselines, Sat 5 Dec → Sat 12 Dec → Sat 5 Dec – quota',
      'Next: Milestone: Baselines, due Sat 5 Dec (in 15 days)',
    ])
  })

  it('tells a circle a milestone as if moves that are inside had not been', () => {
    const moves = [move('2026-12-05', '2026-12-12', 'secret', true), move('2026-12-12', '2026-12-19', 'open')]
    const given = (inside: boolean) => ({
      open: { revisions: [{ inside: false }] },
      carried: {
        milestones: [
          milestone('Baselines', inside ? '2026-12-12' : '2026-12-19', {
            moves: inside ? moves.slice(0, 1) : moves,
          }),
        ],
      },
    })
    expect(linesFor('outer', given(false))).toEqual([
      'Changed or stuck: Milestone: Baselines, Sat 5 Dec → Sat 19 Dec – open',
      'Next: Milestone: Baselines, due Sat 19 Dec (in 29 days)',
    ])
    expect(linesFor('outer', given(true))).toEqual(['Next: Milestone: Baselines, due Sat 5 Dec (in 15 days)'])
  })

  it('says how long something holds work up', () => {
    const items = [carried('blocked', 'quota', 1), carried('blocked', 'access', 3)]
    expect(lines({ open: { updates: [update('blocked', 'export')] }, carried: { items } })).toEqual([
      'Changed or stuck: Blocked, 9 days: [quota]',
      'Changed or stuck: Blocked: [export]',
      'Changed or stuck: Still blocked: “access” (9 days)',
    ])
  })
})

describe('read', () => {
  it('tells what was read of one paper in one item, for those who may see it', () => {
    const updates = [
      update('read', 'https://arxiv.org/abs/1905.12322 says how', { id: 'a' }),
      update('read', 'another one', { id: 'b' }),
      update('read', 'all of https://arxiv.org/pdf/1905.12322v2.pdf', { id: 'c' }),
      update('read', 'arxiv.org/abs/1905.12322 again', { id: 'd', inside: true }),
    ]
    const told = (circle: Circle) =>
      compose(materials(material({ open: { updates } })))
        .filter((block) => block.circle === 'both' || block.circle === circle)
        .map(({ quote, also, whole }) => [quote, also, whole.words])
    expect(told('inner')).toEqual([
      ['a', ['c', 'd'], 15],
      ['b', [], 5],
    ])
    expect(told('outer')).toEqual([
      ['a', ['c'], 10],
      ['b', [], 5],
    ])
  })
})

describe('next', () => {
  it('names the two milestones ahead, those that are late or later, and days away', () => {
    const milestones = [
      milestone('Late', '2026-11-19'),
      milestone('First', '2026-11-20'),
      milestone('Second', '2026-11-21'),
      milestone('Third', '2026-11-22'),
      milestone('Met', '2026-11-19', { state: 'met' }),
    ]
    const away = [
      { since: '2026-11-23', until: '2026-11-25', why: 'sick' },
      { since: '2026-11-01', until: '2026-11-02', why: '' },
    ]
    expect(
      lines({
        open: { updates: [update('next', 'sweep', { said: { due: '2026-11-27' } })] },
        carried: { milestones },
        head: { away },
      }),
    ).toEqual([
      'Next 1: [sweep] (Fri 27 Nov)',
      'Next: Milestone: Late, was due Thu 19 Nov, 1 day late',
      'Next: Milestone: First, due Fri 20 Nov, today',
      'Next: Milestone: Second, due Sat 21 Nov (in 1 day)',
      'Next: Later: Third, Sun 22 Nov',
      'Next: Away Mon 23 Nov to Wed 25 Nov.',
    ])
  })

  it('adds to a plan of its due date what its own last words do not say', () => {
    const due = '2026-11-27'
    const tailOf = (text: string, more: Partial<OpenUpdate> = {}) =>
      lines({ open: { updates: [update('next', text, { said: { due }, text, ...more })] } })[0]?.split(
        '] ',
      )[1]
    expect(tailOf('sweep by Friday')).toBe('(27 Nov)')
    expect(tailOf('sweep, due Fri.')).toBe('(27 Nov)')
    expect(tailOf('sweep due 27 Nov')).toBe('(Fri)')
    expect(tailOf('sweep due Fri 27 Nov')).toBe(undefined)
    for (const text of ['sweep due Fri, all of it', 'sweep due 2026-11-27', 'sweep due tomorrow'])
      expect(tailOf(text)).toBe('(Fri 27 Nov)')
    expect(tailOf('sweep by Fri, else by 4 Dec')).toBe('(Fri 27 Nov)')
    expect(tailOf('sweep\n\nby Friday', { brief: { words: 1, size: 9 } })).toBe('(Fri 27 Nov)')
  })

  it('names in one line a few of the milestones behind the two ahead, and counts the rest', () => {
    const milestones = Array.from('abcdefg', (title, i) => milestone(title, `2026-12-0${i + 1}`))
    expect(lines({ open: { updates: [update('done', 'x')] }, carried: { milestones } }).at(-1)).toBe(
      'Next: Later: c, Thu 3 Dec; d, Fri 4 Dec; e, Sat 5 Dec; and 2 more',
    )
  })
})

describe('names', () => {
  it('stand by what others than the owner posted, whose letter it is', () => {
    const names = new Map([['ben', 'Co-author']])
    const updates = [update('done', 'x'), update('done', 'y', { author: 'ben', inside: true })]
    const given = { open: { updates }, carried: { names } }
    expect(lines(given)).toEqual(['Planned and done: [x]', 'Planned and done: [y] (Co-author)'])
    expect(linesFor('outer', given)).toEqual(['Planned and done: [x]'])
    expect(lines({ ...given, open: { updates: updates.slice(1) } })).toEqual([
      'Planned and done: [y] (Co-author)',
    ])
  })
})

describe('circles', () => {
  it('count plans each for itself, and see the mark of what is inside', () => {
    const plans = [
      { ...plan('a', 1), inside: true, circle: 'inner' } as const,
      { ...plan('b', 2), circle: 'inner' } as const,
      { ...plan('b', 1), circle: 'outer' } as const,
    ]
    const outcomes = [
      outcome('a', { isPlanInside: true, why: 'secret' }),
      outcome('b', { why: 'secret', inside: true }),
    ]
    const given = { open: { outcomes }, carried: { plans } }
    expect(linesFor('inner', given)).toEqual([
      'Planned and done 1: ✓ met: a – secret',
      'Planned and done 2: ✓ met: b – secret',
    ])
    expect(linesFor('outer', given)).toEqual(['Planned and done 1: ✓ met: b'])
  })

  it('have no letter where they may see nothing of what is told', () => {
    const updates = [update('done', 'x', { inside: true })]
    const given = { open: { updates }, carried: { items: [carried('ask', 'which split?', 1)] } }
    expect([...materials(material(given)).keys()]).toEqual(['inner'])
  })

  it('have a letter each where nobody has anything to tell', () => {
    expect(linesFor('outer', {})).toEqual(['Summary: Nothing to report this week.'])
  })
})

describe('a long letter', () => {
  const long = { words: 500, size: 9_000 }

  it('shows first paragraphs past 400 words, and whole items before', () => {
    const brief = { words: 10, size: 90 }
    const of = (whole: { words: number; size: number }) => {
      const updates = [update('done', 'x', { whole, brief }), update('done', 'y')]
      const { shown, words, wholeWords } = fitLetter(
        compose(materials(material({ open: { updates } }))),
        'inner',
        68_000,
      )
      return [shown.map(({ isBrief }) => isBrief), words, wholeWords]
    }
    expect(of({ words: 395, size: 9 })).toEqual([[false, false], 400, 400])
    expect(of({ words: 396, size: 9 })).toEqual([[true, false], 15, 401])
  })

  it('is cut at a block, within its bytes', () => {
    const updates = Array.from({ length: 20 }, (_, i) => update('done', `${i}`, { whole: long }))
    const { shown, cut } = fitLetter(compose(materials(material({ open: { updates } }))), 'inner', 68_000)
    expect([shown.length, cut]).toEqual([7, 13])
  })

  it('is cut at a block that would fill it alone, and goes on behind it', () => {
    const updates = [update('done', 'vast', { whole: { words: 9, size: 60_000 } }), update('done', 'y')]
    const { shown, cut } = fitLetter(compose(materials(material({ open: { updates } }))), 'inner', 68_000)
    expect([shown.map(({ block }) => block.quote), cut]).toEqual([['y'], 1])
  })
})

describe('a subject', () => {
  it('says whole pieces while they fit, and cuts the title first', () => {
    const names = new Map([['p', 'P'.repeat(40)]])
    const updates = [
      update('ask', 'a', { said: { to: ['p'], due: '2026-11-24' } }),
      update('result', 'r', { said: { measurements: [{ metric: 'm'.repeat(60), value: '1' }] } }),
    ]
    const status = { status: 'atRisk', reason: null, inside: false } as const
    const given = { open: { updates, status }, carried: { names }, head: { title: 'A title '.repeat(10) } }
    expect(subject(given)).toBe('at risk (A title A title A title A…, letter 6)')
    expect(subject(given).length).toBeLessThanOrEqual(78)
  })
})

describe('warnings', () => {
  it('say what is missing, in words that help', () => {
    const given = {
      open: {
        updates: [update('ask', 'which split?', { said: { due: '2026-11-20' } })],
        outcomes: [outcome('sweep')],
      },
      carried: {
        plans: [plan('sweep', 1), plan('harness', 2), plan('plots', 3)],
        items: [carried('need', 'a badge', 1)],
        milestones: [milestone('Baselines', '2026-11-13')],
      },
    }
    expect(warned(given)).toEqual([
      '“which split?” is due before the letter can be read: write to them now.',
      'No word yet what came of plans 2, 3 of the last letter: post “2 met”, or “2 not, …” with the reason.',
      'The milestone “Baselines” is late: is it met, or what is its new date?',
      '“a badge” has been open since an earlier letter: confirm, answer or drop it, or it gets one line only.',
      'No summary yet: one sentence of yours at the top helps most.',
      'No plan yet: what comes next?',
    ])
  })

  it('say of a long letter that it shows first paragraphs only where that makes it shorter', () => {
    const whole = { words: 496, size: 9_000 }
    const long = (sizes: Parameters<typeof update>[2]) =>
      warned({ open: { updates: [update('done', 'x', sizes)] } }).find((said) => /^The letter/u.test(said))
    expect(long({ whole })).toMatch(/^The letter has \d+ words, and readers take about 400\.$/u)
    expect(long({ whole, brief: { words: 10, size: 90 } })).toMatch(
      /about 400\. So each item shows only its first paragraph, \d\d words in all\.$/u,
    )
  })

  it('are of the moment: nothing is late before its day is over, and who was asked just now has time', () => {
    const given = {
      open: { updates: [update('ask', 'which split?', { said: { due: '2026-11-19' } })] },
      carried: { items: [carried('need', 'a badge', 1)], milestones: [milestone('Baselines', '2026-11-18')] },
    }
    const on = (now: number, since: number) => warned(given, { now, out: until, since }).slice(0, -2)
    const early = '“which split?” is due before the letter can be read: write to them now.'
    const late = 'The milestone “Baselines” is late: is it met, or what is its new date?'
    expect(on(until - 2 * day, until - 4 * day)).toEqual([early])
    expect(on(until - day, until - 3 * day)).toEqual([early, late])
    expect(on(until - day, until - 4 * day)).toEqual([early, late, expect.stringContaining('“a badge”')])
  })

  it('say in a silent week what is open from before', () => {
    expect(warned({})).toEqual(['Nothing to tell yet.'])
    const items = [carried('need', 'a badge', 1), carried('ask', 'which day?', 3)]
    expect(warned({ carried: { items } })).toEqual([
      'Nothing new to tell yet; 2 things that earlier letters told are still open.',
    ])
  })

  it('lead to where each is mended, and to a mail where only that is quick enough', () => {
    const given = {
      open: { updates: [update('ask', 'which split?', { said: { due: '2026-11-20', to: ['p'] } })] },
      carried: {
        plans: [plan('sweep', 1)],
        items: [carried('need', 'a badge', 1)],
        milestones: [milestone('Baselines', '2026-11-13')],
      },
    }
    const blocks = compose(materials(material(given)))
    const fitted = fitLetter(blocks, 'inner', 68_000)
    const addresses = new Map([['p', 'professor@example.edu']])
    const links = (known = addresses) =>
      warningsOf(material(given), fitted, friday, known).map((each) =>
        typeof each === 'string' ? each : each.href,
      )
    const rest = ['#sweep', '/desk/milestones#Baselines', '#a badge', '#summary', '/write']
    expect(links()).toEqual(['mailto:professor@example.edu?subject=which%20split%3F', ...rest])
    expect(links(new Map())).toEqual(['#which split?', ...rest])
  })
})

const friday: Moment = { now: until, out: until, since: until - 7 * day }

function warned(given: Given, moment = friday): readonly string[] {
  const blocks = compose(materials(material(given)))
  return warningsOf(material(given), fitLetter(blocks, 'inner', 68_000), moment, new Map()).map(inText)
}

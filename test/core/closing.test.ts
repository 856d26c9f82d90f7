import { describe, expect, it } from 'vitest'
import { byOwner, bySchedule, type Facts, liftingCloses } from '../../src/core/closing.ts'
import { defaultSettings, type Project, type Settings } from '../../src/core/project.ts'
import { day, friday, hour, minute } from '../world.ts'

const week = 7 * day
const away = { since: '2026-11-20', until: '2026-11-27', why: 'sick' }
const plenty: Facts = { isSilent: false, hasKey: true, hasActiveRecipient: true }
const silent: Facts = { ...plenty, isSilent: true }

/** The third period of a project that lacks nothing, open since the last cut-off. */
function project({
  settings,
  ...more
}: Partial<Omit<Project, 'settings'>> & { settings?: Partial<Settings> } = {}): Project {
  return {
    id: 'p',
    version: 1,
    number: 3,
    since: friday - week,
    nextCutOff: friday,
    heldAt: null,
    passed: null,
    silentPassed: 0,
    halt: null,
    settings: {
      ...defaultSettings,
      sender: 'Notes <notes@mail.example.edu>',
      ownerEmail: 'student@example.edu',
      publicUrl: 'https://notes.example.edu',
      ...settings,
    },
    ...more,
  }
}

const closes = { does: 'close', until: friday, nextCutOff: friday + week, isLast: false }

function passes(why: string, cutOff = friday) {
  return { does: 'pass', why, cutOff, nextCutOff: cutOff + week }
}

describe('a tick', () => {
  it.each<[what: string, project: Project, facts: Facts, due: number, expected: object]>([
    ['waits until the cut-off has come', project(), plenty, friday - 1, { does: 'wait' }],
    ['closes at the cut-off', project(), plenty, friday, closes],
    ['closes at the cut-off when it comes minutes late', project(), plenty, friday + 4 * minute, closes],
    [
      'closes at the latest cut-off when it comes weeks late',
      project(),
      plenty,
      friday + 2 * week + day,
      { ...closes, until: friday + 2 * week, nextCutOff: friday + 3 * week },
    ],
    ['passes while held', project({ heldAt: friday - day }), plenty, friday, passes('held')],
    ['passes while held, silent or not', project({ heldAt: friday - day }), silent, friday, passes('held')],
    ['passes on the first day away', project({ settings: { away: [away] } }), plenty, friday, passes('away')],
    [
      'passes on the last day away',
      project({ settings: { away: [away] }, nextCutOff: friday + week }),
      plenty,
      friday + week,
      passes('away', friday + week),
    ],
    [
      'closes on the day before being away',
      project({ settings: { away: [{ ...away, since: '2026-11-21' }] } }),
      plenty,
      friday,
      closes,
    ],
    [
      'closes on the day after being away',
      project({ settings: { away: [{ ...away, since: '2026-11-01', until: '2026-11-19' }] } }),
      plenty,
      friday,
      closes,
    ],
    [
      'counts days away in the zone of the schedule',
      project({
        settings: {
          away: [{ ...away, since: '2026-11-21' }],
          schedule: { weekday: 'saturday', time: '05:00', zone: 'Pacific/Auckland' },
        },
      }),
      plenty,
      friday,
      { does: 'pass', why: 'away', cutOff: friday, nextCutOff: friday + week },
    ],
    [
      'judges being away at the cut-off, not at a late tick',
      project({ settings: { away: [{ ...away, since: '2026-11-21' }] } }),
      plenty,
      friday + day,
      closes,
    ],
    [
      'passes every silent week under skip',
      project({ settings: { silentWeek: 'skip' }, silentPassed: 5 }),
      silent,
      friday,
      passes('silent'),
    ],
    [
      'writes a note in every silent week under note',
      project({ settings: { silentWeek: 'note' } }),
      silent,
      friday,
      closes,
    ],
    ['passes the first silent week under skipOnce', project(), silent, friday, passes('silent')],
    [
      'writes a note in the second silent week under skipOnce',
      project({ silentPassed: 1 }),
      silent,
      friday,
      closes,
    ],
    [
      'closes the last letter on the day of the end',
      project({ settings: { ends: '2026-11-20' } }),
      plenty,
      friday,
      { ...closes, isLast: true },
    ],
    [
      'closes the last letter on the first cut-off after the end',
      project({ settings: { ends: '2026-11-18' } }),
      plenty,
      friday,
      { ...closes, isLast: true },
    ],
    ['goes on before the end', project({ settings: { ends: '2026-11-21' } }), plenty, friday, closes],
    [
      'puts the last letter off when the cut-off passes for another reason',
      project({ settings: { ends: '2026-11-20' }, heldAt: friday - day }),
      plenty,
      friday,
      passes('held'),
    ],
    [
      'closes the last letter when the end lies before the first period',
      project({ number: 1, settings: { ends: '2026-11-01' } }),
      plenty,
      friday,
      { ...closes, isLast: true },
    ],
    [
      'passes after the last letter',
      project({ settings: { ends: '2026-11-20' }, since: friday, nextCutOff: friday + week }),
      plenty,
      friday + week,
      passes('ended', friday + week),
    ],
    [
      'goes on when the end is moved behind the last letter',
      project({ settings: { ends: '2026-12-20' }, since: friday, nextCutOff: friday + week }),
      plenty,
      friday + week,
      { ...closes, until: friday + week, nextCutOff: friday + 2 * week },
    ],
    [
      'passes without an address of the owner',
      project({ settings: { ownerEmail: null } }),
      plenty,
      friday,
      passes('notReady'),
    ],
    [
      'passes without a public address',
      project({ settings: { publicUrl: null } }),
      plenty,
      friday,
      passes('notReady'),
    ],
    [
      'passes without a sender where sending is direct',
      project({ settings: { sender: null, delivery: 'direct' } }),
      plenty,
      friday,
      passes('notReady'),
    ],
    ['passes without a key', project(), { ...plenty, hasKey: false }, friday, passes('notReady')],
    [
      'passes without an active recipient',
      project(),
      { ...plenty, hasActiveRecipient: false },
      friday,
      passes('notReady'),
    ],
    [
      'needs nothing to close by hand',
      project({ settings: { sender: null, ownerEmail: null, publicUrl: null } }),
      { ...plenty, hasKey: false, hasActiveRecipient: false },
      friday,
      closes,
    ],
    [
      'closes at a cut-off that had come before the schedule changed',
      project({ settings: { schedule: { weekday: 'monday', time: '09:00', zone: 'UTC' } } }),
      plenty,
      friday + minute,
      { ...closes, nextCutOff: friday + 2 * day + 17 * hour },
    ],
  ])('%s', (_, before, facts, due, expected) => {
    expect(bySchedule(before, facts, due)).toEqual(expected)
  })
})

describe('closing by the owner’s word', () => {
  it.each<[what: string, project: Project, now: number, expected: object]>([
    [
      'stands in for the coming cut-off',
      project(),
      friday - day,
      { until: friday - day, nextCutOff: friday + week },
    ],
    [
      'stands in for one that has come but was not ticked',
      project(),
      friday + minute,
      { until: friday + minute, nextCutOff: friday + week },
    ],
    [
      'skips no more than the cut-offs that have come',
      project(),
      friday + week + day,
      { until: friday + week + day, nextCutOff: friday + 2 * week },
    ],
    [
      'stands in for one that passed, and the next stays',
      project({ passed: { cutOff: friday, why: 'away' }, nextCutOff: friday + week }),
      friday + day,
      { until: friday + day, nextCutOff: friday + week },
    ],
    [
      'leaves no cut-off behind it that has come',
      project({ passed: { cutOff: friday, why: 'held' }, nextCutOff: friday + week }),
      friday + week + minute,
      { until: friday + week + minute, nextCutOff: friday + 2 * week },
    ],
    [
      'closes while away',
      project({ settings: { away: [away] } }),
      friday - hour,
      { until: friday - hour, nextCutOff: friday + week },
    ],
    [
      'closes a period even in the instant of its beginning',
      project({ since: friday, nextCutOff: friday + week }),
      friday,
      { until: friday + 1, nextCutOff: friday + 2 * week },
    ],
    [
      'closes after a clock that stood behind the last end',
      project({ since: friday + 5, nextCutOff: friday + week }),
      friday,
      { until: friday + 6, nextCutOff: friday + 2 * week },
    ],
    [
      'says that it is the last letter on or after the end',
      project({ settings: { ends: '2026-11-19' } }),
      friday - day,
      { isLast: true },
    ],
    [
      'is not the last letter before the end',
      project({ settings: { ends: '2026-11-20' } }),
      friday - day,
      { isLast: false },
    ],
  ])('%s', (_, before, now, expected) => {
    expect(byOwner(before, now)).toMatchObject({ does: 'close', ...expected })
  })
})

describe('lifting the hold', () => {
  const held = { heldAt: friday - day }
  const passed = { cutOff: friday, why: 'held' } as const

  it.each<[what: string, project: Project, facts: Facts, now: number, expected: boolean]>([
    ['only lifts before the cut-off', project(held), plenty, friday - hour, false],
    ['closes once the cut-off has come', project(held), plenty, friday, true],
    [
      'closes once the cut-off has passed',
      project({ ...held, passed, nextCutOff: friday + week }),
      plenty,
      friday + hour,
      true,
    ],
    [
      'only lifts with nothing to tell',
      project({ ...held, passed, nextCutOff: friday + week }),
      silent,
      friday + hour,
      false,
    ],
    [
      'only lifts when the cut-off passed for another reason, before it was held',
      project({ heldAt: friday + day, passed: { cutOff: friday, why: 'silent' }, nextCutOff: friday + week }),
      plenty,
      friday + 2 * day,
      false,
    ],
  ])('%s', (_, before, facts, now, expected) => {
    expect(liftingCloses(before, facts, now)).toBe(expected)
  })
})

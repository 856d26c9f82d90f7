import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  cutOffsAround,
  isZone,
  localDate,
  nextCutOff,
  type Schedule,
  type Weekday,
  weekdays,
} from '../../src/core/period.ts'
import { day } from '../world.ts'

const latestCutOff = (schedule: Schedule, instant: number) => cutOffsAround(schedule, instant).latest

/** Zones that differ in what may go wrong: shifts of half an hour, quarters, skipped days, two shifts a year. */
const zones = [
  ...['UTC', 'America/New_York', 'Europe/London', 'Europe/Zurich', 'Europe/Dublin', 'Australia/Lord_Howe'],
  ...[
    'Asia/Kathmandu',
    'Asia/Kolkata',
    'Pacific/Auckland',
    'Pacific/Chatham',
    'Pacific/Apia',
    'Pacific/Kiritimati',
  ],
  ...[
    'Africa/Casablanca',
    'Africa/Cairo',
    'Asia/Gaza',
    'America/St_Johns',
    'America/Nuuk',
    'America/Sao_Paulo',
  ],
  ...['Asia/Tehran', 'America/Santiago', 'Antarctica/Troll', 'Etc/GMT+12', 'Etc/GMT-14', 'Asia/Pyongyang'],
  ...Intl.supportedValuesOf('timeZone'),
]

function on(weekday: Weekday, time: string, zone: string): Schedule {
  return { weekday, time, zone }
}

function iso(instant: number): string {
  return new Date(instant).toISOString().replace(':00.000Z', 'Z')
}

const newYork = on('sunday', '01:30', 'America/New_York')
const gap = on('sunday', '02:30', 'America/New_York')

describe('the next cut-off', () => {
  it.each<[what: string, schedule: Schedule, after: string, expected: readonly string[]]>([
    [
      'takes the first of a doubled hour, once',
      newYork,
      '2026-10-26T00:00Z',
      ['2026-11-01T05:30Z', '2026-11-08T06:30Z'],
    ],
    [
      'does not come again in the second of a doubled hour',
      newYork,
      '2026-11-01T05:30Z',
      ['2026-11-08T06:30Z'],
    ],
    ['moves a missing hour on', gap, '2027-03-08T12:00Z', ['2027-03-14T07:30Z', '2027-03-21T06:30Z']],
    [
      'keeps the local hour when London springs',
      on('sunday', '12:00', 'Europe/London'),
      '2027-03-25T00:00Z',
      ['2027-03-28T11:00Z', '2027-04-04T11:00Z'],
    ],
    [
      'keeps the local hour when London falls back',
      on('sunday', '01:15', 'Europe/London'),
      '2026-10-20T00:00Z',
      ['2026-10-25T00:15Z', '2026-11-01T01:15Z'],
    ],
    [
      'moves on by half an hour where the shift is half an hour',
      on('sunday', '02:15', 'Australia/Lord_Howe'),
      '2026-09-30T00:00Z',
      ['2026-10-03T15:45Z', '2026-10-10T15:15Z'],
    ],
    [
      'takes the first of a doubled half hour',
      on('sunday', '01:45', 'Australia/Lord_Howe'),
      '2026-04-01T00:00Z',
      ['2026-04-04T14:45Z', '2026-04-11T15:15Z'],
    ],
    [
      'knows zones at three quarters',
      on('friday', '16:00', 'Asia/Kathmandu'),
      '2026-11-16T00:00Z',
      ['2026-11-20T10:15Z'],
    ],
    [
      'knows zones at the half',
      on('friday', '16:00', 'Asia/Kolkata'),
      '2026-11-16T00:00Z',
      ['2026-11-20T10:30Z'],
    ],
    [
      'keeps the local weekday where UTC has another',
      on('friday', '09:00', 'Pacific/Auckland'),
      '2026-09-23T00:00Z',
      ['2026-09-24T21:00Z', '2026-10-01T20:00Z'],
    ],
    [
      'keeps the local hour while Ramadan shifts the clock',
      on('friday', '16:00', 'Africa/Casablanca'),
      '2026-02-10T00:00Z',
      ['2026-02-13T15:00Z', '2026-02-20T16:00Z', '2026-02-27T16:00Z'],
    ],
    ['crosses the end of a year', on('friday', '16:00', 'UTC'), '2026-12-25T16:00Z', ['2027-01-01T16:00Z']],
    [
      'knows the leap day',
      on('tuesday', '00:00', 'UTC'),
      '2028-02-22T00:00Z',
      ['2028-02-29T00:00Z', '2028-03-07T00:00Z'],
    ],
  ])('%s', (_, schedule, after, expected) => {
    const found: string[] = []
    for (const _ of expected) found.push(iso(nextCutOff(schedule, Date.parse(found.at(-1) ?? after))))
    expect(found).toEqual(expected)
    expect(iso(latestCutOff(schedule, Date.parse(expected[0] ?? '')))).toBe(expected[0])
    expect(latestCutOff(schedule, Date.parse(expected[0] ?? '') - 1)).toBeLessThanOrEqual(Date.parse(after))
  })

  it('still comes once in the week whose Friday Apia skipped', () => {
    const schedule = on('friday', '16:00', 'Pacific/Apia')
    const before = Date.parse('2011-12-24T02:00:00Z')
    expect(localDate('Pacific/Apia', before)).toBe('2011-12-23')
    const skipped = nextCutOff(schedule, before)
    const after = nextCutOff(schedule, skipped)
    expect(localDate('Pacific/Apia', skipped)).toBe('2011-12-31')
    expect(localDate('Pacific/Apia', after)).toBe('2012-01-06')
    expect(latestCutOff(schedule, after - 1)).toBe(skipped)
  })
})

describe('a zone', () => {
  it.each(['UTC', 'Europe/Zurich', 'America/Argentina/Buenos_Aires', 'Etc/GMT+12'])(
    'is known: %s',
    (zone) => {
      expect(isZone(zone)).toBe(true)
    },
  )

  it.each([
    '',
    '+02:00',
    '05:30',
    'Mars/Olympus',
    'Europe/Zurich ',
    '../etc/passwd',
    'Europe/Zurich[u-ca=hebrew]',
  ])('is refused: %j', (zone) => {
    expect(isZone(zone)).toBe(false)
  })
})

describe('periods', () => {
  const schedules = fc.record({
    weekday: fc.constantFrom(...weekdays),
    time: fc.oneof(
      fc.constantFrom('00:00', '00:30', '01:30', '02:00', '02:30', '23:59'),
      fc
        .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
        .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')),
    ),
    zone: fc.constantFrom(...zones),
  })
  const instants = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2090, 0) })

  it('tile time without gap or overlap, in any zone, at any hour', () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, instant) => {
        const latest = latestCutOff(schedule, instant)
        const next = nextCutOff(schedule, instant)
        const third = nextCutOff(schedule, next)
        expect(latest).toBeLessThanOrEqual(instant)
        expect(next).toBeGreaterThan(instant)
        expect(nextCutOff(schedule, latest)).toBe(next)
        expect(latestCutOff(schedule, next)).toBe(next)
        expect(latestCutOff(schedule, next - 1)).toBe(latest)
        for (const length of [next - latest, third - next]) {
          expect(length).toBeGreaterThan(5.9 * day)
          expect(length).toBeLessThan(8.1 * day)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('end on the scheduled weekday and minute, unless the clock leaves that out', () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, instant) => {
        const next = Temporal.Instant.fromEpochMilliseconds(nextCutOff(schedule, instant))
        const local = next.toZonedDateTimeISO(schedule.zone).toPlainDateTime()
        const time = Temporal.PlainTime.from(schedule.time)
        const isAsScheduled =
          weekdays[local.dayOfWeek - 1] === schedule.weekday && local.toPlainTime().equals(time)
        if (isAsScheduled) return
        // A gap: the scheduled time, read before the clock jumps, is the same instant.
        const offset = next.subtract({ hours: 30 }).toZonedDateTimeISO(schedule.zone).offset
        const meant = next.toZonedDateTimeISO(offset).toPlainDateTime()
        expect(weekdays[meant.dayOfWeek - 1]).toBe(schedule.weekday)
        expect(meant.toPlainTime().equals(time)).toBe(true)
      }),
      { numRuns: 400 },
    )
  })
})

/** Cut-offs of eight zones against another library, in each runtime that computes them: workerd and Node. */
import { DateTime, FixedOffsetZone, IANAZone } from 'luxon'
import { describe, expect, it } from 'vitest'
import { cutOffsAround, nextCutOff, type Schedule, weekdays } from '../../src/core/period.ts'

type Times = Pick<Schedule, 'weekday' | 'time'>

const schedules: readonly Times[] = [
  { weekday: 'friday', time: '16:00' },
  { weekday: 'sunday', time: '02:30' },
  { weekday: 'sunday', time: '01:30' },
  { weekday: 'monday', time: '00:00' },
]

/** Two years each: Apia skips a Friday; its last summer times; hours of Ramadan in Casablanca; what comes next. */
const spans: readonly (readonly [from: string, until: string])[] = [
  ['2010-11-01', '2012-11-01'],
  ['2019-11-01', '2021-11-01'],
  ['2024-11-01', '2026-11-01'],
  ['2026-11-01', '2028-11-01'],
]

/**
 * How many of the schedules' times the zone's rules leave out, and how many they double, span by span: without
 * these the matrix would show no more than that weeks have seven days.
 */
const zones: readonly (readonly [zone: string, missing: readonly number[], doubled: readonly number[]])[] = [
  ['America/New_York', [2, 2, 2, 2], [2, 2, 2, 2]],
  ['Europe/London', [2, 2, 2, 2], [2, 2, 2, 2]],
  ['Australia/Lord_Howe', [0, 0, 0, 0], [2, 2, 2, 2]],
  ['Asia/Kathmandu', [0, 0, 0, 0], [0, 0, 0, 0]],
  ['Pacific/Auckland', [2, 2, 2, 2], [2, 2, 2, 2]],
  ['Pacific/Apia', [1, 0, 0, 0], [0, 0, 0, 0]],
  ['Africa/Casablanca', [1, 2, 2, 0], [1, 2, 3, 0]],
  ['UTC', [0, 0, 0, 0], [0, 0, 0, 0]],
]

export function describeZoneMatrix(): void {
  describe.each(zones)('cut-offs in %s', (zone, missing, doubled) => {
    const cases = spans.flatMap((span) =>
      schedules.map((times) => [...span, times.weekday, times.time] as const),
    )

    it.each(cases)(
      'from %s until %s, %ss at %s, are those that luxon finds',
      (from, until, weekday, time) => {
        const schedule = { weekday, time, zone }
        const expected = readings(schedule, from, until).map(({ instant }) => instant)
        const found: number[] = []
        for (const _ of expected) found.push(nextCutOff(schedule, found.at(-1) ?? (expected[0] ?? 0) - 1))
        expect(found.map(iso)).toEqual(expected.map(iso))
        for (const [i, cutOff] of expected.entries()) {
          expect(cutOffsAround(schedule, cutOff).latest).toBe(cutOff)
          if (i > 0) expect(cutOffsAround(schedule, cutOff - 1).latest).toBe(expected[i - 1])
        }
      },
    )

    it('are left out and doubled as often as the zone’s rules say', () => {
      const found = spans.map((span) => schedules.flatMap((times) => readings({ ...times, zone }, ...span)))
      const count = (times: number) => found.map((all) => all.filter(({ read }) => read === times).length)
      expect([count(0), count(2)]).toEqual([missing, doubled])
    })
  })

  it('Casablanca leaves its hour for Ramadan, and since September 2026 for good', () => {
    const schedule = { weekday: 'friday', time: '16:00', zone: 'Africa/Casablanca' } as const
    const fridays = readings(schedule, '2024-11-01', '2026-11-01').map(({ instant }) => iso(instant))
    const atGreenwich = fridays.filter((text) => text.includes('T16:00')).map((text) => text.slice(0, 10))
    expect(atGreenwich).toEqual([
      ...['2025-02-28', '2025-03-07', '2025-03-14', '2025-03-21', '2025-03-28', '2025-04-04'],
      ...['2026-02-20', '2026-02-27', '2026-03-06', '2026-03-13', '2026-03-20'],
      ...['2026-09-25', '2026-10-02', '2026-10-09', '2026-10-16', '2026-10-23', '2026-10-30'],
    ])
  })
}

type Reading = {
  readonly instant: number
  /** How often the local time comes on its day: 0, 1 or 2 times. */
  readonly read: number
}

/**
 * The schedule's days of a span by luxon. Which offset a missing or doubled time is read with is left open there
 * (https://moment.github.io/luxon/#/zones), so both offsets around it are tried: a doubled time is the first that
 * the clock shows, a missing one is read as if the clock had not yet jumped.
 */
function readings({ weekday, time, zone }: Schedule, from: string, until: string): readonly Reading[] {
  const found: Reading[] = []
  const [hour, minute] = time.split(':').map(Number)
  const first = DateTime.fromISO(from, { zone: 'utc' })
  const toWeekday = (weekdays.indexOf(weekday) + 1 - first.weekday + 7) % 7
  const end = DateTime.fromISO(until, { zone: 'utc' })
  for (let day = first.plus({ days: toWeekday }); day < end; day = day.plus({ weeks: 1 })) {
    const meant = day.set({ hour: hour ?? 0, minute: minute ?? 0 })
    const [before, after] = [-36, 36].map((hours) => offsetAt(zone, meant.plus({ hours }).toMillis()))
    const tries = [before ?? 0, after ?? 0].map((offset) =>
      meant.setZone(FixedOffsetZone.instance(offset), { keepLocalTime: true }).toMillis(),
    )
    const shown = tries.filter(
      (instant) => DateTime.fromMillis(instant, { zone }).toFormat(format) === meant.toFormat(format),
    )
    const instant = shown.length > 0 ? Math.min(...shown) : (tries[0] ?? 0)
    found.push({ instant, read: new Set(shown).size })
  }
  return found
}

const format = "yyyy-MM-dd'T'HH:mm"

/** Minutes east of UTC. */
function offsetAt(zone: string, instant: number): number {
  return zone === 'UTC' ? 0 : IANAZone.create(zone).offset(instant)
}

function iso(instant: number): string {
  return new Date(instant).toISOString()
}

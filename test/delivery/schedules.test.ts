import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { beforeEach, describe, it, vi } from 'vitest'
import { readEvidence } from './evidence.ts'
import { expectAllHolds, expectNothingSilent, expectNothingWaits } from './model.ts'
import { calmDown, closeLast, releaseAll } from './quiet-end.ts'
import { play, schedule } from './schedule.ts'

/** By `npm run soak`: how many runs of how many steps; a path leads to the one that failed, and to its smallest form. */
type Asked = {
  readonly runs?: number
  readonly steps?: number
  readonly seed?: number
  readonly path?: string
}

const { runs = 300, steps = 12, ...which }: Asked = JSON.parse(env.SCHEDULES)

// A line for every run of the cron: too many to keep.
beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => {}))

describe('any schedule of people, ticks, faults, receipts and clock steps', () => {
  it('keeps what the model says', { timeout: 3_600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(schedule(steps), async (played) => {
        const world = await play(played)
        await calmDown(world)
        expectNothingSilent(world, await readEvidence())
        await closeLast(world)
        const found = await readEvidence()
        expectNothingSilent(world, found)
        expectAllHolds(world, found)
        if (!(await releaseAll(world))) return
        const after = await readEvidence()
        expectNothingWaits(after)
        expectAllHolds(world, after)
      }),
      { numRuns: runs, interruptAfterTimeLimit: 3_500_000, ...which },
    )
  })
})

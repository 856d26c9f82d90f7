/** Closing a week, small to huge: the Worker's own time against `marked` alone on the same Markdown. */
import { ask, type Counts, postAll } from './load.ts'
import { grouped, inWords, type Measured, type Measurement, typical } from './measurement.ts'
import { sampleTexts } from './sample.ts'
import type { Running } from './world.ts'

const rounds = 15
const warmUp = 3

/** Updates that a round gives to each, closing by closing: far more work than the clock's 1 ms. */
const toReplay = 20_000
const toParse = 2_000

/**
 * What a closing costs however short the week: seven trips to D1, dates, secrets. Below a tenth of the 10 ms that the
 * free plan gives a run, nothing is won by less.
 */
const leastMs = 1

/** Ten times the updates may take ten times as long, and a quarter more for the moods of a machine. */
const maxGrowth = 12.5

export const closing: Measurement = {
  name: 'Closing a week',

  async measure({ measured }) {
    const { json } = await ask<{ cutOff: string }>(measured, '/api/digests/next')
    const cutOff = Date.parse(json.cutOff)
    const small = await measureSize(measured, cutOff, 0, 20)
    const usual = await measureSize(measured, cutOff, 20, 200)
    const huge = await measureSize(measured, cutOff, 200, 2000)
    return report(small, usual, huge)
  },
}

type Size = {
  readonly size: number
  /** Milliseconds: the whole closing, what it does but wait for D1, and `marked`. */
  readonly close: number
  readonly own: number
  readonly marked: number
  /** What closing asked of D1, and what the post that made the week this large. */
  readonly closeCounts: Counts
  readonly postCounts: Counts
}

/** `posted` updates are there already. The period is opened again after each closing. */
async function measureSize(measured: Running, cutOff: number, posted: number, size: number): Promise<Size> {
  const texts = sampleTexts(size)
  const bodies = texts.slice(posted).map((text) => ({ text }))
  await postAll(measured, '/api/updates', bodies.slice(1), 4)
  const { counts: postCounts } = await ask(measured, '/api/updates', bodies[0])
  const round = async () => {
    const replay = { due: cutOff, times: toReplay / size }
    const { json: closed, counts } = await ask<Ticked>(measured, '/bench/tick', replay)
    const parse = { texts, times: toParse / size }
    const { json: parsed } = await ask<{ ms: number }>(measured, '/bench/marked', parse)
    if (counts.rowsWritten < size) throw new Error(`the tick did not close a week of ${size} updates`)
    await reopen(measured, cutOff)
    return { close: closed.ms, own: closed.ownMs, marked: parsed.ms, counts }
  }
  for (let i = 1; i < warmUp; i += 1) await round()
  const { counts: closeCounts } = await round()
  const warm: { close: number; own: number; marked: number }[] = []
  while (warm.length < rounds) warm.push(await round())
  const close = typical(warm.map((each) => each.close))
  const own = typical(warm.map((each) => each.own))
  const marked = typical(warm.map((each) => each.marked))
  return { size, close, own, marked, closeCounts, postCounts }
}

/** As workers/measured.ts times a run of the cron. */
type Ticked = { readonly ms: number; readonly ownMs: number }

function reopen({ sql }: Running, cutOff: number): Promise<void> {
  return sql(
    'DELETE FROM deliveries',
    'DELETE FROM documents',
    'DELETE FROM blocks',
    'DELETE FROM measurements',
    'UPDATE updates SET digest = NULL',
    'DELETE FROM digests',
    `UPDATE project SET next_cut_off = ${cutOff}`,
  )
}

function report(small: Size, usual: Size, huge: Size): Measured {
  const sizes = [small, usual, huge]
  return {
    rows: [
      ...sizes.map(({ size, own, marked }) => ({
        what: `closing ${grouped(size)} updates, its own time`,
        figure: `${own.toFixed(2)} ms`,
        baseline: marked < leastMs ? `${leastMs} ms at least` : `${marked.toFixed(2)} ms marked`,
        value: own / Math.max(marked, leastMs),
        budget: { atMost: 0.5 },
      })),
      {
        what: 'closing 2,000 updates on D1, against 200',
        figure: `${huge.close.toFixed(1)} ms`,
        baseline: `${usual.close.toFixed(1)} ms`,
        value: huge.close / usual.close,
        budget: { atMost: maxGrowth },
      },
    ],
    notes: sizes.flatMap(({ size, close, closeCounts, postCounts }) => [
      `closing ${grouped(size)} takes ${close.toFixed(1)} ms on local D1, asked ${inWords(closeCounts)}`,
      `the post that makes it ${grouped(size)} asks D1 ${inWords(postCounts)}`,
    ]),
  }
}

/** `POST /api/updates` against a Worker that does one insert a request: answers a second, and rows written. */
import { ask, type Counts, postAll } from './load.ts'
import { inWords, type Measurement, typical } from './measurement.ts'
import { sampleTexts } from './sample.ts'
import type { World } from './world.ts'

const rounds = 9
const postsARound = 150
const connections = 4

export const posting: Measurement = {
  name: 'Posting an update',

  async measure(world) {
    const rates = await measureRates(world)
    const counts = await countPost(world)
    return {
      rows: [
        {
          what: 'POST /api/updates, answers a second',
          figure: typical(rates.map(({ real }) => real)).toFixed(0),
          baseline: `${typical(rates.map(({ bare }) => bare)).toFixed(0)} bare`,
          value: typical(rates.map(({ real, bare }) => real / bare)),
          budget: { atLeast: 0.6 },
        },
        {
          what: 'rows written by a post',
          figure: `${counts.rowsWritten}`,
          value: counts.rowsWritten,
          budget: { atMost: 8 },
        },
      ],
      notes: [`a post asks D1 ${inWords(counts)}`],
    }
  },
}

/** Turn by turn, so that whatever else the machine does meets both; the first round only warms up. */
async function measureRates({ real, bare }: World) {
  const bodies = sampleTexts(postsARound).map((text) => ({ text }))
  const rates: { real: number; bare: number }[] = []
  for (let round = 0; round <= rounds; round += 1) {
    rates.push({
      bare: await postAll(bare, '/', bodies, connections),
      real: await postAll(real, '/api/updates', bodies, connections),
    })
    await bare.sql('DELETE FROM notes')
    await real.sql('DELETE FROM updates', 'DELETE FROM posts')
  }
  return rates.slice(1)
}

/** Of a second post: the first one makes the project. */
async function countPost({ measured }: World): Promise<Counts> {
  const [first, second] = sampleTexts(2)
  await ask(measured, '/api/updates', { text: first })
  const { counts } = await ask(measured, '/api/updates', { text: second })
  await measured.sql('DELETE FROM updates', 'DELETE FROM posts')
  return counts
}

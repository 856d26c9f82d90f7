/** `npm run bench`: every budget against its baseline, in one run on this machine; ends with 1 if one is not kept. */
import { availableParallelism, cpus } from 'node:os'
import wrangler from 'wrangler/package.json' with { type: 'json' }
import { archive } from './archive.ts'
import { bundle } from './bundle.ts'
import { closing } from './closing.ts'
import { idle } from './idle.ts'
import { keepsBudget, type Measured, type Measurement } from './measurement.ts'
import { posting } from './posting.ts'
import { reading } from './reading.ts'
import { sending } from './sending.ts'
import { table } from './table.ts'
import { openWorld } from './world.ts'

/** In this order: the tick with nothing due finds a project with 2,000 updates, and the archive is left full. */
const measurements: readonly Measurement[] = [bundle, reading, posting, closing, idle, sending, archive]

console.log(`Node ${process.version}, workerd ${wrangler.dependencies.workerd}, D1 on this machine,`)
console.log(
  `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}). Takes three minutes.\n`,
)

const found = await measureAll()
const rows = found.flatMap((each) => each.rows)
const over = rows.filter((row) => !keepsBudget(row)).length
console.log(`\n${table(rows)}\n`)
for (const note of found.flatMap(({ notes }) => notes)) console.log(`- ${note}`)
console.log(over === 0 ? '\nAll budgets are kept.' : `\n${over} of ${rows.length} budgets are not kept.`)
process.exitCode = over === 0 ? 0 : 1

async function measureAll(): Promise<readonly Measured[]> {
  await using world = await openWorld()
  const found: Measured[] = []
  for (const { name, measure } of measurements) {
    console.log(`${name} …`)
    found.push(await measure(world))
  }
  return found
}

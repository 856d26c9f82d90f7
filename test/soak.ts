/**
 * Random schedules for hours: `npm run soak -- --runs 20000 [--steps 24] [--seed 1] [--path 3:0:1]`. Played in batches, each in a
 * process of its own; stops at the first schedule that breaks the model, and says how to play it again.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const command = ['run', '--config', 'test/vitest.config.ts', '--project', 'worker']
const batch = 500

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    steps: { type: 'string' },
    seed: { type: 'string' },
    path: { type: 'string' },
  },
})
const wanted = whole(values.runs, 20_000)
const firstSeed = whole(values.seed, Date.now() % 1_000_000_000)
const steps = whole(values.steps, 24)
const began = Date.now()

for (let played = 0; played < wanted; ) {
  const runs = Math.min(batch, wanted - played)
  const seed = firstSeed + played / batch
  const asked = { runs, steps, seed, ...(values.path === undefined ? {} : { path: values.path }) }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [vitest, ...command, 'test/delivery/schedules.test.ts'],
    { cwd: root, env: { ...process.env, SCHEDULES: JSON.stringify(asked) }, encoding: 'utf8' },
  )
  if (status !== 0) {
    console.error(`${stdout}\n${stderr}`)
    console.error(
      `Seed ${seed}: again by npm run soak -- --runs ${runs} --steps ${steps} --seed ${seed}, with --path from above`,
    )
    process.exit(1)
  }
  played += runs
  const minutes = (Date.now() - began) / 60_000
  console.log(`${played} of ${wanted} schedules, seed ${seed}, ${minutes.toFixed(1)} minutes`)
}

function whole(text: string | undefined, otherwise: number): number {
  const number = Number(text ?? otherwise)
  if (Number.isSafeInteger(number) && number > 0) return number
  throw new Error(`${text} is no whole number above 0`)
}

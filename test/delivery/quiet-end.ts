/** How a random schedule ends: nobody does anything more, the provider is well, the cron runs. */
import { env } from 'cloudflare:workers'
import { addRecipient, get, hour, minute, post, setUp } from '../world.ts'
import { number } from './acts.ts'
import { nextCutOff, runTick, setTime, type World } from './schedule-world.ts'

const plain = {
  ...{ delivery: 'direct', silentWeek: 'skip', away: [] },
  schedule: { weekday: 'friday', time: '16:00', zone: 'UTC' },
}

/** Nothing is in the way any more; ends when all that may go out by itself had three hours for it. */
export async function calmDown(world: World): Promise<void> {
  setTime(world, world.latest + minute)
  await setUp(plain)
  await get('DELETE', '/api/digests/next/hold', { ...(await number()), close: false })
  await runTick(world, world.now) // in trouble still, if there is any: it must end without a word
  world.faults.length = 0
  world.trouble = undefined
  setTime(world, world.now + hour)
  await runTicks(world, 2 + (await count('finished_at IS NULL')))
  await haveALook(world)
}

/** One more week, with a letter for everybody. */
export async function closeLast(world: World): Promise<void> {
  const email = 'last@example.edu'
  world.recipients.push({ id: await addRecipient(email), email, wasInner: true })
  await runTick(world, world.now) // a cut-off that came since the last run
  await post('The last word')
  setTime(world, Math.max(await nextCutOff(), world.now))
  await runTicks(world, 2 + (await count('finished_at IS NULL')))
  await haveALook(world)
}

/** A run looks at one digest. */
async function haveALook(world: World): Promise<void> {
  setTime(world, world.now + 3 * hour)
  await runTicks(world, 1 + (await count('look_at IS NOT NULL')))
  // A cut-off may have come in these hours, and after trouble the first run tries one letter.
  await runTicks(world, await count('finished_at IS NULL'))
}

/** The owner's word for all that waits for it; whether anything did. */
export async function releaseAll(world: World): Promise<boolean> {
  const { results } = await env.DB.prepare('SELECT slug FROM digests WHERE finished_at IS NULL').all()
  for (const { slug } of results) await get('PATCH', `/api/digests/${slug}`, { release: true })
  if (results.length > 0) await runTicks(world, 2 + 2 * results.length)
  return results.length > 0
}

async function count(where: string): Promise<number> {
  return (await env.DB.prepare(`SELECT count(*) AS n FROM digests WHERE ${where}`).first<number>('n')) ?? 0
}

async function runTicks(world: World, runs: number): Promise<void> {
  for (let run = 0; run < runs; run++) {
    await runTick(world, world.now)
    setTime(world, world.now + (run === 0 ? 31 : 6) * minute)
  }
}

/** How a random schedule ends: nobody does anything more, the provider is well, the cron runs. */
import { env } from 'cloudflare:workers'
import { addRecipient, get, hour, minute, post, setUp } from '../world.ts'
import { number } from './acts.ts'
import { nextCutOff, runTick, setTime, type World } from './schedule-world.ts'

const plain = {
  ...{ delivery: 'direct', silentWeek: 'skip', away: [] },
  schedule: { weekday: 'friday', time: '16:00', zone: 'UTC' },
}

/** Nothing is in the way any more; ends three hours after the last digest has closed and gone out. */
export async function endQuietly(world: World): Promise<void> {
  world.faults.length = 0
  world.trouble = undefined
  setTime(world, world.latest + minute)
  await setUp(plain)
  const email = 'last@example.edu'
  world.recipients.push({ id: await addRecipient(email), email, wasInner: true })
  await get('DELETE', '/api/digests/next/hold', { ...(await number()), close: false })
  await post('The last word')
  await runTicks(world, 2 + (await count('finished_at IS NULL')))
  setTime(world, Math.max(await nextCutOff(), world.now))
  await runTicks(world, 2 + (await count('finished_at IS NULL')))
  setTime(world, world.now + 3 * hour)
  await runTicks(world, 1 + (await count('look_at IS NOT NULL')))
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

import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { tickThrough } from '../boundaries.ts'
import { addReaders, friday, get, minute, monday, post, resend, setClock, setUp, tickAt } from '../world.ts'

it('a letter whose refusal is heard after a withdrawal, when another run has gone past it, still goes out', async () => {
  setClock(monday)
  await setUp()
  await addReaders(100)
  const id = await post('To be withdrawn')
  await post('To stay')
  setClock(friday)
  resend.script({ status: 429, name: 'rate_limit_exceeded', headers: { 'retry-after': '60' } })
  let isOther = false
  await tickThrough(friday, async () => {
    if (resend.calls.length === 0 || isOther) return
    isOther = true
    // The first run has called, and has not yet written down that it was refused.
    await get('PUT', `/api/updates/${id}/withdrawal`, {})
    await tickAt(friday + minute)
  })
  expect(isOther).toBe(true)
  for (let now = friday + 6 * minute; now < friday + 40 * minute; now += 5 * minute) {
    setClock(now)
    await tickAt(now)
  }
  const waiting = await env.DB.prepare(
    "SELECT count(*) AS n FROM deliveries WHERE state IN ('waiting', 'trying')",
  ).first<number>('n')
  expect(waiting).toBe(0)
  expect(resend.inbox('reader1@example.edu')).toHaveLength(1)
})

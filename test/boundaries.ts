/**
 * Where a run touches D1 or the provider, found by counting: each touch is a boundary, and a test may stop the run
 * there, let others act there, or keep it waiting.
 */

import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import { createMailer } from '../src/delivery/mailer.ts'
import { tick } from '../src/delivery/tick.ts'
import { strictDb } from './strict-db.ts'
import { freePlan, resend } from './world.ts'

class Killed extends Error {}

/** By the host that a run asks: which of several at once it is. */
const touches = new Map<string, () => Promise<void>>()

let runs = 0

/** A run of the cron at `due`. `at` is called before each touch with its number, from 1. How many there were. */
export async function tickThrough(
  due: number,
  at: (boundary: number) => unknown,
  clock: () => number = () => due,
): Promise<number> {
  let touched = 0
  const touch = async () => {
    touched += 1
    await at(touched)
  }
  runs += 1
  const host = `run-${runs}.test`
  touches.set(host, touch)
  vi.stubGlobal('fetch', async (input: RequestInfo, init?: RequestInit) => {
    const request = new Request(input, init)
    await touches.get(new URL(request.url).host)?.()
    return resend.fetch(request)
  })
  const mailer = createMailer({ key: 're_test', baseUrl: `https://${host}` })
  const time = { clock, wait: async () => {} }
  try {
    await tick(strictDb(env.DB, touch).db, mailer, due, time, freePlan)
  } catch (error) {
    if (!(error instanceof Killed)) throw error
  } finally {
    touches.delete(host)
  }
  return touched
}

/** Stops a run before its touch number `boundary`; nothing of it comes after. */
export function killAt(boundary: number) {
  return (reached: number) => {
    if (reached >= boundary) throw new Killed()
  }
}

type Kept = { readonly table: string; readonly rows: readonly Readonly<Record<string, unknown>>[] }

/** What all tables hold now; calling it puts that back, `withInbox` as a backup does: the provider forgets nothing. */
export async function keepWorld({ withInbox = false } = {}): Promise<() => Promise<void>> {
  const { results } = await env.DB.prepare(
    // What is searched is derived: triggers put it back with the blocks.
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_%' ESCAPE '\\' AND name <> 'search'",
  ).all<{ name: string }>()
  const tables = results.map(({ name }) => name)
  const found = await env.DB.batch<Kept['rows'][number]>(
    tables.map((table) => env.DB.prepare(`SELECT * FROM ${table}`)),
  )
  const kept = tables.map((table, i): Kept => ({ table, rows: found[i]?.results ?? [] }))
  return async () => {
    if (!withInbox) resend.reset()
    await env.DB.batch([
      env.DB.prepare('PRAGMA defer_foreign_keys = on'),
      ...kept.map(({ table }) => env.DB.prepare(`DELETE FROM ${table}`)),
      ...kept.flatMap(({ table, rows }) => rows.map((row) => insert(table, row))),
    ])
  }
}

function insert(table: string, row: Readonly<Record<string, unknown>>): D1PreparedStatement {
  const names = Object.keys(row)
  const places = names.map((_, place) => `?${place + 1}`)
  return env.DB.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places.join(', ')})`).bind(
    ...Object.values(row),
  )
}

/** The database of the Worker that is looked at: for what no request brings about, since it takes a day. */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { world } from './visit.ts'

type Row = Readonly<Record<string, string | number | bigint | null | Uint8Array>>

/** A letter that has gone out, as if it had not: `state` of its deliveries, late or not. The result makes it as it was. */
export function unsent(slug: string, state: 'waiting' | 'uncertain'): () => void {
  const [file] = globSync(join(world.folder, '**/*D1DatabaseObject/*.sqlite')).filter(
    (name) => !name.endsWith('metadata.sqlite'),
  )
  if (file === undefined) throw new Error(`no database in ${world.folder}`)
  const database = new DatabaseSync(file, { timeout: 10_000 })
  const of = '(SELECT number FROM digests WHERE slug = ?)'
  const digest = database
    .prepare('SELECT send_until, finished_at FROM digests WHERE slug = ?')
    .get(slug) as Row
  const deliveries = database
    .prepare(`SELECT recipient, state FROM deliveries WHERE digest = ${of}`)
    .all(slug)
  const set = database.prepare(`UPDATE deliveries SET state = ? WHERE recipient = ? AND digest = ${of}`)
  const close = database.prepare('UPDATE digests SET send_until = ?, finished_at = ? WHERE slug = ?')
  for (const { recipient } of deliveries) set.run(state, recipient ?? '', slug)
  close.run(0, null, slug)
  return () => {
    for (const { recipient, state: before } of deliveries) set.run(before ?? '', recipient ?? '', slug)
    close.run(digest.send_until ?? 0, digest.finished_at ?? null, slug)
    database.close()
  }
}

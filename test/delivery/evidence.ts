/** What a schedule left behind, read in one go: all that the model judges. */
import { env } from 'cloudflare:workers'
import type { Message } from '../resend/stand-in.ts'
import { ask, resend } from '../world.ts'
import { lettersSent } from './schedule-world.ts'

export type Row = Readonly<Record<string, string | number | null>>

const queries = {
  digests: 'SELECT number, since, until, finished_at FROM digests ORDER BY number',
  updates: 'SELECT id, kind, text, inside, digest, withdrawn_at FROM updates',
  corrections: 'SELECT "update" AS id, text FROM corrections',
  /** One for each update that a block tells of. */
  told: 'SELECT b.digest, b.markdown, j.value AS id FROM blocks b, json_each(b.updates) j',
  documents: 'SELECT digest, circle, subject, markdown, html FROM documents',
  /** What came of plans and asks that are not private. */
  settled: `SELECT u.kind, s.* FROM updates u JOIN (
              SELECT plan AS id, why AS text, inside, digest FROM outcomes
              UNION ALL SELECT update_id, answer, inside, digest FROM answers) s ON s.id = u.id
            WHERE u.kind <> 'private'`,
  deliveries: `SELECT d.*, max(g.send_until, coalesce(d.send_until, 0)) AS try_until, g.until,
                      d.recipient IN ('inner', 'outer') AS is_by_hand,
                      d.recipient IN ('inner', 'outer') OR r.state = 'active' AND r.deleted_at IS NULL AS is_wanted
               FROM deliveries d JOIN digests g ON g.number = d.digest
               LEFT JOIN recipients r ON r.id = d.recipient`,
  /** Notices that were tried and have no end yet. */
  openNotices: "SELECT * FROM notices WHERE claims > 0 AND state IN ('waiting', 'trying')",
  active: "SELECT id, email FROM recipients WHERE state = 'active' AND deleted_at IS NULL",
} as const

export type Evidence = { readonly [name in keyof typeof queries]: readonly Row[] } & {
  readonly letters: readonly Message[]
  readonly notices: readonly Message[]
  /** What /healthz says: how many digests have not gone out in full in time, and whether a cut-off had to pass. */
  readonly health: { readonly status: number; readonly overdue: number; readonly notReady: boolean }
}

export async function readEvidence(): Promise<Evidence> {
  const results = await env.DB.batch<Row>(Object.values(queries).map((sql) => env.DB.prepare(sql)))
  const tables = Object.keys(queries).map((name, i) => [name, results[i]?.results ?? []])
  const response = await ask('GET', '/healthz', undefined, { token: null })
  const { overdue, notReady } = await response.json<{ overdue: { digests: number }; notReady: boolean }>()
  return {
    ...(Object.fromEntries(tables) as Record<keyof typeof queries, readonly Row[]>), // as they were asked
    letters: lettersSent(),
    notices: resend.sent.filter(({ tags }) => tags.notice !== undefined),
    health: { status: response.status, overdue: overdue.digests, notReady },
  }
}

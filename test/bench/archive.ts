/** The archive's list, one letter's page and a search in 10,000 letters: rows read, and bytes to load. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { ask, countsOf } from './load.ts'
import type { Measurement } from './measurement.ts'
import { ownerToken, type Running } from './world.ts'

const letters = 10_000
const blocksALetter = 20
/** As http/archive.ts lists them; of the first page one half is a chart. */
const page = 50

/** As http/search.ts shows them. */
const finds = 25

const session = 'a'.repeat(32)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

export const archive: Measurement = {
  name: 'An archive of 10,000 letters',

  async measure({ measured }) {
    await fill(measured)
    const first = await look(measured, '/archive')
    if (!first.html.includes('<svg')) throw new Error('the archive shows no chart')
    const older = await look(measured, `/archive?before=${letters / 2}`)
    const letter = await look(measured, `/archive/slug-${letters / 2}`)
    const found = await look(measured, '/archive/search?q=found')
    const close = await look(measured, '/archive/search?q=number+what')
    if (!found.html.includes('<mark>') || !close.html.includes('<mark>')) throw new Error('nothing is found')
    const style = await readFile(new URL('../../src/client/style.css', import.meta.url))
    const row = (what: string, value: number, atMost: number, unit = '') => {
      return { what, figure: `${value}${unit}`, value, budget: { atMost } }
    }
    return {
      rows: [
        row('rows read by the archive’s chart and list of 25', first.rowsRead, 2 * page + 5),
        row('rows read by the archive’s list of 50', older.rowsRead, 2 * page + 5),
        row('rows read by a letter’s page of 20 blocks', letter.rowsRead, 2 * blocksALetter + 5),
        row('rows read by a search, 25 finds', found.rowsRead, 2 * finds + 5),
        row('rows read by a search for words close together', close.rowsRead, 2 * finds + 5),
        row('the chart and list with their style, compressed', kilobytes(first.html, style), 14, ' KB'),
        row('the list with its style, compressed', kilobytes(older.html, style), 14, ' KB'),
        row('a letter’s page with its style, compressed', kilobytes(letter.html, style), 14, ' KB'),
      ],
      notes: [],
    }
  },
}

async function fill(worker: Running): Promise<void> {
  await ask(worker, '/api/updates', { text: '#result auc=0.788' })
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${letters})`
  await worker.sql(
    `INSERT INTO sessions (hash, owner_hash, ends_at) VALUES ('${sha256(session)}', '${sha256(ownerToken)}', 9e15)`,
    `INSERT INTO digests (number, slug, since, until, freeze, send_until, finished_at, delivery,
                          title, about, owner_name, locale, zone)
     ${numbers} SELECT i, 'slug-' || i, i * 1e8, i * 1e8 + 1e8, 'f', 0, 1, 'direct', 'A term', '', '', 'en-GB', 'UTC' FROM n`,
    `INSERT INTO documents (digest, circle, subject, news, preheader, markdown, html, words)
     ${numbers} SELECT i, 'inner', 's', '2 asks, 3 results', 'What came first in letter ' || i, 'm', 'h', 9 FROM n`,
    `INSERT INTO blocks (digest, position, section, circle, updates, markdown, letter, page)
     ${numbers.replace(`${letters}`, `${blocksALetter}`)}
     SELECT ${letters / 2}, i, 'Found', 'both', '["update-' || i || '"]', 'm', 'l', 'What was found, number ' || i FROM n`,
    `INSERT INTO blocks (digest, position, section, circle, updates, markdown, letter, page)
     ${numbers} SELECT i, ${blocksALetter}, 'Found', 'both', '[]', 'What was found in letter number ' || i, '', '' FROM n
     WHERE i <> ${letters / 2}`,
    `INSERT INTO measurements (identity, at, update_id, position, digest, inside, metric, value, baseline)
     ${numbers} SELECT m.value, i * 1e8, (SELECT id FROM updates LIMIT 1), m.key, i, 0, m.value, '0.7' || i, '.781'
     FROM n, json_each('["auc", "loss"]') AS m`,
  )
}

async function look({ url }: Running, path: string) {
  const response = await fetch(new URL(path, url), { headers: { Cookie: `weeknotes=${session}` } })
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  const { rowsRead } = countsOf(response.headers.get('Bench-Counts'))
  return { html: await response.text(), rowsRead }
}

function kilobytes(html: string, style: Buffer): number {
  const bytes = gzipSync(html).length + gzipSync(style).length
  return Math.round(bytes / 102.4) / 10
}

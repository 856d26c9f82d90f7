import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Answering, serveAnswers } from './client/answering.ts'
import { createApi } from './demo/api.ts'
import { startWorker } from './demo/worker.ts'
import { jpeg } from './photos.ts'

type Answer = { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }
type Asked = { readonly method: string; readonly path: string; readonly body: string; readonly token: string }

let folder = ''
let server: Answering
let asked: Asked[] = []
let answers: Answer[] = []
let origin = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weeknotes-backup-'))
  ;[asked, answers] = [[], []]
  server = await serveAnswers(({ method = '', url: path = '', headers }, body, response) => {
    asked.push({ method, path, body, token: headers.authorization ?? '' })
    const answer = answers.shift() ?? { status: 404 }
    response.writeHead(answer.status, answer.headers).end(answer.body ?? '')
  })
  origin = server.origin
})

afterEach(async () => {
  server.close()
  await rm(folder, { recursive: true, force: true })
})

const head = (part: number) => `{"type":"export","format":1,"project":"project-1","part":${part}}\n`
const page = (part: number, next?: string): Answer => ({
  status: 200,
  body: `${head(part)}{"type":"project","id":"project-1"}\n`,
  headers: next === undefined ? {} : { Link: `</api/export?cursor=${next}>; rel="next"` },
})

/** Runs a script as npm does; what it wrote, and its exit code. */
async function script(name: 'backup' | 'restore', given: readonly string[], token: string | null = 'secret') {
  const path = fileURLToPath(new URL(`../src/backup/${name}.ts`, import.meta.url))
  const child: ChildProcess = spawn(process.execPath, [path, ...given], {
    cwd: folder,
    env: { ...process.env, WEEKNOTES_TOKEN: token ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += text))
  const code = await new Promise((resolve) => child.once('close', resolve))
  return { code, said }
}

describe('the backup', () => {
  it('writes the pages behind each other, where only the owner reads them', async () => {
    answers = [page(1, 'two'), page(2)]
    const { code, said } = await script('backup', [origin, 'all.jsonl'])
    expect(code, said).toBe(0)
    expect(said).toContain('4 lines in 2 parts are in all.jsonl')
    expect(asked.map(({ path }) => path)).toEqual(['/api/export', '/api/export?cursor=two'])
    expect(asked[0]?.token).toBe('Bearer secret')
    expect(await readFile(join(folder, 'all.jsonl'), 'utf8')).toBe(`${page(1).body}${page(2).body}`)
    const { mode } = await stat(join(folder, 'all.jsonl'))
    if (process.platform !== 'win32') expect(mode & 0o077).toBe(0)
  })

  it('waits as long as it is asked to', async () => {
    answers = [
      { status: 429, headers: { 'Retry-After': '0' } },
      { status: 503, headers: { 'Retry-After': '0' } },
      page(1),
    ]
    expect((await script('backup', [origin, 'all.jsonl'])).code).toBe(0)
    expect(asked).toHaveLength(3)
  })

  it('begins again when the project changed meanwhile', async () => {
    answers = [page(1, 'two'), { status: 409, body: '{"detail":"begin again"}' }, page(1, 'two'), page(2)]
    expect((await script('backup', [origin, 'all.jsonl'])).code).toBe(0)
    expect(await readFile(join(folder, 'all.jsonl'), 'utf8')).toBe(`${page(1).body}${page(2).body}`)
  })

  it.each<[string, Answer[], RegExp]>([
    ['the token is wrong', [{ status: 401 }], /OWNER_TOKEN/u],
    ['a page is no export', [{ status: 200, body: '<!doctype html>' }], /no export/u],
    ['it breaks off', [page(1, 'two'), { status: 404, body: '{"title":"Not found"}' }], /Not found/u],
    [
      'it is led away',
      [{ status: 301, headers: { Location: 'https://elsewhere.example.com/' } }],
      /elsewhere/u,
    ],
  ])('leaves the last one as it was when %s', async (_, given, words) => {
    await writeFile(join(folder, 'all.jsonl'), 'the last one')
    answers = given
    const { code, said } = await script('backup', [origin, 'all.jsonl'])
    expect([code, said]).toEqual([1, expect.stringMatching(words)])
    expect(await readFile(join(folder, 'all.jsonl'), 'utf8')).toBe('the last one')
    expect(await readdir(folder)).toEqual(['all.jsonl'])
  })

  it.each([
    ['without an address', [], 'secret'],
    ['with an address that is none', ['notes'], 'secret'],
    ['with one that is not safe', ['http://notes.example.com'], 'secret'],
    ['without a token', ['https://notes.example.com'], null],
  ])('says how it is used %s', async (_, given, token) => {
    const { code, said } = await script('backup', given, token)
    expect([code, said]).toEqual([2, expect.stringContaining('npm run backup -- https://')])
  })
})

describe('the restore', () => {
  it('sends each part by itself, and says what was new', async () => {
    await writeFile(join(folder, 'all.jsonl'), `${page(1).body}${page(2).body}`)
    const taken = (part: number) => `{"part":${part},"lines":{"project":{"read":1,"added":1}},"held":true}`
    answers = [
      { status: 200, body: taken(1) },
      { status: 503, headers: { 'Retry-After': '0' } },
      { status: 200, body: taken(2) },
      { status: 200, body: '{"number":7}' },
    ]
    const { code, said } = await script('restore', [origin, 'all.jsonl'])
    expect(code, said).toBe(0)
    expect(said).toMatch(/Part 2: 1 lines, 1 of them new\.[\s\S]*Period 7 is held/u)
    expect(asked.map(({ body }) => body.trim())).toEqual(
      [page(1), page(2), page(2)].map(({ body }) => body?.trim()).concat(''),
    )
  })

  it('stops at a part that is refused, and says why', async () => {
    await writeFile(join(folder, 'all.jsonl'), `${page(1).body}${page(2).body}`)
    answers = [{ status: 409, body: '{"detail":"another project is here"}' }]
    const { code, said } = await script('restore', [origin, 'all.jsonl'])
    expect([code, said]).toEqual([1, expect.stringContaining('another project is here')])
    expect(asked).toHaveLength(1)
  })

  it.each([
    ['no file', [], 2],
    ['a file that is not there', ['nothing.jsonl'], 1],
  ])('says so when it is given %s', async (_, given, expected) => {
    expect((await script('restore', [origin, ...given])).code).toBe(expected)
  })
})

describe('the photos of a backup', () => {
  const [one, two] = ['1', '2'].map((digit) => `${digit.repeat(32)}.png`)
  const lines = [one, two, '../../etc/passwd'].map((name) => `{"type":"photo","name":"${name}"}\n`).join('')

  it('are saved into a folder beside it, once, and those that have no file are counted', async () => {
    const whole = { status: 200, body: `${head(1)}${lines}` }
    answers = [whole, { status: 200, body: 'picture' }, { status: 404 }]
    const { code, said } = await script('backup', [origin, 'all.jsonl'])
    expect([code, said]).toEqual([
      0,
      expect.stringMatching(/1 photo is in all\.jsonl\.photos.*1 of the photos/su),
    ])
    expect(asked.map(({ path }) => path)).toEqual([
      ...['/api/export', `/api/export/files/${one}`, `/api/export/files/${two}`],
    ])
    expect(await readFile(join(folder, 'all.jsonl.photos', one ?? ''), 'utf8')).toBe('picture')
    asked = []
    answers = [whole, { status: 200, body: 'another' }]
    expect((await script('backup', [origin, 'all.jsonl'])).code).toBe(0)
    expect(asked.map(({ path }) => path)).toEqual(['/api/export', `/api/export/files/${two}`])
    expect((await readdir(join(folder, 'all.jsonl.photos'))).toSorted()).toEqual([one, two])
  })

  it('are sent behind its lines, and one that is refused stops it', async () => {
    await writeFile(join(folder, 'all.jsonl'), `${head(1)}${lines}`)
    await mkdir(join(folder, 'all.jsonl.photos'))
    await writeFile(join(folder, 'all.jsonl.photos', one ?? ''), 'picture')
    const taken = { status: 200, body: '{"part":1,"lines":{}}' }
    answers = [taken, { status: 204 }, { status: 200, body: '{"number":2}' }]
    const { code, said } = await script('restore', [origin, 'all.jsonl'])
    expect([code, said]).toEqual([0, expect.stringContaining('1 photo.')])
    expect(asked[1]).toMatchObject({ method: 'PUT', path: `/api/import/files/${one}`, body: 'picture' })
    answers = [taken, { status: 409, body: '{"detail":"there is no room for photos here"}' }]
    const refused = await script('restore', [origin, 'all.jsonl'])
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('there is no room for photos')])
  })
})

describe('a Worker on this machine', () => {
  it('is backed up, and restored into another one', async () => {
    const stop = new AbortController()
    await using open = new AsyncDisposableStack()
    open.defer(() => stop.abort())
    const start = async (name: string) => {
      const place = await mkdtemp(join(folder, name))
      return open.use(
        await startWorker({ folder: place, secrets: { OWNER_TOKEN: 'secret' }, port: 0 }, stop.signal),
      )
    }
    const [old, young] = [await start('old-'), await start('new-')]
    const api = createApi(old.url, 'secret', stop.signal)
    await api.post('/api/recipients', { email: 'professor@example.edu' })
    await api.post('/api/updates', { text: '#ask Which day suits? é 🎉' })
    await api.post('/api/digests', { number: 1 })
    const form = new FormData()
    form.set('text', '#private Tired')
    form.set('photo', new Blob([Uint8Array.from(jpeg)]), 'IMG_0042.JPG')
    const headers = { authorization: 'Bearer secret' }
    const answer = await fetch(`${old.url}/api/updates`, { method: 'POST', headers, body: form })
    const { photos } = (await answer.json()) as { photos: [{ name: string }] } // as the API has it

    const saved = await script('backup', [old.url, 'all.jsonl'])
    expect(saved.code, saved.said).toBe(0)
    const restored = await script('restore', [young.url, 'all.jsonl'])
    expect(restored.code, restored.said).toBe(0)
    expect(saved.said).toContain('1 photo is in all.jsonl.photos')
    expect(restored.said).toContain('Period 2 is held')
    const file = await fetch(`${young.url}/api/export/files/${photos[0].name}`, { headers })
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array(jpeg))
    expect((await script('backup', [young.url, 'again.jsonl'])).code).toBe(0)
    const [one, two] = [
      await readFile(join(folder, 'all.jsonl')),
      await readFile(join(folder, 'again.jsonl')),
    ]
    expect(two.toString()).toBe(one.toString())
  })
})

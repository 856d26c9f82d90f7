import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Answering, serveAnswers } from './answering.ts'

/** What the server does with a request; `drop` ends the connection when all of it has arrived. */
type Answer =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | 'drop'
type Asked = {
  readonly path: string
  readonly type: string
  readonly body: string
  readonly key: string
  readonly token: string
}

const path = fileURLToPath(new URL('../../src/client/weeknotes.sh', import.meta.url))
const taken: Answer = { status: 201, body: 'Done: “it works” · 1 this week, out Fri 16:00\n' }

let folder = ''
let server: Answering
let address = ''
let asked: Asked[] = []
let answers: Answer[] = []
/** Stops what runs when its request arrives. */
let interrupt: (() => void) | null = null

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weeknotes-sh-'))
  ;[asked, answers, interrupt] = [[], [], null]
  // No test waits: what is found on the path instead notes how long it was to be.
  await writeFile(join(folder, 'sleep'), `#!/bin/sh\necho "$1" >>'${folder}/slept'\n`)
  await chmod(join(folder, 'sleep'), 0o755)
  server = await serveAnswers(({ url = '', headers }, body, response) => {
    asked.push({
      ...{ path: url, type: headers['content-type'] ?? '', body },
      ...{ key: String(headers['idempotency-key']), token: headers.authorization ?? '' },
    })
    if (interrupt !== null) return interrupt()
    const answer = answers.shift() ?? 'drop'
    if (answer === 'drop') return void response.destroy()
    response.writeHead(answer.status, { 'content-type': 'text/plain; charset=utf-8', ...answer.headers })
    response.end(answer.body ?? '')
  })
  address = server.origin
})

afterEach(async () => {
  server.close()
  await rm(folder, { recursive: true, force: true })
})

type Env = Readonly<Record<string, string>>

/** Runs it in a shell; `input` is its standard input. */
async function run(shell: string, given: readonly string[], input = '', env: Env = known()) {
  const child = spawn(shell, [path, ...given], {
    cwd: folder,
    env: { PATH: `${folder}:${process.env.PATH}`, HOME: folder, ...env },
    detached: true,
  })
  if (interrupt !== null) interrupt = () => process.kill(-(child.pid ?? 0), 'SIGINT')
  let [said, complained] = ['', '']
  child.stdout.on('data', (text) => (said += text))
  child.stderr.on('data', (text) => (complained += text))
  child.stdin.on('error', () => {}) // one that reads nothing closes it
  child.stdin.end(input)
  const code = await new Promise((resolve) => child.once('close', resolve))
  return { code, said, complained }
}

const known = (): Env => ({ WEEKNOTES: address, WEEKNOTES_TOKEN: 'wn_secret' })
const kept = async () => (await readdir(join(folder, '.local/state/weeknotes')).catch(() => [])).sort()
const textOf = (name = '') => readFile(join(folder, '.local/state/weeknotes', name), 'utf8')
const slept = async () =>
  (await readFile(join(folder, 'slept'), 'utf8').catch(() => '')).split('\n').slice(0, -1)
const posted = () => asked.map(({ body }) => new URLSearchParams(body).get('text'))
const keys = () => new Set(asked.map(({ key }) => key))

describe.each(['dash', 'bash'])('weeknotes.sh, run by %s,', (shell) => {
  it('posts its arguments, and says what was understood', async () => {
    answers = [taken]
    expect(await run(shell, ['#done', 'it works & "more" ü'])).toEqual({
      ...{ code: 0, said: taken.body, complained: '' },
    })
    expect(posted()).toEqual(['#done it works & "more" ü\n'])
    expect(asked[0]).toMatchObject({ path: '/api/updates', token: 'Bearer wn_secret' })
    expect(new URLSearchParams(asked[0]?.body).get('at')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u)
    expect(await kept()).toEqual([])
  })

  it('posts standard input as it comes', async () => {
    answers = [taken]
    const text = 'Ask: which day?\n\n- one\n- `$HOME` \\n %s\n'
    expect((await run(shell, [], text)).code).toBe(0)
    expect(posted()).toEqual([text])
  })

  it('is told address and token once, where only its owner reads them', async () => {
    const env = { XDG_CONFIG_HOME: join(folder, 'config'), XDG_STATE_HOME: join(folder, 'state') }
    expect(await run(shell, ['-c', `${address}/`], 'wn_"odd\\=\n', env)).toMatchObject({ code: 0 })
    expect((await stat(join(folder, 'config/weeknotes'))).mode & 0o077).toBe(0)
    answers = [taken]
    expect(await run(shell, ['it works'], '', env)).toMatchObject({ code: 0 })
    expect(asked[0]).toMatchObject({ path: '/api/updates', token: 'Bearer wn_"odd\\=' })
    expect(await readdir(join(folder, 'state/weeknotes'))).toEqual([])
    // A token goes to its own address alone.
    expect(await run(shell, ['it works'], '', { ...env, WEEKNOTES: address })).toMatchObject({ code: 2 })
    expect(asked).toHaveLength(1)
  })

  it('posts once when the connection drops after the note was taken', async () => {
    answers = ['drop', 'drop', taken]
    expect(await run(shell, ['it works'])).toMatchObject({ code: 0, said: taken.body })
    expect(posted()).toEqual(['it works\n', 'it works\n', 'it works\n'])
    expect([...keys()]).toEqual([expect.stringMatching(/^[\da-f]{32}$/u)])
    expect(new Set(asked.map(({ body }) => body)).size).toBe(1)
    expect(await slept()).toEqual(['1', '3'])
  })

  it('waits as long as it is asked to', async () => {
    answers = [429, 503].map((status) => ({ status, headers: { 'Retry-After': '60' } }))
    answers.push(taken)
    expect(await run(shell, ['it works'])).toMatchObject({ code: 0 })
    expect([await slept(), keys().size]).toEqual([['60', '60'], 1])
  })

  it('keeps a note that nobody takes, names the file, and sends it later under the same key', async () => {
    answers = Array.from({ length: 5 }, () => ({ status: 503 }))
    const { code, complained } = await run(shell, ['it works'])
    const [name, ...others] = await kept()
    expect([code, asked.length, others]).toEqual([4, 5, []])
    expect(complained).toContain(`kept in ${folder}/.local/state/weeknotes/${name}`)
    expect(await textOf(name)).toBe('it works\n')

    answers = [taken]
    expect((await run(shell, ['another'])).complained).toContain('kept from before: 1')
    answers = [taken]
    expect(await run(shell, ['-r'])).toMatchObject({ code: 0, said: taken.body })
    expect(posted().slice(5)).toEqual(['another\n', 'it works\n'])
    expect(asked[6]).toEqual(asked[0])
    expect(await kept()).toEqual([])
    expect(await run(shell, ['-r'])).toMatchObject({ code: 0, said: '', complained: '' })
  })

  it.each([
    ['there is nobody', { WEEKNOTES: 'http://127.0.0.1:9', WEEKNOTES_TOKEN: 'wn_secret' }],
    ['it is asked to wait for an hour', null],
  ])('keeps the note when %s', async (_, env) => {
    answers = [{ status: 429, headers: { 'Retry-After': '3600' } }]
    expect(await run(shell, ['it works'], '', env ?? known())).toMatchObject({ code: 4 })
    expect(await Promise.all((await kept()).map(textOf))).toEqual(['it works\n'])
  })

  it.each<[what: string, code: number, answer: Answer, words: string]>([
    ['the token is not valid', 3, { status: 401, body: 'A valid token is needed.\n' }, 'A valid token'],
    ['the token may not post', 3, { status: 403, body: 'This token may not do that.\n' }, 'may not'],
    ['the address leads on', 2, { status: 301, headers: { Location: 'https://example.com/' } }, '301'],
    ['the address is another site', 2, { status: 404, body: '<!doctype html>' }, '404'],
    [
      'another site says yes to all',
      2,
      { status: 200, body: '<!doctype html>', headers: { 'content-type': 'text/html' } },
      '200',
    ],
  ])('asks once, and keeps the note to be sent, when %s', async (_, code, answer, words) => {
    answers = [answer]
    const run1 = await run(shell, ['it works'])
    expect([run1.code, run1.said, run1.complained]).toEqual([code, '', expect.stringContaining(words)])
    expect(asked).toHaveLength(1)
    answers = [taken]
    expect(await run(shell, ['-r'])).toMatchObject({ code: 0 })
    expect(posted()).toEqual(['it works\n', 'it works\n'])
  })

  it('keeps a refused note aside, says why, and does not send it again', async () => {
    answers = [{ status: 422, body: 'Something in the input is wrong: kind is no kind\n' }]
    const { code, complained } = await run(shell, ['it works'])
    expect([code, complained]).toEqual([1, expect.stringContaining('kind is no kind\nkept in ')])
    const [name] = await kept()
    expect([name, await textOf(name)]).toEqual([expect.stringMatching(/\.refused$/u), 'it works\n'])
    expect(await run(shell, ['-r'])).toMatchObject({ code: 0 })
    expect(asked).toHaveLength(1)
  })

  it('keeps what was being sent when it is interrupted', async () => {
    interrupt = () => {}
    const { code, complained } = await run(shell, ['it works'])
    expect([code, complained]).toEqual([130, expect.stringContaining('interrupted\nkept in ')])
    expect(await Promise.all((await kept()).map(textOf))).toEqual(['it works\n'])
  })

  it('sends a photo along, again with the note if need be, and shows what became of it', async () => {
    const photo = join(folder, 'a photo.jpg')
    await writeFile(photo, 'bytes')
    answers = Array.from({ length: 5 }, () => 'drop' as const)
    expect(await run(shell, ['-p', 'a photo.jpg', 'it works'])).toMatchObject({ code: 4 })
    await rm(photo)
    answers = [{ status: 201, body: 'Done: “it works” · Photos are not kept yet; the text was.\n' }]
    const { said } = await run(shell, ['-r'])
    expect(said).toContain('Photos are not kept yet')
    const { type = '', body = '' } = asked.at(-1) ?? {}
    const form = await new Response(body, { headers: { 'content-type': type } }).formData()
    expect(form.get('text')).toBe('it works\n')
    expect(await (form.get('photo') as File).text()).toBe('bytes')
    expect([await kept(), keys().size]).toEqual([[], 1])
  })

  it.each<[what: string, given: readonly string[], env?: Env]>([
    ['an unknown option', ['-z', 'it works']],
    ['nothing to post', []],
    ['words of blanks', ['  ']],
    ['a photo that is not there', ['-p', 'none.jpg', 'it works']],
    ['no address', ['it works'], {}],
    [
      'an address that is not safe',
      ['it works'],
      { WEEKNOTES: 'http://notes.example.edu', WEEKNOTES_TOKEN: 'x' },
    ],
    ['an unsafe address to keep', ['-c', 'http://notes.example.edu']],
  ])('says how it is used when there is %s', async (_, given, env = known()) => {
    const { code, said, complained } = await run(shell, given, '', env)
    expect([code, said, asked, await kept()]).toEqual([2, '', [], []])
    expect(complained).toMatch(/weeknotes: .+\n$/u)
  })

  it('documents its exit codes', async () => {
    const { code, said } = await run(shell, ['-h'], '', {})
    expect(code).toBe(0)
    for (const each of [0, 1, 2, 3, 4, 130]) expect(said).toMatch(new RegExp(`^ {2}${each} +\\w`, 'mu'))
    expect(Math.max(...said.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80)
  })
})

import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Schema, Validator } from '@cfworker/json-schema'
import { Validator as OpenApiValidator } from '@seriousme/openapi-schema-validator'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect } from 'vitest'
import { it, type Visit, world } from './visit.ts'
import { api, asAuthor, openAsOwner } from './ways.ts'

type Shown = { readonly id: string; readonly text: string; readonly kind: string }

/** As far as it is read here. */
type OpenApi = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}
type Operation = {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

let folder = ''
let closing: Server[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weeknotes-api-'))
  closing = []
})

afterEach(async () => {
  for (const server of closing) {
    server.closeAllConnections()
    server.close()
  }
  await rm(folder, { recursive: true, force: true })
})

/** Updates that contain these words. */
async function found(words: string): Promise<readonly Shown[]> {
  return (await api.get<{ updates: readonly Shown[] }>(`/api/updates?q=${encodeURIComponent(words)}`)).updates
}

/** Runs a program in an empty home, with the token in its variable. */
async function run(command: readonly string[], input = '', env: Readonly<Record<string, string>> = {}) {
  const [program = '', ...given] = command
  const child = spawn(program, given, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, WEEKNOTES_TOKEN: world.token, ...env },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
  child.stdin.on('error', () => {}) // one that reads nothing closes it
  child.stdin.end(input)
  const code = await new Promise((resolve) => child.once('close', resolve))
  return { code, said }
}

/** The lines below a heading of the page, piece by piece. */
async function lines(page: Page, heading: string): Promise<readonly string[]> {
  const all = await page
    .locator('h2, pre')
    .evaluateAll((parts) => parts.map((part) => [part.tagName, part.textContent]))
  const after = all.slice(all.findIndex(([tag, text]) => tag === 'H2' && text === heading) + 1)
  const next = after.findIndex(([tag]) => tag === 'H2')
  return after.slice(0, next === -1 ? undefined : next).map(([, text]) => text ?? '')
}

const opened = (visit: Visit) => openAsOwner(visit, '/desk/api')

/** The Worker behind a line on which the first answer to each key is lost after the Worker has given it. */
async function lossy(): Promise<string> {
  const keys = new Set<unknown>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const headers = new Headers()
    for (const name of ['authorization', 'content-type', 'idempotency-key', 'accept']) {
      const value = request.headers[name]
      if (value !== undefined) headers.set(name, String(value))
    }
    const answer = await fetch(`${world.url}${request.url}`, {
      ...{ method: request.method ?? '', headers, body: Buffer.concat(chunks) },
    })
    const text = await answer.text()
    const key = request.headers['idempotency-key']
    if (keys.has(key)) response.writeHead(answer.status, { 'content-type': 'text/plain' }).end(text)
    else response.destroy()
    keys.add(key)
  })
  closing.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const listens = server.address()
  return typeof listens === 'object' ? `http://127.0.0.1:${listens?.port}` : ''
}

describe('the lines on the page for laptops and scripts', () => {
  it('do what they say when they are pasted: curl with each form of a body', async ({ visit }) => {
    const page = await opened(visit)
    await writeFile(join(folder, 'photo.jpg'), new Uint8Array([0xff, 0xd8, 0xff, 0xd9]))
    const said: string[] = []
    for (const line of await lines(page, 'With curl')) {
      const done = await run(['bash', '-c', line])
      expect(done, line).toMatchObject({ code: 0 })
      said.push(done.said)
    }
    expect(said).toEqual([
      expect.stringMatching(/^Ask: “Which day suits\?” · .+\n$/u),
      expect.stringMatching(/^Done: “The loader keeps up” · .+\n$/u),
      expect.stringMatching(/^Surprise: “The loss goes NaN” · .+\n$/u),
      expect.stringMatching(/^\{.*"kind":"done".*"run":7/u),
      expect.stringMatching(/^Done: “the plots” · .+\n$/u),
      expect.stringMatching(/^\{"updates":\[\{.*the plots.*Which day suits/u),
    ])
  })

  it('install the command line, which asks for the token and posts', async ({ visit }) => {
    const [install = ''] = await lines(await opened(visit), 'The command line')
    // The token is typed, and stands in no variable.
    const done = await run(['sh', '-e', '-c', install], `${world.token}\n`, { WEEKNOTES_TOKEN: '' })
    expect(done).toEqual({ code: 0, said: expect.stringContaining('Done: “set up the command line”') })
    const command = join(folder, '.local/bin/weeknotes')
    await writeFile(join(folder, 'sleep'), '#!/bin/sh\n')
    await chmod(join(folder, 'sleep'), 0o755)
    const env = { WEEKNOTES: await lossy(), PATH: `${folder}:${process.env.PATH}` }
    expect(await run([command], '#done once, from a laptop\n', env)).toMatchObject({ code: 0 })
    expect(await found('once, from a laptop')).toHaveLength(1)
    expect(await readdir(join(folder, '.local/state/weeknotes'))).toEqual([])
  })

  it('are true in the README, too', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
    const [, lines = ''] = /### From a laptop\n\n```\n(.*?)```/su.exec(readme) ?? []
    const here = lines.replaceAll('https://notes.example.edu', world.url)
    const { code, said } = await run(['sh', '-e', '-c', here], `${world.token}\n`, { WEEKNOTES_TOKEN: '' })
    expect([code, said]).toEqual([0, expect.stringMatching(/^Ask: “which day.*\nDone: “the plots”/u)])
  })

  it('post a result from Python, once, though the first answer is lost', async ({ visit }) => {
    const [python = ''] = await lines(await opened(visit), 'At the end of a training run')
    expect(python.split('\n\n')[0]?.split('\n')).toHaveLength(10)
    const patient = 'import sys, time; time.sleep = lambda s: None; exec(sys.stdin.read())'
    const behind = python.replace(world.url, await lossy()).replace('0.7889', '0.78125')
    expect(await run(['python3', '-c', patient], behind)).toEqual({
      ...{ code: 0, said: expect.stringMatching(/^Result: AUC 0\.78125 vs \.7812/iu) },
    })
    expect(await found('0.78125')).toMatchObject([{ kind: 'result' }])
    const wrong = await run(['python3', '-c', patient], python, { WEEKNOTES_TOKEN: 'wrong' })
    expect(wrong).toEqual({ code: 0, said: expect.stringMatching(/^not noted \(.*401.*\): #result auc=/u) })
  })

  it('are copied by a button', async ({ visit }) => {
    const page = await opened(visit)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy' }).last().click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const [python] = await lines(page, 'At the end of a training run')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(python)
  })

  it('are there for an author, too, from where one writes', async ({ visit }) => {
    const { authors } = await api.get<{ authors: readonly { id: string }[] }>('/api/authors')
    const headers = { authorization: `Bearer ${world.token}`, 'content-type': 'application/json' }
    const made = await fetch(`${world.url}/api/authors/${authors[0]?.id}/tokens`, {
      ...{ method: 'POST', headers, body: '{"name":"laptop"}' },
    })
    const { token } = (await made.json()) as { token: string } // the API's own
    const page = await asAuthor(visit, token)
    await page.goto('/write')
    await page.getByRole('link', { name: 'From a laptop or a script' }).click()
    expect(await lines(page, 'With curl')).toHaveLength(6)
  })
})

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1, and each of its examples valid by its own schema', async () => {
    const document = await api.get<OpenApi>('/openapi.json')
    // The validator writes into what it is given.
    expect(await new OpenApiValidator().validate(structuredClone(document))).toEqual({ valid: true })
    const bodies = Object.values(document.paths).flatMap((operations) =>
      Object.values(operations).flatMap(({ requestBody }) => Object.values(requestBody?.content ?? {})),
    )
    const shown = bodies.flatMap(({ schema }) =>
      (schema.examples ?? []).map((example: unknown) => new Validator(schema, '2020-12').validate(example)),
    )
    expect(shown.filter(({ valid }) => !valid)).toEqual([])
    expect(shown.length).toBeGreaterThan(30)
  })
})

describe('the bookmark', () => {
  const field = (page: Page) => page.getByLabel('What just happened?')

  it('opens the page for writing with selection and link, posts nothing, and leaves the draft', async ({
    visit,
  }) => {
    const page = await opened(visit)
    const href = (await page.getByRole('link', { name: 'Note this page' }).getAttribute('href')) ?? ''
    expect(await lines(page, 'In the browser')).toEqual([href])
    await page.goto('/write')
    await field(page).fill('half a thought')
    await expect
      .poll(() =>
        page
          .locator('#answer')
          .innerText()
          .catch(() => ''),
      )
      .toContain('half a thought')

    await page.goto(`/archive/${world.letters[1]}`)
    const heading = await page.getByRole('heading', { name: 'Found' }).innerText()
    await page.getByRole('heading', { name: 'Found' }).selectText()
    const popup = page.waitForEvent('popup')
    await page.evaluate(href.replace('javascript:', ''))
    const writing = await popup
    const link = `[Letter 2 · DLRM on TPUs](${world.url}/archive/${world.letters[1]})`
    expect(await field(writing).inputValue()).toBe(`“${heading}” ${link}`)
    expect(await found('[Letter 2')).toEqual([])

    await field(writing).fill(`Worth a look: ${link}`)
    await writing.reload()
    expect(await field(writing).inputValue()).toBe(`Worth a look: ${link}`)
    await writing.getByRole('button', { name: 'Note it' }).click()
    await writing.waitForURL(/posted=/u)
    expect(await found('Worth a look')).toHaveLength(1)
    expect(await field(writing).inputValue()).toBe('half a thought')
    const drafts = await writing.evaluate(() =>
      Object.keys(localStorage).filter((name) => name.startsWith('draft ')),
    )
    expect(drafts).toHaveLength(1)
  })
})

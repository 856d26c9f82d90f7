/** `npm run screenshots`: the README's pictures, in light and dark, of what `npm run demo` shows. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import type { Message } from '../resend/message.ts'
import { startChromium } from './chromium.ts'

const folder = fileURLToPath(new URL('pictures', import.meta.url))
const viewport = { width: 800, height: 720 }
const maxBytes = 120_000

await using open = new AsyncDisposableStack()
const child = startDemo()
open.defer(() => end(child))
const server = await startChromium()
open.defer(() => server.close())
const demo = await linksOf(child)
const browser = await chromium.connect(server.wsEndpoint())
await mkdir(folder, { recursive: true })
for (const colorScheme of ['light', 'dark'] as const) await takePictures(browser, demo, colorScheme)

function startDemo(): ChildProcess {
  const script = fileURLToPath(new URL('../demo/demo.ts', import.meta.url))
  return spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
}

type Demo = { readonly worker: string; readonly inbox: string; readonly token: string }

/** What it tells a person to open, once it is ready. Throws what it said if it ends before. */
async function linksOf(demo: ChildProcess): Promise<Demo> {
  let said = ''
  for await (const text of demo.stdout?.setEncoding('utf8') ?? []) {
    said += text
    if (!said.includes('Ctrl+C')) continue
    const [inbox] = /(?<=Look at it:\s+)\S+/u.exec(said) ?? []
    const [worker] = /http\S+(?=\s+the archive as its owner)/u.exec(said) ?? []
    const [token] = /(?<=the token is )\w+/u.exec(said) ?? []
    if (inbox && worker && token) return { inbox, worker, token }
    break
  }
  throw new Error(`The demo does not say where it runs:\n${said}`)
}

/** The latest letter as the first reader has it in the mail, the archive, that letter there, and the owner's pages. */
async function takePictures(browser: Browser, { worker, inbox, token }: Demo, colorScheme: 'light' | 'dark') {
  const context = await browser.newContext({ baseURL: worker, colorScheme, viewport })
  const page = await context.newPage()
  const take = async (name: string) => {
    const path = join(folder, `${name}-${colorScheme}.png`)
    await page.screenshot({ path })
    const { size } = await stat(path)
    console.log(`${path}  ${Math.round(size / 1000)} kB`)
    if (size > maxBytes) throw new Error(`The picture is larger than ${maxBytes} bytes.`)
  }

  const mails = (await (await page.request.get(`${inbox}/mail.json`)).json()) as readonly Message[]
  const letter = mails.findLast(({ text }) => text.includes('/l/'))
  await page.goto(`${inbox}/mail/${letter?.id}/html`)
  await take('mail')
  await page.request.post('/session', { form: { token } })
  await page.goto('/archive')
  await take('archive')
  await page.locator('.letters a').first().click()
  await take('letter')
  for (const [name, path] of [
    ['write', '/write'],
    ['week', '/desk'],
  ] as const) {
    await page.goto(path)
    await take(name)
  }
  await context.close()
}

/** The demo removes what it made. */
async function end(demo: ChildProcess): Promise<void> {
  if (demo.exitCode !== null || demo.signalCode !== null) return
  demo.kill('SIGINT')
  await once(demo, 'exit')
}
